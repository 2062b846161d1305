"""What a night writes about itself: how long each stage took and what each check found.

The rows carry the number of the run under way; a night that was killed and is run again writes them anew.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator

import duckdb

from pipelines.warehouse.checks import Check, Finding
from pipelines.warehouse.connection import transaction
from pipelines.warehouse.publish import next_run_id


@contextlib.contextmanager
def timed(connection: duckdb.DuckDBPyConnection, stage: str) -> Iterator[None]:
    """Keep how long the block took, once it has ended well."""
    started_at = dt.datetime.now(dt.UTC)
    yield
    run_id = next_run_id(connection)
    with transaction(connection):
        connection.execute("delete from replay.stage where run_id = ? and stage = ?", [run_id, stage])
        connection.execute(
            "insert into replay.stage values (?, ?, ?, ?)", [run_id, stage, started_at, dt.datetime.now(dt.UTC)]
        )


def keep_finding(connection: duckdb.DuckDBPyConnection, check: Check, finding: Finding) -> None:
    """Keep what a check found in the run under way."""
    run_id = next_run_id(connection)
    with transaction(connection):
        connection.execute("delete from replay.check_result where run_id = ? and check_name = ?", [run_id, check.name])
        connection.execute(
            "insert into replay.check_result values (?, ?, ?, ?, ?, ?)",
            [run_id, check.name, check.claim, check.table, check.is_blocking, finding.offenders],
        )
