"""The dashboard in a real browser: it draws, leads on, hands out files, follows the night and stays quiet."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import fastexcel

from dashboard.links import STALE_SECONDS
from tests.dashboard.invented import PUBLISHED_AT
from tests.dashboard.snapshot import write_snapshot
from tests.e2e.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHARTS = {"Обзор": 5, "Район": 5, "Дебиторка": 4, "Оплаты": 1, "Показатели": 1, "Лицевой счёт": 1}
ROW = 33


def heading(page: "Page") -> str:
    return page.locator("h2").first.inner_text()


def open_at(page: "Page", path: str) -> None:
    page.goto(path)
    page.locator("h2").first.wait_for()


def filters(page: "Page") -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def settled(page: "Page") -> None:
    """Wait until the page has been drawn to its end."""
    page.locator("[data-test-script-state=notRunning]").wait_for()


def click_row(page: "Page", table: str, row: int) -> None:
    """Press the button that stands first in a row; tables are drawn on a canvas, so it is a matter of pixels."""
    settled(page)
    grid = page.get_by_role("region", name=table, exact=True)
    grid.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + 45, box["y"] + ROW * (row + 1) + ROW / 2)


def test_every_page_draws_its_charts_on_a_desk_and_on_a_telephone(page: "Page") -> None:
    open_at(page, "/account?account=610000000001")
    main = "document.querySelector('[data-testid=stMain]')"
    for name in reversed(CHARTS):
        page.get_by_role("link", name=name).first.click()
        page.get_by_role("heading", name="Вся область" if name == "Район" else name, level=2).wait_for()
        page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {CHARTS[name]}")
        assert page.locator("[data-testid=stException]").count() == 0
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_function(f"{main}.scrollWidth <= {main}.clientWidth")
        page.set_viewport_size({"width": 1440, "height": 1000})


def test_a_debtor_of_a_district_leads_to_the_account(page: "Page") -> None:
    open_at(page, "/district?district=Шахты&period=2026-10")
    click_row(page, "Крупнейшие должники", 0)
    page.wait_for_url(re.compile("/account"))
    page.get_by_role("heading", name="Лицевой счёт").wait_for()
    assert re.fullmatch(r"6\d{11}", filters(page)["account"])
    page.get_by_role("heading", name=re.compile(filters(page)["account"])).wait_for()
    assert "Долг" in page.get_by_test_id("stMetricValue").inner_text()


def card(page: "Page", name: str) -> str:
    shown = page.get_by_test_id("stMetric").filter(has=page.get_by_text(name, exact=True))
    return shown.get_by_test_id("stMetricValue").inner_text()


def choose(page: "Page", label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    settled(page)


def test_a_district_changes_the_figures_of_every_page_about_money(page: "Page") -> None:
    for path, name in (("receivables", "Просрочено"), ("payments", "Оплачено"), ("kpis", "Начислено")):
        open_at(page, f"/{path}?period=2026-10")
        before = card(page, name)
        settled(page)
        choose(page, "Район", "Таганрог")
        page.wait_for_url(re.compile("district="))
        assert filters(page)["district"] == "Таганрог"
        page.wait_for_function(
            f"![...document.querySelectorAll('[data-testid=stMetricValue]')].some(value => value.innerText === '{before}')"
        )
        assert card(page, name) != before
        assert page.locator("[data-testid=stException]").count() == 0


def test_a_candidate_for_restriction_leads_to_the_account(page: "Page") -> None:
    open_at(page, "/receivables?district=Таганрог")
    click_row(page, "Кандидаты на ограничение", 0)
    page.wait_for_url(re.compile("/account"))
    page.get_by_role("heading", name=re.compile(r"6\d{11}")).wait_for()


def test_a_workbook_of_debts_says_how_to_ask_for_them_again(page: "Page", tmp_path: Path) -> None:
    open_at(page, "/receivables?district=Таганрог&age=6")
    settled(page)
    with page.expect_download() as waiting:
        page.locator(".st-key-xlsx_open_debts button").first.click()
    waiting.value.save_as(tmp_path / "debts.xlsx")
    about = fastexcel.read_excel(tmp_path / "debts.xlsx").load_sheet("Сведения", header_row=None).to_polars()
    said = dict(about.rows())
    assert said["Фильтр: district"] == "Таганрог"
    assert "energosbyt ask open_debts age=6 district=Таганрог" in said["Повторить запрос"].replace("'", "")


def test_a_circle_on_the_map_opens_its_district_and_the_back_button_leaves_it(page: "Page") -> None:
    open_at(page, "/district")
    circle = page.get_by_label("Районы на карте").locator(".scatterlayer .trace .points path").first
    circle.dispatch_event("mousemove")
    box = circle.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(re.compile("district=.+"))
    page.get_by_role("heading", name=filters(page)["district"], exact=True).wait_for()
    page.wait_for_timeout(1000 * STALE_SECONDS)
    page.go_back()
    page.get_by_role("heading", name="Вся область").wait_for()


def test_a_table_can_be_taken_away_as_csv_and_as_a_workbook(page: "Page", tmp_path: Path) -> None:
    open_at(page, "/account?account=610000000001&show=charges&months=all")
    page.get_by_role("button", name="CSV", exact=True).wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).click()
    waiting.value.save_as(tmp_path / "charges.csv")
    assert waiting.value.suggested_filename == "610000000001 Начисления.csv"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "charges.csv").read_text("utf-8-sig")), delimiter=";"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel", exact=True).click()
    waiting.value.save_as(tmp_path / "charges.xlsx")
    sheet = fastexcel.read_excel(tmp_path / "charges.xlsx").load_sheet(0).to_polars()
    assert [float(row["Сумма"].replace(",", ".")) for row in rows] == sheet["Сумма"].to_list()
    assert sheet.height > 10


def test_the_language_is_kept_in_the_address_and_on_the_next_page(page: "Page") -> None:
    open_at(page, "/?period=2026-09")
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    page.get_by_role("heading", name="Overview").wait_for()
    assert filters(page) == {"lang": "en", "period": "2026-09"}
    page.get_by_role("link", name="District").first.click()
    page.get_by_role("heading", name="The whole region").wait_for()
    page.wait_for_url(re.compile("lang=en"))
    assert filters(page) == {"lang": "en", "period": "2026-09"}


def test_an_address_copied_from_the_browser_shows_the_same_page_again(page: "Page") -> None:
    chosen = {"period": "2026-09", "measure": "debt", "months": "all"}
    open_at(page, f"/?{urlencode(chosen)}")
    settled(page)
    page.get_by_role("link", name="Район").first.click()
    page.get_by_role("heading", name="Вся область").wait_for()
    settled(page)
    copied = page.url
    page.goto("about:blank")
    open_at(page, copied)
    settled(page)
    assert heading(page) == "Вся область"
    assert filters(page) == chosen


def test_an_account_is_found_from_the_keyboard(page: "Page") -> None:
    open_at(page, "/account")
    page.get_by_label("Поиск счёта").focus()
    page.keyboard.type("610000000038")
    page.keyboard.press("Enter")
    page.get_by_label("Поиск счёта").last.wait_for()
    page.wait_for_url(re.compile("q=610000000038"))
    click_row(page, "Найденные счета", 0)
    page.get_by_role("heading", name=re.compile("610000000038")).wait_for()
    assert filters(page) == {"account": "610000000038"}


def test_a_new_snapshot_appears_without_a_reload(page: "Page", site: Site) -> None:
    open_at(page, "/account")
    settled(page)
    assert page.get_by_text("Расчёт № 214 ·").count() == 1
    at = PUBLISHED_AT + timedelta(days=1)
    write_snapshot(site.home, name="snapshot-000215", run_id=215, published_at=at)
    page.get_by_text("Опубликован расчёт № 215, страница обновлена.").wait_for(timeout=12_000)
    page.get_by_text("Расчёт № 215 ·").wait_for()


def test_a_district_opens_into_streets_houses_and_accounts(page: "Page") -> None:
    open_at(page, "/district?district=Таганрог&period=2026-10")
    click_row(page, "Таганрог: Улицы и дома", 0)
    page.wait_for_url(re.compile("street="))
    settled(page)
    street = filters(page)["street"]
    click_row(page, street, 0)
    page.wait_for_url(re.compile("house="))
    settled(page)
    house = filters(page)["house"]
    assert house.startswith(f"{street}, д. ")
    click_row(page, house, 0)
    page.wait_for_url(re.compile("/account"))
    page.get_by_role("heading", name=re.compile(filters(page)["account"])).wait_for()
    page.get_by_text(house).first.wait_for()


def test_an_accounts_documents_can_be_looked_at_and_taken_away(page: "Page", tmp_path: Path) -> None:
    open_at(page, "/account?account=610000000001&show=documents&period=2026-09&since=2026-08&until=2026-10")
    picture = page.get_by_role("img", name=re.compile("Квитанция за сентябрь 2026, лицевой счёт 610000000001"))
    picture.wait_for()
    page.wait_for_function("document.querySelector('[data-testid=stImage] img').naturalWidth > 800")
    for key, begins in (
        ("610000000001-reconciliation-2026-08-2026-10\\.pdf", b"%PDF"),
        ("610000000001-extract-2026-08-2026-10\\.csv", "\ufeffМесяц".encode()),
        ("610000000001-data\\.zip", b"PK"),
    ):
        name = key.replace("\\", "")
        with page.expect_download() as waiting:
            page.locator(f"[class*='st-key-document_{name.replace('.', '-')}'] button").first.click()
        waiting.value.save_as(tmp_path / name)
        assert waiting.value.suggested_filename == name
        assert (tmp_path / name).read_bytes().startswith(begins)
