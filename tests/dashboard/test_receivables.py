"""The receivables page: every sum again, naively, from debts and postings; and the page itself."""

import calendar
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import kpi, queries
from dashboard.palette import Look
from dashboard.queries import REGION, Place
from dashboard.receivable_figures import ages, ages_by_district, penalty, roll
from dashboard.store import Snapshot
from dashboard.text import Words
from tests.dashboard.conftest import Facts, Open, said, seen

TODAY = date(2026, 11, 22)
OCTOBER = date(2026, 10, 1)
PLACES = [
    Place(),
    Place(branch="Шахтинское"),
    Place(district="Таганрог"),
    Place(site="Участок 38"),
    Place(category="urban_electric"),
]


def age_of(due_on: date, day: date) -> int:
    late = (day - due_on).days
    return sum(late > limit for limit in (0, 30, 60, 90, 180, 365, 1095))


def accounts_of(place: Place, facts: Facts) -> dict[int, str]:
    rows = facts(
        "select account_number, district, branch, site, category::varchar from account_month where period = $open"
    )
    return {
        number: district
        for number, district, branch, site, category in rows
        if place.district in {None, district}
        and place.branch in {None, branch}
        and place.site in {None, site}
        and place.category in {None, category}
    }


@pytest.mark.parametrize("place", PLACES)
def test_ages_hold_every_open_debt_of_a_place_once(place: Place, small: Snapshot, facts: Facts) -> None:
    here = accounts_of(place, facts)
    expected: dict[int, int] = dict.fromkeys(range(8), 0)
    by_district: dict[str, int] = defaultdict(int)
    for number, due_on, kopecks in facts("select account_number, due_on, open_kopecks from debt"):
        if number in here:
            expected[age_of(due_on, TODAY)] += kopecks
            by_district[here[number]] += kopecks
    found = queries.debt_ages(small, place)
    assert dict(found.select("age", "open_kopecks").iter_rows()) == expected
    districts = queries.debt_ages_by_district(small, place)
    assert dict(districts.select("district", "open_kopecks").iter_rows()) == by_district
    columns = [f"age_{age}_kopecks" for age in range(8)]
    assert districts.select(pl.sum_horizontal(columns)).to_series().to_list() == districts["open_kopecks"].to_list()


@pytest.mark.parametrize(("late", "age"), [(0, 0), (1, 1), (30, 1), (31, 2), (90, 3), (180, 4), (365, 5), (1096, 7)])
def test_a_class_of_age_begins_and_ends_on_its_day(late: int, age: int, facts: Facts) -> None:
    [(found,)] = facts(
        f"select age from age_class where {late} between coalesce(from_days, -100000) and coalesce(to_days, 100000)"
    )
    assert found == age == age_of(date(2020, 1, 1), date.fromordinal(date(2020, 1, 1).toordinal() + late))


def test_the_debts_behind_an_age_are_those_of_the_age(small: Snapshot, facts: Facts) -> None:
    for age in range(8):
        debts = queries.open_debts(small, REGION, age)
        expected = sorted(
            kopecks
            for due_on, kopecks in facts("select due_on, open_kopecks from debt")
            if age_of(due_on, TODAY) == age
        )
        assert sorted(debts["open_kopecks"]) == expected[-500:]
        assert (debts["amount_kopecks"] - debts["paid_kopecks"]).equals(debts["open_kopecks"])


def naive_ages(facts: Facts, closing: date, day: date) -> dict[int, int]:
    """Class of age of each account that owes at the end of a month: pay its bills in the order they fell due."""
    bills: dict[int, Counter[date]] = defaultdict(Counter)
    money: Counter[int] = Counter()
    rows = facts("select account_number, posting_period, kind::varchar, service_period, amount_kopecks from posting")
    groups: Counter[tuple[int, date, str]] = Counter()
    for number, posted, kind, service, kopecks in rows:
        if posted <= closing:
            if kind == "payment":
                money[number] -= kopecks
            else:
                groups[number, service if kind == "opening" else posted, kind] += kopecks
    for (number, period, _), kopecks in groups.items():
        if kopecks > 0:
            bills[number][period] += kopecks
        else:
            money[number] -= kopecks
    found = {}
    dues: dict[date, date] = dict(facts("select service_period, due_on from due_date"))
    for number, owed in bills.items():
        left = money[number]
        for period in sorted(owed):
            if left < owed[period]:
                found[number] = age_of(dues[period], day)
                break
            left -= owed[period]
    return found


@pytest.mark.parametrize(("period", "day"), [(OCTOBER, date(2026, 10, 31)), (date(2026, 11, 1), TODAY)])
def test_accounts_roll_as_paying_the_oldest_bill_first_says(
    period: date, day: date, small: Snapshot, facts: Facts
) -> None:
    before = queries.first_of_span(period, 2)
    earlier = naive_ages(facts, before, before.replace(day=calendar.monthrange(before.year, before.month)[1]))
    later = naive_ages(facts, period, day)
    everyone = [number for (number,) in facts(f"select account_number from account_month where period = '{period}'")]
    expected = Counter((earlier.get(number, -1), later.get(number, -1)) for number in everyone)
    pairs = queries.roll_rates(small, REGION, period)
    assert {(a, b): n for a, b, n in pairs.select("from_age", "to_age", "accounts").iter_rows()} == expected
    assert len(expected) > 5


def test_what_rolls_into_the_open_month_is_what_the_debts_say(small: Snapshot) -> None:
    pairs = queries.roll_rates(small, REGION, small.open_period)
    assert pairs["to_kopecks"].sum() == queries.debt_ages(small, REGION)["open_kopecks"].sum()


@pytest.mark.parametrize("place", PLACES)
def test_turnover_is_the_debt_over_the_charges_of_a_day(place: Place, small: Snapshot) -> None:
    months = queries.month_totals(small, place, OCTOBER)
    year = months.tail(12)
    days = sum(calendar.monthrange(period.year, period.month)[1] for period in year["period"])
    debt, charged = months["debt_kopecks"].item(-1), year["charged_kopecks"].sum()
    found = kpi.months(small, kpi.named("k10_dso"), place, OCTOBER, 1)
    assert days == 365
    assert found["value"].item() == (debt * days * 20 + charged) // (charged * 2)


def test_penalty_of_a_month_is_the_sum_of_its_lines_and_of_its_accounts(small: Snapshot, facts: Facts) -> None:
    expected = facts(
        "select posting_period, sum(greatest(amount_kopecks, 0)), sum(least(amount_kopecks, 0)), sum(amount_kopecks) "
        "from penalty_line group by posting_period order by posting_period"
    )
    months = queries.penalty_months(small, REGION, small.open_period, 12)
    assert months.select("period", "posted_kopecks", "taken_back_kopecks", "penalty_kopecks").rows() == expected
    accounts = queries.penalties(small, REGION, OCTOBER)
    assert accounts["penalty_kopecks"].sum() == expected[-1][-1]


def test_candidates_are_counted_in_full_and_narrowed_to_a_place(small: Snapshot, facts: Facts) -> None:
    for place in PLACES:
        here = accounts_of(place, facts)
        owed = [
            kopecks
            for number, kopecks in facts("select account_number, overdue_kopecks from restriction_candidate")
            if number in here
        ]
        found = queries.restriction_candidates(small, place)
        assert sorted(found["overdue_kopecks"]) == sorted(owed)
        if owed:
            assert found["candidates"].item(0) == len(owed)
            assert found["candidates_kopecks"].item(0) == sum(owed)


@pytest.mark.parametrize("look", [Look(Words()), Look(Words("en"), dark=True, narrow=True)])
def test_figures_of_debts_draw_much_and_nothing(look: Look, small: Snapshot) -> None:
    frames = (
        (ages, queries.debt_ages(small, REGION)),
        (ages_by_district, queries.debt_ages_by_district(small, REGION)),
        (roll, queries.roll_rates(small, REGION, OCTOBER)),
        (penalty, queries.penalty_months(small, REGION, OCTOBER, 12)),
    )
    for draw, frame in frames:
        assert draw(frame, look).to_json()
        assert draw(frame.clear(), look).to_json()


def test_a_district_and_an_age_in_the_address_narrow_the_page(
    small_home: Path, small: Snapshot, open_page: Open
) -> None:
    app = open_page(small_home, "receivables", district="Шахты", age="3")
    place = Place(district="Шахты")
    overdue = queries.debt_ages(small, place).filter(pl.col("age") > 0)["open_kopecks"].sum()
    cards = {card.label: card.value for card in app.metric}
    assert cards["Просрочено"] == Words().short_rubles(int(overdue))
    debts = next(table.value for table in app.dataframe if "days_late" in table.value.columns)
    assert set(debts["district"]) == {"Шахты"}
    assert all(61 <= late <= 90 for late in debts["days_late"])
    assert "открытые на 22.11.2026" in said(app)
    seen(app.selectbox(key="filter_age_ru").set_value("1").run())
    assert app.query_params["age"] == "1"
