"""Accounts replayed from the facts of a published snapshot by the same SQL as the night."""

import datetime as dt
import functools
from collections.abc import Collection
from pathlib import Path

import duckdb

from pipelines.explain.ground import OWN_FACTS, PAYMENTS, Ground, Run, known_facts
from pipelines.warehouse.models import derive, look_at
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


def houses(connection: duckdb.DuckDBPyConnection, accounts: Collection[int]) -> dict[int, frozenset[int]]:
    """Of each account: itself, and every account that shares with it a house that has needs of its own."""
    rows = connection.execute(
        """
        with asked as (
            select unnest($accounts)::bigint as account_number
        )
        select account_number, account_number as flat
        from asked
        union
        select asked.account_number, flats.account_number
        from asked
        inner join snapshot.intake.account_fact as own on own.account_number = asked.account_number
        semi join snapshot.intake.house_fact as houses on houses.house_id = own.house_id
        inner join snapshot.intake.account_fact as flats on flats.house_id = own.house_id
        """,
        {"accounts": list(accounts)},
    ).fetchall()
    found: dict[int, set[int]] = {}
    for account, flat in rows:
        found.setdefault(account, set()).add(flat)
    return {account: frozenset(flats) for account, flats in found.items()}


def take_facts(connection: duckdb.DuckDBPyConnection, ground: Ground, flats: Collection[int]) -> None:
    """Bring what the run knew of these accounts; a house comes whole, or what a flat pays of its needs is wrong."""
    # Debts and payments that the ground holds are everybody's.
    look_at(connection, (min(flats), max(flats)))
    own = f"facts.account_number in ({', '.join(map(str, sorted(flats)))})"
    for table in OWN_FACTS:
        connection.execute(f"insert into intake.{table} by name {known_facts(f'intake.{table}')} where {own}")
    if ground.takes_payments:
        connection.execute(
            f"""
            insert into {PAYMENTS} by name
            {known_facts(PAYMENTS)}
            anti join temp.decided_payment as decided
                on decided.agent = facts.agent and decided.operation_id = facts.operation_id
            where {own}
            """
        )


def derive_tables(connection: duckdb.DuckDBPyConnection, ground: Ground) -> None:
    """Derive from them every table that is wanted, the steps on the way included."""
    for model in ground.by_account:
        derive(connection, model)
