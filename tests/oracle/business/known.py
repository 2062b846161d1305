"""What a closing knows: the latest statement of each kind, searched one by one."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from tests.oracle.business.calendar import closing_of, last_day
from tests.oracle.business.facts import DayPrices, MonthPrices, Network, Point, World
from tests.oracle.periods import month_of, plus_months


class Told(Protocol):
    """Anything with the instant its file came."""

    @property
    def known_at(self) -> dt.datetime: ...


Statement = TypeVar("Statement", bound=Told)


def latest(
    statements: Iterable[Statement], closing: dt.date, key: Callable[[Statement], object]
) -> Mapping[object, Statement]:
    """By key, the last statement that the closing knows."""
    found: dict[object, Statement] = {}
    for one in statements:
        if closing_of(one.known_at) <= closing and (key(one) not in found or one.known_at >= found[key(one)].known_at):
            found[key(one)] = one
    return found


def supply(
    world: World, contract: str, code: str, period: dt.date, closing: dt.date
) -> tuple[Point, dt.date, dt.date] | None:
    """How a point is supplied in a month, and its first and last day there; None where it is not."""
    stated = latest(
        [one for one in world.points if (one.contract_number, one.point_code) == (contract, code)],
        closing,
        lambda one: one.valid_from,
    )
    found: tuple[Point, dt.date] | None = None
    before: Point | None = None
    begun = dt.date.min
    for one in sorted(stated.values(), key=lambda one: one.valid_from):
        begins = before is None or (before.valid_to is not None and before.valid_to < one.valid_from)
        begun = one.valid_from if begins else begun
        first = (
            month_of(one.valid_from) if begins or one.valid_from.day == 1 else plus_months(month_of(one.valid_from), 1)
        )
        if first <= period:
            found = (one, begun)
        before = one
    if found is None or found[1] > last_day(period) or (found[0].valid_to or dt.date.max) < period:
        return None
    return found[0], max(period, found[1]), min(last_day(period), found[0].valid_to or dt.date.max)


def month_prices(world: World, period: dt.date, closing: dt.date) -> MonthPrices | None:
    """Prices of a month: final before preliminary, then the last told."""
    known = [one for one in world.months if one.period == period and closing_of(one.known_at) <= closing]
    return max(known, key=lambda one: (one.version == "final", one.known_at), default=None)


def day_prices(world: World, day: dt.date, closing: dt.date) -> DayPrices | None:
    """Hourly prices of a day, likewise."""
    known = [one for one in world.prices_by_day.get(day, ()) if closing_of(one.known_at) <= closing]
    return max(known, key=lambda one: (one.version == "final", one.known_at), default=None)


def network(world: World, voltage: str, variant: str, period: dt.date, closing: dt.date) -> Network | None:
    """The network tariff of a month."""
    told = latest(
        [one for one in world.networks if (one.voltage, one.variant) == (voltage, variant)],
        closing,
        lambda one: one.valid_from,
    )
    return max((one for one in told.values() if one.valid_from <= period), key=lambda one: one.valid_from, default=None)
