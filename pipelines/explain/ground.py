"""What a replay of a few accounts stands on, made once for a snapshot and used for some accounts after others."""

import contextlib
import datetime as dt
import functools
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import Model, begin, load_models
from pipelines.warehouse.replay import replay_model, set_as_of, stages
from pipelines.warehouse.snapshot import attach_snapshot

AT_ONCE = os.cpu_count() or 1
"""Replays that run side by side; further ones wait their turn, as each fills a core."""
KEPT = 4
"""Grounds kept for later, a few MB each; the one longest unused goes first."""
OWN_FACTS = ("account_fact", "tenant_fact", "meter_fact", "condition_fact", "reading_fact")
"""Facts of which a replay takes those of its accounts; others it looks up in the snapshot, but for payments."""
PAYMENTS = "intake.payment_fact"
"""Taken too, and those that somebody decided about are there already, whosever they are."""


@dataclass(frozen=True)
class Run:
    """A published run: its number, the newest instant it knew, the month it left open."""

    run_id: int
    as_of: dt.datetime
    open_period: dt.date


@dataclass(frozen=True)
class Ground:
    """A run over a snapshot, and the tables that are wanted of it (None: all)."""

    snapshot: Path
    settings: Settings
    run: Run
    wanted: frozenset[str] | None = None

    @property
    def common(self) -> tuple[Model, ...]:
        """The tables that know no account, in order."""
        before, _, _ = stages()
        return tuple(model for model in before if not model.is_of_businesses and self._is_needed(model))

    @property
    def by_account(self) -> tuple[Model, ...]:
        """The tables derived for the accounts, in order."""
        _, by_account, _ = stages()
        return tuple(model for model in by_account if self._is_needed(model))

    @property
    def takes_payments(self) -> bool:
        """Whether payments matter to what is wanted."""
        return self.wanted is None or PAYMENTS in _needed(self.wanted)

    def _is_needed(self, model: Model) -> bool:
        return self.wanted is None or model.name in _needed(self.wanted)


@functools.cache
def _needed(wanted: frozenset[str]) -> frozenset[str]:
    """These tables, and every table that one of them is made of."""
    inputs = {model.name: model.inputs for model in load_models()}
    found, ahead = set[str](), set(wanted)
    while ahead:
        found |= ahead
        ahead = {each for name in ahead for each in inputs[name]} - found
    return frozenset(found)


_turns = threading.BoundedSemaphore(AT_ONCE)
_lock = threading.Lock()
_kept: list[tuple[Ground, duckdb.DuckDBPyConnection]] = []


@contextlib.contextmanager
def standing_on(ground: Ground) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory with the common tables, no facts of an account, and the snapshot attached as `snapshot`."""
    with _turns:
        connection = _take(ground) or _make(ground)
        try:
            yield connection
            _clear(connection, ground)
        except BaseException:
            connection.close()
            raise
        _keep(ground, connection)


def _take(ground: Ground) -> duckdb.DuckDBPyConnection | None:
    with _lock:
        for place, (kept, connection) in enumerate(_kept):
            if kept == ground:
                del _kept[place]
                return connection
    return None


def _keep(ground: Ground, connection: duckdb.DuckDBPyConnection) -> None:
    with _lock:
        _kept.append((ground, connection))
        spare = [_kept.pop(0) for _ in range(len(_kept) - KEPT)]
    for _, old in spare:
        old.close()


def _make(ground: Ground) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    prepare(connection, replace(ground.settings, threads=1))
    attach_snapshot(connection, ground.snapshot)
    connection.execute(
        "insert into intake.source_file select * from snapshot.intake.source_file where run_id <= ?",
        [ground.run.run_id],
    )
    read = frozenset().union(*(model.inputs for model in (*ground.common, *ground.by_account)))
    for model in load_models():
        if model.table.endswith("_fact") and model.name in read - {PAYMENTS}:
            connection.execute(f"drop table {model.name}")
            connection.execute(f"create view {model.name} as {known_facts(model.name)}")
    # A decision may bring a payment from another account: these few belong to every account's replay.
    connection.execute(
        f"""
        create temp table decided_payment as {known_facts(PAYMENTS)}
        semi join intake.payment_decision_fact as decisions
            on decisions.agent = facts.agent and decisions.operation_id = facts.operation_id
        """
    )
    connection.execute(f"insert into {PAYMENTS} select * from temp.decided_payment")
    set_as_of(connection, ground.run.as_of)
    for model in ground.common:
        if model.schema == "reference":
            connection.execute(f"create or replace table {model.name} as select * from snapshot.{model.name}")
        else:
            replay_model(connection, model)
    for table in OWN_FACTS:
        connection.execute(f"drop view intake.{table}")
    for model in ground.by_account:
        begin(connection, model)
    _clear(connection, ground)
    return connection


def known_facts(name: str) -> str:
    """The rows of a fact table (`facts`) that the run knew, as a statement that a condition may follow."""
    return f"""
        select facts.* from snapshot.{name} as facts
        semi join intake.source_file as files on files.source_file_id = facts.source_file_id
    """


def _clear(connection: duckdb.DuckDBPyConnection, ground: Ground) -> None:
    """Take the accounts away again: rows deleted one by one would stay in memory."""
    filled = {PAYMENTS, *(f"intake.{table}" for table in OWN_FACTS)}
    filled |= {model.name for model in ground.by_account if model.kind in {"journal", "table"}}
    for model in load_models():
        if model.name in filled:
            connection.execute(f"drop table if exists {model.name}")
            connection.execute(model.table_statement or "")
    connection.execute(f"insert into {PAYMENTS} select * from temp.decided_payment")
