"""Publication: an immutable snapshot under a new name, then the pointer moves, atomically."""

import datetime as dt
import json
import shutil
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import duckdb

from pipelines.settings import SQL, Settings
from pipelines.vocabulary import RULES_VERSION
from pipelines.warehouse.connection import transaction

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
    _write_snapshot(connection, settings, target)
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


def _write_snapshot(connection: duckdb.DuckDBPyConnection, settings: Settings, target: Path) -> None:
    """Copy the warehouse, add what readers ask by name, and give it its name once it stands complete on disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    # A run killed among the views leaves a log beside its copy; DuckDB would read it into the new one.
    for leftover in target.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    connection.execute("checkpoint")
    shutil.copyfile(settings.warehouse, unfinished)
    with duckdb.connect(unfinished) as snapshot:
        for path in sorted((SQL / "published").glob("*.sql")):
            text = path.read_text(encoding="utf-8")
            snapshot.execute(f"create {'table' if WRITTEN_OUT in text else 'view'} {path.stem} as {text}")
    unfinished.replace(target)


def _move_pointer(settings: Settings, pointer: Pointer) -> Pointer:
    """Name the new snapshot in one step, and drop snapshots nobody needs any more."""
    unfinished = settings.published / f"{POINTER}.unfinished"
    unfinished.write_text(json.dumps(asdict(pointer), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(settings.published / POINTER)
    for old in sorted(settings.published.glob("energosbyt-*.duckdb"))[:-KEPT_SNAPSHOTS]:
        old.unlink()
    return pointer


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
