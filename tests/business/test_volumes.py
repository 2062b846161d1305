"""Energy of a point: hours that add up, registers × ratio, the ladder without a reading, acts, the check of hours against registers."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from tests.business.little import (
    FEBRUARY,
    JANUARY,
    MARCH,
    TOLD,
    at,
    bill,
    flat_hours,
    little,
    meter,
    posted,
    read,
    same_hours,
)
from tests.oracle.business.facts import Act, Hours, World


def energy(connection: duckdb.DuckDBPyConnection, period: dt.date) -> list[tuple[object, ...]]:
    return [(basis, kwh) for _, service, basis, kwh, *_ in posted(connection) if service == period]


def test_a_register_counts_its_difference_times_the_transformer_ratio(connection: duckdb.DuckDBPyConnection) -> None:
    world = little()
    meter(world, opening="10.5", ratio=40)
    read(world, JANUARY, "35.25")
    bill(connection, world, at(JANUARY))
    assert energy(connection, JANUARY) == [("register", 990)]


def test_what_a_register_leaves_of_a_kilowatt_hour_is_carried_to_the_next_month(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = little()
    meter(world)
    read(world, JANUARY, "100.4")
    read(world, FEBRUARY, "200.8")
    bill(connection, world, at(FEBRUARY))
    assert energy(connection, JANUARY) + energy(connection, FEBRUARY) == [("register", 100), ("register", 101)]


@pytest.mark.parametrize(("reading", "found"), [("000050", ("register", 150)), ("500000", ("max_power", 74_400))])
def test_a_dial_that_passed_zero_is_believed_and_one_that_fell_is_not(
    connection: duckdb.DuckDBPyConnection, reading: str, found: tuple[str, int]
) -> None:
    world = little()
    meter(world, opening="999900")
    read(world, JANUARY, reading)
    bill(connection, world, at(JANUARY))
    assert energy(connection, JANUARY) == [found]


def test_two_silent_months_take_last_year_or_the_last_known_month_and_the_third_maximum_power(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    october = dt.date(2025, 10, 1)
    world = little(max_power_kw=Decimal(1))
    world.points = [replace(world.points[0], valid_from=dt.date(2025, 1, 1))]
    world.networks = [replace(world.networks[0], valid_from=dt.date(2025, 1, 1))]
    world.months = [replace(world.months[0], period=dt.date(2025, month, 1)) for month in (11, 12)] + world.months
    meter(world)
    world.meters = [replace(world.meters[0], installed_on=dt.date(2025, 1, 1))]
    read(world, dt.date(2025, 1, 1), "31")
    read(world, october, "4031", known=TOLD)
    read(world, dt.date(2025, 11, 1), "4500", known=TOLD)
    bill(connection, world, at(FEBRUARY))
    assert energy(connection, dt.date(2025, 11, 1)) == [("register", 469)]
    assert energy(connection, dt.date(2025, 12, 1)) == [("last_known", 469)]
    assert energy(connection, JANUARY) == [("last_year", 31)]
    assert energy(connection, FEBRUARY) == [("max_power", 672)]


def test_a_point_without_a_meter_pays_maximum_power_unless_an_act_speaks_of_the_month(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = little(max_power_kw=Decimal("0.5"))
    world.acts = [Act(at(FEBRUARY), "c", "p", "А-1", dt.date(2026, 2, 27), dt.date(2026, 3, 2), act_kwh=10)]
    bill(connection, world, at(FEBRUARY))
    assert energy(connection, JANUARY) == [("max_power", 372)]
    assert energy(connection, FEBRUARY) == [("act", 5)]


def test_an_act_by_power_counts_all_the_hours_of_its_days_beside_the_register(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = little()
    meter(world)
    read(world, JANUARY, "100")
    days = dt.date(2026, 1, 10), dt.date(2026, 1, 12)
    world.acts = [Act(at(JANUARY), "c", "p", "А-1", *days, power_kw=Decimal("2.5"))]
    bill(connection, world, at(JANUARY))
    assert energy(connection, JANUARY) == [("register", 100), ("act", 180)]


def test_hours_in_whole_kilowatt_hours_add_up_to_the_month(connection: duckdb.DuckDBPyConnection) -> None:
    """600 Wh an hour: every hour alone would be rounded to 1 kWh, 744 of them; the month is 446.4."""
    world = little(3)
    world.hours, world.days = same_hours(JANUARY, 600), flat_hours(JANUARY, "1000")
    bill(connection, world, at(JANUARY))
    assert energy(connection, JANUARY) == [("hours", 446)]


def checked(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select kwh, hours_expected, hours_measured, hours_kwh, register_kwh, difference_kwh from business.volume"
        " where service_period = date '2026-01-01'"
    ).fetchall()


def with_hours(category: int) -> World:
    world = little(category)
    world.hours, world.days = same_hours(JANUARY, 1000), flat_hours(JANUARY, "1000")
    meter(world, ratio=10)
    read(world, JANUARY, "74")
    return world


@pytest.mark.parametrize(("category", "charged"), [(3, 744), (1, 740)])
def test_the_sum_of_hours_is_held_against_the_register(
    connection: duckdb.DuckDBPyConnection, category: int, charged: int
) -> None:
    bill(connection, with_hours(category), at(JANUARY))
    assert checked(connection) == [(charged, 744, 744, 744, 740, 4)]


def test_missing_hours_are_counted_and_charged_by_maximum_power(connection: duckdb.DuckDBPyConnection) -> None:
    world = with_hours(3)
    gone: Hours = world.hours.pop()
    assert gone.day == dt.date(2026, 1, 31)
    bill(connection, world, at(JANUARY))
    assert checked(connection) == [(720 + 24 * 100, 744, 720, 720 + 24 * 100, 740, 2380)], "by maximum power, 100 kW"


def test_a_point_that_came_and_left_within_a_month_is_charged_for_its_days(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = with_hours(3)
    world.points = [replace(world.points[0], valid_from=dt.date(2026, 1, 10), valid_to=dt.date(2026, 1, 19))]
    bill(connection, world, at(JANUARY))
    assert energy(connection, JANUARY) == [("hours", 240)]


def test_a_category_counts_from_the_month_after_its_day(connection: duckdb.DuckDBPyConnection) -> None:
    world = with_hours(3)
    world.points.append(replace(world.points[0], valid_from=dt.date(2026, 1, 2), price_category=1))
    world.months = world.months[:2]
    bill(connection, world, at(FEBRUARY))
    assert energy(connection, JANUARY) == [("hours", 744)]
    assert energy(connection, FEBRUARY) == [("last_known", 740)]
    assert MARCH not in {service for _, service, *_ in posted(connection)}
