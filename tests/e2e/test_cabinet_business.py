"""A business in the cabinet in a real browser: from its registration to an employee who sees what was let."""

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from pipelines.russian import rubles
from tests.e2e.conftest import PROBES, watch
from tests.e2e.test_cabinet import EMAIL, PASSWORD, PHONE, Running, open_page, serve_cabinet
from tests.e2e.test_cabinet_desk import DESK, fits
from tests.snapshots import current_snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

EMPLOYEE = "accountant@example.org"
CONTRACT = "61-000003"


@pytest.fixture(scope="module")
def running(business_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = shutil.copytree(business_home, tmp_path_factory.mktemp("business") / "home")
    with serve_cabinet(home) as cabinet:
        yield cabinet


def told(home: Path, question: str) -> tuple[object, ...]:
    with duckdb.connect(str(current_snapshot(home)), read_only=True) as connection:
        [row] = connection.execute(question, {"contract": CONTRACT}).fetchall()
    return tuple(row)


def link(page: "Page", running: Running, email: str) -> str:
    """The token of the letter that this mailbox is about to get."""
    for _ in range(50):
        if any(letter["To"] == email for letter in running.mailbox.letters):
            break
        page.wait_for_timeout(100)
    return running.mailbox.token(email)


def register(page: "Page", running: Running) -> None:
    inn, last = told(
        running.home,
        """
        select any_value(inn), arg_max(amount_kopecks, paid_on) from receipt inner join business_contract using (contract_number, inn)
        where contract_number = $contract and status = 'credited'
        """,
    )
    page.goto(f"{running.url}/sign-in")
    page.get_by_role("link", name="Регистрация для бизнеса").click()
    fields = {
        "Номер договора": f"№ {CONTRACT}",
        "ИНН": str(inn),
        "Фамилия, имя, отчество представителя": "Мельник Иван Петрович",
        "Должность": "директор",
        "Основание полномочий": "устав",
        "E-mail": EMAIL,
        "Мобильный телефон": "+7 918 123-45-67",
        "Сумма последнего платежа, ₽": f"{int(str(last)) // 100},{int(str(last)) % 100:02d}",
    }
    for name, value in fields.items():
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_label("Согласен на обработку").check()
    assert fits(page)
    page.get_by_role("button", name="Зарегистрироваться").click()
    page.get_by_role("heading", name="Проверьте почту").wait_for()
    page.goto(f"{running.url}/first-password?token={link(page, running, EMAIL)}")
    page.get_by_label("Новый пароль").fill(PASSWORD)
    page.get_by_role("button", name="Сохранить пароль").click()
    page.get_by_text("Кабинет открыт.").wait_for()


def sign_in(page: "Page", running: Running, email: str = EMAIL, password: str = PASSWORD) -> None:
    page.goto(f"{running.url}/sign-in")
    page.get_by_label("Лицевой счёт или e-mail").fill(email)
    page.get_by_label("Пароль", exact=True).fill(password)
    page.get_by_label("Запомнить меня").check()
    page.get_by_role("button", name="Войти").click()
    page.get_by_role("heading", name=f"Договор {CONTRACT}").wait_for()


def table(page: "Page", name: str) -> "Locator":
    return page.get_by_role("region", name=name)


def test_a_business_registers_sees_its_money_and_lets_an_employee_in(browser: "Browser", running: Running) -> None:
    context = browser.new_context(viewport=PHONE, locale="ru-RU", accept_downloads=True)  # type: ignore[arg-type]
    page, wrong = context.new_page(), list[str]()
    watch(page, running.url, wrong)
    page.set_default_timeout(20_000)
    register(page, running)
    sign_in(page, running)
    cookie = next(one for one in context.cookies() if one["name"] == "session")
    assert cookie["expires"] > dt.datetime.now(dt.UTC).timestamp() + 29 * 86_400
    [owed] = told(
        running.home, "select arg_max(closing_kopecks, period) from business_balance where contract_number = $contract"
    )
    page.get_by_role("heading", name=f"Долг {rubles(int(str(owed)))}").wait_for()
    page.get_by_text(re.compile("Просрочено .*аванс 30.% за апрель 2026")).wait_for()
    page.get_by_role("region", name="Точки поставки").wait_for()
    assert fits(page)
    open_page(page, "bills", "Счета и оплата")
    page.get_by_text(re.compile("Код для оплаты")).wait_for()
    for name in ("Счета и авансы", "История платежей", "На что зачтены платежи", "Сальдо по месяцам"):
        table(page, f"{name} {CONTRACT}").wait_for()
    assert fits(page)
    open_page(page, "use", "Факт и план")
    page.get_by_text("Из чего складывается начисленное").wait_for()
    assert fits(page)
    open_page(page, "papers", "Документы")
    with page.expect_download() as getting:
        page.get_by_role("button", name="XML").first.click()
    assert getting.value.path().read_bytes().startswith(b"<?xml")
    _with_a_household(page, running)
    page.goto(f"{running.url}/contracts")
    page.get_by_label("E-mail сотрудника").fill(EMPLOYEE)
    page.get_by_label("Передавать объёмы и планы").check()
    page.get_by_role("button", name="Пригласить").click()
    page.get_by_text("Приглашение отправлено.").wait_for()
    assert fits(page)
    assert not [what for what in wrong if not any(known in what for known in PROBES)]
    _employee(browser, running)
    page.reload()
    page.get_by_role("button", name=f"Забрать доступ: {EMPLOYEE}").click()
    page.get_by_text("Доступ закрыт.").wait_for()
    context.close()


def _with_a_household(page: "Page", running: Running) -> None:
    """The same person adds the account of a flat: a page of the contract opened anew is still one of the contract."""
    account, last = told(
        running.home,
        """
        select account_number, arg_max(amount_kopecks, paid_on) from payment
        where status = 'posted' and cancelled_period is null and $contract <> ''
        group by account_number having count(*) = count(distinct paid_on) order by 1 limit 1
        """,
    )
    page.goto(f"{running.url}/settings")
    page.get_by_label("Лицевой счёт", exact=True).fill(str(account))
    page.get_by_label("Сумма последнего платежа, ₽").fill(f"{int(str(last)) // 100},{int(str(last)) % 100:02d}")
    page.get_by_role("button", name="Добавить счёт").click()
    page.get_by_text("Счёт добавлен.").wait_for()
    open_page(page, "bills", "Счета и оплата")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name=str(account)).click()
    page.get_by_role("heading", name=f"Лицевой счёт {account}").wait_for()
    assert page.get_by_role("dialog").count() == 0
    open_page(page, "bills", "Счета и оплата")
    assert page.get_by_role("dialog").count() == 0


def _employee(browser: "Browser", running: Running) -> None:
    """The employee accepts at a desk, sees the contract, gets no document; another contract's page shows nothing."""
    context = browser.new_context(viewport=DESK, locale="ru-RU")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{running.url}/invitation?token={link(page, running, EMPLOYEE)}")
    page.get_by_text("Вы сможете: смотреть, передавать объёмы и планы.").wait_for()
    page.get_by_label("Новый пароль").fill("пароль для бухгалтерии")
    page.get_by_label("Согласен на обработку").check()
    page.get_by_role("button", name="Принять").click()
    sign_in(page, running, EMPLOYEE, "пароль для бухгалтерии")
    open_page(page, "papers", "Документы")
    page.get_by_text("Получать документы вам не разрешено").wait_for()
    assert page.get_by_role("button", name="PDF").count() == 0
    page.goto(f"{running.url}/bills?contract=61-000002")
    page.get_by_text("Этот договор не открыт в вашем кабинете").wait_for()
    assert "₽" not in page.inner_text("body")
    context.close()
