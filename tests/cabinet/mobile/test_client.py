"""The application's public client, unchanged, against the cabinet as it is served: over TLS, by its own host name."""

import asyncio
import base64
import datetime as dt
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import aiohttp
import aiotnse
import duckdb
import pytest
import trustme
from aiohttp.abc import AbstractResolver, ResolveResult
from aiotnse import SimpleTNSEAuth, TNSEApi, TNSEApiError, TNSEAuthError

from dashboard.cabinet import outbox
from dashboard.cabinet.store import open_store
from pipelines.intake.ingest import ingest
from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.publish import publish
from pipelines.warehouse.replay import replay
from tests.cabinet.mobile.conftest import EMAIL, HOST, OTHER_EMAIL, PASSWORD, settle
from tests.e2e.test_cabinet import Running, serve_cabinet
from tests.snapshots import current_snapshot


class Elsewhere(AbstractResolver):
    """Finds every host on this machine, at one port."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:  # noqa: ARG002
        found = ResolveResult(hostname=host, host="127.0.0.1", port=self._port, family=2, proto=0, flags=0)
        return [found]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def running(home: Path, accounts: list[int], password_hash: str) -> Iterator[Running]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ENERGOSBYT_MOBILE_HOSTS", HOST)
        # The client reads Moscow times by the clock of its own machine, which stands in Rostov.
        environment.setenv("TZ", "Europe/Moscow")
        time.tzset()
        with serve_cabinet(home) as cabinet:
            settle(open_store(f"sqlite:///{home / 'store' / 'store.sqlite'}"), accounts, password_hash)
            yield cabinet
    time.tzset()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@asynccontextmanager
async def connected(running: Running, authority: trustme.CA) -> AsyncIterator[aiohttp.ClientSession]:
    """What stands before the cabinet in production: TLS for the application's host name, bytes passed on."""
    theirs, ours = ssl.create_default_context(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.configure_trust(theirs)
    authority.issue_cert(HOST).configure_cert(ours)
    port = int(running.url.rpartition(":")[2])

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pump(reader, forth), pump(back, writer), return_exceptions=True)

    server = await asyncio.start_server(passed_on, "127.0.0.1", 0, ssl=ours)
    resolver = Elsewhere(server.sockets[0].getsockname()[1])
    async with server, aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=resolver, ssl=theirs)) as session:
        yield session


def run(running: Running, authority: trustme.CA, what: Callable[[aiohttp.ClientSession], Awaitable[Any]]) -> Any:
    async def connect() -> Any:
        async with connected(running, authority) as session:
            return await what(session)

    return asyncio.run(connect())


def signed_in(session: aiohttp.ClientSession, email: str = EMAIL) -> TNSEApi:
    """The client signs in by itself at its first call."""
    return TNSEApi(SimpleTNSEAuth(session, region="rostov", email=email, password=PASSWORD))


def test_the_client_reads_everything_it_knows_of_an_account(
    running: Running, authority: trustme.CA, accounts: list[int]
) -> None:
    async def tour(session: aiohttp.ClientSession) -> None:
        assert await aiotnse.async_check_version(session) == {"status": 1}
        regions = await aiotnse.async_get_regions(session)
        assert [one["code"] for one in regions] == ["rostov"]
        api = signed_in(session)
        [account] = await api.async_get_accounts()
        number = account["number"]
        assert aiotnse.is_valid_account(number)
        assert number == str(accounts[0])
        assert (await api.async_get_user_info())["email"] == EMAIL
        full = await api.async_get_account_info(account["id"])
        [counter] = await api.async_get_counters(number)
        assert [one["number"] for one in full["countersInfo"]] == [counter["counterId"]]
        read = await api.async_get_counter_readings(counter["counterId"], number)
        assert read[0]["readings"][0]["title"].startswith(f"{counter['lastReadings'][0]['name']} ")
        assert (await api.async_get_balance(number))["closedMonth"]
        last = dt.datetime.strptime(read[0]["date"], "%d.%m.%y").replace(tzinfo=dt.UTC)
        history = await api.async_get_history(number, last.year, last.month)
        assert {one["type"] for one in history["items"]} >= {2, 3}
        [newest, *_] = await api.async_get_invoices(number, last.year)
        made = await api.async_get_invoice_file(number, newest["date"])
        assert base64.b64decode(made["file"]).startswith(b"%PDF")
        assert await api.async_get_invoice_settings(number) == {"email": EMAIL, "status": False}
        assert await api.async_get_information(number) == []
        assert await api.async_get_main_page_debt_info() == []
        other = signed_in(session, OTHER_EMAIL)
        with pytest.raises(TNSEApiError, match="Данные не найдены"):
            await other.async_get_balance(number)

    run(running, authority, tour)


def test_the_client_signs_in_renews_and_leaves(running: Running, authority: trustme.CA) -> None:
    async def access(session: aiohttp.ClientSession) -> None:
        with pytest.raises(TNSEAuthError, match="Неверный логин или пароль"):
            await SimpleTNSEAuth(session, region="rostov", email=EMAIL, password="не тот пароль").async_login()
        auth = SimpleTNSEAuth(session, region="rostov", email=EMAIL, password=PASSWORD)
        await auth.async_login()
        assert auth.access_token_expires is not None
        left = auth.access_token_expires - dt.datetime.now()  # noqa: DTZ005 - as the client reads it
        assert dt.timedelta(minutes=14) < left <= dt.timedelta(minutes=15)
        first = auth.access_token
        auth._access_token_expires = dt.datetime(2026, 1, 1)  # noqa: DTZ001
        api = TNSEApi(auth)
        assert await api.async_get_accounts()
        assert auth.access_token != first, "it was renewed"
        refresh = auth.refresh_token
        await auth.async_logout()
        left_behind = SimpleTNSEAuth(session, region="rostov", refresh_token=refresh)
        with pytest.raises(aiotnse.TNSETokenRefreshError):
            await TNSEApi(left_behind).async_get_accounts()

    run(running, authority, access)


def test_a_reading_the_client_sends_is_in_the_next_published_balance(
    running: Running, authority: trustme.CA, accounts: list[int]
) -> None:
    async def send(session: aiohttp.ClientSession) -> tuple[str, list[str]]:
        api, number = signed_in(session, OTHER_EMAIL), str(accounts[1])
        [counter] = await api.async_get_counters(number)
        values = [str(int(Decimal(one["value"])) + 300) for one in counter["lastReadings"]]
        assert await api.async_send_readings(number, counter["rowId"], values) == []
        with pytest.raises(TNSEApiError, match="больше цифр"):
            await api.async_send_readings(number, counter["rowId"], ["999999999"] * len(values))
        return counter["rowId"], values

    before = published(running.home, accounts[1])
    serial, values = run(running, authority, send)
    now = dt.datetime.now(dt.UTC)
    counted = (
        now.date().replace(day=1) if now.day <= 25 else (now.date().replace(day=1) + dt.timedelta(32)).replace(day=1)
    )
    closed = dt.datetime.combine(max(now.date(), counted), dt.time(), MOSCOW)
    settings = replace(Settings(), home=running.home, memory_limit="1GB")
    store = open_store(f"sqlite:///{running.home / 'store' / 'store.sqlite'}")
    assert outbox.deliver(store, settings.inbox, now) == 1
    with open_warehouse(settings) as warehouse:
        ingest(warehouse, settings, 2)
        replay(warehouse, closed)
        publish(warehouse, settings, now)
    with duckdb.connect(str(current_snapshot(running.home)), read_only=True) as connection:
        taken = connection.execute(
            "select value::bigint, channel::varchar, verdict::varchar, period from reading"
            " where account_number = ? and meter_serial = ? and channel = 'mobile' order by received_at desc, zone limit ?",
            [accounts[1], serial, len(values)],
        ).fetchall()
        used = connection.execute(
            "select sum(kwh)::bigint from charge_line where account_number = ? and meter_serial = ? and basis = 'reading'"
            " and posting_period = ?", [accounts[1], serial, counted],
        ).fetchone()  # fmt: skip
    assert taken == [(int(value), "mobile", "accepted", counted) for value in values]
    assert used
    assert used[0] == 300 * len(values), "the energy of the reading is charged, spread over the months it was used in"

    async def look(session: aiohttp.ClientSession) -> Any:
        api = signed_in(session, OTHER_EMAIL)
        [counter] = await api.async_get_counters(str(accounts[1]))
        assert [one["value"] for one in counter["lastReadings"]] == values
        return await api.async_get_balance(str(accounts[1]))

    told = run(running, authority, look)
    after = published(running.home, accounts[1])
    assert after != before
    assert int(Decimal(str(told["sumToPayRaw"])).scaleb(2)) == after[told["closedMonth"]]


def published(home: Path, account: int) -> dict[str, int]:
    """Closed month -> balance, of the newest snapshot."""
    with duckdb.connect(str(current_snapshot(home)), read_only=True) as connection:
        rows = connection.execute(
            "select strftime(period, '%d.%m.%y'), closing_kopecks from account_month where account_number = ?",
            [account],
        ).fetchall()
    return dict(rows)
