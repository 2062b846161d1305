"""The page Readings: every figure is a naive count of the snapshot's rows."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from dashboard import reading_queries
from dashboard.queries import REGION, Place
from dashboard.store import Snapshot
from tests.dashboard.conftest import Facts, Open

OCTOBER = date(2026, 10, 1)
ON_DAY = date(2026, 11, 22)


def test_every_reading_of_the_month_stands_on_its_day_and_channel(small: Snapshot, facts: Facts) -> None:
    rows = facts(
        "select received_at::date, channel::varchar, verdict::varchar from reading where period = '2026-10-01'"
    )
    days = reading_queries.reading_days(small, REGION, OCTOBER)
    assert Counter(
        {(day, channel): n for day, channel, n in days.select("day", "channel", "readings").iter_rows()}
    ) == (Counter((day, channel) for day, channel, _ in rows))
    for verdict in ("accepted", "held", "rejected"):
        assert days[verdict].sum() == sum(row[2] == verdict for row in rows)


def test_refusals_count_what_was_not_accepted_by_rule_and_channel(small: Snapshot, facts: Facts) -> None:
    rows = facts(
        "select rule_id, verdict::varchar, channel::varchar from reading where period = '2026-10-01' and verdict <> 'accepted'"
    )
    refused = reading_queries.reading_refusals(small, REGION, OCTOBER)
    counted = {(r, v, c): n for r, v, c, n in refused.select("rule_id", "verdict", "channel", "readings").iter_rows()}
    assert counted == dict(Counter(rows))
    assert reading_queries.refused_readings(small, REGION, OCTOBER).height == len(rows)


def test_a_meter_is_silent_since_its_last_accepted_reading(small: Snapshot, facts: Facts) -> None:
    last: dict[int, date] = dict(
        facts(
            "select account_number, max(period) from reading where verdict = 'accepted' and period <= '2026-10-01' group by all"
        )
    )
    expected: Counter[tuple[str, int]] = Counter()
    for number, district in facts("select account_number, district from account_month where period = '2026-10-01'"):
        since = last.get(number, date(2019, 5, 1))
        expected[district, min((2026 - since.year) * 12 + 10 - since.month, 5)] += 1
    silent = reading_queries.unread_months(small, REGION, OCTOBER)
    assert {(d, m): n for d, m, n in silent.iter_rows()} == dict(expected)
    meters = reading_queries.unread_meters(small, REGION, OCTOBER)
    assert meters.height == silent.filter(pl.col("months") >= 2)["meters"].sum()
    for number, read in meters.select("account_number", "last_read_period").iter_rows():
        assert read == last.get(number)


def test_the_shares_of_a_month_are_those_of_its_lines(small: Snapshot, facts: Facts) -> None:
    months = reading_queries.estimated_share(small, REGION, date(2026, 1, 1), OCTOBER)
    for row in months.iter_rows(named=True):
        lines = facts(
            "select account_number, basis::varchar, kwh from charge_line "
            f"where posting_period = '{row['period']}' and kind = 'charge'"
        )
        assert row["kwh"] == sum(kwh for _, _, kwh in lines)
        assert row["average_kwh"] == sum(kwh for _, basis, kwh in lines if basis == "average")
        normative = {number for number, basis, _ in lines if basis == "normative"}
        average = {number for number, basis, _ in lines if basis == "average"} - normative
        assert (row["average_accounts"], row["normative_accounts"]) == (len(average), len(normative))
        assert row["average_permille"] == round(1000 * row["average_kwh"] / row["kwh"])
    assert months["average_kwh"].sum() > 0
    assert months["normative_accounts"].sum() > 0


def test_a_meter_is_late_once_its_verification_has_run_out(small: Snapshot, facts: Facts) -> None:
    days = [day for (day,) in facts("select verified_until from meter")]
    totals = reading_queries.verification_totals(small, REGION)
    assert totals["expired"].sum() == sum(day < ON_DAY for day in days)
    assert totals["expiring"].sum() == sum(ON_DAY <= day < date(2027, 2, 22) for day in days)
    meters = reading_queries.verification_meters(small, REGION)
    assert all(ON_DAY - timedelta(row["days_late"]) == row["verified_until"] for row in meters.iter_rows(named=True))


def test_a_district_leaves_only_its_own_readings_and_meters(small: Snapshot, facts: Facts) -> None:
    where = "account_number in (select account_number from account_month where period = '{}' and district = 'Таганрог')"
    here, now = Place(district="Таганрог"), where.format("2026-11-01")
    month = where.format("2026-10-01")
    counts = {
        "readings": f"select count(*) from reading where period = '2026-10-01' and {month}",
        "refused": f"select count(*) from reading where period = '2026-10-01' and verdict <> 'accepted' and {month}",
        "kwh": f"select sum(kwh) from charge_line where posting_period = '2026-10-01' and kind = 'charge' and {month}",
        "late": f"select count(*) from meter where verified_until < '2027-02-22' and {now}",
    }
    [readings, refused, kwh, late] = [facts(query)[0][0] for query in counts.values()]
    assert 0 < readings < facts("select count(*) from reading where period = '2026-10-01'")[0][0]
    assert reading_queries.reading_days(small, here, OCTOBER)["readings"].sum() == readings
    assert reading_queries.reading_refusals(small, here, OCTOBER)["readings"].sum() == refused
    assert reading_queries.refused_readings(small, here, OCTOBER).height == refused
    assert reading_queries.estimated_share(small, here, OCTOBER, OCTOBER)["kwh"].to_list() == [kwh]
    assert set(reading_queries.unread_months(small, here, OCTOBER)["district"]) == {"Таганрог"}
    assert set(reading_queries.unread_meters(small, here, OCTOBER)["district"]) <= {"Таганрог"}
    totals = reading_queries.verification_totals(small, here)
    assert int(totals["expired"].sum()) + int(totals["expiring"].sum()) == late
    assert reading_queries.verification_meters(small, here).height == late


def test_a_channel_leaves_only_its_own_readings(small_home: Path, small: Snapshot, open_page: Open) -> None:
    refused = reading_queries.reading_refusals(small, REGION, OCTOBER)
    channel = refused["channel"][0]
    mine = refused.filter(pl.col("channel") == channel)["readings"].sum()
    assert 0 < mine < refused["readings"].sum()
    assert reading_queries.refused_readings(small, REGION, OCTOBER, channel).height == mine
    app = open_page(small_home, "readings", period="2026-10", channel=channel)
    shown = [table.value for table in app.dataframe if "received_at" in table.value]
    assert [len(table) for table in shown] == [mine]


def test_another_month_shows_other_readings(small_home: Path, open_page: Open) -> None:
    def refused(period: str) -> list[str]:
        app = open_page(small_home, "readings", period=period)
        tables = (table.value for table in app.dataframe if "reading_value" in table.value or "value" in table.value)
        return [str(at) for at in next(tables)["received_at"]]

    october, september = refused("2026-10"), refused("2026-09")
    assert october
    assert not set(october) & set(september)
