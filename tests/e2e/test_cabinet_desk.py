"""The rest of the cabinet in a real browser: accounts shared, an appeal answered in the dashboard, by keyboard alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.settings import Settings
from tests.cabinet.test_uploads import PDF
from tests.e2e.conftest import PROBES, serve, watch
from tests.e2e.test_cabinet import PHONE, Running, customer, open_page, register, serve_cabinet, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

DESK = {"width": 1280, "height": 900}
RELATIVE = "mother@example.org"


@pytest.fixture(scope="module")
def running(night: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = shutil.copytree(night.home, tmp_path_factory.mktemp("desk") / "home")
    with serve_cabinet(home) as cabinet:
        yield cabinet


@pytest.fixture(scope="module")
def owner(browser: "Browser", running: Running) -> Iterator["BrowserContext"]:
    """Somebody with a cabinet, signed in on a telephone."""
    context = browser.new_context(viewport=PHONE, locale="ru-RU")  # type: ignore[arg-type]
    page = context.new_page()
    register(page, running, customer(running.home))
    sign_in(page, running)
    page.close()
    yield context
    context.close()


def tab_to(page: "Page", name: str) -> None:
    """Press Tab until the field or button of this name has the focus; it must be seen that it has."""
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => {const e = document.activeElement; return [e.name || e.innerText, getComputedStyle(e).outlineStyle]}"
        )
        if found[0] == name:
            assert found[1] != "none", f"the focus on {name} cannot be seen"
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def fits(page: "Page") -> bool:
    """Whether nothing sticks out of the screen sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_accounts_are_added_named_switched_and_lent_by_telephone(
    browser: "Browser", owner: "BrowserContext", running: Running
) -> None:
    second, wrong = customer(running.home, 1), list[str]()
    page = owner.new_page()
    watch(page, running.url, wrong)
    page.goto(f"{running.url}/settings")
    page.get_by_label("Лицевой счёт").first.fill(str(second.account))
    page.get_by_label("Сумма последнего платежа, ₽").fill(second.rubles)
    page.get_by_role("button", name="Добавить счёт").click()
    assert "Счёт добавлен" in page.get_by_role("status").inner_text()
    page.get_by_label("Название").last.fill("Дача")
    page.get_by_role("button", name=f"Сохранить: {second.account}").click()
    assert fits(page)
    page.get_by_role("link", name="Дача").click()
    page.get_by_role("heading", name=f"Лицевой счёт {second.account}").wait_for()
    open_page(page, "readings", "Показания")
    page.get_by_role("combobox", name="Лицевой счёт").click()
    page.get_by_role("option", name="Дача").click()
    page.get_by_text(f"Счётчик № {second.serial}").wait_for()
    page.goto(f"{running.url}/settings")
    page.get_by_label("Лицевой счёт").last.select_option(str(second.account))
    page.get_by_label("E-mail близкого человека").fill(RELATIVE)
    page.get_by_role("button", name="Пригласить").click()
    assert "Приглашение отправлено" in page.get_by_role("status").inner_text()

    context = browser.new_context(viewport=DESK, locale="ru-RU", color_scheme="dark")  # type: ignore[arg-type]
    relative = context.new_page()
    relative.goto(f"{running.url}/invitation?token={running.mailbox.token(RELATIVE)}")
    relative.get_by_label("Новый пароль").fill("пароль для мамы")
    relative.get_by_label("Согласен на обработку").check()
    relative.get_by_role("button", name="Принять").click()
    relative.get_by_label("Лицевой счёт или e-mail").fill(RELATIVE)
    relative.get_by_label("Пароль", exact=True).fill("пароль для мамы")
    relative.get_by_role("button", name="Войти").click()
    relative.get_by_role("heading", name=f"Лицевой счёт {second.account}").wait_for()
    open_page(relative, "readings", "Показания")
    relative.get_by_text("Вам открыт просмотр этого счёта").wait_for()
    assert relative.get_by_role("button", name="Проверить и рассчитать").count() == 0
    page.goto(f"{running.url}/settings")
    page.get_by_role("button", name=f"Забрать доступ: {RELATIVE}").click()
    page.get_by_role("status").wait_for()
    relative.reload()
    relative.get_by_text("В кабинете пока нет ни одного лицевого счёта").wait_for()
    assert not [what for what in wrong if not any(probe in what for probe in PROBES)]
    context.close()
    page.close()


def test_an_appeal_is_written_by_keyboard_and_answered_in_the_dashboard(
    browser: "Browser", owner: "BrowserContext", running: Running, tmp_path: Path
) -> None:
    page, wrong = owner.new_page(), list[str]()
    watch(page, running.url, wrong)
    ticket = tmp_path / "билет.pdf"
    ticket.write_bytes(PDF)
    page.goto(f"{running.url}/appeals")
    assert fits(page)
    tab_to(page, "Другой вопрос")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Другой вопрос").wait_for()
    tab_to(page, "body")
    page.keyboard.type("Почему выросло потребление?")
    page.get_by_label("Файлы").set_input_files(ticket)
    assert fits(page)
    tab_to(page, "Отправить обращение")
    page.keyboard.press("Enter")
    page.get_by_text("Обращение принято").wait_for()
    page.get_by_text("Почему выросло потребление?").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="билет.pdf").click()
    assert download.value.suggested_filename.endswith("-1.pdf")
    assert Path(download.value.path()).read_bytes() == PDF

    letters = len(running.mailbox.letters)
    with serve(running.home, running.environment) as site:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="ru-RU")
        operator = context.new_page()
        operator.set_default_timeout(15_000)
        operator.goto(f"{site.url}/appeals")
        operator.get_by_text("Почему выросло потребление?").wait_for()
        operator.get_by_label("Кто отвечает (имя)").fill("Петрова")
        operator.get_by_label("Кто отвечает (имя)").press("Enter")
        operator.get_by_label("Ответ клиенту").fill("Похолодало: отопление электрическое.")
        operator.get_by_role("button", name="Отправить ответ").click()
        operator.get_by_text("Обращений нет.").wait_for()
        context.close()
    assert len(running.mailbox.letters) == letters + 1
    page.reload()
    page.get_by_text("Похолодало: отопление электрическое.").wait_for()
    page.get_by_text("Обращение закрыто").wait_for()
    assert not wrong
    page.close()


def test_the_cabinet_is_left_for_good(owner: "BrowserContext", running: Running) -> None:
    page = owner.new_page()
    page.goto(f"{running.url}/settings")
    with page.expect_download() as download:
        page.get_by_role("button", name="Скачать мои данные").click()
    assert "ivanov@example.org" in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_label("Нынешний пароль").last.fill("три синих чайника")
    page.get_by_label("Удалить без возможности").check()
    page.get_by_role("button", name="Удалить кабинет").click()
    page.get_by_text("Кабинет удалён.").wait_for()
    page.goto(f"{running.url}/settings")
    page.get_by_role("heading", name="Вход в личный кабинет").wait_for()
    page.close()
