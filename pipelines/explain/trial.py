"""What the night would say of a file that has not been delivered: the intake itself, over an inbox of its own."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import polars as pl

from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare


@dataclass(frozen=True)
class NotTaken:
    """A line that would not become a fact: where, by which rule, what a person reads of it."""

    line: int
    rule_id: str
    message: str


@dataclass(frozen=True)
class Trial:
    """What would become of a file.

    Attributes:
        is_refused: nothing of it would be taken.
        not_taken: its lines that would be rejected, in their order; of a refused file the one that broke it.
        facts: fact table -> the rows it would make, with the `source_line` each comes from.
    """

    is_refused: bool
    not_taken: tuple[NotTaken, ...]
    facts: Mapping[str, pl.DataFrame]


def trial(settings: Settings, channel: str, name: str, content: bytes) -> Trial:
    """Take a file in as if nothing else had ever been delivered, and forget it again.

    Args:
        settings: where the reference data are.
        channel: the channel it would come by.
        name: what it is called, without folders.
        content: its bytes.
    """
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        own = replace(settings, home=Path(folder))
        inbox = own.inbox / channel
        inbox.mkdir(parents=True)
        (inbox / name).write_bytes(content)
        prepare(connection, own)
        ingest(connection, own, 1)
        [(status,)] = connection.execute("select status from intake.source_file").fetchall()
        lines = connection.execute(
            "select source_line, rule_id, message from intake.rejected_row order by source_line"
        ).fetchall()
        tables = connection.execute(
            "select table_name from duckdb_tables()"
            " where schema_name = 'intake' and table_name like '%_fact' and estimated_size > 0"
        ).fetchall()
        facts = {
            f"intake.{table}": connection.sql(f"from intake.{table} order by source_line").pl() for (table,) in tables
        }
        return Trial(status == "refused", tuple(NotTaken(*line) for line in lines), facts)
