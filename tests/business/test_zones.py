"""The second category: a register for each zone, else the hours of each zone, and never one register for the whole day."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from tests.business.little import JANUARY, at, bill, little, meter, read
from tests.oracle.business.calendar import days_of, hours_between, last_day
from tests.oracle.business.facts import Hours, World

WH = {"night": 1000, "day": 2000, "peak": 4000, "half_peak": 3000}


def zoned(plan: str, period: dt.date = JANUARY) -> World:
    """A point of the second category whose meter tells every hour: another energy in each zone."""
    world = little(2, zone_plan=plan)
    zones = {"day": Decimal(2000), "night": Decimal(500), "peak": Decimal(4000), "half_peak": Decimal(1500)}
    world.months = [replace(one, zones=zones) for one in world.months]

    def wh(hour: int) -> int:
        if hour == 23 or hour < 7:
            return WH["night"]
        if plan == "two_zone":
            return WH["day"]
        return WH["peak" if hour in {7, 8, 9, 17, 18, 19, 20} else "half_peak"]

    for day in days_of(period, last_day(period)):
        world.hours.append(Hours(at(period), "p", day, tuple(wh(hour) for hour in range(hours_between(day, day)))))
    return world


def zones(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, int]]:
    return connection.execute(
        "select zone::varchar, basis::varchar, kwh, amount_kopecks from business.charge_line"
        " where component = 'energy' order by zone::varchar"
    ).fetchall()


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("two_zone", [("day", "hours", 31 * 16 * 2, 31 * 16 * 2 * 200), ("night", "hours", 31 * 8, 31 * 8 * 50)]),
        (
            "three_zone",
            [
                ("half_peak", "hours", 31 * 9 * 3, 31 * 9 * 3 * 150),
                ("night", "hours", 31 * 8, 31 * 8 * 50),
                ("peak", "hours", 31 * 7 * 4, 31 * 7 * 4 * 400),
            ],
        ),
    ],
)
def test_the_hours_of_a_zone_are_charged_at_its_price(
    connection: duckdb.DuckDBPyConnection, plan: str, expected: list[tuple[str, str, int, int]]
) -> None:
    bill(connection, zoned(plan), at(JANUARY))
    assert zones(connection) == expected


def test_one_register_for_the_whole_day_says_nothing_of_zones(connection: duckdb.DuckDBPyConnection) -> None:
    world = zoned("two_zone")
    meter(world)
    read(world, JANUARY, "1240")
    bill(connection, world, at(JANUARY))
    assert [row[:3] for row in zones(connection)] == [("day", "hours", 992), ("night", "hours", 248)]


def test_where_an_hour_is_missing_the_zones_are_estimated(connection: duckdb.DuckDBPyConnection) -> None:
    world = zoned("two_zone")
    world.hours[5] = replace(world.hours[5], wh=(*world.hours[5].wh[:-1], None))
    bill(connection, world, at(JANUARY))
    assert [row[1] for row in zones(connection)] == ["max_power", "max_power"]
