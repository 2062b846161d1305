"""The models: one SQL file is one table. Headers are read here, order and dependencies come from the SQL itself."""

import functools
import hashlib
import re
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from pipelines.settings import SQL
from pipelines.vocabulary import RULES_VERSION

FOLDERS = (
    "reference",
    "intake",
    "replay",
    "known",
    "judging",
    "metering",
    "rating",
    "ledger",
    "arrears",
    "business_step",
    "business",
    "marts",
)
"""Schemas, in the order data flows."""

STEPS = frozenset({"known", "judging", "rating", "arrears", "business_step"})
"""Schemas of what a replay needs on the way: held in memory, one bucket of accounts at a time, gone after the run."""

BUSINESSES = frozenset({"business_step", "business"})
"""Schemas of what contracts of businesses lead to; households know nothing of them."""

SCRATCH = "scratch"
"""The database in memory that holds them."""

KINDS = frozenset({"fact", "reference", "view", "table", "journal", "step"})
"""fact: rows appended by the pipeline itself · reference: read from data/reference · view: asked anew each time ·
table: made anew every night · journal: closed months stay, the open ones are rewritten · step: see `STEPS`."""


Bucket = tuple[int, int]
"""First and last account number, both in."""

EVERY_ACCOUNT: Bucket = (0, 2**63 - 1)


@dataclass(frozen=True)
class Model:
    """One SQL file: what it says of itself and what it reads.

    `grain` are the columns that name a row; `rewrites` is the predicate of the rows a journal replaces; one that
    `is_by_account` looks at one bucket of accounts at a time, so that its memory is bounded.
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
    is_by_account: bool

    @property
    def name(self) -> str:
        """Schema and table, as SQL writes it."""
        return f"{self.schema}.{self.table}"

    @property
    def is_of_businesses(self) -> bool:
        """Whether it tells of contracts, and nobody who asks about households needs it."""
        return self.schema in BUSINESSES

    @property
    def place(self) -> str:
        """Where it is written: a step in memory, everything else in the warehouse."""
        return f"{SCRATCH}.{self.name}" if self.kind == "step" else self.name


@functools.cache
def load_models() -> tuple[Model, ...]:
    """Every model, each after the models it reads."""
    models = {
        model.name: model
        for folder in FOLDERS
        for path in sorted((SQL / folder).glob("*.sql"))
        for model in [read_model(path)]
    }
    order = tuple(
        TopologicalSorter({name: model.inputs & models.keys() for name, model in models.items()}).static_order()
    )
    for name in order:
        # A step holds one bucket; who reads it sees no other. A view is as far as what it looks at.
        inputs = [models[one] for one in models[name].inputs & models.keys()]
        if any(one.is_by_account and (one.kind == "step" or models[name].kind == "view") for one in inputs):
            models[name] = replace(models[name], is_by_account=True)
    return tuple(models[name] for name in order)


@functools.cache
def code_version() -> str:
    """One hash of the version of the rules and of every SQL file: equal where the same kopecks come out."""
    digest = hashlib.sha256(RULES_VERSION.encode())
    for path in sorted(SQL.rglob("*.sql")):
        digest.update(str(path.relative_to(SQL)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_model(path: Path) -> Model:
    """Read one model file; its header is the comment lines before the first statement."""
    text = path.read_text(encoding="utf-8")
    header = re.match(r"(?:--[^\n]*\n)+", text)
    if header is None:
        raise ValueError(f"{path}: a model begins with a comment that says what one row is")
    fields = dict(re.findall(r"^-- (grain|kind|rewrites): +(.+)$", header[0], re.MULTILINE))
    if fields.get("kind") not in KINDS or "grain" not in fields:
        raise ValueError(f"{path}: the header names a grain and a kind out of {', '.join(sorted(KINDS))}")
    if (fields["kind"] == "step") != (path.parent.name in STEPS):
        raise ValueError(f"{path}: the folders {', '.join(sorted(STEPS))} hold steps, and no other does")
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
        inputs=frozenset(tables_read(select) - {name}) if select else frozenset(),
        is_by_account=select is not None and "getvariable('first_account')" in select,
    )


def _split_statements(body: str, kind: str) -> tuple[str | None, str | None]:
    """A fact has its table alone, a journal its table and a select, the others a select alone."""
    if kind == "fact":
        return body, None
    if kind == "journal":
        table_statement, _, select = body.partition("\n);\n")
        return table_statement + "\n);", select
    return None, body


def tables_read(sql: str) -> set[str]:
    """Every `schema.table` a statement reads."""
    return {
        f"{table.db}.{table.name}"
        for table in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Table)
        if table.db in FOLDERS
    }


def begin(connection: duckdb.DuckDBPyConnection, model: Model, done: str = "") -> None:
    """Take away what the run is about to make anew: the open months of a journal, everything else whole.

    `done`: a predicate of rows that an earlier try of the same run has made, and that are left. What stays of a journal
    from earlier runs is `closed.<table>`: an input, not a dependency on this one.
    """
    if model.kind == "journal":
        others = f" and not ({done})" if done else ""
        connection.execute(f"delete from {model.name} where ({model.rewrites}){others}")
        connection.execute(
            f"create or replace view closed.{model.table} as select * from {model.name} where not ({model.rewrites})"
        )
    elif model.kind == "table" and done:
        connection.execute(f"delete from {model.name} where not ({done})")
    elif model.kind != "view":
        connection.execute(f"drop table if exists {model.place}")


def materialise(connection: duckdb.DuckDBPyConnection, model: Model, bucket: Bucket = EVERY_ACCOUNT) -> None:
    """Derive one table for the accounts of a bucket, after `begin`: a step replaces the last bucket's, others grow."""
    look_at(connection, bucket)
    derive(connection, model)


def look_at(connection: duckdb.DuckDBPyConnection, bucket: Bucket) -> None:
    """Say which accounts the tables derived from now on are of."""
    connection.execute("set variable first_account = ?::bigint", [bucket[0]])
    connection.execute("set variable last_account = ?::bigint", [bucket[1]])


def derive(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Derive one table for the accounts looked at."""
    for statement in _derivation(model):
        connection.execute(statement)


@functools.cache
def _derivation(model: Model) -> tuple[duckdb.Statement, ...]:
    """Parsed once: for the few rows of one account, reading the SQL takes as long as running it."""
    if model.kind == "view":
        return ()
    if model.kind == "step":
        text = f"create or replace table {model.place} as {model.select}"
    else:
        text = f"insert into {model.place} by name {model.select}"
        if model.kind != "journal":
            text = f"create table if not exists {model.place} as {model.select} with no data;\n{text}"
    return tuple(duckdb.extract_statements(text))


def row_count(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Rows the table has now."""
    [(count,)] = connection.execute(f"select count(*) from {model.name}").fetchall()
    return int(count)
