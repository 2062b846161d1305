"""The pipeline's one verb: derive every table from the facts."""

import datetime as dt
import functools
import hashlib
from collections.abc import Callable

import duckdb

from pipelines.warehouse.models import EVERY_ACCOUNT, Bucket, Model, begin, code_version, load_models, materialise

Accounts = Callable[[duckdb.DuckDBPyConnection], object]
"""Derives everything about accounts, here or elsewhere: `replay_accounts`, or what stands for it."""

Progress = Callable[[int, int], object]
"""Is told how many buckets are done, and of how many."""

IS_DONE = """
    exists (from replay.bucket where account_number between bucket.first_account and bucket.last_account)
"""
"""The rows of accounts whose bucket is done."""

READINGS_A_BUCKET = 1_500_000
"""Readings of open months that one bucket may hold: what keeps the memory of a replay near a gigabyte."""


def set_as_of(connection: duckdb.DuckDBPyConnection, as_of: dt.datetime | None) -> None:
    """Say up to which instant the run is to close months; None: up to the newest fact."""
    connection.execute("set variable as_of = ?::timestamptz", [as_of])


def buckets(connection: duckdb.DuckDBPyConnection, at_least: int = 1) -> list[Bucket]:
    """Ranges of account numbers that cover all of them and hold about as many readings of open months each.

    Needs `replay.bounds`. One range on most nights; as many as it takes when history is loaded. No range ends inside a
    house that has needs of its own (decision 5): what a flat pays of them depends on every other flat.
    """
    [(readings,)] = connection.execute(
        "select count(*) from intake.reading_fact where known_period > (select sealed_period from replay.bounds)"
    ).fetchall()
    count = max(-(-int(readings) // READINGS_A_BUCKET), at_least)
    if count <= 1:
        return [EVERY_ACCOUNT]
    starts = [
        int(start)
        for (start,) in connection.execute(
            """
            with starts as (
                select min(account_number) as account_number
                from (select account_number, ntile(?) over (order by account_number) as bucket from intake.account_fact)
                group by bucket
            ),
            houses as (
                select min(accounts.account_number) as first_account, max(accounts.account_number) as last_account
                from intake.account_fact as accounts
                semi join intake.house_fact as houses on houses.house_id = accounts.house_id
                group by accounts.house_id
            )
            select starts.account_number
            from starts
            anti join houses
                on houses.first_account < starts.account_number and starts.account_number <= houses.last_account
            order by starts.account_number
            """,
            [count],
        ).fetchall()
    ]
    ends = [start - 1 for start in starts[1:]] + [EVERY_ACCOUNT[1]]
    return list(zip([EVERY_ACCOUNT[0], *starts[1:]], ends, strict=True))


@functools.cache
def stages() -> tuple[tuple[Model, ...], tuple[Model, ...], tuple[Model, ...]]:
    """The models a run derives: those that know no account, those derived bucket by bucket, and the sums after them."""
    derived = [model for model in load_models() if model.kind != "fact"]
    by_account = tuple(model for model in derived if model.is_by_account)
    beneath = {model.name for model in by_account}
    after: list[Model] = []
    for model in derived:
        if not model.is_by_account and model.inputs & beneath:
            after.append(model)
            beneath.add(model.name)
    before = tuple(model for model in derived if model.name not in beneath)
    return before, by_account, tuple(after)


def replay_accounts(connection: duckdb.DuckDBPyConnection, progress: Progress | None = None) -> None:
    """Derive everything about accounts from the facts, bucket after bucket.

    Killed half-way and run again over the same facts, it takes up the buckets that were done; of the one under way, and
    of all when anything is otherwise, it takes away what is there of open months.
    """
    _, by_account, _ = stages()
    wanted = buckets(connection)
    job = _job_name(connection, wanted)
    connection.execute("delete from replay.bucket where job <> ?", [job])
    done = connection.execute("select first_account, last_account from replay.bucket").fetchall()
    for model in by_account:
        begin(connection, model, IS_DONE if done else "")
    for place, bucket in enumerate(wanted, start=1):
        if bucket not in done:
            for model in by_account:
                materialise(connection, model, bucket)
            if place < len(wanted):
                connection.execute("insert into replay.bucket values (?, ?, ?)", [job, *bucket])
        if progress:
            progress(place, len(wanted))
    connection.execute("delete from replay.bucket")


def _job_name(connection: duckdb.DuckDBPyConnection, wanted: list[Bucket]) -> str:
    """Named by all that its rows depend on: rules, reference data, what is known and closed, files, ranges."""
    told = connection.execute(
        """
        select
            getvariable('reference_sha256'),
            (select hash(bounds) from replay.bounds as bounds),
            (select sum(hash(files)) from intake.source_file as files)
        """
    ).fetchall()
    return hashlib.sha256(repr((code_version(), told, wanted)).encode()).hexdigest()


def replay(
    connection: duckdb.DuckDBPyConnection,
    as_of: dt.datetime | None = None,
    by_account: Accounts = replay_accounts,
    *,
    businesses: bool = True,
) -> None:
    """Bring every derived table up to date, in order; without `businesses` those of households, which read no other.

    `by_account` says who replays the accounts.
    """
    set_as_of(connection, as_of)
    before, _, after = stages()
    for model in before:
        if businesses or not model.is_of_businesses:
            replay_model(connection, model)
    by_account(connection)
    for model in after:
        replay_model(connection, model)


def replay_model(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Derive one table that is not by account.

    Raises:
        ValueError: a value of reference data is none of its kind.
    """
    begin(connection, model)
    try:
        materialise(connection, model)
    except duckdb.ConversionException as error:
        if model.kind != "reference":
            raise
        # DuckDB says the line and the value, then, after much advice, the file.
        said = [line.strip() for line in str(error).splitlines()]
        file = next((line.removeprefix("file = ") for line in said if line.startswith("file = ")), model.name)
        what = " · ".join(line for line in said[: said.index("")] if line) if "" in said else str(error)
        raise ValueError(f"{file}: {what}; mend the value") from error
