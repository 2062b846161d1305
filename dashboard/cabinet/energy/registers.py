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
    problems = _foreign(known, sent)
    if problems:
        return CheckedRegisters(problems, ())
    return _reached(snapshot, known, waiting, sent)


def _foreign(known: Known, sent: Sequence[tuple[int, SentRegister]]) -> list[NotTaken]:
    problems, seen = list[NotTaken](), dict[tuple[object, ...], Decimal]()
    for line, one in sent:
        name = (one.point_code, one.meter_serial, one.zone)
        told = _named(one)
        if one.period not in known:
            months = ", ".join(month(period) for period in sorted(known))
            found = f"Ожидается: показание за {months}; найдено: {month(one.period)}. {ADVICE}"
            problems.append(NotTaken(line, "register_month", found))
        elif name not in set(known[one.period].select("point_code", "meter_serial", "zone").iter_rows()):
            found = f"Ожидается: точка, счётчик и зона вашего договора, как в шаблоне; найдено: {told}. {ADVICE}"
            problems.append(NotTaken(line, "register_foreign", found))
        elif (digits := _row(known, one)["whole_digits"]) < len(str(int(one.value))):
            found = f"Ожидается: не больше {digits} цифр до запятой; найдено: {one.value}. {ADVICE}"
            problems.append(NotTaken(line, "register_digits", found))
        elif seen.setdefault((*name, one.period), one.value) != one.value:
            found = f"Ожидается: одно показание; найдено второе, другое: {told}. {ADVICE}"
            problems.append(NotTaken(line, "register_twice", found))
    return problems


def _row(known: Known, one: SentRegister) -> Mapping[str, Any]:
    return known[one.period].row(
        by_predicate=(pl.col("point_code") == one.point_code)
        & (pl.col("meter_serial") == one.meter_serial)
        & (pl.col("zone") == one.zone),
        named=True,
    )


def _reached(
    snapshot: Path, known: Known, waiting: Waiting, sent: Sequence[tuple[int, SentRegister]]
) -> CheckedRegisters:
    spans = register_spans(snapshot, [*waiting, *(one for _, one in sent)])
    problems, reached = list[NotTaken](), list[Reached]()
    for line, one in sent:
        on = _day_read(one.period)
        own = [
            span
            for span in spans
            if (span.point_code, span.meter_serial, span.zone) == (one.point_code, one.meter_serial, one.zone)
        ]
        before = next(span for span in own if span.to_day == on)
        after = next((span for span in own if span.from_day == on), None)
        row = _row(known, one)
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
