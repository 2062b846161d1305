"""Documents, requests and questions about a contract: the contract's people see them, nobody else does."""

import html
import re

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard import appeal_desk
from dashboard.cabinet import appeals
from dashboard.cabinet.appeals import ClosedError
from dashboard.cabinet.store.tables import Appeal, AppealFile
from dashboard.cabinet.uploads import accept
from dashboard.store import Snapshot
from tests.cabinet.conftest import CONTRACT, OTHER_CONTRACT, URL, Browser, Cabinet
from tests.cabinet.test_appeals import GOOD, Files, speak
from tests.cabinet.test_attacks import SCRIPT
from tests.cabinet.test_businesses import EMPLOYEE, SECOND, hired, me
from tests.cabinet.test_uploads import PDF

DOCUMENT = {"document_kind": "act", "body": "Подписанный акт за октябрь"}


def write(browser: Browser, kind: str, files: Files | None = None, **fields: str) -> tuple[int, str]:
    """Send an appeal about a contract: status, and its number or what the page says."""
    path = f"/appeals/new-business?kind={kind}"
    data = {"form": browser.form("/settings")["form"], "form_id": "token", "contract": CONTRACT} | fields
    answer = browser.client.post(path, data=data, files=files or [("files", ("", b"", ""))], follow_redirects=False)
    place = answer.headers.get("location", "")
    return answer.status_code, place.removeprefix("/appeals/").removesuffix("?said=done_appeal") or answer.text


@pytest.fixture
def boss(cabinet: Cabinet, snapshot: Snapshot) -> Browser:
    cabinet.published.append(snapshot)
    return cabinet.representative(cabinet.browser())


@pytest.fixture
def number(boss: Browser) -> str:
    """A document that was handed in."""
    status, number = write(boss, "document", GOOD, **DOCUMENT)
    assert status == 303, re.findall(r'class="wrong"[^>]*>([^<]*)', number)
    return number


@pytest.fixture
def desk(cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The operators' side over the same store."""
    monkeypatch.setenv("ENERGOSBYT_STORE", str(cabinet.store.url))
    monkeypatch.setenv("ENERGOSBYT_CABINET_URL", URL)
    monkeypatch.setenv("ENERGOSBYT_SMTP_PORT", str(cabinet.mailbox.port))
    found = appeal_desk.store()
    assert found is not None
    return found


def test_a_document_is_handed_in_and_taken_with_a_paper_in_answer(
    cabinet: Cabinet, boss: Browser, number: str, desk: Engine
) -> None:
    page = html.unescape(boss.page(f"/appeals/{number}"))
    for told in ("Передать документ", f"Номер договора {CONTRACT}", "подписанный акт", "получено", "билет.pdf"):
        assert told in page
    one = appeal_desk.read(desk, number)
    assert one is not None
    assert (one.about, appeal_desk.file(desk, one.said[0].files[0].key)) == (CONTRACT, PDF)
    now = cabinet.clock()
    appeal_desk.answer(desk, one, "Петрова", "Проверяем", "work", now)
    appeal_desk.answer(desk, one, "Петрова", "Принято, наш экземпляр", "accepted", now, [accept("акт.pdf", PDF)])
    page = html.unescape(boss.page(f"/appeals/{number}"))
    assert re.findall(r"\d\d:\d\d(?: мск)? · ([а-я ]+)<", page) == ["в работе", "принято"]
    [theirs] = [
        place for place, label in re.findall(r'href="(/appeals/file/[^"]+)">([^<]+)', page) if label == "акт.pdf"
    ]
    assert boss.client.get(theirs).content == PDF
    with pytest.raises(ClosedError):
        appeal_desk.answer(desk, one, "Петрова", "Ещё", "work", now)


def test_a_request_is_refused_with_a_reason_and_goes_no_further(cabinet: Cabinet, boss: Browser, desk: Engine) -> None:
    status, number = write(boss, "contract_change", from_day="2027-01-01", body="Просим третью категорию")
    assert status == 303
    one = appeal_desk.read(desk, number)
    assert one is not None
    appeal_desk.answer(desk, one, "Петрова", "Нет почасового учёта", "refused", cabinet.clock())
    page = boss.page(f"/appeals/{number}")
    assert "отклонено" in page
    assert "Нет почасового учёта" in page
    data = boss.form("/settings") | {"body": "Ещё"}
    assert boss.client.post(f"/appeals/{number}", data=data, files=[("files", ("", b"", ""))]).status_code == 409


def test_an_employee_let_to_documents_sees_and_answers_what_a_colleague_wrote_until_taken_off(
    cabinet: Cabinet, boss: Browser, number: str
) -> None:
    employee = hired(cabinet, boss, EMPLOYEE, "documents")
    assert number in employee.page("/appeals")
    assert speak(employee, number, "Оригинал отправлен почтой") == 303
    assert "Оригинал" in boss.page(f"/appeals/{number}")
    with Work(cabinet.store) as work:
        key = work.scalars(select(AppealFile.key)).one()
    assert employee.client.get(f"/appeals/file/{key}").content == PDF
    owner = me(cabinet)
    [lent] = owner.employees(CONTRACT)
    owner.revoke(CONTRACT, lent.grant_id)
    for path in (f"/appeals/{number}", f"/appeals/file/{key}"):
        assert employee.client.get(path).status_code == 404


@pytest.mark.parametrize("may", [(), ("consumption",)])
def test_an_employee_not_let_to_documents_reaches_none(
    may: tuple[str, ...], cabinet: Cabinet, boss: Browser, number: str
) -> None:
    employee = hired(cabinet, boss, EMPLOYEE, *may)
    with Work(cabinet.store) as work:
        key = work.scalars(select(AppealFile.key)).one()
    for path in (f"/appeals/{number}", f"/appeals/file/{key}"):
        assert employee.client.get(path).status_code == 404
    assert number not in employee.page("/appeals")
    assert "Обращение по договору" not in employee.page("/appeals")
    data = employee.form("/settings") | {"body": "чужое"}
    posted = employee.client.post(f"/appeals/{number}", data=data, files=[("files", ("", b"", ""))])
    assert posted.status_code == 404
    assert write(employee, "chat", body="Вопрос")[0] == 403
    assert len(appeals.read(cabinet.store, number).said) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("contract", [OTHER_CONTRACT, "61-999999", "610000000001", ""])
def test_nobody_writes_about_a_foreign_contract(contract: str, cabinet: Cabinet, boss: Browser) -> None:
    status, page = write(boss, "chat", contract=contract, body="Вопрос")
    assert status == 403
    assert "не открыт в вашем кабинете" in page
    with Work(cabinet.store) as work:
        assert not work.scalars(select(Appeal)).all()


def test_a_business_asks_what_businesses_may_and_a_form_of_a_foreign_page_nothing(
    cabinet: Cabinet, boss: Browser
) -> None:
    assert boss.client.get("/appeals/new-business?kind=absence_recalculation").status_code == 404
    data = {"form": "x", "contract": CONTRACT, "body": "Вопрос", "form_id": "1"}
    answer = boss.client.post("/appeals/new-business?kind=chat", data=data, files=[("files", ("", b"", ""))])
    assert answer.status_code == 403
    with Work(cabinet.store) as work:
        assert not work.scalars(select(Appeal)).all()


def test_script_in_every_field_of_an_appeal_about_a_contract_stays_text(cabinet: Cabinet, boss: Browser) -> None:
    status, number = write(
        boss, "repeated", earlier_number=SCRIPT, body=SCRIPT, files=[("files", (SCRIPT, PDF, SCRIPT))]
    )
    assert status == 303
    assert SCRIPT not in boss.page(f"/appeals/{number}")
    assert write(boss, "document", GOOD, document_kind=SCRIPT, body="x")[0] == 422
    assert cabinet.events().count("file_refused") == 0


def test_what_was_written_about_a_contract_stays_with_it_when_the_writer_is_erased(
    cabinet: Cabinet, boss: Browser, number: str
) -> None:
    employee = hired(cabinet, boss, EMPLOYEE, "documents")
    _, other = write(employee, "chat", body="Вопрос")
    assert other in boss.page("/appeals")
    assert "Кабинет удалён" in employee.act("/settings/erase", old=SECOND, sure="yes").page
    assert other in boss.page("/appeals")
    assert number in boss.page("/appeals")
