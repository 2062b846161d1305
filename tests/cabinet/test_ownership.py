"""A contract changes hands openly: owners are made and taken off, everybody concerned is told, none is left unnoticed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import ownership
from dashboard.cabinet.store.tables import Representative
from tests.cabinet.conftest import CONTRACT, EMAIL, PASSWORD, Browser, Cabinet
from tests.cabinet.test_businesses import EMPLOYEE, MANAGER, SECOND, hired, me, rights

STRANGER = "stranger@example.org"


def grant(cabinet: Cabinet, email: str) -> str:
    return str(next(one.grant_id for one in me(cabinet).employees(CONTRACT) if one.email == email))


def owner(cabinet: Cabinet, email: str) -> str:
    found = ownership.owners(cabinet.store, CONTRACT)
    return str(next(one.representative_id for one in found if one.email == email))


def owners(cabinet: Cabinet) -> list[str]:
    return [one.email for one in ownership.owners(cabinet.store, CONTRACT)]


def came(cabinet: Cabinet) -> list[tuple[str, str]]:
    return [(str(one["To"]), str(one["Subject"])) for one in cabinet.mailbox.letters]


@pytest.fixture
def boss(cabinet: Cabinet) -> Browser:
    return cabinet.representative(cabinet.browser())


@pytest.fixture
def handed(cabinet: Cabinet, boss: Browser) -> Browser:
    """The first owner makes an employee an owner, who later could have let others in."""
    hired(cabinet, boss, EMPLOYEE, "documents")
    cabinet.clock.forward(days=1)
    boss.sign_in()
    chosen = grant(cabinet, EMPLOYEE)
    answer = boss.act("/contracts/make-owner", contract=CONTRACT, grant=chosen, old=PASSWORD)
    assert answer.leads_to == "/contracts?said=done_owner_made"
    return boss


def test_an_owner_hands_the_contract_over_and_may_then_leave_it(cabinet: Cabinet, handed: Browser) -> None:
    assert owners(cabinet) == [EMAIL, EMPLOYEE]
    assert came(cabinet)[-2:] == [
        (EMPLOYEE, "Вы владелец договора в личном кабинете"),
        (EMAIL, "У вашего договора ещё один владелец"),
    ]
    assert handed.act("/contracts/remove", contract=CONTRACT).leads_to == "/contracts?said=done_contract_removed"
    assert owners(cabinet) == [EMPLOYEE]
    assert "owner" in rights(cabinet, EMPLOYEE)[CONTRACT]
    assert not ownership.ownerless(cabinet.store)


def test_neither_without_the_password_nor_by_an_employee(cabinet: Cabinet, boss: Browser) -> None:
    manager = hired(cabinet, boss, MANAGER, "manage")
    chosen = grant(cabinet, MANAGER)
    assert boss.act("/contracts/make-owner", contract=CONTRACT, grant=chosen, old="нет").status == 401
    answer = manager.act("/contracts/make-owner", contract=CONTRACT, grant=chosen, old=SECOND)
    assert answer.status == 403
    assert boss.act("/contracts/make-owner", contract=CONTRACT, grant="99", old=PASSWORD).status == 403
    assert owners(cabinet) == [EMAIL]


def test_the_first_owner_takes_off_a_later_one_who_is_told_and_his_employees_stay(
    cabinet: Cabinet, boss: Browser
) -> None:
    cabinet.clock.forward(days=1)
    later = cabinet.representative(cabinet.browser("198.51.100.9"), email=STRANGER)
    hired(cabinet, later, EMPLOYEE, "documents")
    later.act("/contracts/invite", contract=CONTRACT, email="late@example.org")
    pending = cabinet.mailbox.token("late@example.org")
    boss.sign_in()
    chosen = owner(cabinet, STRANGER)
    answer = boss.act("/contracts/take-owner-off", contract=CONTRACT, grant=chosen, old=PASSWORD)
    assert answer.leads_to == "/contracts?said=done_owner_off"
    assert owners(cabinet) == [EMAIL]
    assert not rights(cabinet, STRANGER)
    assert came(cabinet)[-1] == (STRANGER, "Вы больше не владелец договора")
    assert rights(cabinet, EMPLOYEE) == {CONTRACT: {"view", "documents"}}
    assert grant(cabinet, EMPLOYEE)
    assert cabinet.browser().client.get(f"/invitation?token={pending}").status_code == 410


@pytest.mark.usefixtures("boss")
def test_who_came_later_does_not_take_off_who_was_there_before(cabinet: Cabinet) -> None:
    cabinet.clock.forward(days=1)
    later = cabinet.representative(cabinet.browser("198.51.100.9"), email=STRANGER)
    chosen = owner(cabinet, EMAIL)
    assert later.act("/contracts/take-owner-off", contract=CONTRACT, grant=chosen, old=PASSWORD).status == 403
    own = owner(cabinet, STRANGER)
    assert later.act("/contracts/take-owner-off", contract=CONTRACT, grant=own, old=PASSWORD).status == 403
    assert owners(cabinet) == [EMAIL, STRANGER]


def test_the_last_owner_does_not_leave_employees_behind_unawares(cabinet: Cabinet, boss: Browser) -> None:
    hired(cabinet, boss, EMPLOYEE)
    answer = boss.act("/contracts/remove", contract=CONTRACT)
    assert answer.status == 422
    assert "Вы последний владелец" in answer.page
    assert owners(cabinet) == [EMAIL]
    boss.act("/contracts/remove", contract=CONTRACT, sure="yes")
    assert came(cabinet)[-1] == (EMPLOYEE, "У договора больше нет владельца")
    assert [one.contract_number for one in ownership.ownerless(cabinet.store)] == [CONTRACT]
    cabinet.representative(cabinet.browser("198.51.100.9"), email=STRANGER)
    assert not ownership.ownerless(cabinet.store)


def test_a_contract_whose_last_owner_erased_himself_is_noticed(cabinet: Cabinet, boss: Browser) -> None:
    hired(cabinet, boss, EMPLOYEE)
    boss.act("/settings/erase", old=PASSWORD, sure="yes")
    assert came(cabinet)[-1] == (EMPLOYEE, "У договора больше нет владельца")
    assert [one.contract_number for one in ownership.ownerless(cabinet.store)] == [CONTRACT]


def test_an_operator_takes_off_whoever_it_is_and_writes_down_why(cabinet: Cabinet, handed: Browser) -> None:
    for who in (EMAIL, EMPLOYEE):
        asked = (cabinet.store, CONTRACT, who, "Петрова", "приказ № 3", cabinet.clock())
        assert ownership.take_off_for(*asked) is not None
        assert ownership.take_off_for(*asked) is None
    assert not handed.page("/contracts").count(EMPLOYEE)
    with Work(cabinet.store) as work:
        assert not work.scalars(select(Representative).where(Representative.removed_at.is_(None))).all()
    assert [one.contract_number for one in ownership.ownerless(cabinet.store)] == [CONTRACT]
