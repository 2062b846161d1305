"""Card payments: seen at once, confirmed only by the bank's signed notice, in the balance once; a bank that misbehaves."""

import csv
import datetime as dt
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import outbox
from dashboard.cabinet.card import payments, signature
from dashboard.cabinet.card.provider import Notice
from dashboard.cabinet.card.sandbox import Sandbox
from dashboard.cabinet.owning import Owner
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store.tables import CardNotice, Delivery, Person
from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.publish import publish
from pipelines.warehouse.replay import replay
from tests.cabinet.conftest import ACCOUNT, OTHER, UNKNOWN, Bank, Browser, Cabinet
from tests.snapshots import current_snapshot

SUM = 94_050


def begin(browser: Browser, rubles: str = "940,50", account: int = ACCOUNT, method: str = "card") -> str:
    """Begin a payment as a person does; our number of it."""
    answer = browser.fill("/pay", account=str(account), sum=rubles, method=method)
    assert answer.status == 303, answer.page
    assert answer.leads_to is not None
    return answer.leads_to.rpartition("/")[2]


def tell(cabinet: Cabinet, bank: Bank, order: str, how: str = "well") -> list[int]:
    """What the bank does about an order, and what its notices are answered."""

    def send(address: str, body: bytes, signed: str) -> int:
        client = cabinet.browser("192.0.2.1").client
        client.headers.pop("origin")
        return int(client.post(address, content=body, headers={signature.HEADER: signed}).status_code)

    sandbox = Sandbox(bank.url, bank.key, send, late_seconds=0.01)
    cabinet.clock.at = dt.datetime.now(dt.UTC)
    sandbox.notify(bank.orders[order], how)
    return sandbox.answers


def notice(cabinet: Cabinet, bank: Bank, said: object, *, key: str = "", ago: float = 0) -> int:
    """The answer to a notice of any content."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    signed = signature.sign(key or bank.key, body, cabinet.clock() - dt.timedelta(seconds=ago))
    answer = cabinet.browser("192.0.2.1").client.post(
        "/payment-notice", content=body, headers={signature.HEADER: signed}
    )
    return int(answer.status_code)


def paid(order: str, cabinet: Cabinet, **other: object) -> dict[str, object]:
    said = {
        "order": order,
        "operation": "op-1",
        "kopecks": SUM,
        "status": "paid",
        "paid_at": cabinet.clock().isoformat(),
    }
    return said | {"rrn": "630118021101"} | other


def states(cabinet: Cabinet) -> list[str]:
    return [one.status for one in Owner(cabinet.store, 1, cabinet.clock()).card_payments(ACCOUNT)]


def outcomes(cabinet: Cabinet) -> list[str]:
    with Work(cabinet.store) as work:
        return list(work.scalars(select(CardNotice.outcome).order_by(CardNotice.notice_id)))


def lines(cabinet: Cabinet, inbox: Path) -> list[dict[str, str]]:
    """What the coming night is given."""
    outbox.deliver(cabinet.store, inbox, cabinet.clock())
    return [
        row
        for path in sorted((inbox / "card").glob("*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter=";")
    ]


@pytest.fixture
def payer(cabinet: Cabinet) -> Browser:
    return cabinet.member(cabinet.browser())


# A bank that behaves


def test_a_payment_is_seen_at_once_and_confirmed_by_the_banks_notice(
    cabinet: Cabinet, payer: Browser, bank: Bank, tmp_path: Path
) -> None:
    order = begin(payer, method="sbp")
    assert (bank.orders[order]["kopecks"], bank.orders[order]["account_number"]) == (SUM, ACCOUNT)
    assert "ждёт подтверждения банка" in payer.page(f"/paid?order={order}")
    assert lines(cabinet, tmp_path) == []
    assert tell(cabinet, bank, order) == [200]
    payer.sign_in()
    assert "оплачен, ночью войдёт в баланс" in payer.page(f"/paid?order={order}")
    [line] = lines(cabinet, tmp_path)
    told = {name: line[name] for name in ("SUM", "USER_INFO", "TRANSACTION_TYPE", "PAYMENT_METHOD_TYPE", "ORDER_UID")}
    assert list(told.values()) == ["940,50", str(ACCOUNT), "PAYMENT", "SBP", order]


def test_a_refused_payment_may_still_succeed(cabinet: Cabinet, payer: Browser, bank: Bank) -> None:
    order = begin(payer)
    tell(cabinet, bank, order, "refuse")
    assert states(cabinet) == ["failed"]
    tell(cabinet, bank, order)
    assert states(cabinet) == ["paid"]


def test_a_form_sent_twice_begins_one_payment(cabinet: Cabinet, payer: Browser, bank: Bank) -> None:
    form = payer.form("/pay") | {"account": str(ACCOUNT), "sum": "940,50", "method": "card"}
    places = {payer.client.post("/pay", data=form, follow_redirects=False).headers["location"] for _ in range(2)}
    assert len(places) == len(states(cabinet)) == len(bank.orders) == 1


def test_a_form_leads_to_the_bank_and_nowhere_else(payer: Browser) -> None:
    policy = payer.client.get("/pay").headers["content-security-policy"]
    assert "form-action 'self' https://bank.example.org;" in policy


# A bank that does not


def test_a_notice_sent_twice_is_one_line(cabinet: Cabinet, payer: Browser, bank: Bank, tmp_path: Path) -> None:
    order = begin(payer)
    assert tell(cabinet, bank, order, "twice") == [200, 200]
    assert outcomes(cabinet) == ["taken", "repeated"]
    assert len(lines(cabinet, tmp_path)) == 1
    assert len(lines(cabinet, tmp_path)) == 1


def test_another_sum_than_ordered_is_a_persons_work_and_no_line(
    cabinet: Cabinet, payer: Browser, bank: Bank, tmp_path: Path
) -> None:
    order = begin(payer)
    assert tell(cabinet, bank, order, "wrong_sum") == [200]
    assert states(cabinet) == ["disputed"]
    assert lines(cabinet, tmp_path) == []
    assert cabinet.events()[-1] == "payment_disputed"


def test_a_forged_notice_changes_nothing(cabinet: Cabinet, payer: Browser, bank: Bank, tmp_path: Path) -> None:
    order = begin(payer)
    assert tell(cabinet, bank, order, "forged") == [403]
    assert states(cabinet) == ["waiting"]
    assert outcomes(cabinet) == []
    assert lines(cabinet, tmp_path) == []
    assert cabinet.events()[-1] == "notice_refused"


def test_a_late_notice_is_taken_on_the_day_the_money_was_paid(
    cabinet: Cabinet, payer: Browser, bank: Bank, tmp_path: Path
) -> None:
    order = begin(payer)
    said = paid(order, cabinet)
    cabinet.clock.forward(days=3)
    assert notice(cabinet, bank, said) == 200
    [line] = lines(cabinet, tmp_path)
    assert line["TRANS_DATE"] == "2026-11-24 12:00:00"


def test_a_notice_overheard_is_worth_nothing_after_five_minutes_nor_with_another_word(
    cabinet: Cabinet, payer: Browser, bank: Bank
) -> None:
    order = begin(payer)
    body = json.dumps(paid(order, cabinet)).encode()
    signed = signature.sign(bank.key, body, cabinet.clock())
    altered = body.replace(b"94050", b"94051")

    def post(content: bytes, header: str) -> int:
        client = cabinet.browser("192.0.2.1").client
        return int(client.post("/payment-notice", content=content, headers={signature.HEADER: header}).status_code)

    assert [post(altered, signed), post(body, ""), post(body, "t=1,v1=" + "0" * 64)] == [403, 403, 403]
    later = re.sub(r"t=(\d+)", lambda found: f"t={int(found[1]) + 60}", signed)
    assert post(body, later) == 403
    cabinet.clock.forward(minutes=5, seconds=1)
    assert post(body, signed) == 403
    assert states(cabinet) == ["waiting"]


def test_a_second_operation_and_one_used_for_another_order_are_a_persons_work(
    cabinet: Cabinet, payer: Browser, bank: Bank, tmp_path: Path
) -> None:
    first, second = begin(payer), begin(payer)
    notice(cabinet, bank, paid(first, cabinet))
    notice(cabinet, bank, paid(first, cabinet, operation="op-2"))
    notice(cabinet, bank, paid(second, cabinet))
    notice(cabinet, bank, paid(first, cabinet, status="failed"))
    assert outcomes(cabinet) == ["taken", "second_operation", "second_operation", "ignored"]
    assert states(cabinet) == ["waiting", "paid"]
    assert [line["TRANSACTION_ID"] for line in lines(cabinet, tmp_path)] == ["op-1"]


@pytest.mark.parametrize(
    "said",
    [
        b"", b"[]", b"\xff", b"{", b"null", {"order": "x"}, {"kopecks": -1}, {"kopecks": True}, {"kopecks": "94050"},
        {"kopecks": 940.5}, {"paid_at": "2027-01-01T00:00:00+00:00"}, {"paid_at": "2026-11-24T09:00:00"},
        {"status": "maybe"}, {"order": "' or 1=1; --"}, {"operation": "a;b\n=1"}, {"rrn": "=cmd()"}, {"rrn": "1\n2"},
    ],
    ids=str,
)  # fmt: skip
def test_a_signed_notice_of_nonsense_is_refused(said: object, cabinet: Cabinet, payer: Browser, bank: Bank) -> None:
    order = begin(payer)
    if isinstance(said, dict) and said != {"order": "x"}:
        said = paid(order, cabinet) | said
    assert notice(cabinet, bank, said) == 400
    assert states(cabinet) == ["waiting"]


def test_a_notice_about_no_order_of_ours_is_not_taken_nor_one_too_large(cabinet: Cabinet, bank: Bank) -> None:
    assert notice(cabinet, bank, paid("0" * 32, cabinet)) == 404
    assert notice(cabinet, bank, b" " * 20_000) == 413


def test_a_bank_that_does_not_answer_is_said_so_and_nothing_of_it_is_shown(payer: Browser, bank: Bank) -> None:
    bank.is_silent.append(True)
    answer = payer.fill("/pay", account=str(ACCOUNT), sum="1,00", method="card")
    assert answer.status == 503
    assert "Банк не отвечает" in answer.page
    assert "Errno" not in answer.page


# Foreign payers


def test_nobody_pays_under_an_account_that_is_not_theirs_nor_sees_anothers_payment(
    cabinet: Cabinet, payer: Browser, bank: Bank
) -> None:
    for account in (OTHER, UNKNOWN):
        answer = payer.fill("/pay", account=str(account), sum="1,00", method="card")
        assert answer.status == 403
    assert not bank.orders
    order = begin(payer)
    stranger = cabinet.member(cabinet.browser(), OTHER, "999,00", "neighbour@example.org")
    assert stranger.client.get(f"/paid?order={order}").status_code == 404
    assert stranger.client.get("/paid?order=' or 1=1; --").status_code == 404


@pytest.mark.parametrize("rubles", ["0", "0,99", "500000,01", "-5", "1e3", "<script>", "", "99999999999"])
def test_a_sum_that_is_none_begins_nothing(rubles: str, cabinet: Cabinet, payer: Browser) -> None:
    answer = payer.fill("/pay", account=str(ACCOUNT), sum=rubles, method="card")
    assert answer.status == 422
    assert "<script" not in answer.page
    assert states(cabinet) == []


def test_a_foreign_page_begins_no_payment(cabinet: Cabinet, payer: Browser) -> None:
    good = payer.form("/pay") | {"account": str(ACCOUNT), "sum": "1,00", "method": "card"}
    elsewhere = payer.client.post("/pay", data=good, headers={"origin": "https://evil.example"})
    borrowed = payer.client.post("/pay", data=good | cabinet.browser().form("/sign-in"))
    assert [elsewhere.status_code, borrowed.status_code] == [403, 403]
    assert states(cabinet) == []


def test_without_a_long_key_the_cabinet_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENERGOSBYT_PAYMENT_URL", "https://bank.example.org")
    monkeypatch.setenv("ENERGOSBYT_PAYMENT_KEY", "short")
    with pytest.raises(ValueError, match="at least 32"):
        CabinetSettings.from_environment()
    monkeypatch.setenv("ENERGOSBYT_PAYMENT_URL", "http://bank.example.org")
    with pytest.raises(ValueError, match="https"):
        CabinetSettings.from_environment()


# Through to the balance


def test_a_confirmed_payment_is_in_the_published_balance_once(night: Settings, store: Engine, tmp_path: Path) -> None:
    home = shutil.copytree(night.home, tmp_path / "home")
    settings = replace(night, home=home)

    def published(question: str, *values: object) -> list[tuple[object, ...]]:
        with duckdb.connect(str(current_snapshot(home)), read_only=True) as connection:
            return connection.execute(question, list(values)).fetchall()

    [(account,)] = published("select min(account_number) from account_month")
    paid_in = "select sum(paid_kopecks) from account_month where account_number = ?"
    [(before,)] = published(paid_in, account)
    now = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
    with Work(store) as work:
        work.add(
            Person(person_id=1, email="", password_hash="", consented_at=now, created_at=now, password_changed_at=now)
        )
        work.commit()
    order = payments.begin(store, 1, int(str(account)), SUM, "card", "form", now)
    said = Notice(order, "op-1", SUM, is_paid=True, at=now, rrn="630118021101")
    with open_warehouse(settings) as connection:
        for run_id in (2, 3):
            payments.take(store, said, "", now)
            outbox.deliver(store, settings.inbox, now)
            ingest(connection, settings, run_id)
            with Work(store) as work:  # Killed before the delivery was written down: it is delivered again.
                work.execute(update(Delivery).values(written_at=None))
                work.commit()
        replay(connection)
        publish(connection, settings, dt.datetime.now(dt.UTC))
    rows = published(
        "select account_number, amount_kopecks, channel::varchar, status::varchar from payment where agent = 'card' and operation_id = 'op-1'"
    )
    assert rows == [(account, SUM, "card", "posted")]
    [(after,)] = published(paid_in, account)
    assert int(str(after)) - int(str(before)) == SUM
