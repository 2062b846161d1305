"""A business registers for its contract, lets employees in and takes them off; nobody else gets anywhere."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access.people import Caller, TooManyAttemptsError
from dashboard.cabinet.representing import ForeignContractError, Representer
from dashboard.cabinet.store.tables import OneTimeToken, Person, Representative
from tests.cabinet.conftest import (
    ACCOUNT,
    CONTRACT,
    EMAIL,
    INN,
    OTHER_CONTRACT,
    PASSWORD,
    UNKNOWN_CONTRACT,
    Browser,
    Cabinet,
)

EMPLOYEE = "accountant@example.org"
MANAGER = "chief@example.org"
SECOND = "пароль для бухгалтерии"


def me(cabinet: Cabinet, email: str = EMAIL) -> Representer:
    with Work(cabinet.store) as work:
        person_id = work.scalars(select(Person.person_id).where(Person.email == email)).one()
    return Representer(cabinet.store, person_id, cabinet.clock())


def rights(cabinet: Cabinet, email: str) -> dict[str, set[str]]:
    return {one.contract_number: set(one.rights) for one in me(cabinet, email).held()}


def hired(cabinet: Cabinet, boss: Browser, email: str, *may: str) -> Browser:
    """An employee whom somebody invited, with a new cabinet."""
    answer = boss.act("/contracts/invite", contract=CONTRACT, email=email, **dict.fromkeys(may, "yes"))
    assert answer.leads_to == "/contracts?said=done_invited"
    browser = cabinet.browser("198.51.100.8")
    answer = browser.fill(f"/invitation?token={cabinet.mailbox.token(email)}", password=SECOND, consent="yes")
    assert "Договор добавлен" in answer.page
    assert browser.sign_in(email, SECOND).leads_to == "/"
    return browser


# Registering


def test_a_business_gets_a_link_sets_the_password_and_signs_in_by_e_mail(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    assert "Проверьте почту" in browser.register_contract().page
    subject, letter = cabinet.mailbox.last()
    assert subject == "Задайте пароль личного кабинета"
    assert "token=" in letter
    assert browser.sign_in().status == 401
    browser.fill(f"/first-password?token={cabinet.mailbox.token()}", password=PASSWORD)
    assert browser.sign_in().leads_to == "/"
    with Work(cabinet.store) as work:
        [row] = work.scalars(select(Representative))
        told = (row.contract_number, row.name, row.position, row.authority, row.phone, row.access)
    assert told == (CONTRACT, "Мельник Иван Петрович", "директор", "устав", "+79181234567", "owner")


def test_registering_answers_the_same_whatever_contract_inn_sum_and_e_mail(cabinet: Cabinet) -> None:
    cabinet.representative(cabinet.browser("198.51.100.7"))
    browser, new = cabinet.browser(), "new@example.org"
    answers = {
        browser.register_contract(email=new),
        browser.register_contract(email=new, contract=UNKNOWN_CONTRACT),
        browser.register_contract(email=new, inn="6164000009"),
        browser.register_contract(email=new, sum="1,00"),
        browser.register_contract(email=EMAIL),
        browser.register_contract(email=EMAIL, contract=UNKNOWN_CONTRACT),
    }
    assert len(answers) == 1
    subjects = [str(letter["Subject"]) for letter in cabinet.mailbox.letters[1:]]
    assert subjects == ["Задайте пароль личного кабинета", *["Кабинет не открыт"] * 3, *["Кабинет уже открыт"] * 2]


def test_registering_does_the_same_work_whatever_fits(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    browser.register_contract(email="a@example.org")
    browser.register_contract(email="b@example.org", contract=UNKNOWN_CONTRACT)
    with Work(cabinet.store) as work:
        rows = work.scalars(select(OneTimeToken.purpose)).all()
    assert rows == ["represent", "represent"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("contract", "'; drop"), ("inn", "616400000"), ("name", " "), ("position", ""), ("authority", ""),
     ("email", "nobody"), ("phone", "2-12-85-06"), ("sum", "много"), ("consent", "")],
)  # fmt: skip
def test_a_field_that_will_not_do_is_said_and_nothing_is_written(field: str, wrong: str, cabinet: Cabinet) -> None:
    answer = cabinet.browser().register_contract(**{field: wrong})
    assert answer.status == 422
    assert answer.page.count('class="wrong"') == 1 or field == "consent"
    assert not cabinet.mailbox.letters


def test_the_link_is_good_once_for_an_hour_and_for_nothing_else(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    browser.register_contract()
    token = cabinet.mailbox.token()
    assert browser.fill(f"/new-password?token={token}", password=PASSWORD).status == 410
    assert browser.fill(f"/confirm?token={token}").status == 410
    browser.client.get(f"/first-password?token={token}")
    assert browser.fill(f"/first-password?token={token}", password="1234567890").status == 422
    assert "Кабинет открыт" in browser.fill(f"/first-password?token={token}", password=PASSWORD).page
    assert browser.fill(f"/first-password?token={token}", password="третий длинный пароль").status == 410
    browser.register_contract(email="late@example.org")
    cabinet.clock.forward(minutes=61)
    late = cabinet.mailbox.token("late@example.org")
    assert browser.fill(f"/first-password?token={late}", password=PASSWORD).status == 410


def test_guessing_the_last_payment_of_a_contract_is_limited(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    statuses = [browser.register_contract(sum=f"{guess},00").status for guess in range(1, 13)]
    assert statuses == [200] * 10 + [429] * 2
    assert len(cabinet.mailbox.letters) == 5  # One mailbox is not filled, from wherever it is tried.
    assert cabinet.browser("198.51.100.9").register_contract(email="other@example.org").status == 200


def test_a_forgotten_password_of_a_representative_is_set_anew_by_a_link(cabinet: Cabinet) -> None:
    browser = cabinet.representative(cabinet.browser())
    browser.fill("/restore", email=EMAIL)
    browser.fill(f"/new-password?token={cabinet.mailbox.token()}", password="совсем другой пароль")
    assert browser.sign_in(password="совсем другой пароль").leads_to == "/"
    assert rights(cabinet, EMAIL).keys() == {CONTRACT}


# Being remembered


def test_who_asks_to_be_remembered_stays_in_for_thirty_days_and_nobody_else(cabinet: Cabinet) -> None:
    cabinet.representative(cabinet.browser("198.51.100.7"))
    short, long = cabinet.browser(), cabinet.browser()
    short.sign_in()
    answer = long.client.post(
        "/sign-in", data=long.form("/sign-in") | {"login": EMAIL, "password": PASSWORD, "remember": "yes"},
        follow_redirects=False,
    )  # fmt: skip
    assert "Max-Age=2592000" in answer.headers["set-cookie"]
    assert (short.is_in(), long.is_in()) == (True, True)
    cabinet.clock.forward(hours=1)
    assert (short.is_in(), long.is_in()) == (False, True)
    for _ in range(3):
        cabinet.clock.forward(days=9)
        assert long.is_in()
    cabinet.clock.forward(days=4)
    assert not long.is_in()


def test_a_remembered_session_left_for_two_weeks_is_over_and_a_new_password_ends_it(cabinet: Cabinet) -> None:
    cabinet.representative(cabinet.browser("198.51.100.7"))
    idle, ended = cabinet.browser(), cabinet.browser()
    for browser in (idle, ended):
        browser.fill("/sign-in", login=EMAIL, password=PASSWORD, remember="yes")
    ended.fill("/password", old=PASSWORD, password="совсем другой пароль")
    assert (idle.is_in(), ended.is_in()) == (False, False)
    idle.fill("/sign-in", login=EMAIL, password="совсем другой пароль", remember="yes")
    cabinet.clock.forward(days=15)
    assert not idle.is_in()


def test_without_being_remembered_the_browser_forgets_the_session_when_it_is_closed(cabinet: Cabinet) -> None:
    browser = cabinet.representative(cabinet.browser())
    answer = browser.client.post(
        "/sign-in", data=browser.form("/sign-in") | {"login": EMAIL, "password": PASSWORD}, follow_redirects=False
    )
    assert not re.search("max-age|expires", answer.headers["set-cookie"], re.IGNORECASE)


# Several contracts


def test_a_contract_is_added_by_number_inn_and_last_payment_named_and_removed(cabinet: Cabinet) -> None:
    browser = cabinet.representative(cabinet.browser())
    answer = browser.act("/contracts/add", contract=f"№ {OTHER_CONTRACT}", inn=INN, sum="7508996,00")
    assert answer.leads_to == "/contracts?said=done_contract_added"
    browser.act("/contracts/name", contract=OTHER_CONTRACT, alias="Склад <b>1</b>")
    assert "Склад &lt;b&gt;1&lt;/b&gt;" in browser.page("/contracts")
    with Work(cabinet.store) as work:
        assert set(work.scalars(select(Representative.name))) == {"Мельник Иван Петрович"}
    browser.act("/contracts/remove", contract=OTHER_CONTRACT)
    assert rights(cabinet, EMAIL).keys() == {CONTRACT}


def test_an_owner_is_told_when_another_proves_the_contract_and_only_then(cabinet: Cabinet) -> None:
    first = cabinet.representative(cabinet.browser())
    second = cabinet.representative(cabinet.browser("198.51.100.7"), email="second@example.org")
    third = cabinet.member(cabinet.browser("198.51.100.8"), email="third@example.org")
    for browser in (third, first):
        browser.act("/contracts/add", contract=CONTRACT, inn=INN, sum="1749117,00")
    second.act("/contracts/add", contract=CONTRACT, inn=INN, sum="1,00")
    told = [one["To"] for one in cabinet.mailbox.letters if "ещё один представитель" in one["Subject"]]
    assert told == [EMAIL, EMAIL, "second@example.org"]


def test_adding_answers_the_same_for_an_unknown_contract_a_wrong_inn_and_a_wrong_sum(cabinet: Cabinet) -> None:
    browser = cabinet.representative(cabinet.browser())
    answers = {
        browser.act("/contracts/add", contract=contract, inn=inn, sum="1,00")
        for contract, inn in ((OTHER_CONTRACT, INN), (UNKNOWN_CONTRACT, INN), (OTHER_CONTRACT, "616400000001"))
    }
    assert len({(one.status, re.sub(r'value="[^"]*"', "", one.page)) for one in answers}) == 1
    assert rights(cabinet, EMAIL).keys() == {CONTRACT}


def test_one_person_has_a_household_and_a_contract(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    answer = browser.act("/contracts/add", contract=CONTRACT, inn=INN, sum="1749117,00")
    assert answer.leads_to == "/contracts?said=done_contract_added"
    assert "/?contract=" in browser.page("/settings")
    assert str(ACCOUNT) in browser.page("/settings")


# Employees


def test_an_employee_does_what_was_ticked_and_no_more(cabinet: Cabinet) -> None:
    boss = cabinet.representative(cabinet.browser())
    hired(cabinet, boss, EMPLOYEE, "consumption")
    assert rights(cabinet, EMPLOYEE) == {CONTRACT: {"view", "consumption"}}
    employee = me(cabinet, EMPLOYEE)
    for need in ("documents", "manage", "owner"):
        with pytest.raises(ForeignContractError):
            employee.check(CONTRACT, need)
    assert EMPLOYEE in boss.page("/contracts")


def test_an_employee_neither_invites_nor_takes_off_nor_sees_who_else_is_let_in(cabinet: Cabinet) -> None:
    boss = cabinet.representative(cabinet.browser())
    employee = hired(cabinet, boss, EMPLOYEE, "documents")
    hired(cabinet, boss, MANAGER, "manage")
    assert MANAGER not in employee.page("/contracts")
    assert employee.act("/contracts/invite", contract=CONTRACT, email="x@example.org").status == 403
    for grant in range(1, 5):
        assert employee.act("/contracts/revoke", contract=CONTRACT, grant=str(grant)).status == 403
    assert rights(cabinet, MANAGER) == {CONTRACT: {"view", "manage"}}


def test_who_may_invite_gives_no_such_right_on_and_takes_no_peer_off(cabinet: Cabinet) -> None:
    boss = cabinet.representative(cabinet.browser())
    manager = hired(cabinet, boss, MANAGER, "manage")
    hired(cabinet, boss, "peer@example.org", "manage")
    answer = manager.act("/contracts/invite", contract=CONTRACT, email="x@example.org", manage="yes")
    assert answer.status == 403
    hired(cabinet, manager, EMPLOYEE, "documents")
    grants = {one.email: one.grant_id for one in me(cabinet).employees(CONTRACT)}
    assert grants.keys() == {MANAGER, "peer@example.org", EMPLOYEE}
    manager.act("/contracts/revoke", contract=CONTRACT, grant=str(grants["peer@example.org"]))
    manager.act("/contracts/revoke", contract=CONTRACT, grant=str(grants[EMPLOYEE]))
    left = {one.email for one in me(cabinet).employees(CONTRACT)}
    assert left == {MANAGER, "peer@example.org"}
    assert rights(cabinet, EMAIL)[CONTRACT] >= {"owner"}


def test_an_employee_taken_off_is_out_at_once_with_invitations_on_their_way(cabinet: Cabinet) -> None:
    boss = cabinet.representative(cabinet.browser())
    manager = hired(cabinet, boss, MANAGER, "manage")
    manager.act("/contracts/invite", contract=CONTRACT, email="own@example.org")
    pending = cabinet.mailbox.token("own@example.org")
    [grant] = me(cabinet).employees(CONTRACT)
    boss.act("/contracts/revoke", contract=CONTRACT, grant=str(grant.grant_id))
    assert not rights(cabinet, MANAGER)
    assert manager.act("/contracts/invite", contract=CONTRACT, email="x@example.org").status == 403
    answer = cabinet.browser().client.get(f"/invitation?token={pending}")
    assert answer.status_code == 410


def test_what_an_owner_removes_is_gone_for_employees_and_the_invited_too(cabinet: Cabinet) -> None:
    boss = cabinet.representative(cabinet.browser())
    hired(cabinet, boss, EMPLOYEE)
    boss.act("/contracts/invite", contract=CONTRACT, email="late@example.org")
    late = cabinet.mailbox.token("late@example.org")
    boss.act("/contracts/remove", contract=CONTRACT, sure="yes")
    assert not rights(cabinet, EMPLOYEE)
    assert cabinet.browser().client.get(f"/invitation?token={late}").status_code == 410


@pytest.mark.parametrize("contract", [OTHER_CONTRACT, UNKNOWN_CONTRACT])
def test_no_button_reaches_a_foreign_contract(contract: str, cabinet: Cabinet) -> None:
    cabinet.representative(
        cabinet.browser("198.51.100.7"), email="other@example.org", contract=OTHER_CONTRACT, sum="7508996,00"
    )
    browser = cabinet.representative(cabinet.browser())
    for place in ("name", "remove", "invite", "revoke", "make-owner", "take-owner-off"):
        answer = browser.act(f"/contracts/{place}", contract=contract, email="x@example.org", grant="1", alias="моё")
        assert answer.status == 403, place
        assert "не открыт в вашем кабинете" in answer.page
    assert rights(cabinet, "other@example.org") == {OTHER_CONTRACT: set(rights(cabinet, EMAIL)[CONTRACT])}
    assert cabinet.events().count("foreign_contract") == 6


def test_an_invitation_to_a_contract_answers_the_same_whether_the_mailbox_has_a_cabinet(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser("198.51.100.7"), email="known@example.org")
    boss = cabinet.representative(cabinet.browser())
    answers = {
        boss.act("/contracts/invite", contract=CONTRACT, email=email)
        for email in ("known@example.org", "nobody@example.org")
    }
    assert len(answers) == 1


def test_a_foreign_page_changes_nothing_of_contracts(cabinet: Cabinet) -> None:
    browser = cabinet.representative(cabinet.browser())
    form = {"form": "x", "contract": CONTRACT}
    for place in ("add", "name", "remove", "invite", "revoke"):
        assert browser.client.post(f"/contracts/{place}", data=form, follow_redirects=False).status_code == 403
        foreign = browser.client.post(f"/contracts/{place}", data=form, headers={"origin": "https://evil.example"})
        assert foreign.status_code == 403
    assert rights(cabinet, EMAIL).keys() == {CONTRACT}


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "' or 1=1; --", "\x00", "{{7*7}}", "9" * 40])
def test_text_in_a_field_about_contracts_stays_text(text: str, cabinet: Cabinet) -> None:
    browser = cabinet.representative(cabinet.browser())
    assert browser.act("/contracts/name", contract=CONTRACT, alias=text).status == 303
    for place, names in (
        ("add", ("contract", "inn", "sum")), ("name", ("contract", "alias")), ("remove", ("contract",)),
        ("invite", ("contract", "email", "manage")), ("revoke", ("contract", "grant")),
    ):  # fmt: skip
        answer = browser.act(f"/contracts/{place}", **dict.fromkeys(names, text))
        assert answer.status in {403, 422}, place
        for page in (answer.page, browser.page("/contracts")):
            assert "<script" not in page
            assert "49" not in re.sub(r"[0-9a-f]{64}", "", page)
    assert rights(cabinet, EMAIL).keys() == {CONTRACT}


def test_a_representatives_data_are_handed_out_and_erased_with_what_was_let(cabinet: Cabinet) -> None:
    boss = cabinet.representative(cabinet.browser())
    hired(cabinet, boss, EMPLOYEE)
    told = boss.client.post("/settings/export", data={"form": boss.form("/settings")["form"]}).json()
    assert [row["phone"] for row in told["representative"]] == ["+79181234567"]
    assert "token_hash" not in str(told)
    boss.act("/settings/erase", old=PASSWORD, sure="yes")
    with Work(cabinet.store) as work:
        assert not work.scalars(select(Representative)).all()
        assert not work.scalars(select(OneTimeToken).where(OneTimeToken.email == EMAIL)).all()


def test_too_many_invitations_are_refused(cabinet: Cabinet) -> None:
    cabinet.representative(cabinet.browser())
    caller = Caller("203.0.113.77", "", cabinet.clock())
    for number in range(10):
        me(cabinet).invite(CONTRACT, f"{number}@example.org", [], caller)
    with pytest.raises(TooManyAttemptsError):
        me(cabinet).invite(CONTRACT, "11@example.org", [], caller)
