"""Advances and the rest: shares of the month before, due on working days, adding up to the bill."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from tests.business.little import FEBRUARY, JANUARY, MARCH, at, bill, little, meter, month_prices, read
from tests.oracle.business.facts import Contract, World

Parts = list[tuple[object, ...]]


def parts(connection: duckdb.DuckDBPyConnection, period: dt.date) -> Parts:
    return connection.execute(
        "select part, due_on, amount_kopecks, base_period from business.advance where period = ? order by part",
        [period],
    ).fetchall()


def vector() -> World:
    """February costs 100 000.00 with VAT of 22 %, March 112 345.67."""
    world = little()
    world.months = [month_prices(FEBRUARY, "81967.21"), month_prices(MARCH, "92086.58", other="0.03")]
    meter(world)
    read(world, JANUARY, "0")
    read(world, FEBRUARY, "1000")
    read(world, MARCH, "2000")
    return world


def test_s5_a_month_of_100_000_is_prepaid_with_30_000_and_40_000_and_112_345_67_leave_42_345_67(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """The 18th of April 2026 is a Saturday."""
    bill(connection, vector(), at(MARCH))
    assert parts(connection, MARCH) == [
        (1, dt.date(2026, 3, 10), 3_000_000, FEBRUARY),
        (2, dt.date(2026, 3, 25), 4_000_000, FEBRUARY),
        (3, dt.date(2026, 4, 20), 4_234_567, MARCH),
    ]


def test_a_month_that_is_not_charged_yet_leaves_the_base_to_the_last_one_that_is(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    world = little()
    world.months = world.months[:1]
    meter(world)
    read(world, JANUARY, "1000")
    bill(connection, world, at(FEBRUARY))
    assert [row[2:] for row in parts(connection, MARCH)] == [(36_600, JANUARY), (48_800, JANUARY)]


def test_the_rest_waits_for_the_bill(connection: duckdb.DuckDBPyConnection) -> None:
    world = vector()
    world.registers.pop()
    bill(connection, world, at(FEBRUARY, 14))
    assert [part for part, *_ in parts(connection, MARCH)] == [1, 2]


def test_one_payment_of_a_utility_provider_is_due_by_the_15th(connection: duckdb.DuckDBPyConnection) -> None:
    world = vector()
    world.contracts = [replace(world.contracts[0], customer_kind="uk", payment_schedule="single")]
    bill(connection, world, at(MARCH))
    assert parts(connection, MARCH) == [(1, dt.date(2026, 4, 15), 11_234_567, MARCH)]


def test_without_a_month_before_the_maximum_power_is_prepaid(connection: duckdb.DuckDBPyConnection) -> None:
    """2.824 kW ÷ 0.002824 = 1000 kWh at 1000 rub/MWh and 22 %."""
    world = little(max_power_kw=Decimal("2.824"))
    world.months = world.months[:1]
    world.contracts = [replace(world.contracts[0], valid_from=FEBRUARY)]
    world.points = [replace(world.points[0], valid_from=FEBRUARY)]
    bill(connection, world, at(JANUARY, 20))
    assert [row[2:] for row in parts(connection, FEBRUARY)] == [(36_600, None), (48_800, None)]


def test_more_paid_in_advance_than_used_is_a_rest_below_zero(connection: duckdb.DuckDBPyConnection) -> None:
    world = vector()
    world.registers[-1] = replace(world.registers[-1], value=Decimal(1100))
    bill(connection, world, at(MARCH))
    assert parts(connection, MARCH)[-1][2] == 920_866 + 202_591 - 7_000_000
    assert connection.execute(
        "select sum(amount_kopecks) = any_value(total_kopecks) from business.advance inner join business.bill using"
        " (contract_number, period) where period = date '2026-03-01'"
    ).fetchall() == [(True,)]


@pytest.mark.parametrize("ended", [dt.date(2026, 3, 5)])
def test_after_the_end_of_a_contract_nothing_is_prepaid(connection: duckdb.DuckDBPyConnection, ended: dt.date) -> None:
    world = vector()
    world.contracts.append(Contract(at(FEBRUARY), "c", JANUARY, ended))
    bill(connection, world, at(MARCH))
    assert parts(connection, dt.date(2026, 4, 1)) == []
