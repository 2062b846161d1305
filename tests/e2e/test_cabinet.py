"""The cabinet in a real browser: from registration to a reading that appears in the next published balance."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from aiosmtpd.controller import Controller

from pipelines.settings import ROOT, Settings
from tests.cabinet.conftest import Mailbox
from tests.e2e.conftest import PROBES, _wait_until_up, watch
from tests.snapshots import current_snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EMAIL, PASSWORD = "ivanov@example.org", "три синих чайника"
PHONE = {"width": 390, "height": 844}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Customer:
    """Somebody who pays, with one meter of one rate."""

    account: int
    rubles: str
    serial: str
    next_value: int


@dataclass
class Running:
    """A cabinet that runs over an installation, its bank, and the letters it sent."""

    url: str
    bank: str
    home: Path
    mailbox: Mailbox
    environment: dict[str, str]

    def night(self) -> None:
        subprocess.run(
            [sys.executable, "-c", "from pipelines.cli import main; main()", "nightly"],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
        )


@contextmanager
def serve_cabinet(home: Path) -> Iterator[Running]:
    """Run the cabinet and a mail server until the block ends."""
    port, mailbox, bank = free_port(), Mailbox(free_port()), free_port()
    mail = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    mail.start()
    url = f"http://localhost:{port}"
    environment = os.environ | {
        "ENERGOSBYT_HOME": str(home),
        "ENERGOSBYT_CABINET_URL": url,
        "ENERGOSBYT_SMTP_HOST": "127.0.0.1",
        "ENERGOSBYT_SMTP_PORT": str(mailbox.port),
        "ENERGOSBYT_PAYMENT_URL": f"http://localhost:{bank}",
        "ENERGOSBYT_PAYMENT_KEY": "k" * 32,
    }
    environment.pop("ENERGOSBYT_STORE", None)
    with (home / "cabinet.log").open("w") as log:
        servers = [
            subprocess.Popen([sys.executable, "-m", module], cwd=ROOT, env=environment, stdout=log, stderr=log)
            for module in ("dashboard.cabinet.asgi", "dashboard.cabinet.card.sandbox")
        ]
        try:
            _wait_until_up(f"{url}/_stcore/health", home / "cabinet.log")
            yield Running(url, environment["ENERGOSBYT_PAYMENT_URL"], home, mailbox, environment)
        finally:
            for server in servers:
                server.terminate()
                server.wait(10)
            mail.stop()


@pytest.fixture(scope="module")
def running(night: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = shutil.copytree(night.home, tmp_path_factory.mktemp("cabinet") / "home")
    with serve_cabinet(home) as cabinet:
        yield cabinet


def customer(home: Path, place: int = 0) -> Customer:
    with duckdb.connect(str(current_snapshot(home)), read_only=True) as connection:
        row = connection.execute(
            """
            with last_paid as (
                select account_number, arg_max(amount_kopecks, paid_on) as kopecks
                from payment where status = 'posted' and cancelled_period is null
                group by account_number having count(*) = count(distinct paid_on)
            ),
            read_last as (
                select account_number, meter_serial, arg_max(value, received_at) as value, count(distinct meter_serial) as meters
                from reading where verdict = 'accepted' and zone = 'all' group by all
            )
            select account_number, kopecks, meter_serial, value::bigint + 321
            from last_paid inner join read_last using (account_number)
            inner join meter using (account_number, meter_serial)
            where removed_on is null and whole_digits >= 5 and (select count(*) from meter as m where m.account_number = last_paid.account_number) = 1
            order by account_number limit 1 offset ?
            """,
            [place],
        ).fetchone()
    assert row
    number, kopecks, serial, value = row
    return Customer(number, f"{kopecks // 100},{kopecks % 100:02d}", serial, value)


def balances(home: Path, account: int) -> list[tuple[object, ...]]:
    with duckdb.connect(str(current_snapshot(home)), read_only=True) as connection:
        return connection.execute(
            "select period, closing_kopecks from account_month where account_number = ? order by period", [account]
        ).fetchall()


def register(page: "Page", running: Running, who: Customer) -> None:
    page.goto(f"{running.url}/register")
    page.get_by_label("Лицевой счёт").fill(str(who.account))
    page.get_by_label("Сумма последнего платежа, ₽").fill(who.rubles)
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Новый пароль").fill(PASSWORD)
    page.get_by_label("Согласен на обработку").check()
    page.get_by_role("button", name="Зарегистрироваться").click()
    page.get_by_role("heading", name="Проверьте почту").wait_for()
    for _ in range(50):
        if running.mailbox.letters:
            break
        page.wait_for_timeout(100)
    page.goto(f"{running.url}/confirm?token={running.mailbox.token()}")
    page.get_by_role("button", name="Подтвердить e-mail").click()
    page.get_by_text("E-mail подтверждён").wait_for()


def sign_in(page: "Page", running: Running) -> None:
    page.goto(f"{running.url}/sign-in")
    page.get_by_label("Лицевой счёт или e-mail").fill(EMAIL)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.get_by_role("heading", name="Лицевой счёт").wait_for()


def open_page(page: "Page", name: str, heading: str) -> None:
    # On a telephone the menu is folded; the address leads there for everybody.
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + f"/{name}")
    page.get_by_role("heading", name=heading, exact=True).wait_for()


def pay(page: "Page", running: Running) -> None:
    """Pay by card at a bank that reports twice."""
    open_page(page, "payments", "Оплата")
    page.get_by_label("Сумма, ₽").fill("123,45")
    page.get_by_label("Сумма, ₽").press("Enter")
    page.get_by_text("Код для оплаты 123,45").wait_for()
    page.get_by_role("link", name="Оплатить картой").click()
    page.get_by_role("button", name="Перейти к оплате").click()
    page.get_by_role("heading", name="Учебный банк").wait_for()
    page.goto(running.url + "/payments")
    page.get_by_role("cell", name="ждёт подтверждения банка").wait_for()
    page.go_back()
    page.get_by_role("button", name="Оплатить, уведомить дважды").click()
    page.get_by_role("heading", name="Ваш платёж").wait_for()
    for _ in range(50):
        if page.get_by_text("оплачен, ночью войдёт в баланс").count():
            break
        page.get_by_role("link", name="Проверить ещё раз").click()
    open_page(page, "payments", "Оплата")
    page.get_by_role("cell", name="оплачен, ночью войдёт в баланс").wait_for()


def test_a_reading_sent_by_telephone_is_in_the_next_published_balance(browser: "Browser", running: Running) -> None:
    who = customer(running.home)
    before = balances(running.home, who.account)
    context = browser.new_context(viewport=PHONE, locale="ru-RU")  # type: ignore[arg-type]
    page, wrong = context.new_page(), list[str]()
    watch(page, running.url, wrong)
    page.set_default_timeout(20_000)
    register(page, running, who)
    sign_in(page, running)
    open_page(page, "readings", "Показания")
    page.get_by_label("Показание: сутки").fill(str(who.next_value))
    page.get_by_role("button", name="Проверить и рассчитать").click()
    page.get_by_text("Показание пройдёт проверку.").wait_for()
    page.get_by_role("button", name="Передать показание").click()
    receipt = re.search(r"\d{6}-\w{7}", page.get_by_text("Показание принято, номер").inner_text())
    assert receipt
    page.get_by_role("cell", name="принято, ждёт ночного расчёта").wait_for()
    pay(page, running)
    running.night()
    open_page(page, "payments", "Оплата")
    page.get_by_text("История платежей").wait_for()
    assert page.get_by_text("Платежи в пути").count() == 0
    open_page(page, "readings", "Показания")
    page.get_by_role("cell", name="учтено").wait_for()
    assert page.get_by_role("cell", name=receipt[0]).is_visible()
    with duckdb.connect(str(current_snapshot(running.home)), read_only=True) as connection:
        taken = connection.execute(
            "select value::bigint, channel::varchar, verdict::varchar from reading where account_number = ? and channel = 'cabinet' order by received_at desc limit 1",
            [who.account],
        ).fetchall()
    assert taken == [(who.next_value, "cabinet", "accepted")]
    assert balances(running.home, who.account) != before
    with duckdb.connect(str(current_snapshot(running.home)), read_only=True) as connection:
        paid = connection.execute(
            "select amount_kopecks, status::varchar from payment where account_number = ? and agent = 'card'"
            " and operation_id like 'sb-%'",
            [who.account],
        ).fetchall()
    assert paid == [(12_345, "posted")]
    other_tab = context.new_page()
    other_tab.goto(f"{running.url}/readings")
    other_tab.get_by_role("heading", name="Показания", exact=True).wait_for()
    page.get_by_role("button", name="Выйти").click()
    page.get_by_role("link", name="Войти").wait_for()
    other_tab.get_by_role("button", name="Проверить и рассчитать").click()
    other_tab.get_by_role("heading", name="Вы вышли из кабинета.").wait_for()
    assert other_tab.get_by_role("heading", name="Показания", exact=True).count() == 0
    page.goto(f"{running.url}/")
    page.get_by_role("heading", name="Вход в личный кабинет").wait_for()
    assert not [what for what in wrong if not any(known in what for known in (*PROBES, running.bank))]
    context.close()


def test_a_stranger_sends_a_reading_and_the_night_takes_it_as_the_sites(browser: "Browser", running: Running) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ru-RU")
    page, wrong = context.new_page(), list[str]()
    watch(page, running.url, wrong)
    who = customer(running.home, 1)
    page.goto(f"{running.url}/sign-in")
    page.get_by_role("link", name="Передать показание без входа").click()
    page.get_by_label("Лицевой счёт").fill(str(who.account))
    page.get_by_label("Номер счётчика").fill(who.serial)
    page.get_by_label("Показание (сутки, день или пик)").fill(str(who.next_value + 5000))
    page.get_by_role("button", name="Передать").click()
    assert "Показание получено" in page.get_by_role("status").inner_text()
    running.night()
    with duckdb.connect(str(current_snapshot(running.home)), read_only=True) as connection:
        taken = connection.execute(
            "select verdict::varchar, rule_id from reading where account_number = ? and channel = 'site' and value = ?",
            [who.account, who.next_value + 5000],
        ).fetchall()
    assert taken == [("rejected", "site_jump")]
    assert not wrong
    context.close()
