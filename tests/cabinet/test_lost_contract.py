"""A business that lost its mailbox finds its cabinet again by contract, INN and payment, or at an operator's."""

import pytest

from dashboard.cabinet.access.contacts import Restoring, start_restoring
from dashboard.cabinet.mail import send_all
from dashboard.cabinet.settings import CabinetSettings
from tests.cabinet.conftest import CONTRACT, EMAIL, INN, UNKNOWN_CONTRACT, URL, Browser, Cabinet
from tests.cabinet.test_businesses import hired, rights

NEW, NEXT = "office@example.org", "четыре зелёных стола"
SECOND = "second@example.org"


def lose(cabinet: Cabinet, email: str = NEW, **fields: str) -> Browser:
    browser = cabinet.browser("198.51.100.1")
    said = {"contract": CONTRACT, "inn": INN, "sum": "1749117,00", "email": email} | fields
    assert "Проверьте почту" in browser.fill("/restore-lost-contract", **said).page
    return browser


def regained(cabinet: Cabinet, email: str = NEW) -> bool:
    browser = cabinet.browser("198.51.100.1")
    browser.fill(f"/regain?token={cabinet.mailbox.token(email)}", password=NEXT)
    return browser.sign_in(email, NEXT).leads_to == "/"


def test_a_business_regains_its_cabinet_with_its_employees_and_the_old_mailbox_is_told(cabinet: Cabinet) -> None:
    boss = cabinet.representative(cabinet.browser())
    hired(cabinet, boss, "accountant@example.org", "documents")
    lose(cabinet)
    assert cabinet.mailbox.letters[-1]["To"] == EMAIL
    assert "/undo" in cabinet.mailbox.last()[1]
    assert boss.is_in()
    assert regained(cabinet)
    assert not boss.is_in()
    assert rights(cabinet, NEW) == {CONTRACT: {"view", "consumption", "documents", "manage", "owner"}}
    assert rights(cabinet, "accountant@example.org") == {CONTRACT: {"view", "documents"}}


def test_restoring_by_contract_says_the_same_whatever_contract_inn_sum_and_e_mail(cabinet: Cabinet) -> None:
    cabinet.representative(cabinet.browser())
    browser = cabinet.browser("198.51.100.1")
    good = {"contract": CONTRACT, "inn": INN, "sum": "1749117,00", "email": NEW}
    answers = {
        browser.fill("/restore-lost-contract", **(good | wrong))
        for wrong in ({}, {"contract": UNKNOWN_CONTRACT}, {"inn": "6164000009"}, {"sum": "1,00"}, {"email": EMAIL})
    }
    assert len(answers) == 1
    assert [one["To"] for one in cabinet.mailbox.letters if "/regain" in str(one.get_content())] == [NEW]


def test_one_contract_does_not_open_a_cabinet_that_holds_more(cabinet: Cabinet) -> None:
    boss = cabinet.representative(cabinet.browser())
    boss.act("/contracts/add", contract="61-000002", inn=INN, sum="7508996,00")
    lose(cabinet)
    assert "/regain" not in cabinet.mailbox.last()[1]


def test_an_operator_restores_one_of_several_owners_by_his_former_e_mail_and_nobody_else(cabinet: Cabinet) -> None:
    cabinet.representative(cabinet.browser())
    cabinet.representative(cabinet.browser("198.51.100.3"), email=SECOND)
    settings = CabinetSettings(URL, "", "127.0.0.1", cabinet.mailbox.port)
    for former in (None, "stranger@example.org"):
        asked = Restoring(CONTRACT, NEW, "доверенность № 12", former)
        assert start_restoring(cabinet.store, asked, "Петрова", cabinet.clock()) is None
    letters = start_restoring(
        cabinet.store, Restoring(CONTRACT, NEW, "доверенность № 12", SECOND), "Петрова", cabinet.clock()
    )
    assert letters is not None
    send_all(letters, settings)
    assert regained(cabinet)
    assert cabinet.browser().sign_in(EMAIL).leads_to == "/"
    assert cabinet.browser().sign_in(SECOND).status == 401


@pytest.mark.parametrize("tries", [11])
def test_guessing_the_payment_of_a_lost_contract_is_limited(tries: int, cabinet: Cabinet) -> None:
    browser = cabinet.browser("198.51.100.1")
    statuses = [
        browser.fill(
            "/restore-lost-contract", contract=CONTRACT, inn=INN, sum=f"{n},00", email=f"m{n}@example.org"
        ).status
        for n in range(tries)
    ]
    assert statuses == [200] * 10 + [429]
