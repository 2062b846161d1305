"""Files that are not lines: each read by the function of its format, stored a round at a time like lines are.

Temporary tables that belong to a round: `stage` (rows of one fact table), `repetition`, `reject`, `outcome`.
"""

import contextlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath

import duckdb
import pyarrow as pa

from pipelines.channels.whole import Conflict, Parsed, Refusal, WholeFormat, WholeRows
from pipelines.intake.batch import BATCH_BYTES, BATCH_FILES, CHANGED
from pipelines.intake.inbox import Delivery
from pipelines.intake.known import Known
from pipelines.intake.outcome import close, record_rows
from pipelines.intake.repetition import find_repetitions
from pipelines.intake.stage import filled

SIDE_BY_SIDE_BYTES = 64 << 20
"""Bytes of a night's files from which processes of their own are worth their start."""

_REPEATED = "source_file_id integer, source_line bigint, first_file_id integer, first_line bigint, is_conflict boolean"
_REJECT = "source_file_id integer, source_line bigint, rule_id varchar, message varchar, raw_text varchar"


@dataclass(frozen=True)
class WholeFile:
    """A registered file, where it lies and what reads it."""

    known: Known
    delivery: Delivery
    format: WholeFormat


def whole_rounds(files: Iterable[WholeFile]) -> Iterator[list[WholeFile]]:
    """Files of one format that are read and stored together, in the order of their numbers."""
    together: list[WholeFile] = []
    size = 0
    for file in sorted(files, key=lambda one: (one.format.kind, one.known.source_file_id)):
        fits = size + file.delivery.content.size <= BATCH_BYTES and len(together) < BATCH_FILES
        if together and not (fits and together[0].format == file.format):
            yield together
            together, size = [], 0
        together.append(file)
        size += file.delivery.content.size
    if together:
        yield together


Reading = Callable[[Sequence[WholeFile]], list[Parsed | Refusal]]
"""Reads files and answers in their order."""


@contextlib.contextmanager
def readers(
    files: Sequence[WholeFile], threads: int
) -> Iterator[Callable[[Sequence[WholeFile]], list[Parsed | Refusal]]]:
    """Something that reads files, in their order: in processes side by side where there is much to read."""
    if threads == 1 or sum(file.delivery.content.size for file in files) < SIDE_BY_SIDE_BYTES:
        yield lambda chosen: [read_whole(file) for file in chosen]
        return
    with ProcessPoolExecutor(threads, multiprocessing.get_context("spawn")) as pool:
        yield lambda chosen: list(pool.map(read_whole, chosen))


def read_whole(file: WholeFile) -> Parsed | Refusal:
    """What a file says; refused when it is no longer the file that was registered."""
    path = file.delivery.path
    try:
        answer = file.format.read(path, PurePosixPath(file.known.name).name)
        is_changed = path.stat().st_mtime_ns != file.delivery.content.modified_ns
    except OSError:
        is_changed = True
    return Refusal("file_changed", 1, CHANGED, "", 0) if is_changed else answer


def take_whole(connection: duckdb.DuckDBPyConnection, format_: WholeFormat, files: Mapping[int, Parsed]) -> None:
    """Store what files of one format say. Belongs into a transaction."""
    connection.execute(f"create or replace temp table repeated ({_REPEATED})")
    connection.execute(f"create or replace temp table reject ({_REJECT})")
    _count(connection, files)
    _reject(connection, files)
    for rows in format_.rows:
        tables = {number: file.facts[rows.table] for number, file in files.items() if rows.table in file.facts}
        if tables:
            _store(connection, rows, tables)
    connection.execute("create or replace temp table repetition as from repeated")
    record_rows(connection)
    close(connection, format_.kind, dict.fromkeys(files))


def _count(connection: duckdb.DuckDBPyConnection, files: Mapping[int, Parsed]) -> None:
    rejected = [len(file.rejections) for file in files.values()]
    facts = [sum(len(table) for table in file.facts.values()) for file in files.values()]
    connection.execute(
        """
        create or replace temp table outcome as
        select
            unnest($ids::integer[]) as source_file_id,
            unnest($received::bigint[]) as received, unnest($unreadable::bigint[]) as unreadable
        """,
        {
            "ids": list(files),
            "received": [sum(pair) for pair in zip(rejected, facts, strict=True)],
            "unreadable": rejected,
        },
    )


def _reject(connection: duckdb.DuckDBPyConnection, files: Mapping[int, Parsed]) -> None:
    rejections = [(number, one) for number, file in files.items() for one in file.rejections]
    if rejections:
        connection.execute(
            "insert into reject select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)",
            [
                [number for number, _ in rejections],
                [one.line for _, one in rejections],
                [one.rule_id for _, one in rejections],
                [one.message for _, one in rejections],
                [one.raw_text for _, one in rejections],
            ],
        )


def _store(connection: duckdb.DuckDBPyConnection, rows: WholeRows, tables: Mapping[int, pa.Table]) -> None:
    """Rows of one fact table: those that repeat a fact are told apart, the others are facts."""
    connection.register("incoming_row", pa.concat_tables(_numbered(tables)))
    try:
        connection.execute("create or replace temp table stage as from incoming_row")
    finally:
        connection.unregister("incoming_row")
    find_repetitions(connection, rows.identity)
    if rows.conflict:
        _reject_conflicts(connection, rows.conflict, rows.identity.columns)
    connection.execute(
        f"""
        insert into {rows.table} by name
        select accepted.*, files.known_at, files.known_period
        from (select * from stage anti join repetition using (source_file_id, source_line)) as accepted
        inner join intake.source_file as files on files.source_file_id = accepted.source_file_id
        """
    )
    connection.execute(
        "insert into repeated by name"
        " select source_file_id, source_line, first_file_id, first_line, is_conflict from repetition"
    )


def _numbered(tables: Mapping[int, pa.Table]) -> Iterator[pa.Table]:
    for number, table in tables.items():
        yield table.append_column("source_file_id", pa.repeat(pa.scalar(number, pa.int32()), len(table)))


def _reject_conflicts(connection: duckdb.DuckDBPyConnection, conflict: Conflict, columns: Sequence[str]) -> None:
    """A row that contradicts what its own name already stands for is not taken; the first one stays."""
    shown = {
        column: f"strftime(stage.{column}, '%d.%m.%Y')" if column == "day" else f"stage.{column}::varchar"
        for column in columns
    }
    places = {"file": "first_file.name", "line": "repetition.first_line::varchar"}
    connection.execute(
        f"""
        insert into reject by name
        select
            repetition.source_file_id, repetition.source_line, '{conflict.rule_id}' as rule_id,
            {filled(conflict.message, {**shown, **places})} as message, '' as raw_text
        from repetition
        inner join stage using (source_file_id, source_line)
        inner join intake.source_file as first_file on first_file.source_file_id = repetition.first_file_id
        where repetition.is_conflict
        """
    )
