"""Comparing published snapshots: two are equal when the sorted content of every table is (decision 7)."""

from pathlib import Path

import duckdb

from pipelines.warehouse.publish import read_pointer

CLOCK_COLUMNS = {"replay.run": ("started_at", "finished_at"), "replay.stage": ("started_at", "finished_at")}


def current_snapshot(home: Path) -> Path:
    pointer = read_pointer(home / "published")
    assert pointer is not None, f"nothing published in {home}"
    return home / "published" / pointer.snapshot


def differences(left: Path, right: Path) -> dict[str, int]:
    """Tables whose content differs, with the number of rows that stand on one side only."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{left}' as l (read_only); attach '{right}' as r (read_only)")
        names = {
            side: {
                str(name)
                for (name,) in connection.execute(
                    "select table_schema || '.' || table_name from information_schema.tables"
                    " where table_catalog = ? and table_type = 'BASE TABLE'",
                    [side],
                ).fetchall()
            }
            for side in ("l", "r")
        }
        assert names["l"] == names["r"]
        found = {}
        for name in sorted(names["l"]):
            hidden = CLOCK_COLUMNS.get(name)
            columns = f"* exclude ({', '.join(hidden)})" if hidden else "*"
            one, other = f"select {columns} from l.{name}", f"select {columns} from r.{name}"
            [(count,)] = connection.execute(
                f"select (select count(*) from ({one} except all {other})) + (select count(*) from ({other} except all {one}))"
            ).fetchall()
            if count:
                found[name] = int(count)
        return found
