"""Appeals: each kind asks its own, has a number and a day; the conversation is between two; files come back harmless."""

import datetime as dt
import html
import re

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard import appeal_desk
from dashboard.cabinet import appeals
from dashboard.cabinet.appeals import ClosedError
from dashboard.cabinet.store.tables import Appeal, AppealFile, AppealMessage
from dashboard.store import Snapshot, ask
from dashboard.text import plain
from tests.cabinet.conftest import ACCOUNT, EMAIL, OTHER, PASSWORD, UNKNOWN, URL, Browser, Cabinet
from tests.cabinet.test_attacks import SCRIPT, SQL
from tests.cabinet.test_uploads import PDF, png

Files = list[tuple[str, tuple[str, bytes, str]]]
GOOD: Files = [("files", ("билет.pdf", PDF, "application/pdf"))]
ABSENCE = {"from_day": "2026-10-01", "to_day": "2026-10-20", "body": "Был в отъезде."}


def form(browser: Browser, path: str) -> dict[str, str]:
    return browser.form(path)


def write(browser: Browser, kind: str, files: Files | None = None, **fields: str) -> tuple[int, str]:
    """Send an appeal: status, and where it leads or what the page says."""
    path = f"/appeals/new?kind={kind}"
    data = form(browser, path) | {"account": str(ACCOUNT)} | fields
    answer = browser.client.post(path, data=data, files=files or [("files", ("", b"", ""))], follow_redirects=False)
    return answer.status_code, answer.headers.get("location", answer.text)


def opened(browser: Browser, kind: str = "absence_recalculation", **fields: str) -> str:
    """The number of an appeal that was taken."""
    status, place = write(browser, kind, GOOD, **({**ABSENCE, **fields}))
    assert status == 303, re.findall(r'class="wrong"[^>]*>([^<]*)', place)
    return place.removeprefix("/appeals/").removesuffix("?said=done_appeal")


def speak(browser: Browser, number: str, body: str, files: Files | None = None) -> int:
    path = f"/appeals/{number}"
    data = form(browser, path) | {"body": body}
    answer = browser.client.post(path, data=data, files=files or [("files", ("", b"", ""))], follow_redirects=False)
    return int(answer.status_code)


@pytest.fixture
def writer(cabinet: Cabinet, snapshot: Snapshot) -> Browser:
    cabinet.published.append(snapshot)
    return cabinet.member(cabinet.browser())


@pytest.fixture
def stranger(cabinet: Cabinet, writer: Browser) -> Browser:  # noqa: ARG001 - he comes after the writer
    return cabinet.member(cabinet.browser("198.51.100.30"), OTHER, "999,00", "neighbour@example.org")


# An appeal


def test_an_appeal_gets_a_number_a_day_and_a_status(cabinet: Cabinet, writer: Browser) -> None:
    number = opened(writer)
    page = html.unescape(writer.page(f"/appeals/{number}?said=done_appeal"))
    # Five working days after Tuesday 24 November.
    for told in (
        number,
        "Обращение принято",
        "ответим до 01.12.2026",
        "получено",
        "билет.pdf",
        "01.10.2026",
        "Был в отъезде.",
    ):
        assert told in page
    assert number in writer.page("/appeals")
    with Work(cabinet.store) as work:
        assert work.scalars(select(Appeal.status)).all() == ["new"]


@pytest.mark.parametrize(
    ("day", "working", "calendar"),
    [
        (dt.date(2026, 11, 24), dt.date(2026, 12, 1), dt.date(2026, 12, 24)),
        (dt.date(2026, 12, 30), dt.date(2027, 1, 15), dt.date(2027, 1, 29)),
        (dt.date(2026, 4, 30), dt.date(2026, 5, 8), dt.date(2026, 5, 30)),
    ],
)
def test_a_deadline_counts_working_days_past_holidays(
    day: dt.date, working: dt.date, calendar: dt.date, snapshot: Snapshot
) -> None:
    due = {
        row["kind"]: row["due_on"]
        for row in ask(snapshot, "cabinet/appeal_kinds", on_day=day, customer="household").iter_rows(named=True)
    }
    assert (due["absence_recalculation"], due["other"]) == (working, calendar)


def test_every_kind_has_a_name_and_fields_that_can_be_asked(writer: Browser, snapshot: Snapshot) -> None:
    kinds = ask(snapshot, "cabinet/appeal_kinds", on_day=dt.date(2026, 11, 24), customer="household")
    assert kinds.height == 10
    for kind in kinds["kind"]:
        assert writer.client.get(f"/appeals/new?kind={kind}").status_code == 200


@pytest.mark.parametrize(
    ("left_out", "wrong"),
    [
        ("from_day", "Заполните это поле"),
        ("to_day", "Заполните это поле"),
        ("body", "Напишите хотя бы"),
        ("files", "нужен документ"),
    ],
)
def test_what_a_kind_asks_for_is_required(left_out: str, wrong: str, writer: Browser) -> None:
    fields = {name: "" if name == left_out else value for name, value in ABSENCE.items()}
    status, page = write(writer, "absence_recalculation", None if left_out == "files" else GOOD, **fields)
    assert status == 422
    assert wrong in page
    assert left_out == "body" or "Был в отъезде." in page  # What was written is not lost.


def test_a_form_sent_twice_opens_one_appeal(cabinet: Cabinet, writer: Browser) -> None:
    path = "/appeals/new?kind=other"
    data = form(writer, path) | {"account": str(ACCOUNT), "body": "Вопрос"}
    places = {
        writer.client.post(path, data=data, files=[("files", ("", b"", ""))], follow_redirects=False).headers[
            "location"
        ]
        for _ in range(2)
    }
    assert len(places) == 1
    with Work(cabinet.store) as work:
        assert len(work.scalars(select(AppealMessage)).all()) == 1


# The conversation


@pytest.fixture
def desk(cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The operators' side over the same store and mail server."""
    monkeypatch.setenv("ENERGOSBYT_STORE", str(cabinet.store.url))
    monkeypatch.setenv("ENERGOSBYT_CABINET_URL", URL)
    monkeypatch.setenv("ENERGOSBYT_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("ENERGOSBYT_SMTP_PORT", str(cabinet.mailbox.port))
    found = appeal_desk.store()
    assert found is not None
    return found


def test_an_operator_asks_the_customer_answers_the_operator_closes(
    cabinet: Cabinet, writer: Browser, desk: Engine
) -> None:
    number = opened(writer)
    one = appeal_desk.read(desk, number)
    assert one is not None
    assert appeal_desk.file(desk, one.said[0].files[0].key) == PDF
    appeal_desk.answer(desk, one, "Петрова", "Пришлите обратный билет.", "asked", cabinet.clock())
    assert cabinet.mailbox.letters[-1]["To"] == EMAIL
    assert "Пришлите" not in str(cabinet.mailbox.letters[-1].get_content())
    page = writer.page(f"/appeals/{number}")
    assert "Пришлите обратный билет." in page
    assert "ждём вашего ответа" in page
    assert "Петрова" not in page
    assert speak(writer, number, "Вот он", [("files", ("back.png", png(), "image/png"))]) == 303
    again = appeal_desk.read(desk, number)
    assert again is not None
    assert (again.status, len(again.said), again.said[-1].files[0].label) == ("work", 3, "back.png")
    appeal_desk.answer(desk, one, "Петрова", "Пересчитано.", "closed", cabinet.clock())
    assert "закрыто 24.11.2026" in writer.page(f"/appeals/{number}")
    assert speak_closed(writer, number) == 409
    with pytest.raises(ClosedError):
        appeal_desk.answer(desk, one, "Петрова", "Ещё", "closed", cabinet.clock())


def speak_closed(browser: Browser, number: str) -> int:
    key = form(browser, "/settings")["form"]
    answer = browser.client.post(
        f"/appeals/{number}", data={"form": key, "body": "ещё"}, files=[("files", ("", b"", ""))]
    )
    return int(answer.status_code)


def test_appeals_to_answer_first_stand_first(cabinet: Cabinet, writer: Browser, desk: Engine) -> None:
    slow, quick = opened(writer, "other"), opened(writer)
    assert [one.number for one in appeal_desk.every(desk)] == [quick, slow]
    one = appeal_desk.read(desk, quick)
    assert one is not None
    appeal_desk.answer(desk, one, "Петрова", "Готово", "closed", cabinet.clock())
    assert [one.number for one in appeal_desk.every(desk)] == [slow, quick]


def test_an_operator_restores_access_from_the_desk(cabinet: Cabinet, writer: Browser, desk: Engine) -> None:  # noqa: ARG001
    asked = {"number": str(ACCOUNT), "email": "new@example.org", "former": "", "basis": "паспорт"}
    assert not appeal_desk.restore(desk, asked, "", cabinet.clock())
    for wrong in ({"number": str(UNKNOWN)}, {"basis": " "}, {"former": "nobody"}):
        assert not appeal_desk.restore(desk, asked | wrong, "Петрова", cabinet.clock())
    assert appeal_desk.restore(desk, asked, "Петрова", cabinet.clock())
    browser = cabinet.browser("198.51.100.7")
    browser.fill(f"/regain?token={cabinet.mailbox.token('new@example.org')}", password="совсем другой пароль")
    assert browser.sign_in("new@example.org", "совсем другой пароль").leads_to == "/"


def test_a_store_that_no_cabinet_made_is_not_made_by_a_look(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENERGOSBYT_STORE", f"sqlite:///{tmp_path}/none.sqlite")
    assert appeal_desk.store() is None


# Foreign eyes


def test_nobody_reads_answers_or_downloads_from_a_foreign_appeal(
    cabinet: Cabinet, writer: Browser, stranger: Browser
) -> None:
    number = opened(writer)
    with Work(cabinet.store) as work:
        key = work.scalars(select(AppealFile.key)).one()
    for path in (f"/appeals/{number}", f"/appeals/file/{key}", f"/appeals/{SQL}", "/appeals/file/x"):
        assert stranger.client.get(path).status_code == 404
    data = form(stranger, "/settings") | {"body": "чужое"}
    posted = stranger.client.post(f"/appeals/{number}", data=data, files=[("files", ("", b"", ""))])
    assert posted.status_code == 404
    assert number not in stranger.page("/appeals")
    assert len(appeals.read(cabinet.store, number).said) == 1  # type: ignore[union-attr]
    assert cabinet.browser().client.get(f"/appeals/file/{key}", follow_redirects=False).status_code == 401


@pytest.mark.parametrize("account", [OTHER, UNKNOWN])
def test_nobody_writes_about_a_foreign_account_nor_gets_its_certificate(
    account: int, cabinet: Cabinet, writer: Browser
) -> None:
    status, page = write(writer, "other", None, account=str(account), body="Вопрос")
    assert status == 403
    assert "не открыт в вашем кабинете" in page
    assert writer.client.get(f"/appeals/certificate?account={account}").status_code == 403
    with Work(cabinet.store) as work:
        assert not work.scalars(select(Appeal)).all()


def test_a_relative_who_may_look_writes_no_appeal(cabinet: Cabinet, writer: Browser) -> None:
    writer.act("/settings/invite", account=str(ACCOUNT), email="mother@example.org", access="readings")
    relative = cabinet.browser("198.51.100.8")
    relative.fill(f"/invitation?token={cabinet.mailbox.token('mother@example.org')}", password=PASSWORD, consent="yes")
    relative.sign_in("mother@example.org")
    assert write(relative, "other", None, body="Вопрос")[0] == 403
    assert relative.client.get(f"/appeals/certificate?account={ACCOUNT}").status_code == 403


# Evil uploads and words


def test_a_file_comes_back_under_a_name_of_ours_to_be_kept_not_shown(cabinet: Cabinet, writer: Browser) -> None:
    evil: Files = [("files", ('../../x"><script>alert(1)</script>.html', PDF, "text/html"))]
    status, place = write(writer, "absence_recalculation", evil, **ABSENCE)
    assert status == 303
    page = writer.page(place)
    assert "<script" not in page
    with Work(cabinet.store) as work:
        key, name = work.execute(select(AppealFile.key, AppealFile.name)).one()
    answer = writer.client.get(f"/appeals/file/{key}")
    assert answer.content == PDF
    assert re.fullmatch(r"\d{6}-\w{7}-\d+-1\.pdf", name)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ([("files", ("a.pdf", b"MZ\x90\0", "application/pdf"))], "Нужен файл PDF"),
        ([("files", ("a.png", png(60_000, 60_000), "image/png"))], "слишком велик"),
        ([("files", ("a.pdf", PDF + b"\0" * 5_000_000, "application/pdf"))], "больше 5 МБ"),
        ([("files", (f"{number}.pdf", PDF + b"\0" * 4_000_000 + b"%%EOF", "application/pdf")) for number in range(4)], "больше 5 МБ"),
        ([("files", (f"{number}.pdf", PDF, "application/pdf")) for number in range(6)], "Не больше 5"),
    ],
    ids=("program", "bomb", "large", "large together", "many"),
)  # fmt: skip
def test_an_evil_upload_keeps_nothing(files: Files, wrong: str, cabinet: Cabinet, writer: Browser) -> None:
    status, page = write(writer, "absence_recalculation", files, **ABSENCE)
    assert status == 422
    assert wrong in page
    assert cabinet.events()[-1] == "file_refused"
    with Work(cabinet.store) as work:
        assert not work.scalars(select(AppealFile)).all()


@pytest.mark.parametrize("text", [SCRIPT, SQL, "{{7*7}}", "\x00\x1b[31m", "=cmd|' /C calc'!A0"])
def test_text_in_an_appeal_stays_text(text: str, cabinet: Cabinet, writer: Browser, desk: Engine) -> None:
    status, place = write(writer, "owner_change", GOOD, from_day="2026-10-01", new_owner=f"я {text}", body=f"я {text}")
    assert status == 303
    speak(writer, place.removeprefix("/appeals/").partition("?")[0], f"я {text}")
    page = writer.page(place)
    assert "<script" not in page
    assert "49" not in re.sub(r"[0-9a-f]{64}|[\w-]{43}", "", page)
    assert not re.search(r"[\x00-\x08\x1b]", page)
    [one] = appeal_desk.every(desk)
    assert "<" not in plain(one.fields["new_owner"]).replace("\\<", "")
    for path in ("absence_recalculation", "meter_replacement", "payment_transfer", "restructuring", "refund"):
        bad = dict.fromkeys(("from_day", "to_day", "wanted_day", "paid_day", "sum", "to_account", "months"), text)
        assert write(writer, path, GOOD, **bad, meter_serial=text, body="я")[0] == 422
    assert cabinet.store.raw_connection().cursor().execute("select count(*) from person").fetchone() == (1,)


def test_a_foreign_page_writes_no_appeal(cabinet: Cabinet, writer: Browser) -> None:
    number = opened(writer)
    for path in ("/appeals/new?kind=other", f"/appeals/{number}"):
        good = form(writer, path) | {"account": str(ACCOUNT), "body": "чужое"}
        files: Files = [("files", ("", b"", ""))]
        elsewhere = writer.client.post(path, data=good, files=files, headers={"origin": "https://evil.example"})
        borrowed = writer.client.post(path, data=good | cabinet.browser().form("/sign-in"), files=files)
        plain_form = writer.client.post(path, data=good)
        assert [elsewhere.status_code, borrowed.status_code, plain_form.status_code] == [403, 403, 403]
    with Work(cabinet.store) as work:
        assert len(work.scalars(select(AppealMessage)).all()) == 1


def test_appeals_are_limited(writer: Browser) -> None:
    statuses = [write(writer, "other", None, body="Вопрос")[0] for _ in range(21)]
    assert statuses == [303] * 20 + [429]


# Documents and data


def test_a_certificate_is_given_at_once_when_nothing_is_owed_and_not_otherwise(
    cabinet: Cabinet, writer: Browser, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def owed(account: int) -> int:
        rows = ask(snapshot, "cabinet/balance", account_number=account, open_period=snapshot.open_period)
        return 0 if rows.is_empty() else int(rows["balance_kopecks"].item(0))

    debts = {number: owed(number) for number in range(ACCOUNT, ACCOUNT + 80)}
    clear = next(number for number, balance in debts.items() if balance <= 0)
    debtor = next(number for number, balance in debts.items() if balance > 0)
    monkeypatch.setattr("dashboard.cabinet.owning.Owning.may", lambda *_: True)
    given = writer.client.get(f"/appeals/certificate?account={clear}")
    assert given.content.startswith(b"%PDF")
    assert given.headers["content-disposition"].startswith("attachment")
    refused = writer.client.get(f"/appeals/certificate?account={debtor}")
    assert refused.status_code == 409
    assert "Справку выдать нельзя" in refused.text
    assert cabinet.published


def test_ones_data_hold_the_conversation_and_erasing_takes_it_away(cabinet: Cabinet, writer: Browser) -> None:
    opened(writer)
    told = writer.client.post("/settings/export", data={"form": writer.form("/settings")["form"]}).json()
    assert [said["body"] for said in told["appeal_message"]] == ["Был в отъезде."]
    writer.act("/settings/erase", old=PASSWORD, sure="yes")
    with Work(cabinet.store) as work:
        for table in (Appeal, AppealMessage, AppealFile):
            assert not work.scalars(select(table)).all()


def test_before_anything_is_published_the_page_says_so(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    assert "Данные обновляются" in browser.page("/appeals")
