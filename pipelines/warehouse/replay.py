"""The pipeline's one verb: derive every table from the facts."""

import datetime as dt

import duckdb

from pipelines.warehouse.connection import transaction
from pipelines.warehouse.models import EVERY_ACCOUNT, Bucket, load_models, materialise

READINGS_A_BUCKET = 1_500_000
"""Readings of open months that one bucket may hold: what keeps the memory of a replay near a gigabyte."""


def set_as_of(connection: duckdb.DuckDBPyConnection, as_of: dt.datetime | None) -> None:
    """Say up to which instant the run is to close months; None: up to the newest fact."""
    connection.execute("set variable as_of = ?::timestamptz", [as_of])


def buckets(connection: duckdb.DuckDBPyConnection) -> list[Bucket]:
    """Ranges of account numbers that cover all of them and hold about as many readings of open months each.

    Needs `replay.bounds`. One range on most nights; as many as it takes when history is loaded.
    """
    [(readings,)] = connection.execute(
        "select count(*) from intake.reading_fact where known_period > (select sealed_period from replay.bounds)"
    ).fetchall()
    count = -(-int(readings) // READINGS_A_BUCKET)
    if count <= 1:
        return [EVERY_ACCOUNT]
    starts = [
        int(start)
        for (start,) in connection.execute(
            """
            select min(account_number)
            from (select account_number, ntile(?) over (order by account_number) as bucket from intake.account_fact)
            group by bucket
            order by min(account_number)
            """,
            [count],
        ).fetchall()
    ]
    ends = [start - 1 for start in starts[1:]] + [EVERY_ACCOUNT[1]]
    return list(zip([EVERY_ACCOUNT[0], *starts[1:]], ends, strict=True))


def replay(connection: duckdb.DuckDBPyConnection, as_of: dt.datetime | None = None) -> None:
    """Bring every derived table up to date, in order, a transaction each: a killed replay can begin again."""
    set_as_of(connection, as_of)
    for model in load_models():
        ranges = buckets(connection) if model.is_by_account else [EVERY_ACCOUNT]
        with transaction(connection):
            materialise(connection, model, ranges)
