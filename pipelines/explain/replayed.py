"""One account, replayed from the facts of a published snapshot by the same SQL as the night."""

import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from pipelines.explain.ground import Ground, Run, known_facts, standing_on
from pipelines.settings import Settings
from pipelines.warehouse.models import begin, materialise
from pipelines.warehouse.snapshot import attach_snapshot


@functools.lru_cache(maxsize=64)
def find_run(snapshot: Path, known_at: dt.date | None) -> Run:
    """The last run that knew no instant after the end of that day; None: the newest.

    Raises:
        ValueError: no run is that old.
    """
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'Europe/Moscow'")
        attach_snapshot(connection, snapshot)
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
    ground = Ground(snapshot, settings, run, wanted)
    with standing_on(ground) as connection:
        flats = _flats_of_the_house(connection, account)
        _take_facts(connection, account, flats)
        if sending:
            sending(connection)
        for model in ground.by_account:
            begin(connection, model)
        for model in ground.by_account:
            materialise(connection, model, (flats[0], flats[-1]))
        yield connection


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


def _take_facts(connection: duckdb.DuckDBPyConnection, account: int, flats: list[int]) -> None:
    """Payments of the account and readings of its house; payments somebody decided about are there already."""
    connection.execute(
        f"""
        insert into intake.reading_fact by name
        {known_facts("intake.reading_fact")} where facts.account_number in ({", ".join(map(str, flats))})
        """
    )
    connection.execute(
        f"""
        insert into intake.payment_fact by name
        {known_facts("intake.payment_fact")}
        anti join temp.decided_payment as decided
            on decided.agent = facts.agent and decided.operation_id = facts.operation_id
        where facts.account_number = ?
        """,
        [account],
    )
