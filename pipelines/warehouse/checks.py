"""The checks: one SQL file is one claim; it returns the rows that break it."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.settings import SQL

SHOWN_OFFENDERS = 20
"""Rows of a broken claim that are shown; all of them are counted."""


@dataclass(frozen=True)
class Check:
    """A claim about one table. An error blocks publication, a warning does not."""

    name: str
    claim: str
    table: str
    is_blocking: bool
    select: str


@dataclass(frozen=True)
class Finding:
    """What a check found: how many rows break the claim, and the first of them as `{column: value}`."""

    offenders: int
    shown: tuple[dict[str, object], ...]


@functools.cache
def load_checks() -> tuple[Check, ...]:
    """Every check of `sql/checks`, by name."""
    return tuple(_read(path) for path in sorted((SQL / "checks").glob("*.sql")))


def _read(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    header = re.match(r"-- (?P<claim>.+)\n-- asset: +(?P<table>\S+)\n-- severity: (?P<severity>error|warn)\n", text)
    if header is None:
        raise ValueError(f"{path}: a check begins with its claim, its asset and its severity")
    return Check(path.stem, header["claim"], header["table"], header["severity"] == "error", text[header.end() :])


def run_check(connection: duckdb.DuckDBPyConnection, check: Check) -> Finding:
    """Look for rows that break the claim."""
    relation = connection.execute(check.select)
    columns = [column[0] for column in relation.description]
    rows = relation.fetchmany(SHOWN_OFFENDERS)
    if not rows:
        return Finding(0, ())
    [(count,)] = connection.execute(f"select count(*) from ({check.select})").fetchall()
    return Finding(int(count), tuple(dict(zip(columns, row, strict=True)) for row in rows))
