"""The warehouse as a Dagster resource: one connection a run, shared by its steps."""

import contextlib
import datetime as dt
from collections.abc import Iterator

import dagster as dg
import duckdb
from pydantic import PrivateAttr

from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import set_as_of


class Warehouse(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The open warehouse of a run, and the settings it runs under.

    `as_of` (ISO instant) closes the months before it; empty: up to the newest fact.
    """

    as_of: str = ""

    _connection: duckdb.DuckDBPyConnection = PrivateAttr()
    _settings: Settings = PrivateAttr()
    _started_at: dt.datetime = PrivateAttr()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The one connection that writes."""
        return self._connection

    @property
    def settings(self) -> Settings:
        """Paths and limits of this run."""
        return self._settings

    @property
    def started_at(self) -> dt.datetime:
        """When the run began, by the clock."""
        return self._started_at

    @contextlib.contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Warehouse"]:
        """Open the warehouse for the run and close it whatever happens."""
        self._settings = Settings.from_environment()
        self._started_at = dt.datetime.now(dt.UTC)
        with open_warehouse(self._settings) as connection:
            set_as_of(connection, dt.datetime.fromisoformat(self.as_of) if self.as_of else None)
            self._connection = connection
            yield self
