"""The electronic receipt comes once to whoever wants it, whatever the mail server says and wherever we are killed."""

import datetime as dt
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import duckdb
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine, delete, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import receipt_address
from dashboard.cabinet.access.people import Caller
from dashboard.cabinet.receipts import (
    Delivered,
    DeliveryStoppedError,
    deliver,
    queue,
    subscribe,
    subscriptions,
    unsubscribe,
)
from dashboard.cabinet.receipts.post import hand_over
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import OwnedAccount, Person, ReceiptLetter
from dashboard.cabinet.subscription import subscribe as choose
from pipelines.russian import day, rubles
from pipelines.settings import REFERENCE, ROOT, Settings
from pipelines.statements import StatementError, statement_pdf
from tests.cabinet.conftest import Clock, receiving
from tests.snapshots import current_snapshot

MONTH = dt.date(2026, 2, 1)


@dataclass
class Post:
    """A mail server whose answers a test chooses: `says` answers an address, `takes` is told of each letter that came."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    says: Callable[[str], str] = lambda _: "250 OK"
    takes: Callable[[SMTP], str] = lambda _: "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.says(address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default))
        return self.takes(server)

    def came(self) -> list[str]:
        return sorted(str(letter["To"]) for letter in self.letters)


@pytest.fixture
def post() -> Iterator[Post]:
    box = Post()
    with receiving(box) as box.port:
        yield box


@pytest.fixture(scope="module")
def snapshot(night: Settings) -> Path:
    return current_snapshot(night.home)


@pytest.fixture(scope="module")
def balances(snapshot: Path) -> dict[int, int]:
    with duckdb.connect(snapshot, read_only=True) as connection:
        rows = connection.execute(
            "select account_number, closing_kopecks from account_month where period = ? order by all", [MONTH]
        ).fetchall()
    return dict(rows)


@pytest.fixture
def numbers(balances: dict[int, int]) -> list[int]:
    return list(balances)


@dataclass
class Office:
    """Who delivers: the store, the snapshot and the clock."""

    store: Engine
    snapshot: Path
    post: Post
    clock: Clock

    def deliver(self) -> Delivered:
        settings = CabinetSettings("https://lk.example.org", "", "127.0.0.1", self.post.port, "billing@example.org")
        return deliver(self.store, self.snapshot, REFERENCE, MONTH, settings, now=self.clock, sleep=lambda _: None)


@pytest.fixture
def office(store: Engine, snapshot: Path, post: Post, clock: Clock) -> Office:
    return Office(store, snapshot, post, clock)


def test_the_receipt_comes_to_whoever_wants_it_with_its_page_and_only_once(
    office: Office, balances: dict[int, int]
) -> None:
    number = next(number for number, closing in balances.items() if closing > 0)
    other = next(one for one in balances if one != number)
    subscribe(office.store, number, " Ivanov@Example.org ", office.clock())
    subscribe(office.store, number, "petrova@example.org", office.clock())
    subscribe(office.store, other, "ivanov@example.org", office.clock())
    unsubscribe(office.store, number, "petrova@example.org", office.clock())
    subscribe(office.store, 619999999999, "nobody@example.org", office.clock())
    assert [(one.email, one.is_on) for one in subscriptions(office.store, number)] == [
        ("ivanov@example.org", True),
        ("petrova@example.org", False),
    ]
    assert office.deliver() == Delivered(2, {"sent": 2}, [])
    assert office.post.came() == ["ivanov@example.org"] * 2
    letter = next(one for one in office.post.letters if str(number) in one.get_body().get_content())  # type: ignore[union-attr]
    text = letter.get_body().get_content()  # type: ignore[union-attr]
    assert f"К оплате до {day(dt.date(2026, 3, 10))}: {rubles(balances[number])}." in text
    [page] = letter.iter_attachments()
    assert page.get_filename() == f"{number}-2026-02.pdf"
    assert page.get_content() == statement_pdf(office.snapshot, REFERENCE, number, MONTH)
    subscribe(office.store, number, "petrova@example.org", office.clock())
    assert office.deliver().sent_now == 1
    assert office.deliver().sent_now == 0
    assert Counter(office.post.came()) == {"ivanov@example.org": 2, "petrova@example.org": 1}


def test_two_deliveries_side_by_side_send_each_receipt_once(office: Office, numbers: list[int]) -> None:
    wanted = numbers[:20]
    for number in wanted:
        subscribe(office.store, number, f"a{number}@example.org", office.clock())
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: office.deliver(), range(3)))
    assert sum(one.sent_now for one in done) == len(wanted)
    assert office.post.came() == [f"a{number}@example.org" for number in wanted]


def test_a_receipt_refused_for_now_is_tried_again_later_and_later(office: Office, numbers: list[int]) -> None:
    subscribe(office.store, numbers[0], "full@example.org", office.clock())
    subscribe(office.store, numbers[1], "fine@example.org", office.clock())
    office.post.says = lambda address: "452 mailbox full" if address.startswith("full") else "250 OK"
    assert office.deliver() == Delivered(1, {"sent": 1, "waiting": 1}, [])
    office.clock.forward(minutes=4)
    assert office.deliver().counts == {"sent": 1, "waiting": 1}
    assert tries(office.store) == [1, 1]
    office.clock.forward(minutes=2)
    office.deliver()
    assert tries(office.store) == [1, 2]
    office.clock.forward(minutes=6)
    office.deliver()
    assert tries(office.store) == [1, 2]
    office.post.says = lambda _: "250 OK"
    office.clock.forward(minutes=15)
    assert office.deliver() == Delivered(1, {"sent": 2}, [])
    assert office.post.came() == ["fine@example.org", "full@example.org"]


def tries(store: Engine) -> list[int]:
    with Work(store) as work:
        return sorted(letter.tries for letter in work.query(ReceiptLetter))


def test_the_pauses_grow_and_an_address_is_given_up_in_the_end(office: Office, numbers: list[int]) -> None:
    pauses = [queue.pause(tries) for tries in range(1, queue.TRIES)]
    assert pauses[0] == dt.timedelta(minutes=5)
    assert pauses == sorted(pauses)
    assert pauses[-1] == queue.LONGEST_PAUSE
    subscribe(office.store, numbers[0], "full@example.org", office.clock())
    office.post.says = lambda _: "452 mailbox full"
    for _ in range(queue.TRIES + 2):
        done = office.deliver()
        office.clock.forward(hours=6)
    assert done.troubles == [(numbers[0], "refused", "452 mailbox full")]
    assert tries(office.store) == [queue.TRIES]


def test_an_address_that_does_not_exist_stops_nobody_else(office: Office, numbers: list[int]) -> None:
    for number in numbers[:3]:
        subscribe(office.store, number, f"a{number}@example.org", office.clock())
    office.post.says = lambda address: "550 no such user" if str(numbers[1]) in address else "250 OK"
    done = office.deliver()
    assert done.counts == {"sent": 2, "refused": 1}
    assert done.troubles == [(numbers[1], "refused", "550 no such user")]
    office.clock.forward(days=3)
    assert office.deliver().sent_now == 0


def test_a_server_that_is_down_keeps_everything_waiting(office: Office, numbers: list[int]) -> None:
    subscribe(office.store, numbers[0], "a@example.org", office.clock())
    port, office.post.port = office.post.port, 1
    with pytest.raises(DeliveryStoppedError, match=r"127\.0\.0\.1:1 does not answer"):
        office.deliver()
    office.post.port = port
    assert office.deliver() == Delivered(1, {"sent": 1}, [])


def test_a_server_that_ends_the_connection_between_letters_is_called_again(office: Office, numbers: list[int]) -> None:
    for number in numbers[:3]:
        subscribe(office.store, number, f"a{number}@example.org", office.clock())
    ended: list[str] = []

    def ends_once(address: str) -> str:
        ended.append(address)
        return "421 closing" if len(ended) == 2 else "250 OK"

    office.post.says = ends_once
    office.deliver()
    office.clock.forward(minutes=6)
    office.deliver()
    assert office.post.came() == [f"a{number}@example.org" for number in numbers[:3]]


def test_a_receipt_that_may_have_arrived_is_not_sent_again_by_itself(office: Office, numbers: list[int]) -> None:
    subscribe(office.store, numbers[0], "a@example.org", office.clock())

    def breaks(server: SMTP) -> str:
        assert server.transport is not None
        server.transport.close()
        return "250 OK"

    office.post.takes = breaks
    assert office.deliver().counts == {"uncertain": 1}
    office.post.takes = lambda _: "250 OK"
    office.clock.forward(days=2)
    assert office.deliver().sent_now == 0
    assert len(office.post.letters) == 1
    queue.send_again(office.store, MONTH, office.clock())
    assert office.deliver().sent_now == 1


@pytest.mark.parametrize("at_letter", [1, 3])
def test_killed_by_the_operating_system_no_receipt_comes_twice(
    at_letter: int, night: Settings, post: Post, numbers: list[int], tmp_path: Path
) -> None:
    (tmp_path / "published").symlink_to(night.published)
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    now = dt.datetime.now(dt.UTC)
    store = open_store(url)
    for number in numbers[:4]:
        subscribe(store, number, f"a{number}@example.org", now)
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "deliver", "--period", "2026-02"]
    environment = os.environ | {
        "ENERGOSBYT_HOME": str(tmp_path),
        "ENERGOSBYT_STORE": url,
        "ENERGOSBYT_SMTP_HOST": "127.0.0.1",
        "ENERGOSBYT_SMTP_PORT": str(post.port),
    }
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)

    def kill(_server: SMTP) -> str:
        if len(post.letters) == at_letter:
            process.send_signal(signal.SIGKILL)
            process.wait()
        return "250 OK"

    post.takes = kill
    assert process.wait(30) == -signal.SIGKILL
    assert subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert post.came() == [f"a{number}@example.org" for number in numbers[:4]]
    assert queue.counts(store, MONTH) == {"sent": 3, "sending": 1}
    queue.give_up_on_the_gone(store, MONTH, now + dt.timedelta(hours=1))
    [(number, state, _)] = queue.troubles(store, MONTH)
    assert (number, state) == (numbers[at_letter - 1], "uncertain")


def test_an_account_taken_away_ends_its_receipts_and_a_person_erased_leaves_no_address(
    office: Office, numbers: list[int]
) -> None:
    now = office.clock()
    with Work(office.store) as work:
        person = Person(
            email="a@example.org", password_hash="x", consented_at=now, created_at=now, password_changed_at=now
        )
        work.add(person)
        work.flush()
        work.add_all(
            OwnedAccount(person_id=person.person_id, account_number=number, added_at=now) for number in numbers[:2]
        )
        work.commit()
        person_id = person.person_id
    for number in numbers[:2]:
        subscribe(office.store, number, "a@example.org", now, person_id)
    with Work(office.store) as work:
        work.execute(update(OwnedAccount).where(OwnedAccount.account_number == numbers[0]).values(removed_at=now))
        work.commit()
    assert office.deliver().sent_now == 1
    assert str(numbers[1]) in office.post.letters[0].get_body().get_content()  # type: ignore[union-attr]
    with Work(office.store) as work:
        work.execute(delete(Person))
        work.commit()
    assert not subscriptions(office.store, numbers[1])
    assert queue.counts(office.store, MONTH) == {}


def test_nothing_goes_to_an_address_before_its_mailbox_has_said_yes(office: Office, numbers: list[int]) -> None:
    now = office.clock()
    with Work(office.store) as work:
        times = dict.fromkeys(("consented_at", "created_at", "password_changed_at"), now)
        work.add(Person(person_id=1, email="a@example.org", password_hash="x", **times))
        work.flush()
        work.add(OwnedAccount(person_id=1, account_number=numbers[0], added_at=now))
        work.commit()
    letter = choose(office.store, 1, numbers[0], "book@example.org", is_on=True, now=now)
    assert letter is not None
    assert office.deliver().counts == {}
    assert receipt_address.confirm(office.store, str(letter.token), Caller("", "", now)) == "book@example.org"
    assert office.deliver().counts == {"sent": 1}
    assert office.post.came() == ["book@example.org"]


def test_a_month_that_is_still_open_is_not_sent(office: Office, snapshot: Path) -> None:
    settings = CabinetSettings("https://lk.example.org", "", "127.0.0.1", office.post.port, "billing@example.org")
    with pytest.raises(StatementError, match="Апрель 2026 ещё не закрыт"):
        deliver(office.store, snapshot, REFERENCE, dt.date(2026, 4, 1), settings)


def test_an_address_that_cannot_be_one_is_refused(office: Office, numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        subscribe(office.store, numbers[0], "a@example.org\nBcc: all@example.org", office.clock())


def test_a_line_that_is_a_dot_does_not_end_a_letter(post: Post) -> None:
    import smtplib

    letter = EmailMessage(policy=policy.SMTP)
    letter["From"], letter["To"] = "billing@example.org", "a@example.org"
    letter.set_content("before\n.\n.after\n")
    with smtplib.SMTP("127.0.0.1", post.port) as server:
        server.ehlo()
        outcome = hand_over(server, letter, lambda: True)
    assert outcome is not None
    assert outcome.state == "sent"
    assert post.letters[0].get_content().split() == ["before", ".", ".after"]
