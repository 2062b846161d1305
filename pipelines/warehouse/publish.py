"""Publication: an immutable snapshot under a new name, then the pointer moves, atomically."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import duckdb

from pipelines.settings import SQL, Settings
from pipelines.vocabulary import RULES_VERSION
from pipelines.warehouse.connection import transaction
from pipelines.warehouse.models import Model, load_models
from pipelines.warehouse.segments import (
    CUT_BY,
    Segment,
    clean,
    drop_unused,
    rows_of,
    wanted_segments,
    write_segment,
)
from pipelines.warehouse.snapshot import attach_segments, segments_of, write_manifest

POINTER = "current.json"
WRITTEN_OUT = "-- kind: table"
"""What a file of `sql/published` says whose few rows would cost a long search each time they are asked for."""

KEPT_SNAPSHOTS = 3
"""The current snapshot and two before it: a reader that opened one keeps it until it looks at the pointer again."""


@dataclass(frozen=True)
class Pointer:
    """What `published/current.json` says: which file is the newest snapshot, and of which run."""

    snapshot: str
    run_id: int
    as_of: str
    open_period: str
    published_at: str


def read_pointer(published: Path) -> Pointer | None:
    """The newest publication, or None before the first one."""
    try:
        written = json.loads((published / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    # A pointer written by another version may say more.
    return Pointer(**{field.name: written[field.name] for field in fields(Pointer)})


def next_run_id(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the run under way: one after the last published, also when an earlier try at it was killed."""
    [(run_id,)] = connection.execute("select coalesce(max(run_id), 0) + 1 from replay.run").fetchall()
    return int(run_id)


def has_news(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the run under way knows what the last published one did not: a file, a closed month, a decree."""
    [(files, same)] = connection.execute(
        """
        select
            (select count(*) from intake.source_file as files where files.run_id = bounds.run_id),
            (
                select count(*) from replay.run as runs
                where
                    runs.run_id = bounds.run_id - 1
                    and runs.open_period = bounds.open_period
                    and runs.reference_sha256 = getvariable('reference_sha256')
            )
        from replay.bounds as bounds
        """
    ).fetchall() or [(0, 1)]
    return bool(files) or not same


def publish(connection: duckdb.DuckDBPyConnection, settings: Settings, started_at: dt.datetime) -> Pointer | None:
    """Record the run under way, write its snapshot, move the pointer; None when there is nothing new to publish.

    Killed before the run is recorded, it has not happened: the next one takes its number and its files. Killed after
    that, the warehouse still holds exactly what was to be published: `recover`, first thing in the next run, publishes.
    """
    if not has_news(connection):
        return None
    with transaction(connection):
        _record_run(connection, started_at)
    return recover(connection, settings)


def recover(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Pointer | None:
    """Publish the last recorded run where the pointer does not name it yet; None when it does."""
    rows = connection.execute(
        "select run_id, as_of, open_period from replay.run order by run_id desc limit 1"
    ).fetchall()
    pointer = read_pointer(settings.published)
    if not rows or (pointer is not None and pointer.run_id >= rows[0][0]):
        return None
    run_id, as_of, open_period = rows[0]
    target = settings.published / f"energosbyt-{run_id:06d}.duckdb"
    published = segments_of(settings.published / pointer.snapshot) if pointer else ()
    _write_snapshot(connection, target, published, open_period)
    return _move_pointer(settings, Pointer(target.name, run_id, as_of.isoformat(), open_period.isoformat(), _now()))


def _record_run(connection: duckdb.DuckDBPyConnection, started_at: dt.datetime) -> None:
    connection.execute(
        """
        insert into replay.run
        select
            bounds.run_id, ?, ?, bounds.as_of, bounds.open_period, ?,
            count(files.source_file_id),
            coalesce(sum(files.rows_received), 0),
            coalesce(sum(files.rows_accepted), 0),
            coalesce(sum(files.rows_rejected), 0),
            coalesce(sum(files.rows_duplicate), 0),
            getvariable('reference_sha256')
        from replay.bounds as bounds
        left join intake.source_file as files on files.run_id = bounds.run_id
        group by bounds.run_id, bounds.as_of, bounds.open_period
        """,
        [started_at, dt.datetime.now(dt.UTC), RULES_VERSION],
    )


def _write_snapshot(
    connection: duckdb.DuckDBPyConnection, target: Path, published: Sequence[Path], open_period: dt.date
) -> None:
    """Write what closed since, then every other row beside views of all; named once it stands complete on disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    wanted = wanted_segments(connection, published, open_period)
    segments = [write_segment(connection, target.parent, segment) for segment in wanted]
    # The list stands before its snapshot does: nobody meets a snapshot without it.
    write_manifest(target, segments)
    unfinished = clean(target.with_suffix(".unfinished"))
    with connection.cursor() as writer:
        [(warehouse,)] = writer.execute("select current_database()").fetchall()
        attach_segments(writer, target)
        writer.execute(f"attach '{unfinished}' as snapshot")
        writer.execute("use snapshot")
        with transaction(writer):
            _fill(writer, f'"{warehouse}"', wanted, segments)
        writer.execute(f'use "{warehouse}"')
        for name in ("snapshot", *(segment.stem for segment in segments)):
            writer.execute(f'detach "{name}"')
    unfinished.replace(target)


def _fill(
    writer: duckdb.DuckDBPyConnection, warehouse: str, wanted: Sequence[Segment], segments: Sequence[Path]
) -> None:
    """Every table of the warehouse under its name, and what readers ask.

    Raises:
        RuntimeError: a row of a closed month is in no segment.
    """
    writer.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
    writer.execute("create schema open")
    for model in load_models():
        if model.kind == "view":
            writer.execute(f"create view {model.name} as {model.select}")
        elif wanted and model.name in CUT_BY:
            _open_months(writer, model, f"{warehouse}.{model.name}", Segment(wanted[-1].until, dt.date.max), segments)
        elif model.kind != "step":
            writer.execute(f"create table {model.name} as from {warehouse}.{model.name}")
    show(writer)


def show(writer: duckdb.DuckDBPyConnection) -> None:
    """Make what readers ask out of the tables that stand in a snapshot."""
    for path in sorted((SQL / "published").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        writer.execute(f"create {'table' if WRITTEN_OUT in text else 'view'} {path.stem} as {text}")


def look_into(writer: duckdb.DuckDBPyConnection, model: Model, segments: Sequence[Path]) -> None:
    """A view of the rows of all segments and of the open months, which stand in the snapshot itself."""
    parts = [*(f'"{segment.stem}".{model.name}' for segment in segments), f"open.{model.table}"]
    writer.execute(f"create view {model.name} as {' union all '.join(f'from {part}' for part in parts)}")


def _open_months(
    writer: duckdb.DuckDBPyConnection, model: Model, place: str, months: Segment, segments: Sequence[Path]
) -> None:
    writer.execute(f"create table open.{model.table} as {rows_of(model.name, place, months)}")
    look_into(writer, model, segments)
    [(published, kept)] = writer.execute(
        f"select (select count(*) from {model.name}), (select count(*) from {place})"
    ).fetchall()
    if published != kept:
        raise RuntimeError(
            f"{model.name}: {kept} rows are kept, {published} would be published; nothing was published. Where the"
            " warehouse was made anew, move closed-*.duckdb beside the snapshots away: the next night writes them"
        )


def _move_pointer(settings: Settings, pointer: Pointer) -> Pointer:
    """Name the new snapshot in one step, and drop snapshots nobody needs any more."""
    unfinished = settings.published / f"{POINTER}.unfinished"
    unfinished.write_text(json.dumps(asdict(pointer), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(settings.published / POINTER)
    kept = sorted(settings.published.glob("energosbyt-*.duckdb"))[-KEPT_SNAPSHOTS:]
    for old in settings.published.glob("energosbyt-*"):
        if old.stem not in {snapshot.stem for snapshot in kept}:
            old.unlink()
    drop_unused(settings.published, kept)
    return pointer


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
