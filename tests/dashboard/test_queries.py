"""One file, one question: each is asked by one function, bound, of the grain it claims, and its sums are the accounts'."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import queries
from dashboard.queries import REGION, Place
from dashboard.store import Parameter, Snapshot, ask
from pipelines.settings import ROOT, SQL
from tests.dashboard.conftest import Facts

FILES = sorted((SQL / "dashboard").glob("*.sql"))
OCTOBER = date(2026, 10, 1)

ASKED: dict[str, Parameter] = {
    "street": None,
    "house": "ул. Ленина, д. 1",
    "run_id": 214,
    "period": OCTOBER,
    "before": date(2026, 9, 1),
    "age": None,
    "channel": None,
    "since": date(2025, 10, 1),
    "on_day": date(2026, 11, 22),
    "branch": None,
    "site": None,
    "district": None,
    "account_number": 610_000_000_001,
    "first": 610_000_000_000,
    "last": 610_000_000_999,
    "category": "urban",
    "zone_plan": "two_zone",
    "settlement": "rural",
    "serial": "0",
    "word1": "у",
    "word2": None,
    "word3": None,
    "word4": None,
    "contract": "61-000001",
}


def header(path: Path, name: str) -> str:
    found = re.search(rf"^-- {name}:\s+(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{path.name} says no {name}"
    return found[1]


def placeholders(path: Path) -> set[str]:
    return set(re.findall(r"\$(\w+)", re.sub(r"--.*", "", path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_names_its_parameters_and_its_grain_is_unique(path: Path, small: Snapshot) -> None:
    named = set(re.findall(r"\w+", re.sub(r"\(.*?\)", "", header(path, "params")))) - {"none"}
    assert named == placeholders(path)
    answer = ask(small, path.stem, **{name: ASKED[name] for name in placeholders(path)})
    grain = [column for column in re.findall(r"\w+", header(path, "grain")) if column in answer.columns]
    if grain and "source_file_id" not in header(path, "grain"):
        assert answer.select(grain).is_duplicated().sum() == 0


def test_every_question_is_asked_by_the_code_and_every_answer_has_a_file() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dashboard").glob("*queries.py"))
    asked = set(re.findall(r'ask\(\s*snapshot,\s*"(\w+)"', sources))
    assert asked == {path.stem for path in FILES}


def test_the_months_of_the_region_are_the_sums_of_its_accounts(small: Snapshot, facts: Facts) -> None:
    months = queries.month_totals(small, REGION, small.open_period)
    expected = facts(
        "select period, count(*), sum(opening_kopecks), sum(charged_kopecks), sum(corrected_kopecks), sum(paid_kopecks), sum(closing_kopecks), "
        "sum(greatest(closing_kopecks, 0)), sum(greatest(-closing_kopecks, 0)), sum(kwh) from account_month group by period order by period"
    )
    names = "accounts opening_kopecks charged_kopecks corrected_kopecks paid_kopecks closing_kopecks debt_kopecks advance_kopecks kwh"
    assert months.select("period", *names.split()).rows() == expected


def test_a_month_stands_beside_the_month_before(small: Snapshot) -> None:
    months = queries.month_totals(small, Place(district="Шахты"), small.open_period)
    for column in ("charged_kopecks", "paid_kopecks", "debt_kopecks", "collected_permille", "kwh", "accounts"):
        assert months[f"{column}_before"].to_list() == [None, *months[column].to_list()[:-1]]


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(branch="Шахтинское"),
        Place(district="Таганрог"),
        Place(site="Участок 38"),
        Place(category="rural"),
    ],
)
def test_distribution_and_debtors_agree_with_the_totals_of_a_place(place: Place, small: Snapshot) -> None:
    total = queries.month_totals(small, place, OCTOBER).row(-1, named=True)
    buckets = queries.debt_distribution(small, place, OCTOBER)
    assert buckets["bucket"].to_list() == list(range(8))
    assert buckets["accounts"].sum() == total["accounts"]
    assert buckets.filter(pl.col("bucket") > 1)["closing_kopecks"].sum() == total["debt_kopecks"]
    assert -buckets["closing_kopecks"].item(0) == total["advance_kopecks"]
    debtors = queries.top_debtors(small, place, OCTOBER)
    if debtors.height < 50:
        assert debtors["closing_kopecks"].sum() == total["debt_kopecks"]


def test_district_totals_hold_all_districts_and_the_sums_of_the_region(small: Snapshot) -> None:
    districts = queries.district_totals(small, REGION, OCTOBER)
    total = queries.month_totals(small, REGION, OCTOBER).row(-1, named=True)
    assert districts.height == 55
    for column in ("accounts", "charged_kopecks", "paid_kopecks", "debt_kopecks", "advance_kopecks", "kwh"):
        assert districts[column].sum() == total[column]


def test_a_debtor_shows_the_month_of_the_last_payment(small: Snapshot, facts: Facts) -> None:
    last: dict[int, date] = dict(
        facts(
            "select account_number, max(period) from account_month where paid_kopecks > 0 and period <= '2026-10-01' group by account_number"
        )
    )
    debtors = queries.top_debtors(small, REGION, OCTOBER)
    assert debtors["last_paid_period"].to_list() == [last.get(number) for number in debtors["account_number"]]


def test_channels_count_every_reading_of_the_month_once(small: Snapshot, facts: Facts) -> None:
    channels = queries.reading_channels(small, REGION, OCTOBER)
    [(readings,)] = facts("select count(*) from reading where period = '2026-10-01'")
    assert channels["readings"].sum() == readings
    assert (channels["accepted"] + channels["held"] + channels["rejected"]).equals(channels["readings"])
    refused = queries.reading_reasons(small, REGION, OCTOBER)
    assert refused["readings"].sum() == (channels["held"] + channels["rejected"]).sum()
    assert refused["message_ru"].null_count() == 0


def test_the_lines_of_an_account_add_up_to_its_months(small: Snapshot) -> None:
    for number in (610_000_000_001, 610_000_000_038, 610_000_000_075):
        months = queries.account_months(small, number, queries.BEGINNING)
        lines = queries.account_charges(small, number, queries.BEGINNING)
        payments = queries.account_payments(small, number, queries.BEGINNING)
        assert lines["amount_kopecks"].sum() == (months["charged_kopecks"] + months["corrected_kopecks"]).sum()
        assert payments["amount_kopecks"].sum() == months["paid_kopecks"].sum()
        card = queries.account_card(small, number).row(0, named=True)
        assert card["closing_kopecks"] == months["closing_kopecks"].item(-1)


def test_a_card_describes_the_account_as_it_is_today(small: Snapshot, facts: Facts) -> None:
    [(number, holder, persons)] = facts(
        "select account_number, arg_max(holder_name, valid_from), arg_max(persons, valid_from) from account "
        "group by account_number having count(*) = 2 order by account_number limit 1"
    )
    card = queries.account_card(small, number).row(0, named=True)
    assert (card["holder_name"], card["persons"], card["valid_to"]) == (holder, persons, None)
    assert queries.account_versions(small, number).height == 2


@pytest.mark.parametrize(
    ("span", "first"), [(1, "2026-11-01"), (12, "2025-12-01"), (36, "2023-12-01"), (None, "1900-01-01")]
)
def test_a_span_of_months_ends_with_the_month_shown(span: int | None, first: str) -> None:
    assert str(queries.first_of_span(date(2026, 11, 1), span)) == first
    assert str(queries.first_of_span(date(2026, 12, 1), 12)) == "2026-01-01"
