"""The link that lets receipts go to a mailbox: good once, for three days, for this and nothing else."""

import pytest

from dashboard.cabinet import mail
from dashboard.cabinet.receipts import subscriptions
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.subscription import subscribe
from tests.cabinet.conftest import ACCOUNT, URL, Cabinet

BOOK = "book@example.org"


@pytest.fixture
def asked(cabinet: Cabinet) -> Cabinet:
    """Somebody wants his receipts at the mailbox of his book-keeper, who has been sent the link."""
    cabinet.member(cabinet.browser())
    letter = subscribe(cabinet.store, 1, ACCOUNT, BOOK, is_on=True, now=cabinet.clock())
    mail.send(letter, CabinetSettings(URL, "", "127.0.0.1", cabinet.mailbox.port))
    return cabinet


def is_confirmed(cabinet: Cabinet) -> bool:
    return [one.is_confirmed for one in subscriptions(cabinet.store, ACCOUNT) if one.email == BOOK] == [True]


def test_whoever_reads_the_mailbox_confirms_it_without_a_cabinet_and_once(asked: Cabinet) -> None:
    browser, place = asked.browser("198.51.100.7"), f"/receipt-address?token={asked.mailbox.token(BOOK)}"
    assert asked.mailbox.letters[-1]["To"] == BOOK
    # Mail programs open links by themselves: looking at the page confirms nothing.
    assert "электронные квитанции" in browser.page(place)
    assert not is_confirmed(asked)
    assert f"Квитанции будут приходить на {BOOK}." in browser.fill(place).page
    assert is_confirmed(asked)
    assert browser.fill(place).status == 410


def test_the_link_ages_and_opens_nothing_else(asked: Cabinet) -> None:
    browser, token = asked.browser(), asked.mailbox.token(BOOK)
    for place in ("/new-email", "/undo", "/confirm"):
        assert browser.fill(f"{place}?token={token}").status == 410
    asked.clock.forward(days=3, seconds=1)
    assert browser.fill(f"/receipt-address?token={token}").status == 410
    assert not is_confirmed(asked)


def test_who_no_longer_wants_receipts_there_is_not_signed_up_by_an_old_link(asked: Cabinet) -> None:
    subscribe(asked.store, 1, ACCOUNT, BOOK, is_on=False, now=asked.clock())
    assert asked.browser().fill(f"/receipt-address?token={asked.mailbox.token(BOOK)}").status == 410
    assert not is_confirmed(asked)


def test_a_mailbox_is_not_flooded_with_the_question(asked: Cabinet) -> None:
    asks = [subscribe(asked.store, 1, ACCOUNT, BOOK, is_on=True, now=asked.clock()) for _ in range(6)]
    assert [letter is not None for letter in asks] == [True] * 4 + [False] * 2
