"""The dated facts of law, read with the csv module and searched row by row."""

import csv
import datetime as dt
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference"

Row = dict[str, str]


@cache
def rows(table: str) -> tuple[Row, ...]:
    """All rows of one reference table."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def in_force(table: str, day: dt.date) -> tuple[Row, ...]:
    """Rows of the table valid on that day (`valid_to` is the first day they are not)."""
    text = day.isoformat()
    return tuple(row for row in rows(table) if row["valid_from"] <= text < row["valid_to"])


def parameters(row: Row) -> dict[str, int]:
    """`name=value|name=value` of a reading rule as a dict."""
    pairs = [pair.split("=") for pair in row["parameter"].replace(";", "|").split("|") if pair]
    return {name: int(value) for name, value in pairs}
