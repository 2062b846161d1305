"""Whether two engines wrote the same rows: counts and sums of hashes, whatever the order and the width of the numbers."""

from pathlib import Path

import duckdb

TYPES = {
    "line": {"account_number": "bigint", "period": "date", "zone": "bigint", "place": "bigint", "kwh": "bigint", "kopecks": "bigint"},
    "month": {"account_number": "bigint", "period": "date", "charged": "bigint", "paid": "bigint", "closing": "bigint"},
}  # fmt: skip


def fingerprint(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Table -> rows, sum of the hashes of its rows, sum of its kopecks."""
    found = {}
    with duckdb.connect() as connection:
        for name, types in TYPES.items():
            columns = ", ".join(f"{column}::{kind}" for column, kind in types.items())
            source = f"'{folder}/{name}.csv'" if (folder / f"{name}.csv").exists() else f"'{folder}/{name}*.parquet'"
            source = f"'{folder}/{name}/*.parquet'" if (folder / name).is_dir() else source
            [row] = connection.execute(
                f"select count(*), sum(hash({columns})::hugeint), sum({list(types)[-1]}::bigint)::bigint from {source}"
            ).fetchall()
            found[name] = (int(row[0]), int(row[1]), int(row[2]))
    return found
