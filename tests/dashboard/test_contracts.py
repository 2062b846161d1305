"""The page Contracts: every figure is a naive sum of the snapshot's rows."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from dashboard import contract_figures, contract_queries
from dashboard.palette import Look
from dashboard.store import Snapshot
from dashboard.text import Words
from tests.dashboard.conftest import Facts, Open, said

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)
ONE = "61-000001"


def test_the_bills_of_a_month_are_sums_of_posted_lines(small: Snapshot, facts: Facts) -> None:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for contract, net, vat, kind in facts(
        "select contract_number, amount_kopecks, vat_kopecks, line_kind::varchar from business_charge_line"
        " where posting_period = '2026-10-01'"
    ):
        sums[contract] = [
            have + more
            for have, more in zip(sums[contract], (net, vat, net + vat if kind != "charge" else 0), strict=True)
        ]
    bills = contract_queries.contracts(small, OCTOBER)
    assert {
        row["contract_number"]: [row["net_kopecks"], row["vat_kopecks"], row["corrected_kopecks"]]
        for row in bills.iter_rows(named=True)
    } == sums
    assert bills["total_kopecks"].is_sorted(descending=True)
    months = contract_queries.business_months(small)
    assert months.filter(months["period"] == OCTOBER)["total_kopecks"].item() == bills["total_kopecks"].sum()


def test_hours_not_measured_are_counted_of_points_that_need_hours(small: Snapshot) -> None:
    assert set(contract_queries.contracts(small, OCTOBER)["hours_lacking"]) == {1}


def test_components_of_a_month_of_supply_hold_its_corrections(small: Snapshot, facts: Facts) -> None:
    rows = facts(
        "select component::varchar, amount_kopecks from business_charge_line"
        " where contract_number = '61-000001' and service_period = '2026-09-01'"
    )
    sums: dict[str, int] = defaultdict(int)
    for component, kopecks in rows:
        sums[component] += kopecks
    found = contract_queries.contract_components(small, ONE, SEPTEMBER, SEPTEMBER)
    assert dict(found.select("component", "amount_kopecks").iter_rows()) == sums


def test_the_map_of_hours_holds_every_hour_and_marks_those_not_measured(small: Snapshot, facts: Facts) -> None:
    [(wh,)] = facts("select sum(list_sum(wh)) from point_day where point_code = '61-000001-1' and day >= '2026-10-01'")
    energy = contract_queries.contract_hours(small, ONE, OCTOBER)
    assert (energy.height, energy["wh"].sum()) == (31 * 24, wh)
    assert energy.filter(energy["filled"] > 0).select("day", "hour").rows() == [(date(2026, 10, 5), 3)]
    figure = contract_figures.hours(energy, Look(Words()))
    texts = figure.data[0].text
    assert [(hour, day) for hour, row in enumerate(texts) for day, text in enumerate(row, 1) if text] == [(3, 5)]
    assert "без измерения" in figure.data[0].customdata[3][4]


def test_plan_and_fact_of_a_day_are_sums_of_its_hours(small: Snapshot) -> None:
    plan = contract_queries.contract_plan(small, ONE, OCTOBER)
    row = plan.row(0, named=True)
    assert plan.height == 31
    assert (row["plan_wh"] - row["fact_wh"], row["above_wh"], row["below_wh"]) == (12 * 300 - 12 * 500, 6000, 3600)
    assert row["cost_kopecks"] == 12 * 45 + 12 * 120


def test_points_show_hours_against_the_register(small: Snapshot) -> None:
    points = contract_queries.contract_points(small, ONE, OCTOBER)
    assert points.select("point_code", "difference_kwh", "hours_lacking").sort("point_code").rows() == [
        ("61-000001-1", 12, 1),
        ("61-000001-2", None, None),
    ]


def test_a_contract_is_opened_from_the_list_and_named_in_the_address(small_home: Path, open_page: Open) -> None:
    page = open_page(small_home, "contracts", period="2026-10", contract=ONE)
    text = said(page)
    assert "Мельница" in text
    assert "Из чего складывается начисленное" in text
    assert "Потребление по часам" in text
    assert "Платежи: авансы и остаток" in text
    assert "Мельник И\\. П\\." in text


def test_an_unknown_contract_is_said_to_be_unknown(small_home: Path, open_page: Open) -> None:
    page = open_page(small_home, "contracts", period="2026-10", contract="61-9")
    assert "Договора 61-9 нет." in said(page)


def test_a_month_without_bills_says_so(small_home: Path, open_page: Open) -> None:
    assert "Счетов юридическим лицам за этот месяц нет." in said(open_page(small_home, "contracts", period="2026-06"))
