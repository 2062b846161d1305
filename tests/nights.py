"""Nights without Dagster: what lies in the inbox is taken in, every table derived, a snapshot published."""

import datetime as dt

import duckdb

from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.publish import next_run_id, publish
from pipelines.warehouse.replay import replay


def run_night(settings: Settings, as_of: dt.datetime | None = None) -> None:
    """One night of an installation; months before `as_of` close, or those before the newest fact."""
    with open_warehouse(settings) as connection:
        night(connection, settings, as_of)


def night(connection: duckdb.DuckDBPyConnection, settings: Settings, as_of: dt.datetime | None = None) -> None:
    """The same over an open warehouse."""
    ingest(connection, settings, next_run_id(connection))
    replay(connection, as_of)
    publish(connection, settings, dt.datetime.now(dt.UTC))


def seal(connection: duckdb.DuckDBPyConnection) -> None:
    """Record the run as published without publishing it: the months before the open one are closed for good."""
    connection.execute(
        """
        insert into replay.run
        select
            run_id, as_of as started_at, as_of as finished_at, as_of, open_period, getvariable('rules_version') as rules_version,
            1 as files, 0 as rows_received, 0 as rows_accepted, 0 as rows_rejected, 0 as rows_duplicate,
            getvariable('reference_sha256') as reference_sha256
        from replay.bounds
        """
    )
