"""Sessions listed and ended, the e-mail changed, lost and put back, one's data taken and erased."""

import json
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import submissions
from dashboard.cabinet.access import contacts
from dashboard.cabinet.access.secret import hash_password
from dashboard.cabinet.mail import send_all
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store.tables import OneTimeToken, Person, SecurityEvent, Session, Submission
from tests.cabinet.conftest import ACCOUNT, EMAIL, OTHER, PASSWORD, UNKNOWN, URL, Browser, Cabinet

NEW = "new@example.org"
NEXT = "совсем другой пароль"


def lose(
    cabinet: Cabinet, account: int = ACCOUNT, rubles: str = "777,00", email: str = NEW, address: str = "198.51.100.7"
) -> Browser:
    """Ask for access by account and any payment of the last year."""
    stranger = cabinet.browser(address)
    assert "Проверьте почту" in stranger.fill("/restore-lost", account=str(account), sum=rubles, email=email).page
    return stranger


# Sessions


def test_sessions_are_listed_and_one_or_all_others_are_ended(cabinet: Cabinet) -> None:
    here = cabinet.member(cabinet.browser())
    phone, laptop = cabinet.browser(), cabinet.browser()
    phone.client.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile"
    phone.sign_in()
    laptop.sign_in()
    page = here.page("/settings")
    assert "Chrome · Android" in page
    assert "это вы сейчас" in page
    numbers = [int(number) for number in re.findall(r'name="session" value="(\d+)"', page)]
    assert len(numbers) == 2
    here.act("/settings/end-session", session=str(min(numbers)))
    assert [here.is_in(), phone.is_in(), laptop.is_in()] == [True, False, True]
    here.act("/settings/end-others")
    assert [here.is_in(), laptop.is_in()] == [True, False]


def test_one_leaves_from_the_settings_too(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    assert browser.act("/settings/leave").leads_to == "/sign-in"
    assert not browser.is_in()


def test_nobody_ends_the_session_of_another(cabinet: Cabinet) -> None:
    victim = cabinet.member(cabinet.browser())
    stranger = cabinet.member(cabinet.browser(), OTHER, "999,00", "neighbour@example.org")
    with Work(cabinet.store) as work:
        numbers = list(work.scalars(select(Session.session_id)))
    for number in numbers:
        stranger.act("/settings/end-session", session=str(number))
        stranger.sign_in("neighbour@example.org")
    stranger.act("/settings/end-others")
    assert victim.is_in()


# The e-mail


def test_an_e_mail_changes_when_the_new_one_is_confirmed_and_the_old_one_is_told(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    assert browser.act("/settings/email", old="не тот пароль", email=NEW).status == 401
    assert browser.act("/settings/email", old=PASSWORD, email=NEW).leads_to == "/settings?said=done_email"
    assert cabinet.browser().sign_in(NEW).status == 401
    token = cabinet.mailbox.token(NEW)
    browser.client.get(f"/new-email?token={token}")
    assert cabinet.browser().sign_in(NEW).status == 401
    assert "E-mail изменён" in browser.fill(f"/new-email?token={token}").page
    assert cabinet.mailbox.letters[-1]["To"] == EMAIL
    assert cabinet.browser().sign_in(NEW).leads_to == "/"
    assert cabinet.browser().sign_in(EMAIL).status == 401
    assert browser.fill(f"/new-email?token={token}").status == 410


def test_changing_to_the_e_mail_of_another_says_the_same_and_changes_nothing(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser(), OTHER, "999,00", "neighbour@example.org")
    browser = cabinet.member(cabinet.browser())
    taken = browser.act("/settings/email", old=PASSWORD, email="neighbour@example.org")
    letter = cabinet.mailbox.last()
    assert taken == browser.act("/settings/email", old=PASSWORD, email=NEW)
    assert "token" not in letter[1]
    assert cabinet.browser().sign_in("neighbour@example.org").leads_to == "/"


def test_access_is_restored_by_account_payment_and_a_confirmed_new_e_mail(cabinet: Cabinet) -> None:
    at_home = cabinet.member(cabinet.browser())
    stranger = lose(cabinet)
    assert cabinet.mailbox.letters[-1]["To"] == EMAIL  # The old mailbox is told at once.
    assert cabinet.browser().sign_in(NEW).status == 401
    answer = stranger.fill(f"/regain?token={cabinet.mailbox.token(NEW)}", password=NEXT)
    assert "Пароль изменён" in answer.page
    assert not at_home.is_in()
    assert cabinet.browser().sign_in(NEW, NEXT).leads_to == "/"
    assert cabinet.browser().sign_in(EMAIL).status == 401


def test_restoring_by_payment_says_the_same_about_every_account_sum_and_e_mail(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    cabinet.member(cabinet.browser(), OTHER, "999,00", "neighbour@example.org")
    stranger = cabinet.browser("198.51.100.1")
    answers = {
        stranger.fill("/restore-lost", account=str(account), sum=rubles, email=email)
        for account, rubles, email in (
            (ACCOUNT, "777,00", NEW),
            (ACCOUNT, "1,00", "b@example.org"),
            (UNKNOWN, "777,00", "c@example.org"),
            (ACCOUNT, "777,00", "neighbour@example.org"),
        )
    }
    assert len(answers) == 1
    tokens = [letter["To"] for letter in cabinet.mailbox.letters if "/regain" in str(letter.get_content())]
    assert tokens == [NEW]


def test_an_account_of_two_cabinets_is_restored_to_nobody(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    cabinet.member(cabinet.browser(), email="petrov@example.org")
    lose(cabinet)
    assert "/regain" not in cabinet.mailbox.last()[1]


def test_guessing_payments_is_limited(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    stranger = cabinet.browser("198.51.100.1")
    statuses = [
        stranger.fill("/restore-lost", account=str(ACCOUNT), sum=f"{number},00", email=f"m{number}@example.org").status
        for number in range(11)
    ]
    assert statuses == [200] * 10 + [429]


def test_the_old_mailbox_takes_the_cabinet_back_and_the_stranger_is_out(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    stranger = lose(cabinet)
    undo = cabinet.mailbox.token(EMAIL)
    stranger.fill(f"/regain?token={cabinet.mailbox.token(NEW)}", password=NEXT)
    stranger.sign_in(NEW, NEXT)
    assert stranger.is_in()
    owner = cabinet.browser()
    cabinet.clock.forward(days=6)
    stranger.sign_in(NEW, NEXT)
    owner.client.get(f"/undo?token={undo}")
    assert stranger.is_in()  # Looking at the link changes nothing.
    assert "E-mail возвращён" in owner.fill(f"/undo?token={undo}").page
    assert not stranger.is_in()
    for login in (NEW, EMAIL, str(ACCOUNT)):
        assert stranger.sign_in(login, NEXT).status == 401
    owner.fill(f"/new-password?token={cabinet.mailbox.token(EMAIL)}", password="третий длинный пароль")
    assert owner.sign_in(EMAIL, "третий длинный пароль").leads_to == "/"


def test_a_link_of_undoing_before_anything_happened_stops_the_stranger(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    stranger = lose(cabinet)
    cabinet.browser().fill(f"/undo?token={cabinet.mailbox.token(EMAIL)}")
    answer = stranger.fill(f"/regain?token={cabinet.mailbox.token(NEW)}", password=NEXT)
    assert answer.status == 410


@pytest.mark.parametrize(("page", "minutes"), [("/regain", 10), ("/undo", 7 * 24 * 60)])
def test_links_about_a_lost_e_mail_age(page: str, minutes: int, cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    stranger = lose(cabinet)
    token = cabinet.mailbox.token(NEW if page == "/regain" else EMAIL)
    cabinet.clock.forward(minutes=minutes, seconds=1)
    assert stranger.fill(f"{page}?token={token}", password=NEXT).status == 410


def test_an_operator_starts_a_reset_and_never_chooses_a_password(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    asked = contacts.Restoring(ACCOUNT, NEW, "паспорт")
    letters = contacts.start_restoring(cabinet.store, asked, "Петрова", cabinet.clock())
    assert letters is not None
    unknown = contacts.Restoring(UNKNOWN, NEW, "паспорт")
    assert contacts.start_restoring(cabinet.store, unknown, "Петрова", cabinet.clock()) is None
    send_all(letters, CabinetSettings(URL, "", "127.0.0.1", cabinet.mailbox.port))
    assert cabinet.browser().sign_in(EMAIL).leads_to == "/"
    customer = cabinet.browser("198.51.100.7")
    customer.fill(f"/regain?token={cabinet.mailbox.token(NEW)}", password=NEXT)
    assert customer.sign_in(NEW, NEXT).leads_to == "/"
    with Work(cabinet.store) as work:
        details = work.scalars(select(SecurityEvent.detail).where(SecurityEvent.kind == "lost_asked")).all()
    assert details == ["operator Петрова: паспорт"]


def test_who_forgot_the_number_is_told_that_only_a_service_centre_helps(cabinet: Cabinet) -> None:
    for page in ("/restore", "/restore-lost"):
        assert "помогут только в центре обслуживания, с паспортом" in cabinet.browser().page(page)


# One's data


def test_one_takes_all_that_is_known_of_oneself_without_secrets(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser(), OTHER, "999,00", "neighbour@example.org")
    browser = cabinet.member(cabinet.browser())
    form = browser.form("/settings")["form"]
    answer = browser.client.post("/settings/export", data={"form": form})
    assert answer.headers["content-disposition"].startswith("attachment")
    told = json.loads(answer.text)
    assert [row["email"] for row in told["person"]] == [EMAIL]
    assert [row["account_number"] for row in told["owned_account"]] == [ACCOUNT]
    assert {row["kind"] for row in told["security_event"]} >= {"registered", "signed_in"}
    assert "hash" not in answer.text
    assert str(OTHER) not in answer.text
    assert "neighbour" not in answer.text


def test_erasing_leaves_nothing_that_names_the_person_and_the_facts_of_the_account(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    submissions.submit(
        cabinet.store, "cabinet", ACCOUNT, "7", {"all": 5}, form_id="1", now=cabinet.clock(), person_id=1
    )
    assert browser.act("/settings/erase", old=PASSWORD).status == 422
    assert browser.act("/settings/erase", old="не тот пароль", sure="yes").status == 401
    assert browser.is_in()
    assert "Кабинет удалён" in browser.act("/settings/erase", old=PASSWORD, sure="yes").page
    assert not browser.is_in()
    assert browser.sign_in().status == 401
    with Work(cabinet.store) as work:
        for table in (Person, Session, OneTimeToken):
            assert not work.scalars(select(table)).all()
        assert work.scalars(select(Submission.person_id)).all() == [None]
        assert not [event for event in work.scalars(select(SecurityEvent)) if event.person_id or EMAIL in event.detail]
        assert set(work.scalars(select(SecurityEvent.address).where(SecurityEvent.kind == "registered"))) == {""}


def test_passwords_are_kept_as_argon2id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
