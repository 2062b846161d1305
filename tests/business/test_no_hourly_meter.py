"""A point of 670 kW and more without an hourly meter: its register, spread over the hours (RULES.md 9.3)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from tests.business.little import (
    APRIL,
    FEBRUARY,
    JANUARY,
    MARCH,
    at,
    bill,
    flat_hours,
    little,
    meter,
    posted,
    read,
    same_hours,
)
from tests.oracle.business.facts import World

WORKING = dt.date(2026, 1, 12), dt.date(2026, 1, 13)
PEAKS = 9, 17
"""Planned peak hours, from 0: with two working days four hours of January."""


def large(power: str = "700", average: str = "1000") -> World:
    """A point of the third category with a register, hourly prices and peak hours for the winter."""
    world = little(3, average, max_power_kw=Decimal(power), power_group="to_10_mw")
    meter(world)
    world.months = [
        replace(
            one,
            capacity=Decimal(100_000),
            markups={"to_10_mw": Decimal(0)},
            planned=PEAKS,
            peaks={one.period.replace(day=day.day): PEAKS[0] for day in WORKING},
        )
        for one in world.months
    ]
    for period in (JANUARY, FEBRUARY, MARCH):
        world.days += flat_hours(period, "1000")
    return world


def hours(connection: duckdb.DuckDBPyConnection, day: dt.date) -> list[int]:
    """The hours of a day as they are shown."""
    [(wh,)] = connection.execute("select wh from business.point_day where day = ?", [day]).fetchall()
    found: list[int] = wh
    return found


def test_a_peak_hour_takes_an_even_share_of_the_month_and_no_other_hour_anything_is_left_for(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = large()
    read(world, JANUARY, "2000")
    bill(connection, world, at(JANUARY))
    for day in WORKING:
        assert hours(connection, day) == [500_000 if hour in PEAKS else 0 for hour in range(24)]
    assert hours(connection, JANUARY) == [0] * 24


def test_a_peak_hour_takes_no_more_than_maximum_power_and_the_rest_is_even(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = large()
    read(world, JANUARY, "100000")
    bill(connection, world, at(JANUARY))
    even = (100_000_000 - 4 * 700_000) / 740
    for day in (*WORKING, JANUARY):
        shown = hours(connection, day)
        for hour, wh in enumerate(shown):
            if day in WORKING and hour in PEAKS:
                assert wh == 700_000
            else:
                assert abs(wh - even) < 1
    assert connection.execute(
        "select sum(list_sum(wh))::bigint, sum(hours_filled)::bigint, any_value(distinct basis[1])::varchar"
        " from business.point_day where day < ?",
        [FEBRUARY],
    ).fetchall() == [(100_000_000, 744, "register")]


def test_what_is_shown_is_what_is_billed(connection: duckdb.DuckDBPyConnection) -> None:
    world = large()
    read(world, JANUARY, "100000")
    bill(connection, world, at(JANUARY))
    assert posted(connection) == [(JANUARY, JANUARY, "hours", 100_000, 10_000_000, "charge")]
    assert connection.execute(
        "select kw, amount_kopecks from business.charge_line where component = 'capacity'"
    ).fetchall() == [(Decimal("700.000"), 7_000_000)], "the peak hours are full: 0.7 MW × 100 000 ₽"
    assert connection.execute(
        "select kwh, basis::varchar, hours_measured, hours_kwh, register_kwh from business.volume"
    ).fetchall() == [(100_000, "register", 0, 100_000, 100_000)]


def test_without_a_reading_every_hour_is_maximum_power(connection: duckdb.DuckDBPyConnection) -> None:
    bill(connection, large(), at(JANUARY))
    assert [row[2:4] for row in posted(connection)] == [("hours", 744 * 700)]


@pytest.mark.parametrize(("power", "kwh"), [("669.999", 498_479), ("670", 100_000)])
def test_the_law_begins_with_670_kilowatts(connection: duckdb.DuckDBPyConnection, power: str, kwh: int) -> None:
    world = large(power)
    read(world, JANUARY, "100000")
    bill(connection, world, at(JANUARY))
    assert [row[3] for row in posted(connection)] == [kwh]


def test_a_meter_that_was_heard_two_months_ago_is_filled_by_the_ladder_and_one_silent_longer_by_its_register(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = large()
    world.hours = same_hours(JANUARY, 1_000_000)
    for period, value in ((JANUARY, "744000"), (FEBRUARY, "800000"), (MARCH, "850000"), (APRIL, "900000")):
        read(world, period, value)
    world.months.append(replace(world.months[-1], period=APRIL, peaks={}))
    world.days += flat_hours(APRIL, "1000")
    bill(connection, world, at(APRIL))
    charged = {service: kwh for _, service, _, kwh, *_ in posted(connection)}
    assert charged == {JANUARY: 744_000, FEBRUARY: 672 * 700, MARCH: 744 * 700, APRIL: 50_000}


def test_hours_that_come_after_all_replace_what_was_spread(connection: duckdb.DuckDBPyConnection) -> None:
    world = large()
    read(world, JANUARY, "100000")
    world.hours = same_hours(JANUARY, 200_000, at(FEBRUARY))
    bill(connection, world, at(FEBRUARY))
    assert [row[:4] for row in posted(connection) if row[1] == JANUARY] == [
        (JANUARY, JANUARY, "hours", 100_000),
        (FEBRUARY, JANUARY, "hours", 48_800),
    ]
