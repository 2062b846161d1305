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


NEWEST = dt.date(9000, 1, 1)
"""A closing that knows everything."""


@cache
def in_force(table: str, day: dt.date, closing: dt.date = NEWEST) -> tuple[Row, ...]:
    """Rows of the table valid on that day (`valid_to` is the first day they are not), as the closing knows them."""
    text, known = day.isoformat(), closing.isoformat()
    return tuple(
        row
        for row in rows(table)
        if row["valid_from"] <= text < row["valid_to"]
        and (row.get("known_from") or "1900-01-01") <= known < (row.get("known_to") or "9999-12-31")
    )


@cache
def amended_at() -> frozenset[dt.date]:
    """Closings that learned of prices, norms, ranges or normatives anew."""
    days = {
        row.get(name)
        for table in ("tariff_rate", "social_norm", "consumption_range", "normative")
        for row in rows(table)
        for name in ("known_from", "known_to")
    }
    return frozenset(dt.date.fromisoformat(day) for day in days if day)


def parameters(row: Row) -> dict[str, int]:
    """`name=value|name=value` of a reading rule as a dict."""
    pairs = [pair.split("=") for pair in row["parameter"].replace(";", "|").split("|") if pair]
    return {name: int(value) for name, value in pairs}
