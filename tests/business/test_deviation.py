"""Plan against fact: by hour, by month, in energy, percent and kopecks."""

import datetime as dt
from collections.abc import Sequence

import duckdb

from tests.business.test_hours import DAY, POINT, derive, rows, supplied, told

OTHER = "610000000000002"


def planned(
    connection: duckdb.DuckDBPyConnection,
    wh: Sequence[int],
    *,
    point: str | None = POINT,
    at: int = 1,
    day: dt.date = DAY,
) -> None:
    connection.execute(
        "insert into intake.plan_fact values ('61-00001', ?, ?, ?, ?, now(), date '2026-10-01', 2, ?)",
        [point, day, list(wh), dt.datetime(2026, 10, at, tzinfo=dt.UTC), at],
    )


def priced(connection: duckdb.DuckDBPyConnection, up: str = "100", down: str = "50.5", version: str = "final") -> None:
    connection.execute(
        """
        insert into intake.market_hour_fact
        select date '2026-10-01', ?::price_version, ?::date, hour, 1000, 1000, ?::decimal(12, 5), ?::decimal(12, 5), now(),
            date '2026-11-01', 3, hour
        from range(24) as hours (hour)
        """,
        [version, DAY, up, down],
    )


def test_an_hour_above_the_plan_costs_u_and_one_below_it_d(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    supplied(empty_warehouse, 5)
    told(empty_warehouse, [150_000, 50_000, *[100_000] * 22])
    planned(empty_warehouse, [100_000] * 24)
    priced(empty_warehouse, up="9", version="preliminary")
    priced(empty_warehouse)
    derive(empty_warehouse)
    [(deviation, cost)] = rows(empty_warehouse, "select deviation_wh, cost_kopecks from business.deviation_day")
    assert deviation == [50_000, -50_000, *[0] * 22]
    assert cost == [500, 253, *[0] * 22], "50 kWh × 100 rub/MWh = 5.00; × 50.5 = 2.525, half away from zero"
    assert rows(
        empty_warehouse,
        "select period, hours, hours_known, plan_wh, fact_wh, above_wh, below_wh, deviation_pct_e2, cost_kopecks, hours_priced"
        " from business.deviation_month",
    ) == [(dt.date(2026, 10, 1), 24, 24, 2_400_000, 2_400_000, 50_000, 50_000, 417, 753, 24)]


def test_a_price_below_zero_is_rounded_away_from_zero_too(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    supplied(empty_warehouse, 5)
    told(empty_warehouse, [50_000] * 24)
    planned(empty_warehouse, [0] * 24)
    priced(empty_warehouse, up="-50.5")
    derive(empty_warehouse)
    assert rows(empty_warehouse, "select list_distinct(cost_kopecks) from business.deviation_day") == [([-253],)]
    assert rows(empty_warehouse, "select deviation_pct_e2 from business.deviation_month") == [(None,)]


def test_the_last_plan_handed_in_holds(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    supplied(empty_warehouse, 5)
    told(empty_warehouse, [5] * 24)
    planned(empty_warehouse, [3] * 24, at=2)
    planned(empty_warehouse, [1] * 24, at=1)
    derive(empty_warehouse)
    assert rows(empty_warehouse, "select plan_wh[1], deviation_wh[1], cost_kopecks[1] from business.deviation_day") == [
        (3, 2, None)
    ]


def test_the_plan_of_a_contract_is_held_against_its_points_without_a_plan_of_their_own(
    empty_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    for point in (POINT, OTHER, "610000000000003", "610000000000004"):
        supplied(empty_warehouse, 5, point=point, valid_to=DAY - dt.timedelta(days=1) if point.endswith("4") else None)
        told(empty_warehouse, [10] * 24, point=point)
    planned(empty_warehouse, [1] * 24, point=None)
    planned(empty_warehouse, [2] * 24)
    derive(empty_warehouse)
    assert rows(
        empty_warehouse, "select point_code, fact_wh[1], deviation_wh[1] from business.deviation_day order by 1"
    ) == [(POINT, 10, 8), (None, 20, 19)]


def test_an_hour_of_which_the_fact_is_unknown_has_no_deviation(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    supplied(empty_warehouse, 5)
    told(empty_warehouse, [10] * 24)
    planned(empty_warehouse, [1] * 24)
    planned(empty_warehouse, [1] * 24, day=DAY - dt.timedelta(days=40))
    derive(empty_warehouse)
    assert rows(
        empty_warehouse, "select fact_wh, deviation_wh[1] from business.deviation_day order by day limit 1"
    ) == [(None, None)]
    assert rows(
        empty_warehouse, "select hours, hours_known, fact_wh from business.deviation_month order by period"
    ) == [
        (24, 0, 0),
        (24, 24, 240),
    ]
