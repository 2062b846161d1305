"""The pages about operations in a real browser: they open, their filters change figures, a decision reaches the night."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from pipelines.settings import Settings
from tests.e2e.conftest import serve, watch
from tests.intake.deliveries import READINGS
from tests.nights import run_night
from tests.snapshots import current_snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RECEIPT = """receipt_number,paid_at,account_number,period,amount,desk
K-1,2026-04-02 10:00,61000,,500.00,2
"""


def open_at(page: "Page", path: str) -> None:
    page.goto(path)
    page.locator("h2").first.wait_for()
    settled(page)


def settled(page: "Page") -> None:
    page.locator("[data-test-script-state=notRunning]").wait_for()
    assert page.locator("[data-testid=stException]").count() == 0


def chart(page: "Page", title: str) -> str:
    """What is drawn in a chart, as the words and shapes of its picture."""
    drawn = page.get_by_label(title, exact=True).locator(".main-svg").first
    drawn.wait_for()
    return str(drawn.inner_html())


def fits_a_telephone(page: "Page") -> None:
    main = "document.querySelector('[data-testid=stMain]')"
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"{main}.scrollWidth <= {main}.clientWidth")
    page.set_viewport_size({"width": 1440, "height": 1000})


@pytest.mark.parametrize(
    ("path", "other", "title"),
    [
        ("/readings?period=2026-10", "/readings?period=2026-09", "Поступило по дням и каналам"),
        ("/tariffs?category=urban", "/tariffs?category=rural", "Цены"),
        ("/night?run=214", "/night?run=213", "Сколько длились шаги, с"),
    ],
)
def test_a_filter_changes_the_figure(path: str, other: str, title: str, page: "Page") -> None:
    open_at(page, path)
    first = chart(page, title)
    fits_a_telephone(page)
    open_at(page, other)
    assert chart(page, title) != first


def test_the_work_list_shows_the_kind_chosen_and_keeps_it_in_the_address(page: "Page") -> None:
    open_at(page, "/work_list")
    page.get_by_role("region", name="Невыясненные платежи", exact=True).wait_for()
    page.get_by_role("radio", name="Непринятые файлы").or_(
        page.get_by_role("button", name="Непринятые файлы", exact=True)
    ).first.click()
    page.get_by_role("region", name="Непринятые файлы", exact=True).wait_for()
    page.wait_for_url(re.compile("task=task_files"))
    fits_a_telephone(page)
    settled(page)


def test_what_is_decided_in_the_browser_is_done_by_the_night_once(
    browser: "Browser", night: Settings, tmp_path: Path
) -> None:
    shutil.copytree(night.home, tmp_path / "home")
    settings = replace(night, home=tmp_path / "home")
    [(holder, serial, shown)] = published(
        settings,
        "select account_number, meter_serial, floor(max(value))::bigint from reading where verdict = 'accepted' and zone = 'all'"
        " group by all having max(period) = '2026-03-01' order by 1 limit 1",
    )
    sent = f"{READINGS}\n{holder};{serial};all;2026-04-10;2026-04-10 10:00:00;{int(str(shown)) - 5}\n"
    for channel, text in (("cash", RECEIPT), ("phone", sent)):
        (settings.inbox / channel).mkdir(parents=True, exist_ok=True)
        (settings.inbox / channel / "today.csv").write_text(text, encoding="utf-8")
    run_night(settings)
    number = published(settings, "select max(account_number) from account")[0][0]
    wrong: list[str] = []
    with serve(settings.home) as site:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="ru-RU", base_url=site.url)
        page = context.new_page()
        watch(page, site.url, wrong)
        decide(page, str(number))
        decide_reading(page, str(serial), str(int(str(shown)) + 88))
        context.close()
    assert not wrong
    run_night(settings)
    assert published(settings, "select account_number, status::varchar from payment where operation_id = 'K-1'") == [
        (number, "posted")
    ]
    assert published(settings, "select decided_by, refusal from payment_decision") == [("Петрова А. С.", None)]
    assert published(
        settings,
        "select account_number, verdict::varchar, consumption_kwh from reading where channel = 'specialist'",
    ) == [(holder, "accepted", 88)]
    charged = (
        "select sum(kwh)::bigint from charge_line where posting_period = (select open_period from run order by run_id desc limit 1)"
        f" and account_number = {holder} and basis = 'reading'"
    )
    assert published(settings, charged) == [(88,)]


def choose(page: "Page", box: str, option: str) -> None:
    """Pick from a list, which a rerun still under way closes again."""
    offered = page.get_by_role("option", name=re.compile(option))
    for _ in range(10):
        page.get_by_role("combobox", name=box).click()
        page.wait_for_timeout(1000)
        if offered.count():
            break
    offered.click()


def decide(page: "Page", number: str) -> None:
    """Assign the one payment that waits, and see that it is no longer on offer."""
    open_at(page, "/work_list")
    page.get_by_label("Кто решил").fill("Петрова А. С.")
    page.get_by_label("Кто решил").press("Enter")
    settled(page)
    page.get_by_text("Решить о невыясненном платеже").click()
    choose(page, "Платёж", "K-1")
    page.get_by_label("Лицевой счёт, 12 цифр").first.fill(number)
    page.get_by_label("Основание").first.fill("заявление плательщика")
    page.get_by_role("button", name="Передать в ночной расчёт").first.click()
    page.get_by_text("Решение записано, его примет ближайший ночной расчёт.").wait_for()
    page.get_by_role("region", name="Решено, ждёт ночного расчёта", exact=True).wait_for()
    assert page.get_by_text("Решить о невыясненном платеже").count() == 0


def decide_reading(page: "Page", serial: str, value: str) -> None:
    """Correct the held reading of a meter, without its value at first; the table then says that it is decided."""
    open_at(page, "/work_list?task=task_readings")
    page.get_by_label("Кто решил").fill("Петрова А. С.")
    page.get_by_label("Кто решил").press("Enter")
    settled(page)
    page.get_by_text("Решить о показании").click()
    choose(page, "Показание", serial)
    page.get_by_role("combobox", name="Решение").click()
    page.get_by_role("option", name="исправить").click()
    page.get_by_label("Основание").first.fill("фотография счётчика")
    page.get_by_role("button", name="Передать в ночной расчёт").click()
    page.get_by_text("Верное показание нужно, чтобы исправить").wait_for()
    page.get_by_label("Верное показание").fill(value)
    page.get_by_role("button", name="Передать в ночной расчёт").click()
    page.get_by_text("Решение записано, его примет ближайший ночной расчёт.").wait_for()
    page.get_by_role("region", name="Решено, ждёт ночного расчёта", exact=True).wait_for()
    settled(page)


def published(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(current_snapshot(settings.home)), read_only=True) as snapshot:
        return snapshot.execute(query).fetchall()
