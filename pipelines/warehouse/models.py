"""The models: one SQL file is one table. Headers are read here, order and dependencies come from the SQL itself."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from pipelines.settings import SQL

FOLDERS = ("reference", "intake", "replay", "metering", "rating", "ledger", "marts")
"""Schemas of the warehouse, in the order data flows."""

KINDS = frozenset({"fact", "reference", "view", "table", "journal"})
"""fact: rows appended by the pipeline itself · reference: read from data/reference · view: asked anew each time ·
table: made anew every night · journal: closed months stay, the open ones are rewritten."""


Bucket = tuple[int, int]
"""First and last account number, both in."""

EVERY_ACCOUNT: Bucket = (0, 2**63 - 1)


@dataclass(frozen=True)
class Model:
    """One SQL file: what it says of itself and what it reads.

    `grain` are the columns that name a row; `rewrites` is the predicate of the rows a journal replaces.
    """

    schema: str
    table: str
    kind: str
    summary: str
    grain: tuple[str, ...]
    rewrites: str | None
    table_statement: str | None
    select: str | None
    inputs: frozenset[str]

    @property
    def is_by_account(self) -> bool:
        """Whether the select looks at one bucket of accounts at a time, so that its memory is bounded."""
        return self.select is not None and (
            "getvariable('first_account')" in self.select or "matched_reading" in self.select
        )

    @property
    def name(self) -> str:
        """Schema and table, as SQL writes it."""
        return f"{self.schema}.{self.table}"


@functools.cache
def load_models() -> tuple[Model, ...]:
    """Every model, each after the models it reads."""
    models = {
        model.name: model
        for folder in FOLDERS
        for path in sorted((SQL / folder).glob("*.sql"))
        for model in [read_model(path)]
    }
    order = TopologicalSorter({name: model.inputs & models.keys() for name, model in models.items()})
    return tuple(models[name] for name in order.static_order())


def read_model(path: Path) -> Model:
    """Read one model file; its header is the comment lines before the first statement."""
    text = path.read_text(encoding="utf-8")
    header = re.match(r"(?:--[^\n]*\n)+", text)
    if header is None:
        raise ValueError(f"{path}: a model begins with a comment that says what one row is")
    fields = dict(re.findall(r"^-- (grain|kind|rewrites): +(.+)$", header[0], re.MULTILINE))
    if fields.get("kind") not in KINDS or "grain" not in fields:
        raise ValueError(f"{path}: the header names a grain and a kind out of {', '.join(sorted(KINDS))}")
    table_statement, select = _split_statements(text[header.end() :], fields["kind"])
    name = f"{path.parent.name}.{path.stem}"
    return Model(
        schema=path.parent.name,
        table=path.stem,
        kind=fields["kind"],
        summary=header[0].splitlines()[0].removeprefix("-- "),
        grain=tuple(column.strip() for column in fields["grain"].split(",")),
        rewrites=fields.get("rewrites"),
        table_statement=table_statement,
        select=select,
        inputs=frozenset(_tables(select) - {name}) if select else frozenset(),
    )


def _split_statements(body: str, kind: str) -> tuple[str | None, str | None]:
    """A fact has its table alone, a journal its table and a select, the others a select alone."""
    if kind == "fact":
        return body, None
    if kind == "journal":
        table_statement, _, select = body.partition("\n);\n")
        return table_statement + "\n);", select
    return None, body


def _tables(sql: str) -> set[str]:
    """Every `schema.table` a statement reads."""
    return {
        f"{table.db}.{table.name}"
        for table in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Table)
        if table.db in FOLDERS
    }


def materialise(
    connection: duckdb.DuckDBPyConnection, model: Model, buckets: Sequence[Bucket] = (EVERY_ACCOUNT,)
) -> None:
    """Bring one table up to date, inside the caller's transaction; a model that works by account, bucket by bucket."""
    if model.kind == "fact":
        return
    if model.kind == "view":
        _set_bucket(connection, EVERY_ACCOUNT)
        connection.execute(f"create or replace view {model.name} as {model.select}")
        return
    if model.kind == "journal":
        connection.execute(f"delete from {model.name} where {model.rewrites}")
    for place, bucket in enumerate(buckets if model.is_by_account else (EVERY_ACCOUNT,)):
        _set_bucket(connection, bucket)
        if model.kind == "journal" or place > 0:
            connection.execute(f"insert into {model.name} by name {model.select}")
        else:
            connection.execute(f"create or replace table {model.name} as {model.select}")


def _set_bucket(connection: duckdb.DuckDBPyConnection, bucket: Bucket) -> None:
    connection.execute("set variable first_account = ?::bigint", [bucket[0]])
    connection.execute("set variable last_account = ?::bigint", [bucket[1]])


def row_count(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Rows the table has now."""
    [(count,)] = connection.execute(f"select count(*) from {model.name}").fetchall()
    return int(count)
