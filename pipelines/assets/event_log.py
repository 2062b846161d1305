"""Dagster's own record of runs in SQLite, over connections that stay open.

A night writes about a thousand events. For each of them Dagster opens connections, builds its statements anew and waits
for the disk: for a small night that costs several times what deriving every table does.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from dagster import StringSource
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy.pool import StaticPool

INDEX = "index"
"""The file of what is asked across runs; every run has one of its own besides."""


class EventLog(SqliteEventLogStorage):
    """The same files as Dagster's own class writes, where it writes them.

    Power cut in the midst of a night, its last events may be missing; the files stay sound, and what was published does
    not depend on them.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, sa.Engine] = {}
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """`dagster_home`: the folder of the instance."""
        return {"dagster_home": StringSource}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> Self:
        """Where Dagster keeps its events unless told otherwise."""
        return cls(str(Path(config_value["dagster_home"]) / "history" / "runs"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        with self._db_lock:
            if shard not in self._initialized_dbs:
                self._open(shard)
            with self._engines[shard].connect() as connection, connection.begin():
                yield connection

    def _open(self, shard: str) -> None:
        """Open a file; of the runs only the last one looked at stays open."""
        for other in [one for one in self._engines if one == shard or one != INDEX]:
            self._engines.pop(other).dispose()
            self._initialized_dbs.discard(other)
        engine = sa.create_engine(
            self.conn_string_for_shard(shard),
            poolclass=StaticPool,
            connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("pragma synchronous = normal"))
        self._initdb(engine)
        self._engines[shard] = engine
        self._initialized_dbs.add(shard)

    def has_table(self, table_name: str) -> bool:
        """Asked for every event; a table that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def dispose(self) -> None:
        """Close what is open."""
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        self._initialized_dbs.clear()
