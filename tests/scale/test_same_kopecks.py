"""Accounts replayed apart, bucket by bucket from Parquet in a store, keep the books of a replay in one warehouse."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import fsspec
import pytest

from pipelines.scale import replay_accounts_apart
from pipelines.scale.engine import run
from pipelines.scale.task import Done, Task, replay_bucket
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import Accounts, replay, replay_accounts
from tests.nights import seal
from tests.oracle.facts import Facts
from tests.oracle.histories import history
from tests.oracle.load import load
from tests.snapshots import differences
from tests.sql.test_parity import nights

BUCKETS = 4


def one_by_one(tasks: Sequence[Task]) -> list[Done]:
    return [replay_bucket(task) for task in tasks]


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Tasks meet in a store in memory: none of them can lean on a path of this machine."""
    yield replace(
        Settings(), home=tmp_path, memory_limit="1GB", cluster_store="memory://meeting", cluster_buckets=BUCKETS
    )
    fsspec.filesystem("memory").store.clear()


def keep_books(settings: Settings, name: str, deliveries: list[Facts], by_account: Accounts) -> Path:
    """The warehouse of an installation after a night for each delivery."""
    own = replace(settings, home=settings.home / name)
    with open_warehouse(own) as connection:
        for run_id, delivery in enumerate(deliveries, start=1):
            load(connection, delivery, run_id)
            replay(connection, None, by_account, businesses=False)
            seal(connection)
    return own.warehouse


def in_three(facts: Facts) -> list[Facts]:
    """Most of a history at once, then its last two nights: closed months are kept, and corrected."""
    *first, before_last, last = nights(facts, 40)
    together = Facts()
    for night in first:
        for fact in night.all():
            together.add(fact)
    return [together, before_last, last]


def name_a_meter_of_the_last_account(facts: Facts) -> None:
    """One more reading: of the first account, with a meter whose account lies in another bucket."""
    first = min(reading.account_number for reading in facts.readings)
    newest = max(
        (reading for reading in facts.readings if reading.account_number == first), key=lambda one: one.known_at
    )
    foreign = max(
        (meter for meter in facts.meters if meter.known_at < newest.known_at), key=lambda meter: meter.account_number
    )
    facts.add(replace(newest, reading_id=1, meter_serial=foreign.meter_serial))


def test_a_random_history_ends_in_the_same_tables_and_what_was_done_before_a_kill_is_not_done_again(
    settings: Settings,
) -> None:
    facts, _ = history(7, 4)
    name_a_meter_of_the_last_account(facts)

    def dying(tasks: Sequence[Task]) -> Iterator[Done]:
        yield replay_bucket(tasks[0])
        raise InterruptedError

    def apart(connection: duckdb.DuckDBPyConnection) -> None:
        with pytest.raises(InterruptedError):
            replay_accounts_apart(connection, settings, dying)
        again = replay_accounts_apart(connection, settings, one_by_one)
        assert (again.found_done, again.buckets > 1) == (1, True)

    here = keep_books(settings, "here", [facts], replay_accounts)
    there = keep_books(settings, "there", [facts], apart)
    assert differences(here, there) == {}
    with duckdb.connect(here) as connection:
        rules = connection.execute("select distinct rule_id from metering.reading where reading_id = 1").fetchall()
    assert rules == [("meter_of_another_account",)]
    assert not fsspec.filesystem("memory").find("/"), "the store keeps what was collected"


def test_nights_that_correct_closed_months_end_in_the_same_tables(settings: Settings) -> None:
    deliveries = in_three(history(2, 3)[0])

    def apart(connection: duckdb.DuckDBPyConnection) -> None:
        assert replay_accounts_apart(connection, settings, one_by_one).buckets > 1

    here = keep_books(settings, "here", deliveries, replay_accounts)
    there = keep_books(settings, "there", deliveries, apart)
    assert differences(here, there) == {}


def test_a_worker_with_other_rules_refuses_the_task(settings: Settings) -> None:
    task = Task(settings.cluster_store, 0, (0, 1), (), code="rules of yesterday")
    with pytest.raises(RuntimeError, match="runs another version of the rules"):
        replay_bucket(task)


def test_a_cluster_that_is_none_is_named_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="is no cluster: say local:2"):
        list(run([], "local"))
