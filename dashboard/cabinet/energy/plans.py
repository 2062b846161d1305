"""Planned hours of a contract: the workbook to fill in, until when a day is taken, and what is wrong with a plan."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from dashboard.cabinet.energy.lines import HOURS, read, written
from pipelines.explain import NotTaken, trial
from pipelines.russian import day as day_in_words
from pipelines.settings import MOSCOW, Settings
from pipelines.table_files import Cell, Sheet, to_xlsx

POINT, DAY = "Код точки поставки", "Сутки"
OURS = ("Номер договора", "Дата и время подачи")
"""Columns of the channel that are not asked for: whose plan it is and when it came is known."""
PLANNED_CATEGORIES = (5, 6)
"""Price categories whose points need a plan (ПП РФ 442 п. 97)."""
ADVICE = "Исправьте строку и передайте файл снова."


def hour_title(hour: int) -> str:
    """The channel's name of an hour, from 1."""
    return f"Час {hour}"


@dataclass(frozen=True)
class Planned:
    """A day that will do: the line it came in, its point (empty: the whole contract), its hours in Wh."""

    line: int
    point_code: str
    day: dt.date
    wh: Sequence[int]

    @property
    def kwh(self) -> Decimal:
        """Of the whole day."""
        return Decimal(sum(self.wh)).scaleb(-3)


@dataclass(frozen=True)
class CheckedPlans:
    """What came of looking at plans: either something is wrong, and nothing is taken, or these will be."""

    problems: Sequence[NotTaken]
    planned: Sequence[Planned]

    def content(self, contract_number: str, now: dt.datetime) -> bytes:
        """The lines for the night, as handed in now."""
        at = f"{now.astimezone(MOSCOW):%Y-%m-%d %H:%M:%S}"
        return written(
            [contract_number, one.point_code, one.day, at, *_hours([f"{wh // 1000}.{wh % 1000:03d}" for wh in one.wh])]
            for one in self.planned
        )


def _hours(values: Sequence[str]) -> list[str]:
    return [*values, *[""] * (len(HOURS) - len(values))]


def planned_points(points: pl.DataFrame, on_day: dt.date) -> list[str]:
    """Points of `contract/supplied_points` that need a plan on a day."""
    rows = points.filter(
        (pl.col("from_period") <= on_day.replace(day=1))
        & (pl.col("to_period") > on_day.replace(day=1))
        & (pl.col("supplied_to") >= on_day)
        & pl.col("price_category").is_in(PLANNED_CATEGORIES)
    )
    return sorted(set(rows["point_code"]))


def template(days: Sequence[dt.date], hours: int, point_codes: Sequence[str]) -> bytes:
    """The workbook of some days: a row per day and point; an empty code is the whole contract."""
    header = [POINT, DAY, *(hour_title(hour) for hour in range(1, hours + 1))]
    rows: list[list[Cell]] = [[code, on_day, *[None] * hours] for code in point_codes for on_day in days]
    return to_xlsx([Sheet("План", header, rows)])


def from_sheet(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of a workbook without those whose hours are all empty; a day written as a date keeps no time."""
    if not rows:
        return []
    header = [title for title in rows[0] if title.strip()]
    is_hour = [title.startswith("Час ") for title in header]
    lines = [header]
    for row in rows[1:]:
        cells = [*row, *[""] * len(header)][: len(header)]
        is_planned = any(cell for cell, hour in zip(cells, is_hour, strict=True) if hour)
        on_day = header.index(DAY) if DAY in header else None
        if on_day is not None:
            cells[on_day] = _day(cells[on_day])
        lines.append(cells if is_planned else [])
    return lines


def _day(cell: str) -> str:
    """A workbook counts days from 30 December 1899."""
    if cell.isascii() and cell.isdecimal() and len(cell) == len("46000"):
        return (dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))).isoformat()
    return cell


def check(
    settings: Settings,
    contract_number: str,
    points: pl.DataFrame,
    now: dt.datetime,
    lines: Sequence[Sequence[str]],
) -> CheckedPlans:
    """Look at lines (the header first) handed in now, as the night will, and at whose points they are of."""
    at = f"{now.astimezone(MOSCOW):%Y-%m-%d %H:%M:%S}"
    whole = [[*line, *([contract_number, at] if place else OURS)] if line else [] for place, line in enumerate(lines)]
    tried = trial(settings, "plans", "plans.csv", written(whole))
    facts = tried.facts.get("intake.plan_fact")
    if facts is None or tried.not_taken:
        nothing = NotTaken(
            1,
            "file_nothing",
            "Ожидается план хотя бы на одни сутки; не найдено ни одних. Заполните часы хотя бы одного дня.",
        )
        return CheckedPlans(tried.not_taken or [nothing], ())
    planned = [
        Planned(row["source_line"], row["point_code"] or "", row["day"], row["wh"])
        for row in facts.iter_rows(named=True)
    ]
    problems = _foreign(points, planned)
    return CheckedPlans(problems, () if problems else planned)


def _foreign(points: pl.DataFrame, planned: Sequence[Planned]) -> list[NotTaken]:
    problems, seen = list[NotTaken](), dict[tuple[str, dt.date], int]()
    needed = {on_day: planned_points(points, on_day) for on_day in {one.day for one in planned}}
    for one in planned:
        own = needed[one.day]
        if one.point_code not in {"", *own} or not own:
            expected = ", ".join(own) or "ни одной: на эти сутки план не нужен"
            found = (
                f"Ожидается: точка вашего договора пятой или шестой ценовой категории ({expected}) или пусто, если план"
                f" на весь договор; найдено: {one.point_code or 'пусто'}. {ADVICE}"
            )
            problems.append(NotTaken(one.line, "plan_point", found))
        elif seen.setdefault((one.point_code, one.day), one.line) != one.line:
            found = (
                f"Ожидается: один план на сутки; найдено: {day_in_words(one.day)} ещё и в строке"
                f" {seen[one.point_code, one.day]}. {ADVICE}"
            )
            problems.append(NotTaken(one.line, "plan_twice", found))
    return problems


@dataclass(frozen=True)
class Version:
    """One plan of a day as it was handed in."""

    point_code: str
    day: dt.date
    kwh: Decimal


def versions_of(content: bytes) -> list[Version]:
    """The plans that the lines of a sending hold."""
    return [
        Version(point, dt.date.fromisoformat(on_day), sum((Decimal(hour) for hour in hours if hour), Decimal(0)))
        for _, point, on_day, _, *hours in read(content)
    ]


Terms = Mapping[dt.date, tuple[dt.datetime, int]]
"""Day -> until when a plan for it is taken, and its hours: rows of `contract/plan_terms`."""


def open_days(terms: Terms, now: dt.datetime) -> list[dt.date]:
    """The days a plan is still taken for."""
    return [on_day for on_day, (due_at, _) in terms.items() if now <= due_at]
