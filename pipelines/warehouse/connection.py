"""The one way to open the warehouse: settings applied, schema in place, closed whatever happens."""

import contextlib
import functools
from collections.abc import Iterator

import duckdb

from pipelines.settings import SQL, Settings
from pipelines.vocabulary import RULES_VERSION
from pipelines.warehouse.models import SCRATCH, STEPS, load_models
from pipelines.warehouse.reference import reference_sha256


class WarehouseBusyError(RuntimeError):
    """Another process writes the warehouse; one writer at a time."""


class WarehouseOutdatedError(RuntimeError):
    """The warehouse was written by another version, with tables of another shape."""


@contextlib.contextmanager
def open_warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for writing, with every fact table, journal and view in place.

    Raises:
        WarehouseBusyError: another process holds it.
        WarehouseOutdatedError: its tables have another shape than this version writes.
    """
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(settings.warehouse)
    except duckdb.IOException as error:
        if "lock" not in str(error):
            raise
        message = f"{settings.warehouse} is being written by another process; wait for that run to end, or stop it"
        raise WarehouseBusyError(message) from error
    try:
        _refuse_outdated(connection, settings)
        prepare(connection, settings)
        yield connection
    finally:
        connection.close()


def _refuse_outdated(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Compare the tables that are there with those this version would make; what is not there yet will be made."""
    wanted, found = _shapes(), _read_shapes(connection)
    other = sorted(name for name, shape in found.items() if name in wanted and shape != wanted[name])
    if other:
        raise WarehouseOutdatedError(
            f"{settings.warehouse} was written by another version ({', '.join(other[:3])} had other columns or codes)."
            f" Move it and {settings.published} away and copy {settings.archive} back into {settings.inbox}:"
            " the next night derives everything anew"
        )


@functools.cache
def _shapes() -> dict[str, tuple[tuple[str, str], ...]]:
    """Table -> names and types of its columns, of every fact and journal."""
    with duckdb.connect() as connection:
        connection.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        for model in load_models():
            if model.table_statement:
                connection.execute(model.table_statement)
        return _read_shapes(connection)


def _read_shapes(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[tuple[str, str], ...]]:
    rows = connection.execute(
        """
        select columns.schema_name || '.' || columns.table_name, columns.column_name, columns.data_type
        from duckdb_columns() as columns
        semi join duckdb_tables() as tables
            on tables.table_oid = columns.table_oid and tables.database_oid = columns.database_oid
        where not columns.internal
        order by all
        """
    ).fetchall()
    shapes: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in rows:
        shapes.setdefault(table, []).append((column, kind))
    return {table: tuple(columns) for table, columns in shapes.items()}


def prepare(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Apply the limits of `settings` to a connection; create what is missing of schema, facts, journals and views."""
    settings.temporary.mkdir(parents=True, exist_ok=True)
    connection.execute("set TimeZone = 'Europe/Moscow'")
    connection.execute(f"set threads = {settings.threads}")
    connection.execute(f"set memory_limit = '{settings.memory_limit}'")
    connection.execute("set temp_directory = ?", [str(settings.temporary / "spill")])
    connection.execute("set variable reference = ?", [str(settings.reference)])
    connection.execute("set variable reference_sha256 = ?", [reference_sha256(settings.reference)])
    connection.execute("set variable rules_version = ?", [RULES_VERSION])
    connection.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
    _set_patterns(connection)
    _attach_scratch(connection)
    for model in load_models():
        if model.table_statement:
            connection.execute(model.table_statement)
        elif model.kind == "view":
            connection.execute(f"create or replace view {model.name} as {model.select}")


def _set_patterns(connection: duckdb.DuckDBPyConnection) -> None:
    """Make one pattern of those in force for each fact that a payment's purpose may name (`purpose_contract`, …).

    A pattern that stands in a row is compiled for every text it is tried on; one in a variable is compiled once.
    """
    patterns = connection.execute(
        """
        select fact, string_agg(pattern, '|' order by place::integer)
        from reference_rows('purpose_rule')
        where valid_to = '9999-12-31'
        group by fact
        """
    ).fetchall()
    for fact, pattern in patterns:
        connection.execute(f"set variable purpose_{fact} = ?", [pattern])


def _attach_scratch(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the steps of a replay their database in memory; their schemas stand nowhere else, so names stay short."""
    connection.execute(f"attach ':memory:' as {SCRATCH}")
    for schema in sorted(STEPS):
        connection.execute(f"create schema {SCRATCH}.{schema}")
    [(warehouse,)] = connection.execute("select current_database()").fetchall()
    path = [f'"{warehouse}".main', *(f"{SCRATCH}.{schema}" for schema in sorted(STEPS))]
    connection.execute("set search_path = ?", [",".join(path)])


@contextlib.contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """All of it or nothing."""
    connection.execute("begin")
    try:
        yield connection
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
