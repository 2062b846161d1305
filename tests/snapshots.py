"""Comparing published snapshots: two are equal when the sorted content of every table is (decision 7)."""

from pathlib import Path

import duckdb

from pipelines.warehouse.publish import read_pointer
from pipelines.warehouse.segments import CUT_BY
from pipelines.warehouse.snapshot import attach_snapshot

CLOCK_COLUMNS = {"replay.run": ("started_at", "finished_at"), "replay.stage": ("started_at", "finished_at")}


def current_snapshot(home: Path) -> Path:
    pointer = read_pointer(home / "published")
    assert pointer is not None, f"nothing published in {home}"
    return home / "published" / pointer.snapshot


def content(snapshot: Path) -> dict[str, tuple[int, int]]:
    """Every table, wherever its rows lie: how many they are, and the sum of their hashes."""
    # Attached, for a dashboard of this process may hold the file open with settings of its own.
    with duckdb.connect() as connection:
        attach_snapshot(connection, snapshot)
        connection.execute("use snapshot")
        names = {
            str(name)
            for (name,) in connection.execute(
                """
                select table_schema || '.' || table_name from information_schema.tables
                where table_catalog = current_database() and table_schema <> 'open' and table_type = 'BASE TABLE'
                """
            ).fetchall()
        }
        found = {}
        for name in sorted(names | CUT_BY.keys()):
            hidden = CLOCK_COLUMNS.get(name)
            columns = f"* exclude ({', '.join(hidden)})" if hidden else "*"
            [(rows, hashes)] = connection.execute(
                f"select count(*), coalesce(sum(hash(found)::hugeint), 0) from (select {columns} from {name}) as found"
            ).fetchall()
            found[name] = (int(rows), int(hashes))
        return found


def differences(left: Path, right: Path) -> dict[str, tuple[int, int]]:
    """Tables whose content differs, with the number of rows on either side."""
    one, other = content(left), content(right)
    assert one.keys() == other.keys()
    return {name: (one[name][0], other[name][0]) for name in one if one[name] != other[name]}
