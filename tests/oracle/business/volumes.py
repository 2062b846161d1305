"""Energy of a point in a month: hours, registers, the ladder without a reading, acts."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from tests.oracle.business.calendar import days_of, half_up, hours_between, last_day
from tests.oracle.business.facts import Hours, Meter, Point, World
from tests.oracle.business.known import latest, month_prices, supply
from tests.oracle.periods import MOSCOW, month_of, plus_months

ZONES = {"one_rate": ("all",), "two_zone": ("day", "night"), "three_zone": ("peak", "half_peak", "night")}
HOURS_A_DAY = {
    "one_rate": {"all": 24},
    "two_zone": {"day": 16, "night": 8},
    "three_zone": {"peak": 7, "half_peak": 9, "night": 8},
}
NIGHT = {23, *range(7)}
PEAK = {7, 8, 9, 17, 18, 19, 20}
Volumes = dict[tuple[str, str], int]
"""(zone, basis) -> kWh."""


def hourly(world: World, point: Point, first: dt.date, last: dt.date, closing: dt.date) -> dict[dt.date, list[int]]:
    """Whole kWh of every hour: what rounding leaves is carried to the next hour of the month."""
    told = latest(world.hours_by_point.get(point.point_code, ()), closing, lambda one: one.day)
    kwh: dict[dt.date, list[int]] = {}
    reached = 500
    spread = {}
    if point.price_category >= 3 and point.max_power_kw >= 670 and not heard_lately(told, first):
        spread = spread_register(world, point, first, last, closing)
    for day in days_of(first, last):
        wh_of_day = told[day].wh if day in told else (None,) * hours_between(day, day)
        if point.price_category >= 3:
            filler = spread[day] if spread else stand_in(point, day, told)
            wh_of_day = tuple(filler[hour] if wh is None else wh for hour, wh in enumerate(wh_of_day))
        known = [wh for wh in wh_of_day if wh is not None]
        if known:
            kwh[day] = []
            for wh in known:
                kwh[day].append((reached + wh) // 1000 - reached // 1000)
                reached += wh
    return kwh


def heard_lately(told: Mapping[object, Hours], day: dt.date) -> bool:
    """Whether an hour of the month of that day was measured, or of one of the two months before it."""
    months = [month_of(one.day) for one in told.values() if any(wh is not None for wh in one.wh)]
    return any(plus_months(month_of(day), -2) <= month <= month_of(day) for month in months)


def spread_register(
    world: World, point: Point, first: dt.date, last: dt.date, closing: dt.date
) -> dict[dt.date, list[int]]:
    """Wh of each hour of a point without an hourly meter: peak hours first, the rest evenly; nothing without a reading."""
    counted = measured(world, point.point_code, first, last, closing)
    if counted is None:
        return {}
    prices = month_prices(world, month_of(first), closing)
    hours = [(day, hour) for day in days_of(first, last) for hour in range(hours_between(day, day))]
    peaks = {(day, hour) for day, hour in hours if prices and day in prices.peaks and hour in prices.planned}
    month_wh = sum(counted.values()) * 1000
    peak_wh = min(int(point.max_power_kw * 1000), month_wh // len(peaks)) if peaks else 0
    even = Fraction(month_wh - peak_wh * len(peaks), len(hours) - len(peaks))
    spread: dict[dt.date, list[int]] = {day: [] for day, _ in hours}
    count = 0
    for day, hour in hours:
        if (day, hour) in peaks:
            spread[day].append(peak_wh)
        else:
            spread[day].append(half_up(even * (count + 1)) - half_up(even * count))
            count += 1
    return spread


def stand_in(point: Point, day: dt.date, told: Mapping[object, Hours]) -> list[int]:
    """Hours nobody measured: the same ones of last year for two months of silence, else maximum power."""
    is_short = heard_lately(told, day)
    year_before = day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
    before = told[year_before].wh if is_short and year_before in told else ()
    power = int(point.max_power_kw * 1000)
    found = []
    for hour in range(hours_between(day, day)):
        wh = before[hour] if hour < len(before) else None
        found.append(power if wh is None else wh)
    return found


def stands(world: World, code: str, closing: dt.date) -> list[tuple[str, str, list[tuple[dt.date, int, int]]]]:
    """Of every register (meter, zone): day, kWh it had reached, kWh of a whole turn; in order."""
    meters: list[Meter] = [
        *latest([m for m in world.meters if m.point_code == code], closing, lambda m: m.meter_serial).values()
    ]
    read = latest(
        [one for one in world.registers if one.point_code == code],
        closing,
        lambda one: (one.meter_serial, one.zone, one.service_period),
    )
    registers = []
    for meter in meters:
        opening = (meter.opening_t1, meter.opening_t2, meter.opening_t3)
        ending = (meter.closing_t1, meter.closing_t2, meter.closing_t3)
        for zone, start, end in zip(ZONES[meter.zone_plan], opening, ending, strict=False):
            assert start is not None
            values: list[tuple[dt.date, Decimal]] = [(meter.installed_on, start)]
            values += [
                (plus_months(one.service_period, 1), one.value)
                for one in read.values()
                if (one.meter_serial, one.zone) == (meter.meter_serial, zone)
                and meter.installed_on < plus_months(one.service_period, 1) < (meter.removed_on or dt.date.max)
            ]
            if meter.removed_on and end is not None and meter.removed_on > meter.installed_on:
                values.append((meter.removed_on, end))
            turn = 10**meter.whole_digits * meter.transformer_ratio
            registers.append(
                (
                    meter.meter_serial,
                    zone,
                    [(day, half_up(Fraction(value) * meter.transformer_ratio), turn) for day, value in sorted(values)],
                )
            )
    return registers


def measured(world: World, code: str, first: dt.date, last: dt.date, closing: dt.date) -> dict[str, int] | None:
    """Energy by zone from day to day by the registers; None where they do not cover every day of every zone."""
    kwh: dict[str, int] = {}
    covered: dict[str, set[dt.date]] = {}
    for _, zone, values in stands(world, code, closing):
        for (start, before, turn), (end, after, _) in pairwise(values):
            used = after - before
            if used < 0 and (used + turn) * 10 <= turn:
                used += turn
            touched = days_of(max(start, first), min(end - dt.timedelta(days=1), last))
            if not touched:
                continue
            covered.setdefault(zone, set())
            if used < 0:
                continue
            length = (end - start).days
            begin, until = (touched[0] - start).days, (touched[-1] - start).days + 1
            part = half_up(Fraction(used * until, length)) - half_up(Fraction(used * begin, length))
            kwh[zone] = kwh.get(zone, 0) + part
            covered[zone].update(touched)
    everything = set(days_of(first, last))
    return kwh if covered and all(days == everything for days in covered.values()) else None


def estimate(world: World, point: Point, first: dt.date, last: dt.date, closing: dt.date) -> Volumes:
    """A month without a reading: last year, the last known month, maximum power × hours."""
    period = month_of(first)

    def looked(back: int) -> dict[str, int] | None:
        month = plus_months(period, -back)
        begun = supplied_from(world, point, closing)
        if begun > last_day(month):
            return {}
        return by_zone(point, measured(world, point.point_code, max(month, begun), last_day(month), closing))

    silent = 1 if looked(1) is not None else 2 if looked(2) is not None else 3
    months_days, days = (last_day(period) - period).days + 1, (last - first).days + 1
    if silent < 3:
        for back, basis in ((12, "last_year"), (silent, "last_known")):
            found = looked(back)
            if found:
                return {
                    (zone, basis): kwh if days == months_days else half_up(Fraction(kwh * days, months_days))
                    for zone, kwh in found.items()
                }
    return {
        (zone, "max_power"): half_up(Fraction(point.max_power_kw) * hours_between(first, last) * share / 24)
        for zone, share in HOURS_A_DAY[point.zone_plan].items()
    }


def supplied_from(world: World, point: Point, closing: dt.date) -> dt.date:
    """The day supply of a point began, as a closing knows it."""
    stated = latest(
        [
            one
            for one in world.points
            if (one.contract_number, one.point_code) == (point.contract_number, point.point_code)
        ],
        closing,
        lambda one: one.valid_from,
    )
    begun, before = dt.date.min, None
    for one in sorted(stated.values(), key=lambda one: one.valid_from):
        if one.valid_from > point.valid_from:
            break
        if before is None or (before.valid_to is not None and before.valid_to < one.valid_from):
            begun = one.valid_from
        before = one
    return begun


def by_acts(world: World, contract: str, code: str, first: dt.date, last: dt.date, closing: dt.date) -> int | None:
    """Energy that acts name for these days; None without an act."""
    acts = latest(
        [one for one in world.acts if (one.contract_number, one.point_code) == (contract, code)],
        closing,
        lambda one: one.act_number,
    )
    total = None
    for act in acts.values():
        begin, end = max(first, act.valid_from), min(last, act.valid_to)
        if begin > end:
            continue
        if act.power_kw is not None:
            kwh = half_up(Fraction(act.power_kw) * hours_between(begin, end))
        else:
            assert act.act_kwh is not None
            length = (act.valid_to - act.valid_from).days + 1
            until, since = (end - act.valid_from).days + 1, (begin - act.valid_from).days
            kwh = half_up(Fraction(act.act_kwh * until, length)) - half_up(Fraction(act.act_kwh * since, length))
        total = (total or 0) + kwh
    return total


def by_zone(point: Point, counted: dict[str, int] | None) -> dict[str, int] | None:
    """What registers counted; of the second category nothing where one register is for the whole day."""
    return None if point.price_category == 2 and counted and "all" in counted else counted


def clock(day: dt.date) -> list[int]:
    """What the clock of Moscow shows at the beginning of each hour of a day."""
    start = dt.datetime.combine(day, dt.time(), MOSCOW).astimezone(dt.UTC)
    return [(start + dt.timedelta(hours=one)).astimezone(MOSCOW).hour for one in range(hours_between(day, day))]


def of_zones(plan: str, hours: dict[dt.date, list[int]]) -> dict[str, int]:
    """The energy of hours, by the zone they belong to."""
    found = dict.fromkeys(ZONES[plan], 0)
    for day, energy in hours.items():
        for hour, kwh in zip(clock(day), energy, strict=True):
            found[zone_of(plan, hour)] += kwh
    return found


def zone_of(plan: str, hour: int) -> str:
    """The zone of the day an hour belongs to."""
    if plan == "one_rate":
        return "all"
    if hour in NIGHT:
        return "night"
    return "day" if plan == "two_zone" else "peak" if hour in PEAK else "half_peak"


def volumes(world: World, contract: str, code: str, period: dt.date, closing: dt.date) -> Volumes:
    """Energy to charge for a point, by zone and basis."""
    supplied = supply(world, contract, code, period, closing)
    if supplied is None:
        return {}
    point, first, last = supplied
    found: Volumes = {}
    act = by_acts(world, contract, code, first, last, closing)
    hours = hourly(world, point, first, last, closing)
    total = sum(sum(day) for day in hours.values())
    if point.price_category >= 3:
        if hours:
            found["all", "hours"] = total
    else:
        by_register = by_zone(point, measured(world, code, first, last, closing))
        if by_register is not None:
            found |= {(zone, "register"): kwh for zone, kwh in by_register.items()}
        elif sum(map(len, hours.values())) == hours_between(first, last):
            found |= {(zone, "hours"): kwh for zone, kwh in of_zones(point.zone_plan, hours).items()}
        elif act is None:
            found |= estimate(world, point, first, last, closing)
    if act is not None:
        found["all", "act"] = act
    return found
