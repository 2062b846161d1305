"""One account, replayed from the facts of a published snapshot by the same SQL as the night."""

import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import begin, load_models, materialise
from pipelines.warehouse.replay import replay_model, set_as_of, stages


@dataclass(frozen=True)
class Run:
    """A published run: its number, the newest instant it knew, the month it left open."""

    run_id: int
    as_of: dt.datetime
    open_period: dt.date


def find_run(snapshot: Path, known_at: dt.date | None) -> Run:
    """The last run that knew no instant after the end of that day; None: the newest.

    Raises:
        ValueError: no run is that old.
    """
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'Europe/Moscow'")
        connection.execute(f"attach '{snapshot}' as snapshot (read_only)")
        rows = connection.execute(
            """
            select run_id, as_of, open_period from snapshot.replay.run
            where $known_at is null or as_of::date <= $known_at
            order by run_id desc limit 1
            """,
            {"known_at": known_at},
        ).fetchall()
        [(first,)] = connection.execute("select min(as_of)::date from snapshot.replay.run").fetchall()
    if not rows:
        raise ValueError(f"the first run knew {first:%d.%m.%Y}; nothing was published by {known_at:%d.%m.%Y}")
    return Run(*rows[0])


Sending = Callable[[duckdb.DuckDBPyConnection], None]
"""Adds facts that no run has known yet."""


@contextlib.contextmanager
def replayed(
    snapshot: Path,
    settings: Settings,
    account: int,
    run: Run,
    sending: Sending | None = None,
    wanted: frozenset[str] | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory with every table of one account as that run knew it, the steps on the way included.

    With `sending`, as a run would know it that finds these facts too; with `wanted`, those tables and what they need.
    """
    with duckdb.connect() as connection:
        prepare(connection, settings)
        connection.execute(f"attach '{snapshot}' as snapshot (read_only)")
        flats = _flats_of_the_house(connection, account)
        _take_facts(connection, account, flats, run)
        if sending:
            sending(connection)
        set_as_of(connection, run.as_of)
        before, by_account, _ = stages()
        if wanted is not None:
            needed = _needed(wanted)
            before, by_account = (tuple(one for one in each if one.name in needed) for each in (before, by_account))
        for model in before:
            if model.is_of_businesses:
                continue
            if model.schema == "reference":
                connection.execute(f"create or replace table {model.name} as select * from snapshot.{model.name}")
            else:
                replay_model(connection, model)
        for model in by_account:
            begin(connection, model)
        for model in by_account:
            materialise(connection, model, (flats[0], flats[-1]))
        yield connection


@functools.cache
def _needed(wanted: frozenset[str]) -> frozenset[str]:
    """These tables, and every table that one of them is made of."""
    inputs = {model.name: model.inputs for model in load_models()}
    found, ahead = set[str](), set(wanted)
    while ahead:
        found |= ahead
        ahead = {each for name in ahead for each in inputs[name]} - found
    return frozenset(found)


def _flats_of_the_house(connection: duckdb.DuckDBPyConnection, account: int) -> list[int]:
    """The account, and every account that shares with it a house that has needs of its own, in order."""
    rows = connection.execute(
        """
        select $account::bigint as account_number
        union
        select flats.account_number
        from snapshot.intake.account_fact as flats
        semi join snapshot.intake.house_fact as houses on houses.house_id = flats.house_id
        semi join (select house_id from snapshot.intake.account_fact where account_number = $account) as own
            on own.house_id = flats.house_id
        order by account_number
        """,
        {"account": account},
    ).fetchall()
    return [int(number) for (number,) in rows]


def _take_facts(connection: duckdb.DuckDBPyConnection, account: int, flats: list[int], run: Run) -> None:
    """Facts of runs up to this one: payments of the account alone, readings of its house, the few others whole.

    Meters, tenants and accounts of others decide verdicts and tables that all share; a decision may bring a payment
    from another account.
    """
    own = {
        "intake.reading_fact": f"facts.account_number in ({', '.join(map(str, flats))})",
        "intake.payment_fact": """facts.account_number = $account or exists (
            select 1 from snapshot.intake.payment_decision_fact as decisions
            where decisions.agent = facts.agent and decisions.operation_id = facts.operation_id
        )""",
    }
    connection.execute(
        "insert into intake.source_file select * from snapshot.intake.source_file where run_id <= ?", [run.run_id]
    )
    asked = frozenset().union(*(model.inputs for model in load_models() if not model.is_of_businesses))
    facts = [model for model in load_models() if model.table.endswith("_fact") and model.name in asked]
    for model in facts:
        connection.execute(
            f"""
            insert into {model.name} by name
            select facts.* from snapshot.{model.name} as facts
            semi join intake.source_file as files on files.source_file_id = facts.source_file_id
            where $account is not null and ({own.get(model.name, "true")})
            """,
            {"account": account},
        )
