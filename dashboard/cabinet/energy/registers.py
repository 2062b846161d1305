"""Registers of the meters of a contract at the end of a month: the workbook to fill in, and what is wrong with one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from dashboard.cabinet.energy.lines import read, written
from pipelines.explain import NotTaken, SentRegister, register_spans, trial
from pipelines.russian import day, month, whole
from pipelines.settings import Settings
from pipelines.table_files import Cell, Sheet, to_xlsx
from pipelines.vocabulary import RUSSIAN

TITLES = ("Код точки поставки", "Номер счётчика", "Зона", "Период", "Показание")
"""Columns of the channel, by which the night knows them."""
BESIDE = ("Адрес", "Прошлое показание")
"""Columns that help to fill in the others; nothing is read from them."""
VALUE = TITLES.index("Показание")
ADVICE = "Исправьте строку и передайте файл снова."

Known = Mapping[dt.date, pl.DataFrame]
"""Month that may be sent -> the rows of `contract/registers` for it."""
Name = tuple[str, str, str, dt.date]
"""Point, meter, zone and month of a register."""
Rows = Mapping[Name, Mapping[str, Any]]
"""Those rows, by the register they are of."""
Waiting = Sequence[SentRegister]
"""Registers sent before that no published night knows."""


@dataclass(frozen=True)
class Reached:
    """A register that will do: the line it came in, the energy it comes to (kWh), whether that is more than can be."""

    line: int
    register: SentRegister
    kwh: int
    is_much: bool


@dataclass(frozen=True)
class CheckedRegisters:
    """What came of looking at registers: either something is wrong, and nothing is taken, or these will be."""

    problems: Sequence[NotTaken]
    reached: Sequence[Reached]

    @property
    def content(self) -> bytes:
        """The lines for the night."""
        return written(
            [one.point_code, one.meter_serial, one.zone, f"{one.period:%Y-%m}", f"{one.value:.3f}"]
            for one in (each.register for each in self.reached)
        )


def template(known: pl.DataFrame, period: dt.date) -> bytes:
    """The workbook of a month: every register of the contract, without its value."""
    rows: list[list[Cell]] = [
        [
            row["point_code"],
            row["meter_serial"],
            RUSSIAN["zone"][row["zone"]],
            f"{period:%Y-%m}",
            None,
            row["address"],
            row["last_value"],
        ]
        for row in known.iter_rows(named=True)
    ]
    return to_xlsx([Sheet("Показания", [*TITLES, *BESIDE], rows)])


def from_sheet(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of a workbook as the channel writes them; a line without a value is empty."""
    if not rows:
        return []
    header = list(rows[0])
    read_from = [place for place, title in enumerate(header) if title.strip() not in {*BESIDE, ""}]
    value = header.index(TITLES[VALUE]) if TITLES[VALUE] in header else None
    lines = [[header[place] for place in read_from]]
    for row in rows[1:]:
        cells = [*row, *[""] * (len(header) - len(row))]
        is_empty = not any(cells) if value is None else not cells[value]
        lines.append([] if is_empty else [cells[place] for place in read_from])
    return lines


def check(
    settings: Settings, snapshot: Path, known: Known, waiting: Waiting, lines: Sequence[Sequence[str]]
) -> CheckedRegisters:
    """Look at lines (the header first) as the night will, and at whose meters they are."""
    tried = trial(settings, "contracts", "registers.csv", written(lines))
    facts = tried.facts.get("intake.point_register_fact")
    if facts is None or tried.not_taken:
        nothing = NotTaken(
            1,
            "file_nothing",
            "Ожидается хотя бы одно показание; не найдено ни одного. Впишите показание хотя бы одного счётчика.",
        )
        return CheckedRegisters(tried.not_taken or [nothing], ())
    sent = [
        (
            row["source_line"],
            SentRegister(row["point_code"], row["meter_serial"], str(row["zone"]), row["service_period"], row["value"]),
        )
        for row in facts.iter_rows(named=True)
    ]
    rows = {
        _name(row | {"period": period}): row for period, frame in known.items() for row in frame.iter_rows(named=True)
    }
    problems = _foreign(rows, sorted(known), waiting, sent)
    if problems:
        return CheckedRegisters(problems, ())
    return _reached(snapshot, rows, waiting, sent)


def _name(of: Mapping[str, Any]) -> Name:
    return of["point_code"], of["meter_serial"], of["zone"], of["period"]


def _foreign(
    rows: Rows, months: Sequence[dt.date], waiting: Waiting, sent: Sequence[tuple[int, SentRegister]]
) -> list[NotTaken]:
    problems, seen = list[NotTaken](), dict[Name, Decimal]()
    last = {_name(vars(one)): one.value for one in waiting}
    for line, one in sent:
        name = _name(vars(one))
        if one.period not in months:
            expected = f"показание за {', '.join(map(month, months))}"
            problems.append(_problem(line, "register_month", expected, month(one.period)))
        elif name not in rows:
            expected = "точка, счётчик и зона вашего договора, как в шаблоне"
            problems.append(_problem(line, "register_foreign", expected, _named(one)))
        elif (digits := rows[name]["whole_digits"]) < len(str(int(one.value))):
            expected = f"не больше {digits} цифр до запятой"
            problems.append(_problem(line, "register_digits", expected, _number(one.value)))
        elif seen.setdefault(name, one.value) != one.value:
            problems.append(_problem(line, "register_twice", "одно показание", f"второе, другое: {_named(one)}"))
        elif one.value in (rows[name]["told_values"] or ()) and last.get(name, rows[name]["known_value"]) != one.value:
            # The night takes what it was told before for a repetition, and the value between would stand.
            expected = "показание, которого за этот месяц ещё не передавали"
            found = f"{_number(one.value)}, которое вы уже заменили другим"
            message = f"{_named(one)}. Ожидается: {expected}; найдено: {found}. Чтобы вернуть его, напишите нам."
            problems.append(NotTaken(line, "register_repeated", message))
    return problems


def _problem(line: int, rule_id: str, expected: str, found: str) -> NotTaken:
    return NotTaken(line, rule_id, f"Ожидается: {expected}; найдено: {found}. {ADVICE}")


def _reached(
    snapshot: Path, rows: Rows, waiting: Waiting, sent: Sequence[tuple[int, SentRegister]]
) -> CheckedRegisters:
    spans = register_spans(snapshot, [*waiting, *(one for _, one in sent)])
    ending = {(span.point_code, span.meter_serial, span.zone, span.to_day): span for span in spans}
    beginning = {(span.point_code, span.meter_serial, span.zone, span.from_day): span for span in spans}
    problems, reached = list[NotTaken](), list[Reached]()
    for line, one in sent:
        read = (one.point_code, one.meter_serial, one.zone, _day_read(one.period))
        before, after, row = ending[read], beginning.get(read), rows[_name(vars(one))]
        if before.kwh is None:
            problems.append(NotTaken(line, "register_fell", _fell(one, row)))
        elif after is not None and after.kwh is None:
            problems.append(NotTaken(line, "register_above_next", _above(one, after.to_day)))
        else:
            hours = (before.to_day - before.from_day).days * 24
            reached.append(Reached(line, one, before.kwh, before.kwh > row["max_power_kw"] * hours))
    return CheckedRegisters(problems, () if problems else reached)


def _day_read(period: dt.date) -> dt.date:
    return (period + dt.timedelta(days=31)).replace(day=1)


def _named(one: SentRegister) -> str:
    return f"Точка {one.point_code}, счётчик {one.meter_serial}, зона {RUSSIAN['zone'][one.zone]}"


def _fell(one: SentRegister, row: Mapping[str, Any]) -> str:
    return (
        f"{_named(one)}. Ожидается: не меньше прошлого показания"
        f" {_number(row['last_value'])} на {day(row['last_read_on'])}; найдено: {_number(one.value)}."
        " Проверьте цифры; если счётчик заменили, напишите нам."
    )


def _above(one: SentRegister, next_day: dt.date) -> str:
    return (
        f"{_named(one)}. Ожидается: не больше показания на"
        f" {day(next_day)}, которое уже есть; найдено: {_number(one.value)}. Проверьте месяц и цифры."
    )


def _number(value: Decimal) -> str:
    units, _, rest = f"{value:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole(int(units))}{',' if rest else ''}{rest}"


def waiting_of(contents: Sequence[bytes]) -> list[SentRegister]:
    """The registers that lines of sendings hold, in their order."""
    return [
        SentRegister(point, serial, zone, dt.date.fromisoformat(f"{period}-01"), Decimal(value))
        for content in contents
        for point, serial, zone, period, value in read(content)
    ]
