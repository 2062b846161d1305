"""A closed month that turns out otherwise posts the difference in the open one, with the month it is of."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import duckdb

from tests.business.little import (
    FEBRUARY,
    JANUARY,
    at,
    bill,
    flat_hours,
    little,
    meter,
    month_prices,
    posted,
    read,
    same_hours,
)
from tests.oracle.business.facts import World
from tests.oracle.business.load import load, replay_businesses


def hourly(category: int = 3) -> World:
    """January by hours: 744 kWh at 1000 rub/MWh."""
    world = little(category)
    world.hours = same_hours(JANUARY, 1000)
    world.days = flat_hours(JANUARY, "1000")
    world.months = world.months[:1]
    return world


def test_a_corrected_message_posts_the_difference_of_its_hours(connection: duckdb.DuckDBPyConnection) -> None:
    world = hourly()
    world.hours.append(replace(world.hours[9], known_at=at(FEBRUARY), wh=(2000,) * 24))
    bill(connection, world, at(FEBRUARY))
    assert posted(connection) == [
        (JANUARY, JANUARY, "hours", 744, 74_400, "charge"),
        (FEBRUARY, JANUARY, "hours", 24, 2_400, "correction"),
    ]


def test_final_prices_post_the_difference_to_the_preliminary_ones(connection: duckdb.DuckDBPyConnection) -> None:
    world = hourly()
    world.days = flat_hours(JANUARY, "1000", "preliminary") + flat_hours(JANUARY, "1100", known=at(FEBRUARY))
    bill(connection, world, at(FEBRUARY))
    assert posted(connection) == [
        (JANUARY, JANUARY, "hours", 744, 74_400, "charge"),
        (FEBRUARY, JANUARY, "hours", 0, 7_440, "correction"),
    ]


def test_preliminary_prices_that_come_after_the_final_ones_change_nothing(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = hourly()
    world.days += flat_hours(JANUARY, "1", "preliminary", known=at(FEBRUARY))
    bill(connection, world, at(FEBRUARY))
    assert posted(connection) == [(JANUARY, JANUARY, "hours", 744, 74_400, "charge")]


def test_a_month_without_prices_is_charged_when_they_come(connection: duckdb.DuckDBPyConnection) -> None:
    world = hourly()
    world.months = [month_prices(JANUARY, "1000", known=at(FEBRUARY))]
    bill(connection, world, at(FEBRUARY))
    assert posted(connection) == [(FEBRUARY, JANUARY, "hours", 744, 74_400, "charge")]


def test_a_category_told_late_takes_back_the_lines_it_should_not_have_had(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = hourly()
    meter(world)
    read(world, JANUARY, "700")
    world.points.append(replace(world.points[0], known_at=at(FEBRUARY), price_category=1))
    bill(connection, world, at(FEBRUARY))
    assert posted(connection) == [
        (JANUARY, JANUARY, "hours", 744, 74_400, "charge"),
        (FEBRUARY, JANUARY, "hours", -744, -74_400, "storno"),
        (FEBRUARY, JANUARY, "register", 700, 70_000, "correction"),
    ]


def test_vat_of_a_correction_is_that_of_the_day_of_supply(connection: duckdb.DuckDBPyConnection) -> None:
    december = dt.date(2025, 12, 1)
    world = little()
    world.contracts = [replace(world.contracts[0], valid_from=december)]
    world.points = [replace(world.points[0], valid_from=december)]
    world.networks = [replace(world.networks[0], valid_from=december)]
    world.months = [month_prices(december, "1000"), month_prices(JANUARY, "1000")]
    meter(world)
    world.meters = [replace(world.meters[0], installed_on=december)]
    read(world, december, "1000")
    read(world, december, "2000", known=at(JANUARY))
    read(world, JANUARY, "2000")
    bill(connection, world, at(JANUARY))
    lines = connection.execute(
        "select posting_period, service_period, vat_pct, amount_kopecks, vat_kopecks from business.charge_line"
        " where amount_kopecks <> 0 order by all"
    ).fetchall()
    assert lines == [
        (december, december, 20, 100_000, 20_000),
        (JANUARY, december, 20, 100_000, 20_000),
    ]


def test_what_is_closed_is_never_edited(connection: duckdb.DuckDBPyConnection) -> None:
    """The night after the closing seals it; the next one posts only what it learned."""
    bill(connection, hourly(), at(JANUARY, 17))
    connection.execute(
        """
        insert into replay.run
        select run_id, as_of, as_of, as_of, open_period, 'test', 1, 0, 0, 0, 0, '' from replay.bounds
        """
    )
    before = posted(connection)
    load(connection, World(hours=[replace(hourly().hours[0], known_at=at(FEBRUARY), wh=(0,) * 24)]), run_id=2)
    replay_businesses(connection, at(FEBRUARY))
    assert posted(connection) == [*before, (FEBRUARY, JANUARY, "hours", -24, -2_400, "correction")]


def test_the_bill_of_a_month_holds_its_charges_and_corrections_of_earlier_ones(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = little()
    meter(world)
    read(world, JANUARY, "1000")
    read(world, JANUARY, "1200", known=at(FEBRUARY))
    read(world, FEBRUARY, "2000")
    bill(connection, world, at(FEBRUARY))
    assert connection.execute(
        "select period, kwh, net_kopecks, vat_kopecks, total_kopecks, corrected_kopecks from business.bill order by 1"
    ).fetchall() == [
        (JANUARY, 1000, 100_000, 22_000, 122_000, 0),
        (FEBRUARY, 1000, 100_000, 22_000, 122_000, 24_400),
    ]


def test_the_rest_of_a_span_is_shared_by_days_when_a_late_reading_ends_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """January and February are 59 days; 590 kWh of them are 10 a day. January had been reckoned by maximum power."""
    world = little(max_power_kw=Decimal(1))
    meter(world)
    read(world, FEBRUARY, "590")
    bill(connection, world, at(FEBRUARY))
    assert posted(connection) == [
        (JANUARY, JANUARY, "max_power", 744, 74_400, "charge"),
        (FEBRUARY, JANUARY, "register", 310, 31_000, "correction"),
        (FEBRUARY, JANUARY, "max_power", -744, -74_400, "storno"),
        (FEBRUARY, FEBRUARY, "register", 280, 28_000, "charge"),
    ]
