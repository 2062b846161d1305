"""Why a bill changed: the effects are exact, whatever the lines were."""

from datetime import date

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.settings import SQL

BEFORE, NOW = date(2025, 12, 1), date(2026, 1, 1)
BANDS = {BEFORE: ("in_norm", "above_norm"), NOW: ("band1", "band2", "band3")}

CELLS = st.lists(
    st.tuples(
        st.sampled_from(["day", "night"]),
        st.integers(0, 2),
        st.integers(1, 5000),
        st.integers(10_000, 200_000),
    ),
    max_size=6,
    unique_by=lambda cell: (cell[0], cell[1]),
)
SUMS = st.tuples(st.integers(-10_000_000, 10_000_000), st.integers(-10_000, 1_000_000))


def question() -> str:
    return (SQL / "dashboard" / "bill_change.sql").read_text(encoding="utf-8")


def snapshot(
    bills: dict[date, list[tuple[str, int, int, int]]], sums: dict[date, tuple[int, int]]
) -> duckdb.DuckDBPyConnection:
    """A snapshot with two bills of one account; prices in ten-thousandths of a ruble."""
    connection = duckdb.connect()
    connection.execute(
        """
        create table charge_line (
            account_number bigint, posting_period date, kind varchar, zone_plan varchar, zone varchar, band varchar, kwh bigint,
            price_rub_per_kwh decimal(9, 4), amount_kopecks bigint
        );
        create table account_month (account_number bigint, period date, corrected_kopecks bigint, penalty_kopecks bigint);
        create table account (account_number bigint, valid_from date, valid_to date, category varchar);
        create table tariff_rate (
            valid_from date, valid_to date, category varchar, zone_plan varchar, zone varchar, band varchar,
            price_rub_per_kwh decimal(9, 4)
        );
        insert into account values (1, date '2020-01-01', date '9999-12-31', 'urban');
        insert into tariff_rate values
            (date '2020-01-01', date '2026-01-01', 'urban', 'two_zone', 'night', 'above_norm', 3.4567);
        """
    )
    for period, cells in bills.items():
        for zone, band, kwh, price_e4 in cells:
            names = BANDS[period]
            connection.execute(
                "insert into charge_line values (1, ?, 'charge', 'two_zone', ?, ?, ?, ? / 10000.0, ?)",
                [period, zone, names[band % len(names)], kwh, price_e4, (kwh * price_e4 + 50) // 100],
            )
        connection.execute("insert into account_month values (1, ?, ?, ?)", [period, *sums[period]])
    return connection


@settings(max_examples=60, deadline=None)
@given(CELLS, CELLS, SUMS, SUMS)
def test_effects_add_up_to_the_difference_of_the_bills(
    before: list[tuple[str, int, int, int]],
    now: list[tuple[str, int, int, int]],
    sums_before: tuple[int, int],
    sums_now: tuple[int, int],
) -> None:
    with snapshot({BEFORE: before, NOW: now}, {BEFORE: sums_before, NOW: sums_now}) as connection:
        effects = connection.execute(question(), {"account_number": 1, "period": NOW, "before": BEFORE}).fetchall()
        [(charged,)] = connection.execute(
            "select coalesce(sum(case posting_period when ? then amount_kopecks else -amount_kopecks end), 0) from charge_line",
            [NOW],
        ).fetchall()
    assert [effect for _, effect, _ in effects] == ["days", "use", "zones", "bands", "price", "corrected", "penalty"]
    assert sum(kopecks for *_, kopecks in effects) == charged + sum(sums_now) - sum(sums_before)


def test_twice_the_energy_at_the_same_price_is_use_and_days() -> None:
    with snapshot(
        {BEFORE: [("day", 0, 100, 50_000)], NOW: [("day", 0, 200, 50_000)]}, {BEFORE: (0, 0), NOW: (0, 0)}
    ) as connection:
        effects = {
            effect: kopecks
            for _, effect, kopecks in connection.execute(
                question(), {"account_number": 1, "period": NOW, "before": BEFORE}
            ).fetchall()
        }
    # 500 rubles more, all of it use: both months have 31 days, and the new band's price is the old one's.
    assert effects == {"days": 0, "use": 50_000, "zones": 0, "bands": 0, "price": 0, "corrected": 0, "penalty": 0}
