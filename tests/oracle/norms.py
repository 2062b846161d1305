"""Which month an attribute counts from, what the category is, and where the bands end."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import TypeVar

from tests.oracle.facts import AccountFact, TenantFact
from tests.oracle.periods import month_of, plus_months
from tests.oracle.reference import NEWEST, in_force

F = TypeVar("F", AccountFact, TenantFact)

RANGES_BEGIN = dt.date(2026, 1, 1)
"""From here three consumption ranges; before it the social norm."""


def from_period(fact: AccountFact | TenantFact, known: Sequence[AccountFact | TenantFact]) -> dt.date:
    """The first service period of a statement, beside the other statements known.

    Nothing is known of an account before the first statement about it, so it is taken to have been as that one says; the
    first statement about its tenants holds from its own month, and before it their number is unknown.
    """
    if fact.valid_from == min(other.valid_from for other in known):
        return dt.date.min if isinstance(fact, AccountFact) else month_of(fact.valid_from)
    if fact.valid_from.day == 1:
        return fact.valid_from
    return plus_months(month_of(fact.valid_from), 1)


def version(facts: Sequence[F], service: dt.date, closing: dt.date) -> F | None:
    """The statement that holds for a service period as far as the closing knows; None when it knows none."""
    known = [fact for fact in facts if fact.known_period <= closing]
    return max(
        [fact for fact in known if from_period(fact, known) <= service],
        key=lambda fact: (
            from_period(fact, known),
            fact.valid_from,
            fact.known_at,
            fact.source_file_id,
            fact.source_line,
        ),
        default=None,
    )


def category(account: AccountFact) -> str:
    """The tariff category of an account."""
    if account.settlement == "rural":
        return "rural"
    if account.stove == "electric" or account.heating == "electric":
        return "urban_electric"
    return "urban"


@cache
def _component(service: dt.date, settlement: str, component: str, persons: str, closing: dt.date) -> Decimal:
    [row] = [
        row
        for row in in_force("social_norm", service, closing)
        if (row["settlement"], row["component"], row["persons"]) == (settlement, component, persons)
    ]
    return Decimal(row["kwh_per_month"] or row["coefficient"])


def social_norm(
    service: dt.date, settlement: str, stove: str, heating: str, persons: int, closing: dt.date = NEWEST
) -> int:
    """Whole kWh a month at the lower price before 2026."""
    if persons == 0:
        return 0
    norm = _component(service, settlement, "norm_total", str(min(persons, 10)), closing)
    if persons > 10:
        norm += (persons - 10) * _component(service, settlement, "each_person_above_10", "", closing)
    if stove == "electric":
        norm += _component(service, "any", "supplement_electric_stove", "", closing)
    if heating == "electric":
        norm += _component(service, "any", "supplement_electric_heating_or_water_heater", "", closing)
    if service.month in {6, 7, 8}:
        norm *= _component(service, "any", "season_june_to_august", "", closing)
    if service.month in {2, 3, 4}:
        norm *= _component(service, "any", "season_february_to_april", "", closing)
    return int(norm)


def is_heating_season(service: dt.date) -> bool:
    """Whether the month lies in the heating season, which runs over New Year."""
    [row] = in_force("heating_season", service)
    return service.month >= int(row["first_month"]) or service.month <= int(row["last_month"])


def ranges(service: dt.date, account_category: str, heating: str, closing: dt.date = NEWEST) -> list[int]:
    """Upper ends of the first two ranges, kWh a month, from 2026."""
    season = "all"
    if heating == "electric":
        season = "heating" if is_heating_season(service) else "other"
    ends = {
        row["band"]: row["to_kwh"]
        for row in in_force("consumption_range", service, closing)
        if (row["settlement_category"], row["heating"], row["season"]) == (account_category, heating, season)
    }
    return [int(ends["band1"]), int(ends["band2"])]


def bounds(service: dt.date, account: AccountFact, persons: int, closing: dt.date) -> tuple[list[int], list[str]]:
    """Where the bands of a month end, and their names (one more than ends)."""
    if service < RANGES_BEGIN:
        norm = social_norm(service, account.settlement, account.stove, account.heating, persons, closing)
        return [norm], ["in_norm", "above_norm"]
    return ranges(service, category(account), account.heating, closing), ["band1", "band2", "band3"]
