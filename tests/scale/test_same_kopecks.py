"""Accounts replayed apart, bucket by bucket from Parquet in a store, keep the books of a replay in one warehouse."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import fsspec
import pytest

from pipelines.scale import replay_accounts_apart
from pipelines.scale.task import Done, Task, replay_bucket
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import Accounts, replay, replay_accounts
from tests.oracle.facts import Facts
from tests.oracle.histories import history
from tests.oracle.load import load
from tests.snapshots import differences
from tests.sql.test_parity import nights, seal

BUCKETS = 7


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
            replay(connection, None, by_account)
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


def at_once(facts: Facts) -> list[Facts]:
    return [facts]


@pytest.mark.parametrize(("seed", "regions", "delivered"), [(7, 4, at_once), (2, 2, in_three)])
def test_random_histories_end_in_the_same_tables(
    seed: int, regions: int, delivered: Callable[[Facts], list[Facts]], settings: Settings
) -> None:
    deliveries = delivered(history(seed, regions)[0])

    def apart(connection: duckdb.DuckDBPyConnection) -> None:
        assert replay_accounts_apart(connection, settings, one_by_one).buckets > 1

    here = keep_books(settings, "here", deliveries, replay_accounts)
    there = keep_books(settings, "there", deliveries, apart)
    assert differences(here, there) == {}
