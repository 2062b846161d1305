"""A reading sent in the cabinet reaches the night once, wherever the delivery is killed."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import outbox
from dashboard.cabinet.store.tables import Submission, SubmittedRegister
from dashboard.cabinet.submissions import form_id, submit
from pipelines.intake.ingest import ingest
from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import open_warehouse

NOW = dt.datetime(2026, 11, 24, 12, 30, 15, 999_999, tzinfo=MOSCOW)
ACCOUNT = 610000000001


class KilledError(BaseException):
    """The process is gone."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings(), home=tmp_path / "home", memory_limit="1GB")


def send(store: Engine, form: str = "1", value: int = 18_233_400) -> str:
    return submit(store, "cabinet", ACCOUNT, '00"7;', {"day": value, "night": 9_120_000}, form_id=form, now=NOW)


def night(settings: Settings, run_id: int) -> list[tuple[object, ...]]:
    with open_warehouse(settings) as connection:
        ingest(connection, settings, run_id)
        return connection.execute(
            "select account_number, meter_serial, zone::varchar, value::varchar, channel::varchar, received_at = ?"
            " from intake.reading_fact order by reading_id",
            [NOW.replace(microsecond=0)],
        ).fetchall()


def test_what_was_typed_is_what_the_night_takes(store: Engine, settings: Settings) -> None:
    send(store)
    submit(store, "site", ACCOUNT, "8", {"all": 5_000}, form_id="2", now=NOW)
    assert outbox.deliver(store, settings.inbox, NOW) == 2
    assert night(settings, 1) == [
        (ACCOUNT, '00"7;', "day", "18233.400", "cabinet", True),
        (ACCOUNT, '00"7;', "night", "9120.000", "cabinet", True),
        (ACCOUNT, "8", "all", "5.000", "site", True),
    ]
    assert outbox.deliver(store, settings.inbox, NOW) == 0


@pytest.mark.parametrize("is_taken_before", [False, True])
@pytest.mark.parametrize("where", ["before the file", "beside the file", "after the file"])
def test_a_kill_neither_loses_nor_doubles_a_reading(
    where: str,
    is_taken_before: bool,  # noqa: FBT001
    store: Engine,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(store)
    written = outbox._write

    def killed(path: Path, content: bytes) -> None:
        if where == "beside the file":
            path.parent.mkdir(parents=True)
            path.with_name(path.name + ".part").write_bytes(content[:50])
        if where == "after the file":
            written(path, content)
        raise KilledError

    monkeypatch.setattr(outbox, "_write", killed)
    with pytest.raises(KilledError):
        outbox.deliver(store, settings.inbox, NOW)
    monkeypatch.undo()
    if is_taken_before:
        night(settings, 1)
    send(store, "2", 18_300_000)
    outbox.deliver(store, settings.inbox, NOW + dt.timedelta(hours=1))
    assert sorted(str(row[3]) for row in night(settings, 2) if row[2] == "day") == ["18233.400", "18300.000"]
    assert not [path for path in settings.inbox.rglob("*") if path.is_file() and path.suffix != ".part"]


def test_the_store_of_another_installation_is_not_made_by_a_night(settings: Settings) -> None:
    assert outbox.deliver_own(settings) == 0
    assert not (settings.home / "store").exists()


def test_a_form_sent_twice_is_one_submission_with_one_receipt(store: Engine) -> None:
    assert send(store) == send(store)
    with Work(store) as work:
        assert len(work.scalars(select(Submission)).all()) == 1
        assert len(work.scalars(select(SubmittedRegister)).all()) == 2


def test_fifty_customers_at_once_lose_nothing_and_a_delivery_beside_them_doubles_nothing(
    store: Engine, settings: Settings
) -> None:
    with ThreadPoolExecutor(50) as pool:
        receipts = list(pool.map(lambda number: send(store, str(number), 1_000 * number), range(50)))
        list(pool.map(lambda _: outbox.deliver(store, settings.inbox, NOW), range(4)))
    assert len(set(receipts)) == 50
    values = [str(row[3]) for row in night(settings, 1) if row[2] == "day"]
    assert sorted(values) == sorted(f"{number}.000" for number in range(50))


def test_a_forms_number_does_not_open_another_persons_receipt() -> None:
    assert form_id("n", ACCOUNT, "7", {"all": 5}) != form_id("n", ACCOUNT, "7", {"all": 6})
