"""Registering, signing in, restoring access, leaving: as promised to those who may."""

import re

from dashboard.cabinet.access import sessions
from tests.cabinet.conftest import EMAIL, PASSWORD, Cabinet


def test_a_cabinet_opens_only_when_its_e_mail_is_confirmed(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    browser.register()
    assert browser.sign_in().status == 401
    assert "E-mail подтверждён" in browser.fill(f"/confirm?token={cabinet.mailbox.token()}").page
    assert browser.sign_in().leads_to == "/"
    assert browser.client.get("/").text == "person 1"


def test_looking_at_the_link_changes_nothing(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    browser.register()
    browser.client.get(f"/confirm?token={cabinet.mailbox.token()}")
    assert browser.sign_in().status == 401


def test_one_signs_in_by_account_number_too(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    assert cabinet.browser().sign_in("610000000001").leads_to == "/"


def test_an_account_number_of_two_cabinets_is_nobodys_login(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    cabinet.member(cabinet.browser(), email="petrov@example.org")
    assert cabinet.browser().sign_in("610000000001").status == 401
    assert cabinet.browser().sign_in("petrov@example.org").leads_to == "/"


def test_a_restored_password_ends_every_session_and_the_old_password(cabinet: Cabinet) -> None:
    at_home = cabinet.member(cabinet.browser())
    elsewhere = cabinet.browser("198.51.100.7")
    elsewhere.fill("/restore", email=EMAIL)
    token = cabinet.mailbox.token()
    assert "Пароль изменён" in elsewhere.fill(f"/new-password?token={token}", password="совсем другой пароль").page
    assert not at_home.is_in()
    assert at_home.sign_in().status == 401
    assert at_home.sign_in(password="совсем другой пароль").leads_to == "/"
    assert cabinet.mailbox.last()[0] == "Пароль изменён"


def test_a_link_is_good_once(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    browser = cabinet.browser()
    browser.fill("/restore", email=EMAIL)
    token = cabinet.mailbox.token()
    browser.fill(f"/new-password?token={token}", password="совсем другой пароль")
    assert browser.fill(f"/new-password?token={token}", password="третий длинный пароль").status == 410
    assert browser.sign_in(password="совсем другой пароль").leads_to == "/"


def test_a_link_for_a_new_password_lasts_ten_minutes(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    browser = cabinet.browser()
    browser.fill("/restore", email=EMAIL)
    cabinet.clock.forward(minutes=10, seconds=1)
    assert browser.fill(f"/new-password?token={cabinet.mailbox.token()}", password="совсем другой пароль").status == 410


def test_a_link_of_one_purpose_does_not_serve_another(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    browser.register()
    assert browser.fill(f"/new-password?token={cabinet.mailbox.token()}", password="совсем другой пароль").status == 410


def test_a_changed_password_ends_every_session(cabinet: Cabinet) -> None:
    one, other = cabinet.member(cabinet.browser()), cabinet.browser()
    other.sign_in()
    assert other.is_in()
    assert one.fill("/password", old=PASSWORD, password="совсем другой пароль").status == 200
    assert not one.is_in()
    assert not other.is_in()


def test_the_old_password_is_asked_before_a_new_one_is_set(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    assert browser.fill("/password", old="не тот пароль", password="совсем другой пароль").status == 401
    assert browser.is_in()


def test_a_session_ends_when_it_is_left_idle_and_after_its_longest_life(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    cabinet.clock.forward(minutes=29)
    assert browser.is_in()
    cabinet.clock.forward(minutes=31)
    assert not browser.is_in()
    browser.sign_in()
    for _ in range(int(sessions.ABSOLUTE.total_seconds() // 1200) - 1):
        cabinet.clock.forward(minutes=20)
        assert browser.is_in()
    cabinet.clock.forward(minutes=21)
    assert not browser.is_in()


def test_what_happens_around_access_is_written_down_without_secrets(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    browser.sign_in(password="не тот пароль")
    assert cabinet.events() == ["registration_asked", "registered", "signed_in", "sign_in_failed"]
    written = cabinet.store.raw_connection().cursor().execute("select group_concat(detail) from security_event")
    assert PASSWORD not in str(written.fetchone())


def test_changing_the_language_keeps_the_link(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    browser.register()
    token = cabinet.mailbox.token()
    english = re.findall(r'<a href="([^"]*lang=en[^"]*)"', browser.client.get(f"/confirm?token={token}").text)
    page = browser.client.get(f"/confirm{english[0].replace('&amp;', '&')}").text
    assert "Confirm the e-mail" in page
    assert token in page
    assert "Confirm the e-mail" not in cabinet.browser().client.get("/confirm").text
    assert "Sign in" in browser.client.get("/sign-in").text


def test_a_page_that_only_listens_keeps_nobody_signed_in(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    for minutes in range(5, 31, 5):
        cabinet.clock.forward(minutes=5)
        assert sessions.lives(cabinet.store, browser.token, cabinet.clock()) == (minutes < 30)
    assert not browser.is_in()
    assert not sessions.lives(cabinet.store, None, cabinet.clock())
