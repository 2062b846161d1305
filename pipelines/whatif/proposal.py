"""A proposal: reference data in force with some of its tables replaced."""

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.warehouse.checks import load_checks, run_check

TABLES = ("tariff_rate", "social_norm", "consumption_range")
"""Tables a proposal may replace; a file is known by its header."""


def lay_out(reference: Path, files: Sequence[Path], folder: Path) -> None:
    """Copy the reference data into a folder and put the files in the place of the tables they are like.

    Raises:
        ValueError: a file is like none of them.
    """
    shutil.copytree(reference, folder)
    headers = {_header(reference / f"{table}.csv"): table for table in TABLES}
    for file in files:
        table = headers.get(_header(file))
        if table is None:
            raise ValueError(f"{file}: its header is that of none of {', '.join(f'{name}.csv' for name in TABLES)}")
        shutil.copyfile(file, folder / f"{table}.csv")


def _header(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(next(csv.reader(lines), ()))


def refuse_if_broken(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold the tables, and the prices and limits made of them, to the claims a night holds them to.

    Raises:
        ValueError: rows overlap, leave a gap or have no source; the message shows the first.
    """
    tables = {*(f"reference.{table}" for table in TABLES), "rating.price", "rating.band_limit"}
    for check in load_checks():
        if check.table in tables:
            finding = run_check(connection, check)
            if finding.offenders:
                raise ValueError(f"{check.claim} Not so in {finding.offenders} rows, first {finding.shown[0]}")
