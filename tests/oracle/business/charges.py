"""What a month of a contract costs by the six price categories, with fractions; each line is rounded once."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from tests.oracle.business.calendar import half_up
from tests.oracle.business.facts import MonthPrices, Plan, Point, World
from tests.oracle.business.known import day_prices, latest, month_prices, network, supply
from tests.oracle.business.volumes import hourly, volumes
from tests.oracle.periods import month_of
from tests.oracle.reference import rows

Key = tuple[str | None, str, str, str]
"""Point, component, zone, basis."""
Line = tuple[int, int | None, int, int]
"""kWh, watts, kopecks, kopecks of VAT."""
Lines = dict[Key, Line]


Known = TypeVar("Known")

UNITS = 10**5 * 1000
"""kWh × 10⁻⁵ rub/MWh in a ruble."""


class UnpricedError(Exception):
    """A price of the month is not known."""


def need(value: Known | None) -> Known:
    """What must be known for a month to be charged."""
    if value is None:
        raise UnpricedError
    return value


def alpha(prices: MonthPrices) -> Fraction:
    """α, to twelve decimals."""
    power = prices.power[0] - sum(prices.power[1:], Decimal(0))
    energy = prices.energy[0] - sum(prices.energy[1:], Decimal(0))
    if energy <= 0:
        return Fraction(0)
    return Fraction(half_up(Fraction(max(power, Decimal(0))) / Fraction(energy) * 10**12), 10**12)


def vat_pct(period: dt.date) -> int:
    """The rate of the day of supply."""
    [row] = [row for row in rows("vat") if row["valid_from"] <= period.isoformat() < row["valid_to"]]
    return int(row["rate_pct"])


def line(period: dt.date, kwh: int, watts: int | None, rubles: Fraction) -> Line:
    """A line, rounded; `rubles` net of VAT."""
    kopecks = half_up(rubles * 100)
    return kwh, watts, kopecks, half_up(Fraction(kopecks * vat_pct(period), 100))


def flat(
    period: dt.date, prices: MonthPrices, point: Point, one_rate: Decimal, kwh: int, zone: str | None
) -> Iterator[tuple[str, Line]]:
    """Categories 1 and 2 and acts: energy × price of the month."""
    capacity = Fraction(half_up(alpha(prices) * Fraction(prices.capacity) * 10**5), 10**5)
    parts = {
        "energy": Fraction(need(prices.zones.get(zone)) if zone else prices.average),
        "network": Fraction(one_rate),
        "markup": Fraction(need(prices.markups.get(point.power_group))),
        "other": Fraction(prices.other),
    }
    if zone is None:
        parts["capacity"] = capacity
    for component, price in parts.items():
        yield component, line(period, kwh, None, price * kwh / 1000)


def mean_watts(values: list[int]) -> int:
    """The mean of kW, in W."""
    return half_up(Fraction(sum(values) * 1000, len(values))) if values else 0


def by_hour(
    world: World, period: dt.date, prices: MonthPrices, point: Point, hours: dict[dt.date, list[int]], closing: dt.date
) -> Iterator[tuple[str, Line]]:
    """Categories 3 to 6 without deviations."""
    tariff = need(network(world, point.voltage, point.network_variant, period, closing))
    kwh = sum(sum(day) for day in hours.values())
    cost = 0
    for day, energy in hours.items():
        told = need(day_prices(world, day, closing)).units["day_ahead" if point.price_category >= 5 else "energy"]
        cost += sum(price * one for price, one in zip(told, energy, strict=True))
    peak = mean_watts([hours[day][hour] for day, hour in prices.peaks.items() if day in hours])
    yield "energy", line(period, kwh, None, Fraction(cost, UNITS))
    yield "capacity", line(period, 0, peak, Fraction(peak, 10**6) * Fraction(prices.capacity))
    for component, price in (
        ("network", tariff.energy),
        ("markup", need(prices.markups.get(point.power_group))),
        ("other", prices.other),
    ):
        yield component, line(period, kwh, None, Fraction(price) * kwh / 1000)
    if point.network_variant == "two_rate":
        planned = mean_watts([max(hours[day][hour] for hour in prices.planned) for day in prices.peaks if day in hours])
        yield "network_capacity", line(period, 0, planned, Fraction(planned, 10**6) * Fraction(need(tariff.capacity)))


def plan_of(world: World, contract: str, code: str | None, closing: dt.date) -> dict[object, list[int]]:
    """Day -> planned kWh of its hours, which add up to the day."""
    told = latest(
        [one for one in world.plans if (one.contract_number, one.point_code) == (contract, code)],
        closing,
        lambda one: one.day,
    )

    def whole(plan: Plan) -> list[int]:
        ends = [half_up(Fraction(sum(plan.wh[:count]), 1000)) for count in range(len(plan.wh) + 1)]
        return [end - start for start, end in pairwise(ends)]

    return {day: whole(plan) for day, plan in told.items()}


def deviations(
    world: World, contract: str, period: dt.date, closing: dt.date, facts: dict[str, dict[dt.date, list[int]]]
) -> Iterator[tuple[str | None, str, Line]]:
    """Categories 5 and 6: every point against its own plan, the others together against the contract's, else none."""
    prices = need(month_prices(world, period, closing))
    own = {code: plan_of(world, contract, code, closing) for code in facts}
    whole = plan_of(world, contract, None, closing)
    units: dict[str | None, list[tuple[int, int, dt.date, int]]] = {}
    shared: dict[tuple[dt.date, int], int] = {}
    for code, days in facts.items():
        for day, energy in days.items():
            for hour, fact in enumerate(energy):
                if day in own[code]:
                    units.setdefault(code, []).append((fact, own[code][day][hour], day, hour))
                elif day in whole:
                    shared[day, hour] = shared.get((day, hour), 0) + fact
                else:
                    units.setdefault(code, []).append((fact, fact, day, hour))
    for (day, hour), fact in shared.items():
        units.setdefault(None, []).append((fact, whole[day][hour], day, hour))
    for unit, hours in units.items():
        told = {day: need(day_prices(world, day, closing)).units for day in {day for *_, day, _ in hours}}
        up = sum(told[day]["up"][hour] * max(fact - plan, 0) for fact, plan, day, hour in hours)
        down = sum(told[day]["down"][hour] * max(plan - fact, 0) for fact, plan, day, hour in hours)
        above, below = sum(max(f - p, 0) for f, p, *_ in hours), sum(max(p - f, 0) for f, p, *_ in hours)
        planned = sum(p for _, p, *_ in hours)
        yield unit, "deviation_up", line(period, above, None, Fraction(up, UNITS))
        yield unit, "deviation_down", line(period, below, None, Fraction(down, UNITS))
        yield unit, "deviation_a", line(period, planned, None, Fraction(prices.a) * planned / 1000)
        yield unit, "deviation_b", line(period, above + below, None, Fraction(prices.b) * (above + below) / 1000)


def charges(world: World, contract: str, period: dt.date, closing: dt.date) -> Lines:
    """Lines of a contract's month as the closing knows it; none where a price is not known."""
    try:
        lines = dict(_charges(world, contract, period, closing))
    except UnpricedError:
        return {}
    return {key: one for key, one in lines.items() if one[0] or one[1] or one[2]}


def _charges(world: World, contract: str, period: dt.date, closing: dt.date) -> Iterator[tuple[Key, Line]]:
    facts: dict[str, dict[dt.date, list[int]]] = {}
    for code in sorted({one.point_code for one in world.points if one.contract_number == contract}):
        supplied = supply(world, contract, code, period, closing)
        if supplied is None:
            continue
        point, first, last = supplied
        merged: dict[tuple[str, str], int] = {}
        for (zone, basis), kwh in volumes(world, contract, code, period, closing).items():
            shown = zone if point.price_category == 2 and basis != "act" else "all"
            merged[shown, basis] = merged.get((shown, basis), 0) + kwh
        for (zone, basis), kwh in merged.items():
            prices = need(month_prices(world, month_of(period), closing))
            if point.price_category >= 3 and basis == "hours":
                facts_of_point = hourly(world, point, first, last, closing)
                if point.price_category >= 5:
                    facts[code] = facts_of_point
                made = by_hour(world, period, prices, point, facts_of_point, closing)
            else:
                by_zone = zone if point.price_category == 2 and basis != "act" else None
                one_rate = need(network(world, point.voltage, "one_rate", period, closing)).energy
                made = flat(period, prices, point, one_rate, kwh, by_zone)
            for component, one in made:
                yield (code, component, zone, basis), one
    for unit, component, one in deviations(world, contract, period, closing, facts) if facts else ():
        yield (unit, component, "all", "hours"), one
