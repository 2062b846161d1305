"""Measure the cabinet on readings day: `python -m tests.bench.cabinet [--customers N] [--think SECONDS]`.

So many customers at once sign in, open the page of readings, check a reading, send it, look at their settings; each speaks
to the cabinet as a browser does, sockets of Streamlit included. Prints a Markdown table of what they waited for, and
fails when a reading they were given a number for is not in the file of the night.
"""

import argparse
import asyncio
import csv
import datetime as dt
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import httpx2
from sqlalchemy.orm import Session as Work
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.cabinet import outbox
from dashboard.cabinet.access.secret import hash_password
from dashboard.cabinet.settings import store_url
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import OwnedAccount, Person
from pipelines.settings import ROOT, Settings
from pipelines.simulate import simulate
from pipelines.warehouse.snapshot import connect_snapshot

PASSWORD = "три синих чайника"  # noqa: S105 - of invented people
PORT = 8599
URL = f"http://localhost:{PORT}"
GOAL_SECONDS = 1.0
ACTIONS = ("sign in", "open readings", "check", "send", "settings")


@dataclass
class Customer:
    """Somebody with one meter of one rate: what he will send, and the numbers he was given."""

    account: int
    value: int
    receipts: list[str] = field(default_factory=list)


@dataclass
class Waited:
    """Seconds, action by action."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in ACTIONS})

    @contextmanager
    def on(self, action: str) -> Iterator[None]:
        """Time a block."""
        began = time.monotonic()
        yield
        self.seconds[action].append(time.monotonic() - began)


def prepare(settings: Settings, accounts: int) -> list[Customer]:
    """A published region with a cabinet for each customer; made once, the store anew each time."""
    if not (settings.published / "current.json").exists():
        today = dt.datetime.now(dt.UTC).date().replace(day=1)
        last = (today - dt.timedelta(days=1)).replace(day=1)
        simulate(settings.inbox, accounts * 4, last.replace(year=last.year - 1), last, 61)
        night = [sys.executable, "-c", "from pipelines.cli import main; main()", "nightly"]
        subprocess.run(night, cwd=ROOT, env=_environment(settings), check=True, capture_output=True)
    shutil.rmtree(settings.home / "store", ignore_errors=True)
    shutil.rmtree(settings.inbox / "cabinet", ignore_errors=True)
    pointer = json.loads((settings.published / "current.json").read_text(encoding="utf-8"))
    with connect_snapshot(settings.published / pointer["snapshot"]) as connection:
        rows = connection.execute(
            """
            select account_number, arg_max(value, received_at)::bigint + 150
            from reading inner join meter using (account_number, meter_serial)
            where verdict = 'accepted' and zone = 'all' and removed_on is null and whole_digits >= 5
            group by account_number having count(distinct meter_serial) = 1 and max(value) < 90000 and max(value) = arg_max(value, received_at)
            order by account_number limit ?
            """,
            [accounts],
        ).fetchall()
    now, kept = dt.datetime.now(dt.UTC), hash_password(PASSWORD)
    with Work(open_store(store_url(settings))) as work:
        for number, (account, _) in enumerate(rows, 1):
            email = f"c{account}@example.org"
            work.add(
                Person(
                    person_id=number,
                    email=email,
                    password_hash=kept,
                    consented_at=now,
                    created_at=now,
                    password_changed_at=now,
                )
            )
            work.flush()
            work.add(OwnedAccount(person_id=number, account_number=account, added_at=now))
        work.commit()
    return [Customer(account, value) for account, value in rows]


def _environment(settings: Settings) -> dict[str, str]:
    return {**os.environ, "ENERGOSBYT_HOME": str(settings.home), "ENERGOSBYT_CABINET_URL": URL}


@contextmanager
def served(settings: Settings) -> Iterator[None]:
    """The cabinet as `make cabinet` runs it."""
    with (settings.home / "cabinet.log").open("w") as log:
        command = [sys.executable, "-m", "dashboard.cabinet.asgi"]
        server = subprocess.Popen(command, cwd=ROOT, env=_environment(settings), stdout=log, stderr=log)
        try:
            for _ in range(200):
                try:
                    httpx2.get(f"{URL}/_stcore/health")
                    break
                except httpx2.TransportError:
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()
            server.wait(20)


class Page:
    """A page of Streamlit as its program in the browser sees it: widgets by label, and what is written."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.widgets: dict[str, str] = {}
        self.text = ""

    async def run(self, page: str, values: Mapping[str, str | bool] = MappingProxyType({})) -> None:
        """Ask for a rerun with values of widgets (by label; True presses a button) and wait until it is drawn."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        for label, value in values.items():
            state = asked.rerun_script.widget_states.widgets.add(id=self.widgets[label])
            if isinstance(value, bool):
                state.trigger_value = value
            else:
                state.string_value = value
        self.text = ""
        await self._socket.send(asked.SerializeToString())
        async for message in self._socket:
            said = ForwardMsg.FromString(message if isinstance(message, bytes) else message.encode())
            if said.HasField("script_finished"):
                return
            self._read(said)

    def _read(self, said: ForwardMsg) -> None:
        if not said.HasField("delta") or not said.delta.HasField("new_element"):
            return
        element = said.delta.new_element
        kind = element.WhichOneof("type")
        if kind in {"text_input", "button"}:
            widget = getattr(element, kind)
            self.widgets[widget.label.partition(" (")[0]] = widget.id
        elif kind == "alert":
            self.text += element.alert.body + "\n"


@asynccontextmanager
async def signed_in(customer: Customer, waited: Waited) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser with a session."""
    async with httpx2.AsyncClient(base_url=URL, headers={"origin": URL}, timeout=60) as client:
        with waited.on("sign in"):
            form = re.search(r'name="form" value="(\w+)"', (await client.get("/sign-in")).text)
            assert form
            fields = {"form": form[1], "login": f"c{customer.account}@example.org", "password": PASSWORD}
            answer = await client.post("/sign-in", data=fields)
        assert answer.status_code == 303, answer.text
        yield client


async def day(customer: Customer, waited: Waited, think: float) -> None:
    """What one customer does on readings day."""

    async def pause() -> None:
        await asyncio.sleep(think * random.uniform(0.5, 1.5))

    await asyncio.sleep(think * random.random())
    async with signed_in(customer, waited) as client:
        await pause()
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        address = f"ws://{urlsplit(URL).netloc}/_stcore/stream"
        headers = {"Cookie": cookies}
        with waited.on("open readings"):
            socket = await connect(
                address,
                origin=Origin(URL),
                additional_headers=headers,
                subprotocols=[Subprotocol("streamlit")],
                max_size=None,
                open_timeout=60,
            )
            page = Page(socket)
            await page.run("readings")
        await pause()
        value = str(customer.value)
        with waited.on("check"):
            await page.run("readings", {"Показание: сутки": value, "Проверить и рассчитать": True})
        assert "Передать показание" in page.widgets, page.text
        await pause()
        with waited.on("send"):
            await page.run("readings", {"Показание: сутки": value, "Передать показание": True})
        found = re.search(r"\d{6}-\w{7}", page.text)
        assert found, page.text
        customer.receipts.append(found[0])
        await pause()
        with waited.on("settings"):
            assert (await client.get("/settings")).status_code == 200
        await socket.close()


def delivered(settings: Settings) -> set[tuple[int, str]]:
    """What the coming night would take."""
    outbox.deliver(open_store(store_url(settings)), settings.inbox, dt.datetime.now(dt.UTC))
    return {
        (int(row["account_number"]), row["value"])
        for path in (settings.inbox / "cabinet").glob("*.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter=";")
    }


def report(waited: Waited, customers: list[Customer], seconds: float, out: Path) -> None:
    """Print the table and keep it as JSON."""
    print(
        f"\n{len(customers)} customers at once, {os.cpu_count()} cores, {seconds:.0f} s, load {os.getloadavg()[0]:.1f}\n"
    )
    print("| action | times | median s | 95 % s | longest s |\n| --- | --: | --: | --: | --: |")
    rows = {**waited.seconds, "every action": [one for each in waited.seconds.values() for one in each]}
    for name, times in rows.items():
        ordered = sorted(times)
        middle, late = ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100]
        print(f"| {name} | {len(ordered)} | {middle:.2f} | {late:.2f} | {ordered[-1]:.2f} |")
    every = sorted(rows["every action"])
    print(f"\n95th percentile {'within' if every[len(every) * 95 // 100] <= GOAL_SECONDS else 'OVER'} {GOAL_SECONDS} s")
    out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _cpu_seconds() -> float:
    """What finished children of this process have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def everybody(customers: list[Customer], waited: Waited, think: float) -> None:
    """All of them at once."""
    await asyncio.gather(*(day(customer, waited, think) for customer in customers))


def main() -> None:
    """Serve, let everybody in, count what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=50)
    parser.add_argument("--think", type=float, default=10, help="seconds between a customer's actions, on average")
    arguments = parser.parse_args()
    base = Settings.from_environment()
    settings = replace(base, home=base.home / "bench" / f"cabinet-{arguments.customers}")
    settings.home.mkdir(parents=True, exist_ok=True)
    first, *customers = prepare(settings, arguments.customers + 1)
    waited = Waited()
    used = _cpu_seconds()
    with served(settings):
        asyncio.run(day(first, Waited(), 0))  # Somebody is always the first of the day.
        began = time.monotonic()
        asyncio.run(everybody(customers, waited, arguments.think))
        seconds = time.monotonic() - began
    report(waited, customers, seconds, settings.home / "cabinet.json")
    print(f"the cabinet used {_cpu_seconds() - used:.0f} s of a core")
    lost = {(one.account, f"{one.value}.000") for one in customers if one.receipts} - delivered(settings)
    receipts = [number for one in customers for number in one.receipts]
    print(f"readings given a number: {len(receipts)}, different: {len(set(receipts))}, lost: {len(lost)}")
    if lost or len(set(receipts)) != len(customers):
        sys.exit("readings were lost")


if __name__ == "__main__":
    main()
