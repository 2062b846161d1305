"""A business sends its energy in a real browser, by form, workbook and message, hands in a document and asks in the chat."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access.secret import hash_password
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import Person, Representative
from tests.cabinet.energy.conftest import OURS, PLANNED, POINT
from tests.cabinet.energy.workbooks import filled
from tests.cabinet.energy.xml import message
from tests.cabinet.test_uploads import PDF
from tests.e2e.conftest import PROBES, watch
from tests.e2e.test_cabinet import EMAIL, PASSWORD, PHONE, Running, serve_cabinet
from tests.e2e.test_cabinet_desk import fits

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def running(business_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = shutil.copytree(business_home, tmp_path_factory.mktemp("energy") / "home")
    with serve_cabinet(home) as cabinet:
        times = dict.fromkeys(("consented_at", "created_at", "password_changed_at"), NOW)
        with Work(open_store(f"sqlite:///{home / 'store' / 'store.sqlite'}")) as work:
            work.add(Person(person_id=1, email=EMAIL, password_hash=hash_password(PASSWORD), **times))
            work.flush()
            work.add_all(Representative(person_id=1, contract_number=one, added_at=NOW) for one in (OURS, PLANNED))
            work.commit()
        yield cabinet


def done(page: "Page") -> None:
    page.locator("[data-test-script-state=notRunning]").wait_for()


def show(page: "Page", running: Running, contract: str, tab: str) -> None:
    page.goto(f"{running.url}/energy?contract={contract}")
    page.get_by_role("heading", name="Показания и планы", exact=True).wait_for()
    page.get_by_role("tab", name=tab).click()
    done(page)


def send(page: "Page") -> None:
    page.get_by_role("button", name="Передать", exact=True).click()
    page.get_by_text("Войдёт в расчёты ближайшей ночью").wait_for()
    done(page)


def upload(page: "Page", path: Path, content: bytes) -> None:
    """Choose a file in the panel that is open and have it looked at."""
    path.write_bytes(content)
    panel = page.get_by_role("tabpanel").filter(visible=True)
    panel.locator("input[type=file]").set_input_files(path)
    panel.get_by_text(path.name).wait_for()
    panel.get_by_role("button", name="Проверить файл").click()


def registers(page: "Page", running: Running, folder: Path) -> None:
    show(page, running, OURS, "Показания")
    value = page.get_by_label("Счётчик").first
    value.fill("1")
    page.get_by_role("button", name="Проверить", exact=True).click()
    page.get_by_text("не меньше прошлого показания").wait_for()
    value.fill("90000")
    page.get_by_role("button", name="Проверить", exact=True).click()
    page.get_by_text("Ошибок нет. Расход").wait_for()
    assert fits(page)
    send(page)
    page.get_by_text("Файлом XLSX").click()
    with page.expect_download() as getting:
        page.get_by_role("button", name="Скачать шаблон").click()
    template = getting.value.path().read_bytes()
    upload(page, folder / "плохой.xlsx", filled(template, {POINT: "1"}))
    page.get_by_role("table").filter(has_text="не меньше прошлого показания").wait_for()
    upload(page, folder / "показания.xlsx", filled(template, {POINT: "95000"}))
    page.get_by_text("Ошибок нет. Расход").wait_for()
    send(page)
    page.get_by_role("table").filter(has_text="принято, ждёт ночи").wait_for()
    assert fits(page)


def fill_first_hour(page: "Page", kwh: str) -> None:
    """Type into the first cell: the first key opens its editor, which takes a moment."""
    grid = page.get_by_test_id("stDataFrame").filter(visible=True)
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 150, "y": 50})
    page.keyboard.type("1")
    editor = page.locator("input.gdg-input")
    editor.fill(kwh)
    editor.press("Enter")
    grid.locator("[role=gridcell]", has_text=kwh).first.wait_for(state="attached")


def plans(page: "Page", running: Running, folder: Path) -> None:
    show(page, running, PLANNED, "План по часам")
    page.get_by_text("принимается до").wait_for()
    fill_first_hour(page, "120")
    page.get_by_role("button", name="Проверить", exact=True).filter(visible=True).click()
    page.get_by_text("Поле «Час 2»").wait_for()
    assert fits(page)
    page.get_by_text("Файлом XLSX").filter(visible=True).click()
    with page.expect_download() as getting:
        page.get_by_role("button", name="Скачать шаблон").filter(visible=True).click()
    upload(page, folder / "план.xlsx", filled(getting.value.path().read_bytes(), {"": "7.5"}))
    page.get_by_text("Ошибок нет. 31").wait_for()
    send(page)
    page.get_by_text("Поданные планы").wait_for()
    assert fits(page)


def test_a_business_sends_its_energy_a_document_and_a_question(
    browser: "Browser", running: Running, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=PHONE, locale="ru-RU", accept_downloads=True)  # type: ignore[arg-type]
    page, wrong = context.new_page(), list[str]()
    watch(page, running.url, wrong)
    page.set_default_timeout(20_000)
    page.goto(f"{running.url}/sign-in")
    page.get_by_label("Лицевой счёт или e-mail").fill(EMAIL)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.get_by_role("heading", name=f"Договор {OURS}").wait_for()
    registers(page, running, tmp_path)
    plans(page, running, tmp_path)

    show(page, running, OURS, "Макет 80020")
    day = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=2)
    upload(page, tmp_path / "чужой.xml", message("610000000400007", day=day))
    page.get_by_role("table").filter(has_text="точки, которые договор питает").wait_for()
    upload(page, tmp_path / "80020.xml", message(POINT, day=day))
    page.get_by_text("Файл читается. Точек: 1").wait_for()
    send(page)
    assert fits(page)

    page.goto(f"{running.url}/chat?contract={OURS}")
    page.get_by_test_id("stChatInputTextArea").fill("Когда поверка?")
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    page.get_by_test_id("stChatMessage").filter(has_text="Когда поверка?").wait_for()
    assert fits(page)

    page.goto(f"{running.url}/appeals")
    page.get_by_role("link", name="Передать документ").click()
    page.get_by_label("Что за документ").select_option("подписанный акт")
    page.get_by_label("Расскажите, что случилось").fill("Акт за октябрь")
    act = tmp_path / "акт.pdf"
    act.write_bytes(PDF)
    page.get_by_label("Документы").set_input_files(act)
    assert fits(page)
    page.get_by_role("button", name="Отправить обращение").click()
    page.get_by_text("Обращение принято").wait_for()
    assert not [what for what in wrong if not any(known in what for known in PROBES)]
    context.close()
