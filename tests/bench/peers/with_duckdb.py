"""DuckDB twice: the subset's SQL written by hand, and the floor."""

from pathlib import Path

import duckdb

from tests.bench.peers.statements import MONTHS, lines


def subset(files: Path, out: Path, threads: int = 2) -> None:
    """The subset, in two statements."""
    with _connect(files, threads) as connection:
        connection.execute(f"create table line as {lines(lambda a, b: f'{a} // {b}')}")
        _write(connection, out, {"line": "from line", "month": MONTHS})


def floor(files: Path, out: Path, threads: int = 2) -> None:
    """Read, multiply, round, write: the same columns with everything else done before."""
    with _connect(files, threads) as connection:
        line = "select * exclude (price_e4), (kwh * price_e4 + 50) // 100 as kopecks from ready_line"
        _write(connection, out, {"line": line, "month": "from ready_month"})


def _connect(files: Path, threads: int) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"set threads = {threads}")
    for path in files.glob("*.parquet"):
        connection.execute(f"create view {path.stem} as from read_parquet('{path}')")
    return connection


def _write(connection: duckdb.DuckDBPyConnection, out: Path, selects: dict[str, str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, select in selects.items():
        connection.execute(f"copy ({select}) to '{out / name}.parquet' (format parquet)")
