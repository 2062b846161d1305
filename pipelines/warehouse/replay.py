"""The pipeline's one verb: derive every table from the facts."""

import datetime as dt

import duckdb

from pipelines.warehouse.connection import transaction
from pipelines.warehouse.models import load_models, materialise


def set_as_of(connection: duckdb.DuckDBPyConnection, as_of: dt.datetime | None) -> None:
    """Say up to which instant the run is to close months; None: up to the newest fact."""
    connection.execute("set variable as_of = ?::timestamptz", [as_of])


def replay(connection: duckdb.DuckDBPyConnection, as_of: dt.datetime | None = None) -> None:
    """Bring every derived table up to date, in order; each table is its own transaction, so that a killed replay can begin again."""
    set_as_of(connection, as_of)
    for model in load_models():
        with transaction(connection):
            materialise(connection, model)
