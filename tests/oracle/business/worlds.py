"""Random contracts of all six price categories, with what goes wrong: late, corrected, missing, changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.oracle.business.calendar import days_of, hours_between, last_day
from tests.oracle.business.facts import (
    Act,
    Contract,
    DayPrices,
    Hours,
    Meter,
    MonthPrices,
    Network,
    Plan,
    Point,
    Register,
    World,
)
from tests.oracle.business.volumes import ZONES
from tests.oracle.periods import MOSCOW, months_between, plus_months

STARTS = (dt.date(2011, 2, 1), dt.date(2014, 9, 1), dt.date(2018, 11, 1), dt.date(2025, 11, 1))
"""23 and 25 hours a day (27 March 2011, 26 October 2014), VAT of 18, 20 and 22 %."""
MONTHS = 4
VOLTAGES = ("vn", "sn1", "sn2", "nn")


def instant(day: dt.date, random: Random) -> dt.datetime:
    """Some moment of that Moscow day."""
    return dt.datetime.combine(day, dt.time(random.randrange(24), random.randrange(60), random.randrange(60)), MOSCOW)


def arrival(period: dt.date, random: Random) -> dt.datetime:
    """When news of a month comes: mostly before its closing, sometimes one or two closings late."""
    late = random.choices((0, 1, 2), (80, 14, 6))[0]
    return instant(plus_months(period, 1 + late) + dt.timedelta(days=random.randrange(15)), random)


def rubles(random: Random, lowest: int, highest: int, decimals: int = 5) -> Decimal:
    """A price."""
    return Decimal(random.randrange(lowest * 10**decimals, highest * 10**decimals)).scaleb(-decimals)


def invent(seed: int) -> tuple[World, list[dt.date]]:
    """A world and its months."""
    random = Random(seed)
    first = random.choice(STARTS)
    periods = months_between(first, plus_months(first, MONTHS - 1))
    world = World()
    _market(world, periods, random)
    for number in range(random.randint(1, 3)):
        _contract(world, f"c{number}", periods, random)
    return world, periods


def market(world: World, periods: list[dt.date], known_at: dt.datetime) -> None:
    """Tariffs and final prices of those months, all known at one instant."""
    random = Random(61)
    for voltage in VOLTAGES:
        world.networks.append(Network(known_at, periods[0], voltage, "one_rate", rubles(random, 500, 3000)))
        rates = rubles(random, 50, 500), rubles(random, 300_000, 900_000)
        world.networks.append(Network(known_at, periods[0], voltage, "two_rate", *rates))
    for period in periods:
        _month(world, period, "final", known_at, random)


def _market(world: World, periods: list[dt.date], random: Random) -> None:
    told = instant(periods[0], random)
    for voltage in VOLTAGES:
        world.networks.append(
            Network(told, periods[0] - dt.timedelta(days=40), voltage, "one_rate", rubles(random, 500, 3000))
        )
        world.networks.append(
            Network(told, periods[0], voltage, "two_rate", rubles(random, 50, 500), rubles(random, 300_000, 900_000))
        )
    if random.random() < 0.5:
        known = arrival(periods[1], random)
        world.networks.append(Network(known, periods[1], "nn", "one_rate", rubles(random, 500, 3000)))
    for period in periods:
        versions = [("preliminary", arrival(period, random))]
        if random.random() < 0.5:
            versions.append(("final", arrival(period, random)))
        for version, known in versions:
            _month(world, period, version, known, random)


def _month(world: World, period: dt.date, version: str, known: dt.datetime, random: Random) -> None:
    days = days_of(period, last_day(period))
    world.months.append(
        MonthPrices(
            known,
            period,
            version,
            rubles(random, 800, 3000),
            rubles(random, 200_000, 1_000_000),
            (
                rubles(random, 900, 1500, 3),
                rubles(random, 0, 50, 3),
                rubles(random, 300, 500, 3),
                rubles(random, 300, 500, 3),
            ),
            (
                rubles(random, 500_000, 900_000, 3),
                rubles(random, 0, 9000, 3),
                rubles(random, 200_000, 300_000, 3),
                rubles(random, 100_000, 300_000, 3),
            ),
            {zone: rubles(random, 800, 4000) for zone in ("day", "night", "peak", "half_peak")},
            {group: rubles(random, 50, 500) for group in ("up_to_670", "to_10_mw", "over_10_mw")},
            rubles(random, 1, 6),
            rubles(random, -5, 5),
            rubles(random, -5, 5),
            {day: random.randrange(7, 22) for day in days if day.isoweekday() <= 5},
            tuple(sorted(random.sample(range(7, 22), 5))),
        )
    )
    for day in days:
        count = hours_between(day, day)
        columns = [tuple(rubles(random, -50, 4000) for _ in range(count)) for _ in range(4)]
        world.days.append(DayPrices(known, version, day, *columns))


def _contract(world: World, contract: str, periods: list[dt.date], random: Random) -> None:
    told = instant(periods[0] + dt.timedelta(days=random.choice((0, 3, 50))), random)
    world.contracts.append(Contract(told, contract, periods[0]))
    for number in range(random.randint(1, 3)):
        code = f"{contract}p{number}"
        category = random.choice((1, 2, 2, 3, 4, 5, 6))
        plan = random.choice(("two_zone", "three_zone")) if category == 2 else "one_rate"
        point = Point(
            told,
            contract,
            code,
            periods[0] + dt.timedelta(days=random.choice((0, 0, 0, 4))),
            voltage=random.choice(VOLTAGES),
            power_group=random.choice(("up_to_670", "to_10_mw", "over_10_mw")),
            # From 670 kW there is no choice of the first two categories.
            max_power_kw=rubles(random, *random.choice(((1, 600), (600, 1200))[: 1 + (category >= 3)]), 3),
            price_category=category,
            network_variant="two_rate" if category in {4, 6} else "one_rate",
            zone_plan=plan,
        )
        world.points.append(point)
        _change(world, point, periods, random)
        if random.random() < 0.85:
            _registers(world, point, periods, random)
        if random.random() < {1: 0.3, 2: 0.7}.get(category, 0.7):
            _hours(world, code, periods, random)
        if category >= 5 and random.random() < 0.6:
            _plans(world, contract, code, periods, random)
        if random.random() < 0.2:
            _act(world, point, periods, random)
    if random.random() < 0.5:
        _plans(world, contract, None, periods, random)


def _change(world: World, point: Point, periods: list[dt.date], random: Random) -> None:
    """A point may change its category or leave, said in time or late."""
    if random.random() < 0.3:
        since = random.choice(periods[1:]) + dt.timedelta(days=random.choice((0, 9)))
        hourly = {3: 4, 4: 3, 5: 6, 6: 5}
        category = hourly.get(point.price_category, point.price_category)
        world.points.append(
            replace(
                point,
                known_at=arrival(since.replace(day=1), random),
                valid_from=since,
                price_category=category,
                network_variant="two_rate" if category in {4, 6} else "one_rate",
                voltage=random.choice(VOLTAGES),
            )
        )
    elif random.random() < 0.15:
        left = random.choice(periods[1:]) + dt.timedelta(days=random.choice((5, 14)))
        world.points.append(replace(point, known_at=arrival(left.replace(day=1), random), valid_to=left))


def _registers(world: World, point: Point, periods: list[dt.date], random: Random) -> None:
    """Monthly readings from a year before the first month, some never sent, some wrong at first, some late."""
    plan = point.zone_plan if point.price_category <= 2 else "one_rate"
    zones = ZONES[plan]
    digits, ratio = random.choice((3, 5)), random.choice((1, 40))
    begun = plus_months(periods[0], random.choice((-13, -1)))
    stand = {zone: Decimal(random.randrange(10**digits * 1000)).scaleb(-3) for zone in zones}
    opening = [*stand.values(), None, None][:3]
    told = instant(periods[0], random)
    gone = random.choice([None, None, periods[2] + dt.timedelta(days=7)])
    ending: list[Decimal | None] = [None, None, None]
    if random.random() < 0.5:
        world.points[-1] = replace(world.points[-1], valid_from=min(begun, world.points[-1].valid_from))
    for period in months_between(begun, periods[-1]):
        if gone and gone < plus_months(period, 1):
            ending = [*stand.values(), None, None][:3]
            break
        for zone in zones:
            used = Decimal(random.randrange(90_000)).scaleb(-3)
            stand[zone] = (stand[zone] + used) % 10**digits
            if random.random() < 0.7:
                known = told if period < periods[0] else arrival(period, random)
                if random.random() < 0.1:
                    wrong = Register(known, point.point_code, "7", zone, period, Decimal(random.randrange(10**digits)))
                    world.registers.append(wrong)
                    known = arrival(plus_months(period, 1), random)
                world.registers.append(Register(known, point.point_code, "7", zone, period, stand[zone]))
    start = opening[0] or Decimal(0)
    meter = Meter(told, point.point_code, "7", plan, digits, ratio, begun, None, start, *opening[1:])
    world.meters.append(meter)
    if gone:
        known = arrival(gone.replace(day=1), random)
        world.meters.append(
            replace(
                meter, known_at=known, removed_on=gone, closing_t1=ending[0], closing_t2=ending[1], closing_t3=ending[2]
            )
        )
        world.meters.append(replace(meter, known_at=known, meter_serial="8", installed_on=gone))


def _hours(world: World, code: str, periods: list[dt.date], random: Random) -> None:
    """Hours day by day, some months late; some days never come, some with holes, some again corrected or taken back."""
    scale = random.choice((900, 400_000))
    for period in periods:
        known = arrival(period, random)
        gaps = random.choice(((0.0,), (*[0.0] * 97, 0.1, 0.1, 1.0)))
        for day in days_of(period, last_day(period)):
            if len(gaps) > 1 and random.random() < 0.02:
                continue
            world.hours.append(Hours(known, code, day, _wh(day, scale, gaps, random)))
            if random.random() < 0.03:
                again = arrival(plus_months(period, 1), random)
                world.hours.append(Hours(again, code, day, _wh(day, scale, gaps, random)))


def _wh(day: dt.date, scale: int, gaps: Sequence[float], random: Random) -> tuple[int | None, ...]:
    """A day as a message tells it; `gaps`: shares of its hours that may be lost."""
    lost = random.choice(gaps)
    return tuple(None if random.random() < lost else random.randrange(scale) for _ in range(hours_between(day, day)))


def _plans(world: World, contract: str, code: str | None, periods: list[dt.date], random: Random) -> None:
    for period in periods:
        if random.random() < 0.3:
            continue
        known = instant(period, random) if random.random() < 0.8 else arrival(period, random)
        for day in days_of(period, last_day(period)):
            if random.random() < 0.9:
                count = hours_between(day, day)
                wh = tuple(random.randrange(500) * 1000 for _ in range(count))
                world.plans.append(Plan(known, contract, code, day, wh))


def _act(world: World, point: Point, periods: list[dt.date], random: Random) -> None:
    since = random.choice(periods) + dt.timedelta(days=random.randrange(20))
    act = Act(
        arrival(since.replace(day=1), random),
        point.contract_number,
        point.point_code,
        "А-1",
        since,
        since + dt.timedelta(days=random.randrange(40)),
        act_kwh=random.randrange(5000),
    )
    world.acts.append(act)
    if random.random() < 0.3:
        known = arrival(plus_months(since.replace(day=1), 1), random)
        world.acts.append(
            replace(
                act,
                known_at=known,
                valid_from=since + dt.timedelta(days=9),
                valid_to=act.valid_to + dt.timedelta(days=9),
                act_kwh=None,
                power_kw=rubles(random, 1, 9, 3),
            )
        )
