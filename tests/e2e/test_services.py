"""Tariff, use, receipts and help in a real browser, by keyboard alone: what is shown is what the night's SQL says."""

import datetime as dt
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import duckdb
import pytest
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access.secret import hash_password
from dashboard.cabinet.receipts import subscriptions
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import OwnedAccount, Person
from pipelines.russian import rubles
from pipelines.settings import Settings
from pipelines.whatif import compare_plans
from tests.e2e.conftest import PROBES, watch
from tests.e2e.test_cabinet import EMAIL, PASSWORD, PHONE, Running, serve_cabinet, sign_in
from tests.snapshots import current_snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def running(night: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = shutil.copytree(night.home, tmp_path_factory.mktemp("services") / "home")
    with serve_cabinet(home) as cabinet:
        store = open_store(f"sqlite:///{home / 'store' / 'store.sqlite'}")
        with Work(store) as work:
            times = dict.fromkeys(("consented_at", "created_at", "password_changed_at"), NOW)
            work.add(Person(person_id=1, email=EMAIL, password_hash=hash_password(PASSWORD), **times))
            work.flush()
            work.add(OwnedAccount(person_id=1, account_number=one_rate_account(cabinet), added_at=NOW))
            work.commit()
        yield cabinet


def one_rate_account(running: Running) -> int:
    with duckdb.connect(str(current_snapshot(running.home)), read_only=True) as connection:
        row = connection.execute(
            "select account_number from meter semi join (select account_number from reading where verdict = 'accepted')"
            " using (account_number) group by 1 having count(*) = 1 and any_value(zone_plan) = 'one_rate' order by 1 limit 1"
        ).fetchone()
    assert row
    return int(row[0])


def press(page: "Page", name: str, key: str = "Enter") -> None:
    """Reach a link, button or field by Tab alone, and press it."""
    page.locator("[data-test-script-state=notRunning]").wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            "[document.activeElement.tagName, document.activeElement.ariaLabel || document.activeElement.innerText]"
        )
        if reached[0] in {"A", "BUTTON", "INPUT"} and name in (reached[1] or ""):
            page.keyboard.press(key)
            return
    raise AssertionError(f"«{name}» is not reached by Tab")


def test_own_prices_plans_receipts_and_help_by_keyboard_on_a_telephone(browser: "Browser", running: Running) -> None:
    context = browser.new_context(viewport=PHONE, locale="ru-RU", accept_downloads=True)  # type: ignore[arg-type]
    page, wrong = context.new_page(), list[str]()
    watch(page, running.url, wrong)
    page.set_default_timeout(20_000)
    sign_in(page, running)
    account, settings = one_rate_account(running), Settings(home=running.home)
    press(page, "Тариф")
    page.get_by_role("cell", name="1-й диапазон").first.wait_for()
    press(page, "Пересчитать")
    told = compare_plans(current_snapshot(running.home), settings, account, 33)
    two = sum(month.two_zone_kopecks for month in told.months)
    page.get_by_text(f"{rubles(two)} вместо").wait_for()
    page.get_by_text(f"не меньше {told.pays_from_percent} %").wait_for()
    press(page, "Расход")
    page.get_by_role("heading", name="Каким будет следующий счёт").wait_for()
    page.locator(".js-plotly-plot").first.wait_for()
    press(page, "Квитанции")
    page.get_by_role("heading", name="Электронная квитанция").wait_for()
    page.get_by_text("Присылать", exact=True).wait_for()
    press(page, "Присылать", "Space")
    press(page, "Сохранить")
    page.get_by_text(f"Квитанции будут приходить на {EMAIL}.").wait_for()
    kept = subscriptions(open_store(f"sqlite:///{running.home / 'store' / 'store.sqlite'}"), account)
    assert [(one.email, one.is_on) for one in kept] == [(EMAIL, True)]
    with page.expect_download() as download:
        press(page, "PDF за март 2026")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    press(page, "Справка")
    page.get_by_text("Когда передавать показания?").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not [what for what in wrong if not any(probe in what for probe in PROBES)]
    context.close()


def test_the_pages_speak_english_in_the_dark(browser: "Browser", running: Running) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    context.add_cookies([{"name": "lang", "value": "en", "url": running.url}])
    page, wrong = context.new_page(), list[str]()
    watch(page, running.url, wrong)
    page.set_default_timeout(20_000)
    page.goto(f"{running.url}/sign-in")
    page.get_by_label("Account number or e-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Account").first.wait_for()
    for name, title in {"tariffs": "Tariff", "consumption": "Use", "receipts": "Receipts", "guide": "Help"}.items():
        page.goto(f"{running.url}/{name}")
        page.get_by_role("heading", name=title, exact=True).wait_for()
        page.locator("[data-test-script-state=notRunning]").wait_for()
        headings = page.get_by_role("heading").all_inner_texts()
        assert not [text for text in headings if any("а" <= sign <= "я" for sign in text.lower())]
        assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(20, 26, 33)"
    assert not [what for what in wrong if not any(probe in what for probe in PROBES)]
    context.close()
