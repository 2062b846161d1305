"""The catalogue of KPIs: a file of `sql/kpi` each, its header in words, its answer a number a month.

A file answers with `period, value` (whole kopecks, kWh, a count) or with `period, part, whole` (a rate). A rate is
rounded here, once, half away from zero, to the places of its unit; nothing passes through floating point.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

import polars as pl

from dashboard import store
from dashboard.queries import Place, first_of_span
from dashboard.store import Snapshot
from dashboard.text import NOTHING, Words
from pipelines.settings import SQL

Unit = Literal["kopecks", "kwh", "count", "percent", "days", "rub_per_kwh"]
Better = Literal["up", "down", "none"]

GROUPS = ("money", "debts", "charges", "metering", "consumption", "data")
OWNERS = ("billing", "collection", "metering", "data")

PLACES: Mapping[Unit, int] = MappingProxyType(
    {"kopecks": 2, "kwh": 0, "count": 0, "percent": 1, "days": 1, "rub_per_kwh": 4}
)
"""Decimal places of a unit; kopecks are those of a ruble."""

_RATE: Mapping[Unit, int] = MappingProxyType({"percent": 1000, "days": 10, "rub_per_kwh": 100})
"""What part ÷ whole is multiplied with to come out in the last place (a price: kopecks, two more places)."""


@dataclass(frozen=True)
class Kpi:
    """What the header of a file says. `question` is the file's name; `scope` region: the same wherever one looks."""

    question: str
    names: tuple[str, str]
    meanings: tuple[str, str]
    group: str
    unit: Unit
    owner: str
    better: Better
    scope: Literal["place", "region"]

    @property
    def code(self) -> str:
        """«K05»."""
        return self.question.split("_")[0].upper()

    def name(self, words: Words) -> str:
        """The name in the language of the page."""
        return self.names[not words.is_russian]

    def meaning(self, words: Words) -> str:
        """What is counted, in a sentence."""
        return self.meanings[not words.is_russian]

    def says(self, value: int | None, words: Words) -> str:
        """A value as a person reads it; values are whole numbers of the unit's last place."""
        if value is None:
            return NOTHING
        faces: dict[Unit, Callable[[int], str]] = {
            "kopecks": words.short_rubles,
            "kwh": words.short_kwh,
            "count": words.count,
            "percent": words.share,
            "days": words.days,
            "rub_per_kwh": lambda price: f"{words.scaled(price, 4)} {words('rub_per_kwh')}",
        }
        return faces[self.unit](value)

    def change(self, now: int | None, before: int | None, words: Words) -> str | None:
        """How the value moved, with its sign; None where there is nothing to compare with."""
        if self.unit == "percent":
            return words.growth_points(now, before)
        if self.unit == "count":
            return words.growth_count(now, before)
        if self.unit == "days":
            return None if now is None or before is None else words.signed(now - before, 1)
        return words.growth(now, before)


@cache
def catalogue() -> tuple[Kpi, ...]:
    """All KPIs, by group and code."""
    found = [_read(path.stem, path.read_text(encoding="utf-8")) for path in sorted((SQL / "kpi").glob("*.sql"))]
    return tuple(sorted(found, key=lambda kpi: (GROUPS.index(kpi.group), kpi.question)))


def named(question: str) -> Kpi:
    """The KPI of a file."""
    return next(kpi for kpi in catalogue() if kpi.question == question)


def _read(question: str, text: str) -> Kpi:
    header = dict(re.findall(r"^-- (\w+): (.+)$", text, re.MULTILINE))
    return Kpi(
        question=question,
        names=(header["name_ru"], header["name_en"]),
        meanings=(header["meaning_ru"], header["meaning_en"]),
        group=header["group"],
        unit=cast("Unit", header["unit"]),
        owner=header["owner"],
        better=cast("Better", header["better"]),
        scope=cast("Literal['place', 'region']", header["scope"]),
    )


def months(snapshot: Snapshot, kpi: Kpi, place: Place, period: date, span: int | None) -> pl.DataFrame:
    """A row per month of the span that ends with `period`, oldest first: `period`, `value` in the unit's last place.

    A rate also has its `part` and `whole`; its value is null where the whole is nothing.
    """
    parameters: dict[str, str | date | None] = {"since": first_of_span(period, span), "period": period}
    if kpi.scope == "place":
        parameters |= asdict(place)
    answer = store.ask(snapshot, kpi.question, **parameters)
    if kpi.unit not in _RATE:
        return answer
    values = [rate(part, whole, _RATE[kpi.unit]) for part, whole in answer.select("part", "whole").iter_rows()]
    return answer.with_columns(pl.Series("value", values, dtype=pl.Int64))


def rate(part: int | None, whole: int | None, times: int) -> int | None:
    """`part` × `times` ÷ `whole`, half away from zero; None where the whole is nothing or below it."""
    if part is None or whole is None or whole <= 0:
        return None
    rounded = (2 * abs(part) * times + whole) // (2 * whole)
    return rounded if part >= 0 else -rounded


def exact(kpi: Kpi, value: int | None) -> Decimal | None:
    """A value as a file holds it: rubles, percent, days with their places."""
    return None if value is None else Decimal(value).scaleb(-PLACES[kpi.unit])
