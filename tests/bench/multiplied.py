"""A published snapshot as of a hundred times as many accounts: what its pages take, without replaying all of them.

Every account stands there `times` over under numbers of its own, with all its facts and journals. Sums by place stay as
they are in value; those by day are spread over more days, so that they have about as many rows as a region of that size.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path

import duckdb

from pipelines.settings import SQL, Settings
from pipelines.warehouse.models import load_models
from pipelines.warehouse.publish import POINTER, look_into, read_pointer, show
from pipelines.warehouse.segments import CUT_BY, ROW_GROUP
from pipelines.warehouse.snapshot import attach_segments, segments_of, write_manifest

SPREAD = {"marts.payment_day": "paid_on", "marts.reading_day": "day"}
"""Sums by day, which have a row for each day somebody did something: the more accounts, the more of them."""

SPREAD_DAYS = 5

FEW_A_PLACE = frozenset({"marts.debtor_month"})
"""Lists of so many accounts a place, however many live there."""

ONCE = frozenset({"intake.reading_fact", "intake.energy_day_fact", "ledger.charge_line"})
"""What is looked into account by account: one copy of each is enough."""

ID_SHIFT = 1 << 50
"""Numbers of readings and payments lie below it: a file, a line and an ordinal."""


def multiply(small: Settings, home: Path, times: int) -> Settings:
    """Write an installation of `times` as many accounts under `home`, published alone."""
    pointer = read_pointer(small.published)
    assert pointer is not None
    source = small.published / pointer.snapshot
    large = replace(small, home=home)
    large.published.mkdir(parents=True)
    target = large.published / pointer.snapshot
    with duckdb.connect(config={"threads": large.threads, "memory_limit": large.memory_limit}) as connection:
        connection.execute(f"set temp_directory = '{home}/spill'")
        connection.execute(f"attach '{source}' as small (read_only)")
        attach_segments(connection, source)
        copies = _copies(connection, times)
        segments = [
            _multiply_segment(connection, path, large.published / path.name, copies) for path in segments_of(source)
        ]
        write_manifest(target, segments)
        for path in segments_of(source):
            connection.execute(f'detach "{path.stem}"')
        attach_segments(connection, target)
        connection.execute(f"attach '{target}' as snapshot")
        connection.execute("use snapshot")
        _fill(connection, segments, copies)
    (large.published / POINTER).write_text(json.dumps(asdict(pointer)), encoding="utf-8")
    return large


def _copies(connection: duckdb.DuckDBPyConnection, times: int) -> list[int]:
    """What is added to the number of an account in each of its copies."""
    [(first, last)] = connection.execute(
        "select min(account_number), max(account_number) from small.marts.account"
    ).fetchall()
    return [copy * (last - first + 1) for copy in range(times)]


def _multiply_segment(connection: duckdb.DuckDBPyConnection, source: Path, target: Path, copies: list[int]) -> Path:
    connection.execute(f"attach '{target}' as segment (row_group_size {ROW_GROUP})")
    for table, (_, order) in CUT_BY.items():
        first, *_ = order.split(", ")
        place = f'"{source.stem}".{table}'
        connection.execute(f"create schema if not exists segment.{table.partition('.')[0]}")
        connection.execute(f"create table segment.{table} as from {place} with no data")
        # In the order of the segment without sorting all of it: copy by copy, or value by value of what comes first.
        values = (
            []
            if first == "account_number"
            else connection.execute(f"select distinct {first} from {place} order by 1").fetchall()
        )
        for condition in [f"where {first} = date '{value}'" for (value,) in values] or [""]:
            connection.execute(f"create or replace temp table part as from {place} {condition} order by {order}")
            _insert(connection, f"segment.{table}", "part", copies[:1] if table in ONCE else copies)
    connection.execute("detach segment")
    return target


def _insert(connection: duckdb.DuckDBPyConnection, table: str, place: str, copies: list[int]) -> None:
    """Add the rows of a place once for each copy, those of tables without accounts once."""
    columns = {str(name) for name, *_ in connection.execute(f"describe {place}").fetchall()}
    if "account_number" not in columns:
        connection.execute(f"insert into {table} from {place}")
        return
    ids = [name for name in ("reading_id", "payment_id") if name in columns]
    parts = []
    for number, shift in enumerate(copies):
        told = [
            f"account_number + {shift} as account_number",
            *(f"{name} + {number * ID_SHIFT} as {name}" for name in ids),
        ]
        parts.append(f"select * replace ({', '.join(told)}) from {place}")
    connection.execute(f"insert into {table} {' union all '.join(parts)}")


def _fill(connection: duckdb.DuckDBPyConnection, segments: list[Path], copies: list[int]) -> None:
    connection.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
    connection.execute("create schema open")
    for model in load_models():
        place = f"small.{model.name}"
        if model.kind == "view":
            connection.execute(f"create view {model.name} as {model.select}")
        elif segments and model.name in CUT_BY:
            _write(connection, f"open.{model.table}", f"small.open.{model.table}", copies)
            look_into(connection, model, segments)
        elif model.name in FEW_A_PLACE:
            connection.execute(f"create table {model.name} as from {place}")
        elif model.name in SPREAD:
            day = SPREAD[model.name]
            connection.execute(
                f"create table {model.name} as select * replace ({day} + days::integer as {day})"
                f" from {place}, range({SPREAD_DAYS}) as spread (days)"
            )
        elif model.kind != "step":
            _write(connection, model.name, place, copies)
    show(connection)


def _write(connection: duckdb.DuckDBPyConnection, table: str, place: str, copies: list[int]) -> None:
    connection.execute(f"create table {table} as from {place} with no data")
    _insert(connection, table, place, copies)
