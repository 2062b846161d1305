"""The API over a published night: two people, each with an account of their own, and telephones to call from."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.cabinet.access.secret import hash_password
from dashboard.cabinet.front.guard import Guard
from dashboard.cabinet.front.pages import Front
from dashboard.cabinet.mobile.routes import mobile_api
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store.tables import OwnedAccount, Person, SecurityEvent
from dashboard.store import Snapshot, current
from pipelines.settings import Settings
from tests.cabinet.conftest import Clock

URL = "https://cabinet.example.org"
HOST = "mobile-api-rostov.tns-e.ru"
NOW = dt.datetime(2026, 4, 10, 9, 0, tzinfo=dt.UTC)
EMAIL, OTHER_EMAIL, PASSWORD = "1@example.org", "2@example.org", "три синих чайника"
UNKNOWN = 619999999999


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture(scope="module")
def home(night: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the installation, since the API keeps its snapshot open."""
    return shutil.copytree(night.home, tmp_path_factory.mktemp("mobile") / "home")


@pytest.fixture(scope="module")
def snapshot(home: Path) -> Snapshot:
    found = current(home / "published")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def accounts(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """Two accounts with one meter of two zones each, readings and payments."""
    copy = shutil.copy(snapshot.path, tmp_path_factory.mktemp("facts") / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        rows = connection.execute(
            "select account_number from meter semi join payment using (account_number)"
            " semi join (select account_number from reading where verdict = 'accepted' and zone = 'day') using (account_number)"
            " group by account_number having count(*) = 1 and bool_and(removed_on is null) order by 1 limit 2"
        ).fetchall()
    return [int(number) for (number,) in rows]


def settle(store: Engine, accounts: list[int], password_hash: str) -> None:
    """Person 1 owns the first account, person 2 the second."""
    with Work(store) as work:
        for number, account in enumerate(accounts, 1):
            times = dict.fromkeys(("consented_at", "created_at", "password_changed_at"), NOW)
            work.add(Person(person_id=number, email=f"{number}@example.org", password_hash=password_hash, **times))
            work.flush()
            work.add(OwnedAccount(person_id=number, account_number=account, added_at=NOW))
        work.commit()


@dataclass
class Telephone:
    """One application at one address."""

    client: TestClient
    tokens: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **query: object) -> Any:
        return self.answer("GET", path, params=query)

    def post(self, path: str, **body: object) -> Any:
        return self.answer("POST", path, json=body)

    def answer(self, method: str, path: str, **what: Any) -> Any:
        """The envelope, which every answer has, with its status."""
        headers = {"authorizationtest": f"Bearer {self.tokens['accessToken']}"} if self.tokens else {}
        answer = self.client.request(method, f"/api/v1{path}", headers=headers, **what)
        told = answer.json()
        assert told["statusCode"] == answer.status_code
        assert told["result"] == (answer.status_code == 200)
        assert set(told) == {"result", "statusCode", "data" if told["result"] else "error"}
        return told

    def sign_in(self, email: str = EMAIL, password: str = PASSWORD, region: str = "rostov", kind: str = "email") -> Any:
        told = self.post("/user/auth", login=email, authType=kind, password=password, region=region, platform="android")
        self.tokens = told.get("data", {})
        return told


@dataclass
class Api:
    """An installation under test."""

    app: Starlette
    store: Engine
    clock: Clock

    def telephone(self, address: str = "203.0.113.5", host: str = HOST) -> Telephone:
        return Telephone(TestClient(self.app, base_url=f"https://{host}", client=(address, 50000)))

    def events(self) -> list[str]:
        with Work(self.store) as work:
            return list(work.scalars(select(SecurityEvent.kind).order_by(SecurityEvent.event_id)))


async def _behind(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"person {request.state.visitor.person_id}")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def installed(
    home: Path, store: Engine, clock: Clock, accounts: list[int], password_hash: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path], Api]:
    """An API over any home."""
    settle(store, accounts, password_hash)

    def install(home: Path) -> Api:
        monkeypatch.setenv("ENERGOSBYT_HOME", str(home))
        settings = CabinetSettings(URL, str(store.url), mobile_hosts=(HOST,))
        front = Front(settings, store, lambda *_: False, clock)
        guard = Middleware(Guard, settings=settings, store=store, now=clock)
        routes = [mobile_api(front), Route("/{path:path}", _behind)]
        return Api(Starlette(routes=routes, middleware=[guard]), store, clock)

    del home
    return install


@pytest.fixture
def api(installed: Callable[[Path], Api], home: Path) -> Api:
    return installed(home)


@pytest.fixture
def telephone(api: Api) -> Telephone:
    """Person 1, signed in."""
    telephone = api.telephone()
    assert telephone.sign_in()["result"]
    return telephone
