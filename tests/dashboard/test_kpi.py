"""Every KPI has a whole header, answers exactly on an invented and on a real snapshot, and is what a naive count says."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard import kpi
from dashboard.kpi import GROUPS, OWNERS, PLACES, Kpi, catalogue, exact, months, rate
from dashboard.queries import REGION, Place
from dashboard.store import Snapshot, current
from dashboard.text import Words
from pipelines.ask import placeholders
from pipelines.settings import SQL
from tests.dashboard.conftest import Facts, Open, said, seen

OCTOBER = date(2026, 10, 1)
END = date(2026, 10, 31)
KPIS = catalogue()
HEADER = ["name_ru", "name_en", "group", "unit", "owner", "better", "scope", "meaning_ru", "meaning_en"]
PLACE_NAMES = {"branch", "site", "district", "category"}


def value(snapshot: Snapshot, question: str, place: Place = REGION, period: date = OCTOBER) -> int | None:
    frame = months(snapshot, kpi.named(question), place, period, 1)
    return int(frame["value"].item()) if frame.height and frame["value"].item() is not None else None


def test_the_catalogue_holds_at_least_twenty_kpis_and_each_file_is_one() -> None:
    assert len(KPIS) >= 20
    assert {one.question for one in KPIS} == {path.stem for path in (SQL / "kpi").glob("*.sql")}
    for names in ([one.names[0] for one in KPIS], [one.names[1] for one in KPIS]):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("one", KPIS, ids=lambda one: one.question)
def test_a_header_is_whole_and_names_what_the_query_takes(one: Kpi) -> None:
    text = (SQL / "kpi" / f"{one.question}.sql").read_text(encoding="utf-8")
    assert re.findall(r"^-- (\w+): .+$", text, re.MULTILINE) == HEADER
    assert re.fullmatch(r"K\d\d", one.code)
    assert (one.group in GROUPS, one.owner in OWNERS, one.unit in PLACES) == (True, True, True)
    assert (one.better in {"up", "down", "none"}, one.scope in {"place", "region"}) == (True, True)
    assert re.search("[А-Яа-я]", one.meanings[0])
    assert not re.search("[А-Яа-я]", one.names[1] + one.meanings[1])
    given = set(placeholders(text))
    assert given >= (PLACE_NAMES if one.scope == "place" else set())
    assert given <= {"since", "period", *PLACE_NAMES}
    assert not (one.scope == "region" and given & PLACE_NAMES)


@pytest.mark.parametrize("one", KPIS, ids=lambda one: one.question)
def test_a_kpi_answers_exactly_on_an_invented_and_on_a_real_snapshot(one: Kpi, small: Snapshot, real: Path) -> None:
    published = current(real)
    assert published is not None
    for snapshot in (small, published):
        frame = months(snapshot, one, REGION, snapshot.open_period, None)
        assert frame.height, "no month at all"
        assert frame["period"].is_sorted()
        assert frame["period"].n_unique() == frame.height
        assert set(frame.columns) in ({"period", "value"}, {"period", "part", "whole", "value"})
        assert ("part" in frame.columns) == (one.unit in {"percent", "days", "rub_per_kwh"})
        assert {frame.schema[name] for name in frame.columns if name != "period"} == {pl.Int64}
        assert all(isinstance(exact(one, number), Decimal) for number in frame["value"].drop_nulls())
        nowhere = months(snapshot, one, Place(district="Нигде"), snapshot.open_period, None)
        assert (nowhere.height == 0) == (one.scope == "place")


@pytest.mark.parametrize("one", [one for one in KPIS if one.unit == "percent"], ids=lambda one: one.question)
def test_a_share_lies_between_nothing_and_all(one: Kpi, small: Snapshot) -> None:
    frame = months(small, one, REGION, small.open_period, None)
    assert (frame["part"] >= 0).all()
    if one.question not in {"k05_collected", "k05_collected_year", "k34_rebilled"}:
        assert (frame["part"] <= frame["whole"]).all()


def test_a_span_begins_and_ends_with_its_months(small: Snapshot) -> None:
    for one in KPIS:
        whole = months(small, one, REGION, OCTOBER, 12)
        short = months(small, one, REGION, OCTOBER, 3)
        assert short.equals(whole.filter(pl.col("period") >= date(2026, 8, 1))), one.question


SUMS: dict[str, str] = {
    "k01_energy": "select sum(kwh) from charge_line where posting_period = '2026-10-01' and {here}",
    "k02_charged": "select sum(amount_kopecks) from charge_line where kind = 'charge' and posting_period = '2026-10-01' and {here}",
    "k02_usual_bill": "select sum(k) // count(*) from (select sum(amount_kopecks) as k from charge_line where kind = 'charge' "
    "and posting_period = '2026-10-01' and {here} group by account_number)",
    "k04_paid": "select sum(amount_kopecks) from payment where posting_period = '2026-10-01' and {here}",
    "k07_debt": "select sum(k) from (select sum(amount_kopecks) as k from posting where posting_period <= '2026-10-01' and {here} "
    "group by account_number having k > 0)",
    "k07_advance": "select -sum(k) from (select sum(amount_kopecks) as k from posting where posting_period <= '2026-10-01' and {here} "
    "group by account_number having k < 0)",
    "k12_penalty": "select sum(amount_kopecks) from penalty_line where posting_period = '2026-10-01' and {here}",
    "k34_corrected": "select sum(amount_kopecks) from charge_line where kind <> 'charge' and posting_period = '2026-10-01' and {here}",
    "k08_overdue": "select sum(greatest(owed - greatest(charged, 0) - greatest(added, 0), 0)) from (select sum(amount_kopecks) as owed, "
    "coalesce(sum(amount_kopecks) filter (kind = 'charge' and posting_period = '2026-10-01'), 0) as charged, "
    "coalesce(sum(amount_kopecks) filter (kind = 'correction' and posting_period = '2026-10-01'), 0) as added "
    "from posting where posting_period <= '2026-10-01' and {here} group by account_number)",
}
HERE = {
    "true": REGION,
    "account_number in (select account_number from account where district = 'Таганрог')": Place(district="Таганрог"),
    "account_number in (select account_number from account where branch = 'Шахтинское')": Place(branch="Шахтинское"),
    "account_number in (select account_number from account where category = 'urban_electric')": Place(
        category="urban_electric"
    ),
}


@pytest.mark.parametrize("here", HERE)
@pytest.mark.parametrize("question", SUMS)
def test_a_sum_is_what_its_lines_add_up_to(question: str, here: str, small: Snapshot, facts: Facts) -> None:
    [(expected,)] = facts(SUMS[question].format(here=here))
    assert value(small, question, HERE[here]) == (expected or 0)


def test_every_kpi_of_money_or_energy_is_compared_with_an_independent_sum() -> None:
    sums = {one.question for one in KPIS if one.unit in {"kopecks", "kwh"}}
    assert sums == SUMS.keys() | {"k60_unplaced"}


def test_money_that_waits_stands_in_the_month_it_came_in(small: Snapshot, facts: Facts) -> None:
    [(waiting,)] = facts("select sum(amount_kopecks) from suspense")
    assert value(small, "k60_unplaced", period=small.open_period) == waiting
    assert value(small, "k60_unplaced") == 0


def share(rows: list[Any], fits: Callable[[Any], bool]) -> int | None:
    return rate(sum(1 for row in rows if fits(row)), len(rows), 1000)


def test_rates_of_accounts_are_what_counting_them_gives(small: Snapshot, facts: Facts) -> None:
    rows = facts(
        "select closing_kopecks, paid_kopecks, corrected_kopecks from account_month where period = '2026-10-01'"
    )
    assert value(small, "k07_debtors") == share(rows, lambda row: row[0] > 0)
    assert value(small, "k06_payers") == share(rows, lambda row: row[1] > 0)
    assert value(small, "k34_rebilled_accounts") == share(rows, lambda row: row[2] != 0)


def test_rates_of_meters_are_what_counting_them_gives(small: Snapshot, facts: Facts) -> None:
    meters = facts("select meter_serial, verified_until from meter")
    read = facts("select meter_serial, period from reading where verdict = 'accepted'")
    in_month = {serial for serial, period in read if period == OCTOBER}
    lately = {serial for serial, period in read if date(2026, 8, 1) <= period <= OCTOBER}
    assert value(small, "k20_unread") == share(meters, lambda row: row[0] not in in_month)
    assert value(small, "k22_silent") == share(meters, lambda row: row[0] not in lately)
    assert value(small, "k26_verification") == share(meters, lambda row: row[1] < END)
    assert len(in_month) < len(meters)


def test_rates_of_readings_are_what_counting_them_gives(small: Snapshot, facts: Facts) -> None:
    rows = facts("select verdict::varchar, channel::varchar from reading where period = '2026-10-01'")
    accepted = [channel for verdict, channel in rows if verdict == "accepted"]
    remote = {"cabinet", "mobile", "site", "smart_meter"}
    assert value(small, "k24_rejected") == share(rows, lambda row: row[0] == "rejected")
    assert value(small, "k24_held") == share(rows, lambda row: row[0] == "held")
    assert value(small, "k23_remote") == share(accepted, lambda channel: channel in remote)


def test_rates_of_energy_are_what_adding_it_gives(small: Snapshot, facts: Facts) -> None:
    rows = facts(
        "select zone::varchar, band::varchar, kwh from charge_line where kind = 'charge' and posting_period = '2026-10-01'"
    )

    def part(fits: Callable[[Any], bool], among: Callable[[Any], bool]) -> int | None:
        whole = [row for row in rows if among(row)]
        return rate(sum(row[2] for row in whole if fits(row)), sum(row[2] for row in whole), 1000)

    assert value(small, "k42_above_first") == part(lambda row: row[1] not in {"in_norm", "band1"}, lambda _: True)
    assert value(small, "k43_night") == part(lambda row: row[0] == "night", lambda row: row[0] != "all")


def test_collection_of_a_year_and_turnover_look_back_twelve_months(small: Snapshot, facts: Facts) -> None:
    since = OCTOBER - timedelta(days=330)
    [(paid, charged)] = facts(
        "select sum(paid_kopecks)::bigint, sum(charged_kopecks)::bigint from account_month "
        f"where period between '{since.replace(day=1)}' and '2026-10-01'"
    )
    [(debt,)] = facts("select sum(debt_kopecks)::bigint from district_month where period = '2026-10-01'")
    assert value(small, "k05_collected_year") == rate(paid, charged, 1000)
    days = sum(calendar.monthrange(2025 + (month > 12), (month - 1) % 12 + 1)[1] for month in range(11, 23))
    assert value(small, "k10_dso") == rate(debt * days, charged, 10)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 3, 333), (2, 3, 667), (1, 2000, 1), (-1, 2000, -1), (1, 2001, 0), (1, 0, None)]
)
def test_a_rate_is_rounded_half_away_from_zero(part: int, whole: int, expected: int | None) -> None:
    assert rate(part, whole, 1000) == expected


def test_the_page_shows_every_kpi_for_a_month_and_a_place(small_home: Path, small: Snapshot, open_page: Open) -> None:
    words = Words()
    app = open_page(small_home, "kpis", period="2026-10", district="Таганрог")
    cards = {card.label: card.value for card in app.metric}
    assert cards.keys() == {one.names[0] for one in KPIS}
    for one in KPIS:
        assert cards[one.names[0]] == one.says(value(small, one.question, Place(district="Таганрог")), words)
    table = next(frame.value for frame in app.dataframe if "year_before" in frame.value.columns)
    assert list(table["code"]) == [one.code for one in KPIS]
    assert "sql/kpi/k05_collected.sql" in said(app)
    seen(app.selectbox(key="filter_kpi_ru").set_value("k10_dso").run())
    assert app.query_params["kpi"] == "k10_dso"
    assert kpi.named("k10_dso").meanings[0] in said(app)


def test_a_rate_shows_what_it_was_divided_from(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "kpis", kpi="k20_unread", months="all")
    behind = next(frame.value for frame in app.dataframe if "part" in frame.value.columns)
    for _, row in behind.iterrows():
        assert row["exact"] == Decimal(kpi.rate(row["part"], row["whole"], 1000) or 0).scaleb(-1)
