"""What districts are compared by: the column, how it reads, and which end of it is the worse one."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import polars as pl

from dashboard.text import NOTHING, Words

Kind = Literal["money", "share", "kwh"]


@dataclass(frozen=True)
class Measure:
    """A column of `district_totals`: whole kopecks, tenths of a percent or kWh."""

    column: str
    kind: Kind
    worst_is_high: bool

    def worst_first(self, districts: pl.DataFrame) -> pl.DataFrame:
        """Districts by this measure, the worse end first, those without a value last."""
        return districts.sort(self.column, "district", descending=[self.worst_is_high, False], nulls_last=True)

    def says(self, value: int | None, words: Words) -> str:
        """A value as a person reads it."""
        if value is None:
            return NOTHING
        if self.kind == "money":
            return words.short_rubles(value)
        return words.share(value) if self.kind == "share" else words.short_kwh(value)


OF_A_PROPOSAL: Mapping[str, Measure] = MappingProxyType(
    {"change_per_account": Measure("change_per_account_kopecks", "money", worst_is_high=True)}
)
"""What the page about other prices draws on the map; no column of `district_totals`."""

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "collected": Measure("collected_permille", "share", worst_is_high=False),
        "debt": Measure("debt_kopecks", "money", worst_is_high=True),
        "debt_per_account": Measure("debt_per_account_kopecks", "money", worst_is_high=True),
        "charged": Measure("charged_kopecks", "money", worst_is_high=True),
        "kwh_per_account": Measure("kwh_per_account", "kwh", worst_is_high=True),
    }
)
"""By the name that stands in the address and in TEXTS."""
