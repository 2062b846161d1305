"""Contracts of businesses in a real browser: a bill of the list leads to its contract, whose month changes the map of hours."""

import re
from typing import TYPE_CHECKING

from tests.e2e.test_dashboard import click_row
from tests.e2e.test_operations import chart, fits_a_telephone, open_at, settled

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_bill_of_the_list_leads_to_its_contract(page: "Page") -> None:
    open_at(page, "/contracts?period=2026-10")
    fits_a_telephone(page)
    click_row(page, "Счета месяца", 0)
    page.wait_for_url(re.compile(r"contract=61-\d{6}"))
    page.get_by_role("heading", name=re.compile(r"61-\d{6} · ООО «Мельница")).wait_for()
    page.get_by_role("region", name="Точки поставки", exact=True).wait_for()
    fits_a_telephone(page)
    settled(page)


def test_another_month_draws_another_map_of_hours(page: "Page") -> None:
    open_at(page, "/contracts?period=2026-10&contract=61-000001")
    october = chart(page, "Потребление по часам")
    open_at(page, "/contracts?period=2026-09&contract=61-000001")
    assert chart(page, "Потребление по часам") != october
