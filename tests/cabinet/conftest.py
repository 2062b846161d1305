"""A cabinet with its front, a clock to move, a mailbox to read; behind the gate a page that says it was reached."""

import datetime as dt
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from argon2 import PasswordHasher
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from dashboard.cabinet.access import secret
from dashboard.cabinet.card.provider import HttpProvider, Order
from dashboard.cabinet.front.guard import Guard
from dashboard.cabinet.front.pages import Front
from dashboard.cabinet.front.routes import front_routes
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import SecurityEvent
from dashboard.store import Snapshot, current
from pipelines.settings import Settings

URL = "https://cabinet.example.org"
ACCOUNT, PAID = 610000000001, 125_040
PAID_LONG_AGO = 77_700
OTHER, OTHER_PAID = 610000000002, 99_900
UNKNOWN = 619999999999
CONTRACT, INN, CONTRACT_PAID = "61-000001", "6164000001", 1_749_117_00
OTHER_CONTRACT, OTHER_CONTRACT_PAID = "61-000002", 7_508_996_00
UNKNOWN_CONTRACT = "61-999999"
EMAIL, PASSWORD = "ivanov@example.org", "три синих чайника"

REPRESENTATIVE = {
    "contract": CONTRACT,
    "inn": INN,
    "name": "Мельник Иван Петрович",
    "position": "директор",
    "authority": "устав",
    "email": EMAIL,
    "phone": "8 (918) 123-45-67",
    "sum": "1749117,00",
    "consent": "yes",
}


@dataclass
class Clock:
    """The time of the cabinet, moved by tests."""

    at: dt.datetime = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += dt.timedelta(**span)


@dataclass
class Mailbox:
    """What the local SMTP server was handed."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default))
        return "250 OK"

    def last(self) -> tuple[str, str]:
        letter = self.letters[-1]
        return str(letter["Subject"]), str(letter.get_content())

    def token(self, email: str | None = None) -> str:
        """The link's token in the last letter, or in the last letter to somebody."""
        letter = next(one for one in reversed(self.letters) if email in {None, one["To"]})
        found = re.search(r"token=(\S+)", str(letter.get_content()))
        assert found, letter
        return found[1]


@contextmanager
def receiving(handler: object) -> Iterator[int]:
    """A real mail server on this machine that hands what comes to a handler; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop()


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed in no time; `test_passwords_are_kept_as_argon2id` looks at the real ones."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(secret, "_hasher", lambda: cheap)
    secret._nobodys_hash.cache_clear()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    with receiving(box) as box.port:
        yield box


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its tables made, to copy: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    engine = open_store(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("select 1")
    engine.dispose()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path) -> Engine:
    return open_store(f"sqlite:///{shutil.copy(empty_store, tmp_path / 'store.sqlite')}")


@pytest.fixture(scope="session")
def published_home(night: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the published folder of a night, since whoever looks at it keeps it open."""
    home = tmp_path_factory.mktemp("published")
    shutil.copytree(night.published, home / "published")
    return home


@pytest.fixture(scope="session")
def snapshot(published_home: Path) -> Snapshot:
    found = current(published_home / "published")
    assert found is not None
    return found


@dataclass
class Browser:
    """One browser at one address: it fills in forms as a person does."""

    client: TestClient

    def form(self, path: str) -> dict[str, str]:
        page = self.client.get(path)
        assert page.status_code == 200
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))

    def fill(self, path: str, **fields: str) -> "Answer":
        place = path.partition("?")[0]
        answer = self.client.post(place, data=self.form(path) | fields, follow_redirects=False)
        return Answer(answer.status_code, answer.text, answer.headers.get("location"))

    def act(self, place: str, **fields: str) -> "Answer":
        """Press a button of a page of the desk."""
        page = "/" + place.split("/")[1]
        key = self.form(page)["form"]
        answer = self.client.post(place, data={"form": key} | fields, follow_redirects=False)
        return Answer(answer.status_code, answer.text, answer.headers.get("location"))

    def page(self, path: str) -> str:
        """What a page says."""
        return str(self.client.get(path, headers={"accept": "text/html"}).text)

    def register(
        self, account: int = ACCOUNT, rubles: str = "1250,40", email: str = EMAIL, password: str = PASSWORD
    ) -> "Answer":
        return self.fill("/register", account=str(account), sum=rubles, email=email, password=password, consent="yes")

    def sign_in(self, login: str = EMAIL, password: str = PASSWORD) -> "Answer":
        return self.fill("/sign-in", login=login, password=password)

    def register_contract(self, **fields: str) -> "Answer":
        """As a representative would, but for what a test says otherwise."""
        return self.fill("/register-contract", **(REPRESENTATIVE | fields))

    @property
    def token(self) -> str | None:
        return self.client.cookies.get("__Host-session")

    def is_in(self) -> bool:
        return self.client.get("/", headers={"accept": "text/html"}, follow_redirects=False).status_code == 200


@dataclass(frozen=True)
class Answer:
    """What a form answered: status, page without the form's key, and where it leads."""

    status: int
    page: str
    leads_to: str | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def _told(self) -> tuple[int, str, str | None]:
        return (
            self.status,
            re.sub(r'name="(form|form_id|login|email|account|contract|inn)"[^>]* value="[^"]*"', "", self.page),
            self.leads_to,
        )


@dataclass
class Cabinet:
    """An installation under test."""

    app: Starlette
    store: Engine
    clock: Clock
    mailbox: Mailbox
    published: list[Snapshot]
    """The snapshot shown, if any: tests that need one put it here."""

    def browser(self, address: str = "203.0.113.5") -> Browser:
        client = TestClient(self.app, base_url=URL, client=(address, 50000), headers={"origin": URL})
        return Browser(client)

    def member(self, browser: Browser, account: int = ACCOUNT, rubles: str = "1250,40", email: str = EMAIL) -> Browser:
        """Register, confirm and sign in."""
        browser.register(account, rubles, email)
        assert "E-mail подтверждён" in browser.fill(f"/confirm?token={self.mailbox.token()}").page
        assert browser.sign_in(email).leads_to == "/"
        return browser

    def representative(self, browser: Browser, **fields: str) -> Browser:
        """Register for a contract, set the password by the link and sign in."""
        browser.register_contract(**fields)
        email = fields.get("email", EMAIL)
        answer = browser.fill(f"/first-password?token={self.mailbox.token(email)}", password=PASSWORD)
        assert "Кабинет открыт" in answer.page
        assert browser.sign_in(email).leads_to == "/"
        return browser

    def events(self) -> list[str]:
        with Work(self.store) as work:
            return list(work.scalars(select(SecurityEvent.kind).order_by(SecurityEvent.event_id)))


@dataclass(frozen=True)
class Bank(HttpProvider):
    """The sandbox in this process: orders reach it without a network."""

    orders: dict[str, dict[str, object]] = field(default_factory=dict)
    is_silent: list[bool] = field(default_factory=list)

    def checkout(self, order: Order, now: dt.datetime) -> str:
        if self.is_silent:
            return HttpProvider("http://127.0.0.1:1", self.key).checkout(order, now)
        self.orders[order.order] = dict(order.__dict__)
        return f"{self.url}/pay/{order.order}"


async def _behind(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"person {request.state.visitor.person_id}")


async def _socket(reached: WebSocket) -> None:
    await reached.accept()
    await reached.send_text("reached")
    await reached.close()


@pytest.fixture
def bank() -> Bank:
    return Bank("https://bank.example.org", "k" * 32)


@pytest.fixture
def cabinet(store: Engine, clock: Clock, mailbox: Mailbox, bank: Bank) -> Cabinet:
    settings = CabinetSettings(
        URL, str(store.url), "127.0.0.1", mailbox.port, "cabinet@example.org", bank.url, bank.key
    )
    paid = {(ACCOUNT, PAID), (OTHER, OTHER_PAID)}
    contracts = {(CONTRACT, INN, CONTRACT_PAID), (OTHER_CONTRACT, INN, OTHER_CONTRACT_PAID)}
    front = Front(
        settings,
        store,
        lambda account, kopecks: (account, kopecks) in paid,
        clock,
        lambda account, kopecks: (account, kopecks) in {*paid, (ACCOUNT, PAID_LONG_AGO)},
        contract_paid=lambda contract, inn, kopecks: (contract, inn, kopecks) in contracts,
        snapshot=lambda: published[0] if published else None,
        provider=bank,
    )
    published: list[Snapshot] = []
    behind = [Route("/{path:path}", _behind), WebSocketRoute("/_stcore/stream", _socket)]
    guard = Middleware(Guard, settings=settings, store=store, now=clock)
    app = Starlette(routes=[*front_routes(front), *behind], middleware=[guard])
    return Cabinet(app, store, clock, mailbox, published)
