"""The only place that touches DuckDB: reads the pointer, opens the snapshot it names, answers questions.

Snapshots never change and every publication has a new name, so a reader never blocks a run, and the name of the
snapshot is all a cache needs to know. One connection per snapshot, one cursor per query.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb
import polars as pl
import streamlit as st

from dashboard import provenance
from pipelines.settings import SQL, Settings
from pipelines.warehouse.snapshot import connect_snapshot

Parameter = provenance.Parameter

KEPT_SNAPSHOTS = 3
"""Snapshots held open at once: the new one, the one that sessions are leaving, and one to spare."""

KEPT_ANSWERS = 1000
"""Answers held in memory; one is a few dozen rows."""


class SnapshotError(Exception):
    """The pointer or the snapshot it names cannot be read; the message says which file and why."""


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot, as `current.json` names it. Instants carry their zone, a period is the 1st of a month."""

    path: Path
    run_id: int
    as_of: datetime
    open_period: date
    published_at: datetime


def published() -> Path:
    """The folder of snapshots, as the environment says now (tests move it between runs)."""
    return Settings.from_environment().published


def current(folder: Path) -> Snapshot | None:
    """The snapshot that `current.json` names; None when nothing was published yet. One small file, read at every rerun.

    Raises SnapshotError when the pointer is damaged or names a file that is gone.
    """
    pointer = folder / "current.json"
    try:
        says = json.loads(pointer.read_text(encoding="utf-8"))
        snapshot = Snapshot(
            path=folder / says["snapshot"],
            run_id=int(says["run_id"]),
            as_of=datetime.fromisoformat(says["as_of"]),
            open_period=date.fromisoformat(says["open_period"]),
            published_at=datetime.fromisoformat(says["published_at"]),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"{pointer}: {error!r}") from error
    if not snapshot.path.is_file():
        raise SnapshotError(f"{pointer}: {snapshot.path.name} is gone")
    return snapshot


def ask(snapshot: Snapshot, question: str, **parameters: Parameter) -> pl.DataFrame:
    """Answer one file of `sql/dashboard` or `sql/kpi` bound; the frame is shared, so nobody may change it.

    Raises SnapshotError when the file cannot be opened or does not hold what the question needs.
    """
    provenance.remember(question, parameters)
    return _answer(str(snapshot.path), question, tuple(sorted(parameters.items())))


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _answer(path: str, question: str, parameters: tuple[tuple[str, Parameter], ...]) -> pl.DataFrame:
    with _database(path).cursor() as cursor:
        try:
            answer: pl.DataFrame = cursor.sql(_sql(question), params=dict(parameters)).pl()
        except duckdb.Error as error:
            raise SnapshotError(f"{path}: {question}: {error}") from error
    return answer


@st.cache_resource(max_entries=KEPT_SNAPSHOTS, show_spinner=False, on_release=duckdb.DuckDBPyConnection.close)
def _database(path: str) -> duckdb.DuckDBPyConnection:
    settings = Settings.from_environment()
    limits: dict[str, str | bool | int | float | list[str]] = {
        "threads": settings.threads,
        "memory_limit": settings.memory_limit,
    }
    try:
        connection = connect_snapshot(Path(path), limits)
    except duckdb.Error as error:
        raise SnapshotError(f"{path}: {error}") from error
    connection.execute("set enable_external_access = false")
    connection.execute("set timezone = 'Europe/Moscow'")
    return connection


@cache
def _sql(question: str) -> str:
    folder = "dashboard" if (SQL / "dashboard" / f"{question}.sql").is_file() else "kpi"
    return (SQL / folder / f"{question}.sql").read_text(encoding="utf-8")
