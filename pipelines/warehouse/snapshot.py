"""Opening a published snapshot: its file and, of a large base, the segments it shares with other snapshots."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

MANIFEST = ".segments"
"""Suffix of the file beside a snapshot that names its segments, one a line; a snapshot of one file has none."""


def write_manifest(snapshot: Path, segments: Sequence[Path]) -> None:
    """Say which segments a snapshot looks into."""
    path = snapshot.with_suffix(MANIFEST)
    path.unlink(missing_ok=True)
    if segments:
        path.write_text("".join(f"{segment.name}\n" for segment in segments), encoding="utf-8")


def segments_of(snapshot: Path) -> tuple[Path, ...]:
    """The segments a snapshot looks into, the oldest months first."""
    try:
        names = snapshot.with_suffix(MANIFEST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(snapshot.parent / name for name in names)


def connect_snapshot(
    snapshot: Path, config: Mapping[str, str | bool | int | float | list[str]] | None = None
) -> duckdb.DuckDBPyConnection:
    """A snapshot read only, with nothing else in sight.

    Raises:
        duckdb.Error: it, or a segment of it, cannot be opened.
    """
    connection = duckdb.connect(snapshot, read_only=True, config=dict(config or {}))
    try:
        attach_segments(connection, snapshot)
    except duckdb.Error:
        connection.close()
        raise
    return connection


def attach_snapshot(connection: duckdb.DuckDBPyConnection, snapshot: Path, name: str = "snapshot") -> None:
    """Lay a snapshot beside what a connection holds already, read only.

    Raises:
        duckdb.Error: it, or a segment of it, cannot be opened.
    """
    connection.execute(f"attach '{snapshot}' as {name} (read_only)")
    attach_segments(connection, snapshot)


def attach_segments(connection: duckdb.DuckDBPyConnection, snapshot: Path) -> None:
    """Give a connection the segments of a snapshot, under the names its views call them by."""
    for segment in segments_of(snapshot):
        # Connections of one process to one file share what is attached.
        connection.execute(f"attach if not exists '{segment}' as \"{segment.stem}\" (read_only)")
