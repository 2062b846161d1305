"""The payments page: every sum again, naively, from payments and files; and the page itself."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.palette import Look
from dashboard.payment_figures import by_day
from dashboard.queries import REGION, Place
from dashboard.store import Snapshot
from dashboard.text import Words
from tests.dashboard.conftest import Facts, Open, said, seen

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
PLACES = [Place(), Place(branch="Шахтинское"), Place(district="Таганрог"), Place(site="Участок 38")]


def posted(place: Place, facts: Facts) -> list[tuple[date, str, int]]:
    rows = facts(
        "select paid_on, channel::varchar, amount_kopecks, district, branch, site from payment join account_month using (account_number) "
        "where period = '2026-10-01' and posting_period = '2026-10-01'"
    )
    return [
        (paid_on, channel, kopecks)
        for paid_on, channel, kopecks, district, branch, site in rows
        if place.district in {None, district} and place.branch in {None, branch} and place.site in {None, site}
    ]


@pytest.mark.parametrize("place", PLACES)
def test_days_and_channels_hold_every_payment_of_a_place_once(place: Place, small: Snapshot, facts: Facts) -> None:
    by_days: Counter[tuple[date, str]] = Counter()
    by_channels: Counter[str] = Counter()
    for paid_on, channel, kopecks in posted(place, facts):
        by_days[paid_on, channel] += kopecks
        by_channels[channel] += kopecks
    days = queries.payment_days(small, place, OCTOBER)
    assert {(day, channel): sums for day, channel, _, sums in days.iter_rows()} == by_days
    channels = queries.payment_channels(small, place, OCTOBER)
    assert dict(channels.select("channel", "amount_kopecks").iter_rows()) == by_channels
    paid = queries.month_totals(small, place, OCTOBER)["paid_kopecks"]
    assert channels["amount_kopecks"].sum() == (paid.item(-1) if paid.len() else 0)


def test_payments_behind_a_channel_are_those_of_the_channel(small: Snapshot, facts: Facts) -> None:
    for channel in ("bank", "card", "post", "cash"):
        found = queries.payments_posted(small, REGION, OCTOBER, channel)
        expected = sorted(kopecks for _, name, kopecks in posted(REGION, facts) if name == channel)
        assert sorted(found["amount_kopecks"]) == expected
        assert set(found["channel"]) <= {channel}


def test_a_registry_whose_footer_says_other_than_its_rows_stands_first_with_the_difference(small: Snapshot) -> None:
    registries = queries.registries(small, NOVEMBER)
    first = registries.row(0, named=True)
    assert first["status"] == "refused"
    assert (first["rows_difference"], first["difference_kopecks"]) == (1, -100_000)
    others = registries.slice(1)
    assert others["difference_kopecks"].drop_nulls().to_list() == [0]
    assert others["control_rows"].null_count() == others.height - 1
    assert not {"customers", "office"} & set(registries["channel"])


def test_what_waits_says_why_and_for_how_long(small: Snapshot, facts: Facts) -> None:
    waiting = queries.suspense_waiting(small)
    [(count, kopecks)] = facts(
        "select count(*), sum(amount_kopecks)::bigint from payment where status = 'suspense' and cancelled_period is null"
    )
    assert (waiting.height, waiting["amount_kopecks"].sum()) == (count, kopecks)
    assert dict(waiting.select("account_as_written", "reason").iter_rows()) == {
        "61000000000": "no_account_number",
        "12 кв 4": "no_account_number",
        "999999999999": "unknown_account",
    }
    assert set(waiting["waits_days"]) == {3}


def test_the_page_names_registries_that_differ_and_decisions_that_were_refused(
    small_home: Path, open_page: Open
) -> None:
    app = open_page(small_home, "payments", period="2026-11")
    assert "1\N{NO-BREAK SPACE}файл" in app.warning[0].value
    tables = {tuple(table.value.columns): table.value for table in app.dataframe}
    decisions = next(value for columns, value in tables.items() if "outcome" in columns)
    assert Counter(decisions["outcome"]) == {"исполнено": 2, "платёж уже зачислен": 1}
    waiting = next(value for columns, value in tables.items() if "why" in columns)
    assert Counter(waiting["why"]) == {"номер счёта не читается": 2, "такого счёта нет": 1}
    cards = {card.label: card.value for card in app.metric}
    assert (cards["Реестры не сошлись"], cards["Решений отклонено"]) == ("1", "1")


def test_a_district_in_the_address_changes_the_sum_of_payments(
    small_home: Path, small: Snapshot, open_page: Open
) -> None:
    app = open_page(small_home, "payments", period="2026-10")
    for district in (None, "Шахты", "Таганрог"):
        if district:
            seen(app.selectbox(key="filter_district_ru").set_value(district).run())
        paid = queries.payment_channels(small, Place(district=district), OCTOBER)["amount_kopecks"].sum()
        cards = {card.label: card.value for card in app.metric}
        assert cards["Оплачено"] == Words().short_rubles(int(paid))
    assert "Все объявленные итоги сошлись" in said(app) + str(app.success[0].value)


@pytest.mark.parametrize("look", [Look(Words()), Look(Words("en"), dark=True, narrow=True)])
def test_days_are_drawn_of_much_and_of_nothing(look: Look, small: Snapshot) -> None:
    days = queries.payment_days(small, REGION, OCTOBER)
    assert len(by_day(days, OCTOBER, look).data) == days["channel"].n_unique()
    assert by_day(days.clear(), OCTOBER, look).to_json()
