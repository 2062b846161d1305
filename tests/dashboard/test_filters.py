"""Filters of category and channel: what they narrow, and what a page says where they narrow nothing."""

from datetime import date
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.queries import REGION, Place
from dashboard.store import Snapshot
from tests.dashboard.conftest import Facts, Open

OCTOBER = date(2026, 10, 1)


def test_streets_and_houses_count_only_the_households_of_a_category(small: Snapshot, facts: Facts) -> None:
    for category in ("urban", "urban_electric"):
        place = Place(district="Таганрог", category=category)
        whole = queries.month_totals(small, place, OCTOBER).tail(1).row(0, named=True)
        streets = queries.houses(small, "Таганрог", OCTOBER, None, category)
        for column in ("accounts", "charged_kopecks", "debt_kopecks", "kwh"):
            assert streets[column].sum() == whole[column], column
        street = streets["name"][0]
        houses = queries.houses(small, "Таганрог", OCTOBER, street, category)
        accounts = queries.house_accounts(small, "Таганрог", OCTOBER, houses["name"][0], category)
        assert accounts.height == houses["accounts"][0]
        told: dict[int, str] = dict(facts("select account_number, category::varchar from account"))
        assert {told[number] for number in accounts["account_number"]} == {category}


def test_a_channel_leaves_its_own_money_readings_and_reasons(small: Snapshot) -> None:
    channels = queries.payment_channels(small, REGION, OCTOBER)
    for code, kopecks in channels.select("channel", "amount_kopecks").iter_rows():
        assert queries.payment_days(small, REGION, OCTOBER, code)["amount_kopecks"].sum() == kopecks
        assert queries.payment_channels(small, REGION, OCTOBER, code)["channel"].to_list() == [code]
        assert set(queries.registries(small, OCTOBER, code)["channel"]) <= {code}
    waiting = {code: queries.suspense(small, code)["payments"].item() for code in channels["channel"]}
    assert sum(waiting.values()) == queries.suspense(small)["payments"].item() > 0
    assert {code: queries.suspense_waiting(small, code).height for code in waiting} == waiting
    readings = queries.reading_channels(small, REGION, OCTOBER)
    reasons = 0
    for row in readings.iter_rows(named=True):
        assert queries.reading_channels(small, REGION, OCTOBER, row["channel"]).rows(named=True) == [row]
        found = int(queries.reading_reasons(small, REGION, OCTOBER, row["channel"])["readings"].sum())
        assert found == row["held"] + row["rejected"]
        reasons += found
    assert reasons == queries.reading_reasons(small, REGION, OCTOBER)["readings"].sum() > 0


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("overview", "Канал «банк»: показания, отказы"),
        ("payments", "Канал «банк»: деньги, реестры"),
        ("readings", "Канал «банк»: показания по дням"),
        ("work_list", "Канал «банк»: платежи, показания"),
        ("district", "Выбран канал «банк»: начисления"),
        ("receivables", "Выбран канал «банк»: начисления"),
        ("kpis", "Выбран канал «банк»: начисления"),
    ],
)
def test_every_page_keeps_the_channel_and_says_what_it_narrows(
    page: str, says: str, small_home: Path, open_page: Open
) -> None:
    app = open_page(small_home, page, period="2026-10", channel="bank")
    assert [caption.value for caption in app.caption if caption.value.startswith(says)]
    assert app.query_params["channel"] == "bank"


def test_a_channel_that_brings_no_payments_narrows_none_and_is_named(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "payments", period="2026-10", channel="controller")
    assert [caption.value for caption in app.caption if "здесь ничего не приносил" in caption.value]
    channels = [table.value["channel"] for table in app.dataframe if "days_to_arrive" in table.value]
    assert len(channels[0]) > 1
