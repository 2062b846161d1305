"""Hours to bill: the message that holds, halves added up, gaps found, shown and filled, never zero."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import duckdb
import pytest

from pipelines.warehouse.models import load_models
from pipelines.warehouse.replay import replay_model, set_as_of

POINT, DONOR = "610000000000001", "610000000000009"
DAY = dt.date(2026, 10, 31)
MODELS = (
    "replay.bounds",
    "business.bounds",
    "reference.business_rule",
    "business_step.known_file",
    "business.supply_point",
    "reference.substitution_rule",
    "business.measured_day",
    "business.expected_day",
    "business_step.month",
    "business_step.news",
    "business_step.evaluation",
    "business_step.point_month",
    "business_step.large_month",
    "business_step.register_closing",
    "business_step.register_span",
    "business_step.register_month",
    "business_step.day_price",
    "business_step.month_price",
    "business_step.spread_day",
    "business_step.day_energy",
    "business_step.gap_day",
    "business.gap_hour",
    "business.point_day",
    "business.missing_hours",
    "business.unclaimed_point",
    "business.deviation_day",
    "business.deviation_month",
)


def told(
    connection: duckdb.DuckDBPyConnection,
    wh: Sequence[int | None],
    *,
    point: str = POINT,
    day: dt.date = DAY,
    minutes: int = 60,
    channel: str = "01",
    node: str = "measuring_point",
    sender: str = "6100000001",
    number: int = 1,
    known_at: dt.datetime = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC),
    bypass_of: Sequence[str | None] | None = None,
) -> None:
    """A message about one point, channel and day."""
    [(line,)] = connection.execute("select count(*) + 1 from intake.energy_day_fact").fetchall()
    connection.execute(
        """
        insert into intake.energy_day_fact by name
        select
            ?::energy_node as node, ? as point_code, '' as point_name, ? as channel_code, ?::date as day,
            ?::smallint as interval_minutes, ?::bigint[] as wh, ?::varchar[] as bypass_of, ? as sender_inn,
            '80020' as message_class, ?::bigint as message_number, '' as area_code, '' as area_name,
            ?::timestamptz as known_at, date_trunc('month', ?::timestamptz)::date as known_period,
            1 as source_file_id, ?::bigint as source_line
        """,
        [node, point, channel, day, minutes, list(wh), bypass_of, sender, number, known_at, known_at, line],
    )


def supplied(
    connection: duckdb.DuckDBPyConnection,
    category: int = 3,
    *,
    point: str = POINT,
    valid_from: dt.date = DAY,
    valid_to: dt.date | None = None,
    power: str = "150.5",
) -> None:
    connection.execute(
        """
        insert into intake.supply_point_fact values (
            '61-00001', ?, ?, ?, '', 'nn', 'up_to_670', ?::decimal(12, 3), ?, 'one_rate', 'one_rate',
            timestamptz '2026-01-01', date '2026-01-01', 1, 1
        )
        """,
        [point, valid_from, valid_to, power, category],
    )


def derive(connection: duckdb.DuckDBPyConnection, as_of: dt.date = DAY + dt.timedelta(days=1)) -> None:
    connection.execute(
        """
        insert into intake.source_file by name
        select
            1 as source_file_id, 'f' as name, 'f' as sha256, 1 as size_bytes, timestamptz '2025-11-20' as known_at,
            date '2025-11-01' as known_period, 1 as run_id, 'accepted' as status, 0 as rows_received, 0 as rows_accepted,
            0 as rows_rejected, 0 as rows_duplicate
        where not exists (from intake.source_file)
        """
    )
    set_as_of(connection, dt.datetime.combine(as_of, dt.time(20), dt.UTC))
    for model in load_models():
        if model.name in MODELS:
            replay_model(connection, model)


def rows(connection: duckdb.DuckDBPyConnection, select: str) -> list[tuple[Any, ...]]:
    return connection.execute(select).fetchall()


def hours(connection: duckdb.DuckDBPyConnection, day: dt.date = DAY, point: str = POINT) -> list[int | None]:
    [(wh,)] = connection.execute(
        "select wh from business.point_day where point_code = ? and day = ?", [point, day]
    ).fetchall()
    found: list[int | None] = wh
    return found


def bases(connection: duckdb.DuckDBPyConnection, day: dt.date = DAY) -> list[str]:
    [(basis,)] = connection.execute("select basis::varchar[] from business.point_day where day = ?", [day]).fetchall()
    found: list[str] = basis
    return found


def test_half_hours_are_added_up_to_hours(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    told(empty_warehouse, range(1, 49), minutes=30)
    told(empty_warehouse, range(24), point="610000000000002")
    derive(empty_warehouse)
    assert hours(empty_warehouse) == [4 * hour + 3 for hour in range(24)]
    assert hours(empty_warehouse, point="610000000000002") == list(range(24))
    assert rows(empty_warehouse, "select distinct hours_filled, hours_unknown, len(basis) from business.point_day") == [
        (0, 0, 24)
    ]


@pytest.mark.parametrize(("day", "count"), [(dt.date(2014, 10, 26), 25), (dt.date(2011, 3, 27), 23)])
def test_a_day_has_as_many_hours_as_the_clock_gave_it(
    empty_warehouse: duckdb.DuckDBPyConnection, day: dt.date, count: int
) -> None:
    told(empty_warehouse, [1] * 2 * count, minutes=30, day=day)
    told(empty_warehouse, [1] * 24, day=day - dt.timedelta(days=1))
    told(empty_warehouse, [1] * 24, day=day + dt.timedelta(days=2))
    derive(empty_warehouse)
    assert hours(empty_warehouse, day) == [2] * count
    assert bases(empty_warehouse, day) == ["measured"] * count
    assert len(hours(empty_warehouse, day + dt.timedelta(days=1))) == 24


def test_the_clock_says_how_many_hours_a_day_without_a_message_has(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    for day in (25, 27):
        told(empty_warehouse, [1] * 24, day=dt.date(2014, 10, day))
    derive(empty_warehouse)
    assert hours(empty_warehouse, dt.date(2014, 10, 26)) == [None] * 25


def test_other_channels_groups_and_flows_are_not_billed(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    told(empty_warehouse, [1] * 24)
    for channel in ("02", "03", "04", "11", "12", "13", "14"):
        told(empty_warehouse, [9] * 24, channel=channel)
    told(empty_warehouse, [9] * 24, node="delivery_group", channel="")
    told(empty_warehouse, [9] * 24, node="flow", channel="01", point="A-B")
    derive(empty_warehouse)
    assert rows(empty_warehouse, "select point_code, list_sum(wh)::bigint from business.point_day") == [(POINT, 24)]


def test_the_largest_number_of_a_sender_holds_whenever_it_came(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    early, late = dt.datetime(2026, 11, 1, tzinfo=dt.UTC), dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    told(empty_warehouse, [8] * 24, number=8, known_at=early)
    told(empty_warehouse, [7] * 24, number=7, known_at=late)
    told(empty_warehouse, [10] * 24, number=10, known_at=early)
    derive(empty_warehouse)
    assert hours(empty_warehouse) == [10] * 24
    assert rows(empty_warehouse, "select message_number, is_newest from business.measured_day order by 1") == [
        (7, False),
        (8, False),
        (10, True),
    ]


def test_of_two_senders_what_came_last_holds(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    told(empty_warehouse, [1] * 24, number=99, known_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    told(empty_warehouse, [2] * 24, number=1, sender="other", known_at=dt.datetime(2026, 11, 2, tzinfo=dt.UTC))
    derive(empty_warehouse)
    assert hours(empty_warehouse) == [2] * 24


def test_a_correction_that_takes_an_hour_back_leaves_it_missing(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    told(empty_warehouse, [1] * 24, number=1)
    told(empty_warehouse, [1] * 23 + [None], number=2)
    derive(empty_warehouse)
    assert hours(empty_warehouse) == [1] * 23 + [None]
    assert bases(empty_warehouse)[-2:] == ["measured", "unknown"]


def test_an_hour_of_which_one_half_is_unknown_is_unknown(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    told(empty_warehouse, [1, None, *[1] * 46], minutes=30)
    derive(empty_warehouse)
    assert hours(empty_warehouse)[:2] == [None, 2]


def test_a_missing_hour_is_the_same_hour_of_last_year_else_maximum_power(
    empty_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    supplied(empty_warehouse)
    told(empty_warehouse, [*range(100, 122), None, None], day=dt.date(2025, 10, 31))
    told(empty_warehouse, [5] * 21 + [None] * 3)
    derive(empty_warehouse)
    assert hours(empty_warehouse) == [5] * 21 + [121, 150_500, 150_500]
    assert bases(empty_warehouse)[20:] == ["measured", "last_year", "max_power", "max_power"]
    assert rows(
        empty_warehouse, "select hours_filled, hours_unknown from business.point_day where day = date '2026-10-31'"
    ) == [(3, 0)]
    assert rows(
        empty_warehouse,
        "select hours, missing_since, by_last_year, by_max_power, unknown, filled_wh, source_line"
        " from business.missing_hours where day = date '2026-10-31'",
    ) == [([21, 22, 23], dt.datetime(2026, 10, 31, 18, tzinfo=dt.UTC), 1, 2, 0, 301_121, 2)]


def test_without_last_year_and_power_an_hour_is_unknown_and_shown(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    told(empty_warehouse, [5] * 23 + [None])
    derive(empty_warehouse)
    assert hours(empty_warehouse)[-1] is None
    assert rows(empty_warehouse, "select unknown, filled_wh from business.missing_hours") == [(1, 0)]


def test_days_without_a_message_are_found_and_filled_while_the_point_is_supplied(
    empty_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    supplied(empty_warehouse, valid_from=dt.date(2026, 10, 30), valid_to=dt.date(2026, 11, 3))
    told(empty_warehouse, [1] * 24, point="610000000000002", day=dt.date(2026, 10, 30))
    told(empty_warehouse, [5] * 24)
    derive(empty_warehouse, dt.date(2026, 11, 10))
    assert rows(
        empty_warehouse,
        f"select day, list_sum(wh)::bigint, source_line from business.point_day where point_code = '{POINT}' order by day",
    ) == [
        (dt.date(2026, 10, 30), 24 * 150_500, None),
        (dt.date(2026, 10, 31), 120, 2),
        (dt.date(2026, 11, 1), 24 * 150_500, None),
        (dt.date(2026, 11, 2), 24 * 150_500, None),
        (dt.date(2026, 11, 3), 24 * 150_500, None),
    ]
    assert rows(empty_warehouse, "select day, missing_since from business.missing_hours order by day")[1:] == [
        (dt.date(2026, 11, day), dt.datetime(2026, 10, 31, 21, tzinfo=dt.UTC)) for day in (1, 2, 3)
    ]


def test_a_day_that_is_not_over_is_not_missing(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    supplied(empty_warehouse)
    told(empty_warehouse, [5] * 24)
    derive(empty_warehouse, DAY + dt.timedelta(days=1))
    assert rows(empty_warehouse, "select day from business.point_day") == [(DAY,)]


def test_last_year_stands_in_for_two_months_and_maximum_power_from_the_third(
    empty_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    supplied(empty_warehouse, valid_from=dt.date(2025, 1, 1))
    for day in range(3):
        for month in range(1, 5):
            told(empty_warehouse, [month] * 24, day=dt.date(2025, month, 1 + day))
    told(empty_warehouse, [9] * 24, day=dt.date(2025, 12, 31))
    derive(empty_warehouse, dt.date(2026, 4, 2))
    for month, wh in ((1, 1), (2, 2), (3, 150_500), (4, 150_500)):
        assert hours(empty_warehouse, dt.date(2026, month, 1)) == [wh] * 24


def test_hours_that_were_taken_back_do_not_keep_last_year_standing_in(
    empty_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    supplied(empty_warehouse, valid_from=dt.date(2025, 1, 1))
    told(empty_warehouse, [7] * 24, day=dt.date(2026, 3, 1) - dt.timedelta(days=365))
    for number, wh in ((1, 9), (2, None)):
        told(empty_warehouse, [wh] * 24, day=dt.date(2026, 2, 1), number=number)
    derive(empty_warehouse, dt.date(2026, 3, 2))
    assert hours(empty_warehouse, dt.date(2026, 3, 1)) == [150_500] * 24


def test_an_hour_that_lacks_before_supply_began_is_unknown(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    supplied(empty_warehouse)
    told(empty_warehouse, [5] * 24)
    told(empty_warehouse, [5] * 23 + [None], day=dt.date(2026, 9, 1))
    derive(empty_warehouse)
    assert (hours(empty_warehouse, dt.date(2026, 9, 1))[-1], bases(empty_warehouse, dt.date(2026, 9, 1))[-1]) == (
        None,
        "unknown",
    )


def test_the_ladder_of_hours_stands_in_one_place() -> None:
    readers = {model.name for model in load_models() if "reference.substitution_rule" in model.inputs}
    assert readers == {"business_step.gap_day", "business_step.large_month", "business_step.news"}, (
        "large_month asks only from which power, and news only how far back it reaches"
    )


def test_what_is_measured_later_replaces_what_was_filled(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    supplied(empty_warehouse)
    told(empty_warehouse, [1] * 24, day=DAY - dt.timedelta(days=1))
    derive(empty_warehouse)
    assert hours(empty_warehouse) == [150_500] * 24
    told(empty_warehouse, [5] * 24)
    derive(empty_warehouse)
    assert hours(empty_warehouse) == [5] * 24
    assert rows(empty_warehouse, "select count(*) from business.missing_hours") == [(0,)]


def test_a_point_without_hourly_category_is_only_filled_between_its_messages(
    empty_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    supplied(empty_warehouse, 1, valid_from=dt.date(2026, 10, 1))
    for day in (1, 3):
        told(empty_warehouse, [1] * 24, day=dt.date(2026, 10, day))
    derive(empty_warehouse)
    assert rows(empty_warehouse, "select day(day), list_sum(wh)::bigint from business.point_day order by 1") == [
        (1, 24),
        (2, 24 * 150_500),
        (3, 24),
    ]


def test_energy_that_a_bypass_carried_counts_once(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    told(empty_warehouse, [5] * 48, minutes=30, bypass_of=[DONOR, DONOR, DONOR, *[None] * 43, "", None])
    told(empty_warehouse, [12] * 24, point=DONOR)
    told(empty_warehouse, [7] * 48, minutes=30, point="610000000000003", bypass_of=[DONOR, *[None] * 47])
    derive(empty_warehouse)
    assert hours(empty_warehouse) == [10] * 24
    assert hours(empty_warehouse, point=DONOR) == [0, 7, *[12] * 22], "never below zero"


def test_a_point_that_no_contract_supplies_is_shown_and_not_lost(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    supplied(empty_warehouse)
    told(empty_warehouse, [1] * 24)
    told(empty_warehouse, [2000] * 24, point="610000000000002")
    told(empty_warehouse, [2000] * 24, point="610000000000002", day=DAY - dt.timedelta(days=1))
    derive(empty_warehouse)
    assert rows(empty_warehouse, "select point_code, first_day, last_day, wh from business.unclaimed_point") == [
        ("610000000000002", DAY - dt.timedelta(days=1), DAY, 96_000)
    ]
