"""A little world: one contract, one point, prices that are easy to reckon with."""

import datetime as dt
from decimal import Decimal

import duckdb

from tests.oracle.business.calendar import days_of, hours_between, last_day
from tests.oracle.business.facts import (
    Contract,
    DayPrices,
    Hours,
    Meter,
    MonthPrices,
    Network,
    Point,
    Register,
    World,
)
from tests.oracle.business.load import load, replay_businesses
from tests.oracle.periods import MOSCOW, plus_months

JANUARY, FEBRUARY, MARCH, APRIL = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))
TOLD = dt.datetime(2026, 1, 2, 9, tzinfo=MOSCOW)
"""Known before any closing of the year."""
ZERO = (Decimal(0),) * 4


def at(period: dt.date, day: int = 5) -> dt.datetime:
    """A day of the month after a period: by its closing if before the 16th."""
    return dt.datetime.combine(plus_months(period, 1).replace(day=day), dt.time(12), MOSCOW)


def month_prices(
    period: dt.date, average: str, version: str = "final", known: dt.datetime = TOLD, other: str = "0"
) -> MonthPrices:
    """Only energy costs anything, unless said."""
    return MonthPrices(
        known, period, version, Decimal(average), Decimal(0), ZERO, ZERO, {}, {"up_to_670": Decimal(0)}, Decimal(other),
        Decimal(0), Decimal(0), {}, (0,),
    )  # fmt: skip


def flat_hours(period: dt.date, price: str, version: str = "final", known: dt.datetime = TOLD) -> list[DayPrices]:
    """Every hour of a month at one price."""
    return [
        DayPrices(known, version, day, *[(Decimal(price),) * hours_between(day, day)] * 4)
        for day in days_of(period, last_day(period))
    ]


def same_hours(period: dt.date, wh: int, known: dt.datetime | None = None) -> list[Hours]:
    """The same energy in every hour of a month."""
    return [
        Hours(known or at(period), "p", day, (wh,) * hours_between(day, day))
        for day in days_of(period, last_day(period))
    ]


def little(category: int = 1, average: str = "1000", **point: object) -> World:
    """A contract since January 2026; energy 1000 rub/MWh in every month of the winter."""
    world = World(
        contracts=[Contract(TOLD, "c", JANUARY)],
        points=[Point(TOLD, "c", "p", JANUARY, price_category=category, **point)],  # type: ignore[arg-type]
        networks=[Network(TOLD, JANUARY, "nn", "one_rate", Decimal(0))],
    )
    for period in (JANUARY, FEBRUARY, MARCH):
        world.months.append(month_prices(period, average))
    return world


def meter(world: World, opening: str = "0", ratio: int = 1) -> None:
    """A meter since January."""
    world.meters.append(Meter(TOLD, "p", "7", "one_rate", 6, ratio, JANUARY, None, Decimal(opening)))


def read(world: World, period: dt.date, value: str, known: dt.datetime | None = None) -> None:
    """A reading at the end of a month."""
    world.registers.append(Register(known or at(period), "p", "7", "all", period, Decimal(value)))


def bill(connection: duckdb.DuckDBPyConnection, world: World, as_of: dt.datetime) -> None:
    """Take the world in and reckon."""
    load(connection, world)
    replay_businesses(connection, as_of)


def posted(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Energy lines: posted in, service period, basis, kWh, kopecks, kind."""
    return connection.execute(
        """
        select posting_period, service_period, basis::varchar, kwh, amount_kopecks, line_kind::varchar
        from business.charge_line as lines
        where component = 'energy'
        order by posting_period, service_period, lines.basis
        """
    ).fetchall()
