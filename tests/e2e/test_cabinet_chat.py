"""Customer and operator talk, each with a page that stands open: what the other writes appears by itself."""

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import Session
from tests.cabinet.energy.conftest import OURS
from tests.e2e.conftest import serve
from tests.e2e.test_cabinet import EMAIL, PASSWORD, PHONE, Running
from tests.e2e.test_cabinet_desk import fits
from tests.e2e.test_cabinet_energy import NOW, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["running"]


def say(page: "Page", text: str) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(text)
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    page.get_by_test_id("stChatMessage").filter(has_text=text).wait_for()


def test_what_the_other_side_writes_appears_by_itself_and_stops_with_the_session(
    browser: "Browser", running: Running
) -> None:
    context = browser.new_context(viewport=PHONE, locale="ru-RU")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{running.url}/sign-in")
    page.get_by_label("Лицевой счёт или e-mail").fill(EMAIL)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.get_by_role("heading", name=f"Договор {OURS}").wait_for()
    page.goto(f"{running.url}/chat?contract={OURS}")
    say(page, "Когда поверка?")
    with serve(running.home, running.environment) as site:
        operator = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="ru-RU").new_page()
        operator.set_default_timeout(20_000)
        operator.goto(f"{site.url}/appeals")
        operator.get_by_test_id("stChatMessage").filter(has_text="Когда поверка?").wait_for()
        operator.get_by_label("Кто отвечает (имя)").fill("Петрова")
        operator.get_by_label("Кто отвечает (имя)").press("Enter")
        operator.get_by_label("Ответ клиенту").fill("Поверка в мае.")
        say(page, "И кто её делает?")
        operator.get_by_test_id("stChatMessage").filter(has_text="И кто её делает?").wait_for()
        assert operator.get_by_label("Ответ клиенту").input_value() == "Поверка в мае."
        operator.get_by_role("button", name="Отправить ответ").click()
        page.get_by_test_id("stChatMessage").filter(has_text="Поверка в мае.").wait_for()
        assert fits(page)
        operator.context.close()
    # Whoever is signed out elsewhere sees no more of the talk, without a click.
    with Work(open_store(f"sqlite:///{running.home / 'store' / 'store.sqlite'}")) as work:
        work.execute(update(Session).values(ended_at=NOW))
        work.commit()
    page.get_by_role("heading", name="Вы вышли").wait_for()
    assert not page.get_by_text("Поверка в мае.").count()
    context.close()
