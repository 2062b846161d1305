"""A batch: many files of one shape, read, judged and stored by a few statements."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import duckdb

from pipelines.channels.layout import FactRows
from pipelines.channels.whole import Refusal
from pipelines.intake.inbox import Delivery
from pipelines.intake.known import Known
from pipelines.intake.lines import LineReader, Source
from pipelines.intake.outcome import close, record_rows, refuse
from pipelines.intake.recognition import Body, Shape
from pipelines.intake.registry import record_registries
from pipelines.intake.repetition import find_repetitions, reject_conflicts
from pipelines.intake.stage import read_lines
from pipelines.intake.totals import add_up, compare

BATCH_BYTES = 128 << 20
BATCH_FILES = 2000

CHANGED = (
    "Файл изменился, пока его читали. Ожидается файл, который больше не пишут. Передайте его заново; пока файл"
    " копируется, его имя должно кончаться на .part."
)


@dataclass(frozen=True)
class Recognised:
    """A registered file, where it lies and how it is read."""

    known: Known
    delivery: Delivery
    shape: Shape
    body: Body


@dataclass
class Batch:
    """Files of one shape, in the order of their numbers."""

    shape: Shape
    files: list[Recognised] = field(default_factory=list)
    size: int = 0

    def takes(self, file: Recognised) -> bool:
        """Whether a further file may join."""
        fits = self.size + file.body.end <= BATCH_BYTES and len(self.files) < BATCH_FILES
        return fits and self.shape == file.shape

    def add(self, file: Recognised) -> None:
        """Let it join."""
        self.files.append(file)
        self.size += file.body.end


def plan(files: Iterable[Recognised]) -> list[Batch]:
    """Put files together.

    Files that can repeat each other (one channel, one layout, one agent) are read in the order of their numbers: so the
    outcome depends neither on where one batch ends and another begins nor on a night that was killed.
    """
    batches: list[Batch] = []
    open_batches: dict[tuple[str, str, str | None], Batch] = {}
    for file in files:
        scope = (file.shape.channel, file.shape.layout.kind, file.shape.agent)
        batch = open_batches.get(scope)
        if batch is None or not batch.takes(file):
            batch = open_batches[scope] = Batch(file.shape)
            batches.append(batch)
        batch.add(file)
    return batches


def rounds(batches: Iterable[Batch]) -> Iterator[list[Batch]]:
    """Batches that are stored in one transaction: few large ones write a table faster than many small ones."""
    together: list[Batch] = []
    for batch in batches:
        if together and sum(one.size for one in together) + batch.size > BATCH_BYTES:
            yield together
            together = []
        together.append(batch)
    if together:
        yield together


def take(connection: duckdb.DuckDBPyConnection, batch: Batch) -> dict[int, Refusal]:
    """Store what the files of a batch say, and tell which of them are refused after all: no line of those is stored.

    Belongs into a transaction.
    """
    shape, files = batch.shape, {file.known.source_file_id: file for file in batch.files}
    connection.execute("set variable intake_channel = ?", [shape.channel])
    connection.execute("set variable intake_agent = ?", [shape.agent])
    lines = _reader(files.values(), shape)
    read_lines(connection, shape, lines)
    add_up(connection, shape)
    refusals = compare(connection, shape, {number: file.body for number, file in files.items()})
    refusals |= {number: Refusal("file_changed", 1, CHANGED, "", 0) for number in lines.changed}
    _leave_out(connection, refusals)
    find_repetitions(connection, shape.layout.identity)
    if _has_conflicts(connection):
        reject_conflicts(connection, shape, _reader(files.values(), shape))
    for rows in shape.layout.facts:
        _insert_facts(connection, rows)
    record_rows(connection)
    sums = shape.layout.summed_columns
    close(
        connection,
        shape.layout.kind,
        {number: file.body.totals for number, file in files.items() if number not in refusals},
        f"coalesce(outcome.{sums[0]}, 0)" if sums else "null",
    )
    refuse(connection, refusals, shape.layout.kind)
    taken = {number: (file.known.name, file.body) for number, file in files.items() if number not in refusals}
    record_registries(connection, shape, taken)
    return refusals


def _reader(files: Iterable[Recognised], shape: Shape) -> LineReader:
    return LineReader(
        [
            Source(file.known.source_file_id, file.delivery.path, file.body, file.delivery.content.modified_ns)
            for file in files
        ],
        shape.separator,
    )


def _leave_out(connection: duckdb.DuckDBPyConnection, refusals: Iterable[int]) -> None:
    numbers = list(refusals)
    if numbers:
        for table in ("stage", "reject", "outcome"):
            connection.execute(f"delete from {table} where source_file_id in (select unnest(?::integer[]))", [numbers])


def _has_conflicts(connection: duckdb.DuckDBPyConnection) -> bool:
    [(conflicts,)] = connection.execute("select count_if(is_conflict) from repetition").fetchall()
    return bool(conflicts)


def _insert_facts(connection: duckdb.DuckDBPyConnection, rows: FactRows) -> None:
    columns = ", ".join(f"{expression} as {column}" for column, expression in rows.columns.items())
    connection.execute(
        f"""
        insert into {rows.table} by name
        with accepted as (select * from stage anti join repetition using (source_file_id, source_line))
        select {columns}, files.known_at, files.known_period, source_file_id, source_line
        from {rows.source} as lines
        inner join (select source_file_id, known_at, known_period from intake.source_file) as files
            using (source_file_id)
        """
    )
