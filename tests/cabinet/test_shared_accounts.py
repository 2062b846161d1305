"""Several accounts in one cabinet, and those lent to relatives: added, named, taken back; nobody else's by any route."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.owning import Owner
from dashboard.cabinet.store.tables import OwnedAccount, Person
from tests.cabinet.conftest import ACCOUNT, EMAIL, OTHER, UNKNOWN, Browser, Cabinet

RELATIVE = "mother@example.org"


def seen_by(cabinet: Cabinet, email: str) -> dict[int, str]:
    with Work(cabinet.store) as work:
        person_id = work.scalars(select(Person.person_id).where(Person.email == email)).one()
    return {one.account_number: one.access for one in Owner(cabinet.store, person_id, cabinet.clock()).held()}


def invited(cabinet: Cabinet, access: str = "read") -> Browser:
    """The owner, who has invited a relative."""
    owner = cabinet.member(cabinet.browser())
    answer = owner.act("/settings/invite", account=str(ACCOUNT), email=RELATIVE, access=access)
    assert answer.leads_to == "/settings?said=done_invited"
    return owner


def accepted(cabinet: Cabinet) -> Browser:
    """The relative, who had no cabinet and has one now."""
    relative = cabinet.browser("198.51.100.8")
    answer = relative.fill(
        f"/invitation?token={cabinet.mailbox.token(RELATIVE)}", password="пароль для мамы", consent="yes"
    )
    assert "Счёт добавлен" in answer.page
    relative.sign_in(RELATIVE, "пароль для мамы")
    return relative


def test_an_account_is_added_by_the_sum_of_its_last_payment_named_and_removed(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    assert browser.act("/settings/add", account=str(OTHER), sum="999,00").leads_to == "/settings?said=done_added"
    assert seen_by(cabinet, EMAIL) == {ACCOUNT: "owner", OTHER: "owner"}
    browser.act("/settings/name", account=str(OTHER), alias="  Дача <b>у реки</b>\n")
    assert "Дача &lt;b&gt;у реки&lt;/b&gt;" in browser.page("/settings")
    assert browser.act("/settings/remove", account=str(OTHER)).leads_to == "/settings?said=done_removed"
    assert seen_by(cabinet, EMAIL) == {ACCOUNT: "owner"}


def test_adding_answers_the_same_for_an_unknown_account_and_a_wrong_sum(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    answers = {
        (answer.status, re.sub(r'value="[^"]*"', "", answer.page))
        for answer in (browser.act("/settings/add", account=str(number), sum="1,00") for number in (OTHER, UNKNOWN))
    }
    assert len(answers) == 1
    assert seen_by(cabinet, EMAIL) == {ACCOUNT: "owner"}


def test_guessing_the_last_payment_of_a_neighbour_stops_after_ten_attempts(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    statuses = [
        browser.act("/settings/add", account=str(OTHER), sum=f"{number},00").status for number in range(990, 1000)
    ]
    assert set(statuses) == {422, 303}
    assert browser.act("/settings/add", account=str(OTHER), sum="999,00").status == 429


def test_a_relative_without_a_cabinet_gets_one_by_the_link_and_sees_what_was_let(cabinet: Cabinet) -> None:
    owner = invited(cabinet, "readings")
    accepted(cabinet)
    assert seen_by(cabinet, RELATIVE) == {ACCOUNT: "readings"}
    assert RELATIVE in owner.page("/settings")
    assert cabinet.browser().sign_in(str(ACCOUNT)).leads_to == "/"  # The owner's number stays his login.


def test_a_relative_with_a_cabinet_only_presses_a_button(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser(), OTHER, "999,00", RELATIVE)
    invited(cabinet)
    answer = cabinet.browser("198.51.100.8").fill(f"/invitation?token={cabinet.mailbox.token(RELATIVE)}")
    assert "Счёт добавлен" in answer.page
    assert seen_by(cabinet, RELATIVE) == {OTHER: "owner", ACCOUNT: "read"}


def test_access_taken_back_is_gone_at_once(cabinet: Cabinet) -> None:
    owner = invited(cabinet)
    accepted(cabinet)
    [grant] = re.findall(r'name="grant" value="(\d+)"', owner.page("/settings"))
    owner.act("/settings/revoke", grant=grant)
    assert seen_by(cabinet, RELATIVE) == {}


def test_what_an_owner_removes_is_gone_for_relatives_and_the_invited_too(cabinet: Cabinet) -> None:
    owner = invited(cabinet)
    accepted(cabinet)
    owner.act("/settings/invite", account=str(ACCOUNT), email="third@example.org", access="read")
    waiting = cabinet.mailbox.token("third@example.org")
    owner.act("/settings/remove", account=str(ACCOUNT))
    assert seen_by(cabinet, RELATIVE) == {}
    answer = cabinet.browser("198.51.100.9").client.get(f"/invitation?token={waiting}")
    assert answer.status_code == 410


def test_an_invitation_is_good_once_for_three_days_and_needs_a_good_password(cabinet: Cabinet) -> None:
    invited(cabinet)
    token = cabinet.mailbox.token(RELATIVE)
    stranger = cabinet.browser("198.51.100.8")
    assert stranger.fill(f"/invitation?token={token}", password="короткий", consent="yes").status == 422
    assert stranger.fill(f"/invitation?token={token}", password="пароль для мамы").status == 422
    accepted(cabinet)
    assert stranger.client.get(f"/invitation?token={token}").status_code == 410
    owner = cabinet.browser()
    owner.sign_in()
    owner.act("/settings/invite", account=str(ACCOUNT), email="late@example.org", access="read")
    cabinet.clock.forward(days=3, seconds=1)
    assert stranger.client.get(f"/invitation?token={cabinet.mailbox.token('late@example.org')}").status_code == 410


def test_inviting_says_the_same_whether_the_mailbox_has_a_cabinet(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser(), OTHER, "999,00", RELATIVE)
    owner = cabinet.member(cabinet.browser())
    answers = {
        owner.act("/settings/invite", account=str(ACCOUNT), email=email, access="read")
        for email in (RELATIVE, "nobody@example.org")
    }
    assert len(answers) == 1
    letters = [str(letter.get_content()) for letter in cabinet.mailbox.letters[-2:]]
    assert len({re.sub(r"token=\S+", "", letter) for letter in letters}) == 1


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("name", {"account": str(OTHER), "alias": "моё"}),
        ("remove", {"account": str(OTHER)}),
        ("invite", {"account": str(OTHER), "email": "thief@example.org", "access": "read"}),
        ("invite", {"account": str(UNKNOWN), "email": "thief@example.org", "access": "read"}),
    ],
)
def test_no_button_of_the_settings_reaches_a_foreign_account(
    place: str, fields: dict[str, str], cabinet: Cabinet
) -> None:
    cabinet.member(cabinet.browser(), OTHER, "999,00", "neighbour@example.org")
    browser = cabinet.member(cabinet.browser())
    letters = len(cabinet.mailbox.letters)
    answer = browser.act(f"/settings/{place}", **fields)
    assert answer.status == 403
    assert "не открыт в вашем кабинете" in answer.page
    assert len(cabinet.mailbox.letters) == letters
    assert seen_by(cabinet, "neighbour@example.org") == {OTHER: "owner"}
    with Work(cabinet.store) as work:
        assert set(work.scalars(select(OwnedAccount.alias))) == {""}
    assert cabinet.events()[-1] == "foreign_account"


def test_a_relative_neither_invites_others_nor_takes_back_what_the_owner_gave(cabinet: Cabinet) -> None:
    owner = invited(cabinet, "readings")
    relative = accepted(cabinet)
    asked = relative.act("/settings/invite", account=str(ACCOUNT), email="third@example.org", access="read")
    assert asked.status == 403
    [grant] = re.findall(r'name="grant" value="(\d+)"', owner.page("/settings"))
    stranger = cabinet.member(cabinet.browser("198.51.100.20"), OTHER, "999,00", "neighbour@example.org")
    stranger.act("/settings/revoke", grant=grant)
    assert seen_by(cabinet, RELATIVE) == {ACCOUNT: "readings"}


def test_a_relative_who_pays_for_the_account_becomes_an_owner_of_it(cabinet: Cabinet) -> None:
    owner = invited(cabinet)
    relative = accepted(cabinet)
    relative.act("/settings/add", account=str(ACCOUNT), sum="1250,40")
    assert seen_by(cabinet, RELATIVE) == {ACCOUNT: "owner"}
    assert 'name="grant"' not in owner.page("/settings")


def test_an_invitation_to_oneself_changes_nothing(cabinet: Cabinet) -> None:
    owner = cabinet.member(cabinet.browser())
    owner.act("/settings/invite", account=str(ACCOUNT), email=EMAIL, access="read")
    cabinet.browser().fill(f"/invitation?token={cabinet.mailbox.token(EMAIL)}")
    assert seen_by(cabinet, EMAIL) == {ACCOUNT: "owner"}
