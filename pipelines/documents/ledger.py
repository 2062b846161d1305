"""What a month's documents are made of: rows of the warehouse, gathered by contract."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from pipelines.settings import SQL

Row = Mapping[str, Any]
"""Column -> value, as the warehouse holds it."""


@dataclass(frozen=True)
class Ledger:
    """The rows of a month by contract number; a contract without rows of a kind has none there."""

    period: dt.date
    is_closed: bool
    """Whether what the month charges will never change; until then only advances are asked for."""
    contracts: Mapping[str, Row]
    lines: Mapping[str, list[Row]]
    before: Mapping[str, list[Row]]
    parts: Mapping[str, list[Row]]
    volumes: Mapping[str, list[Row]]
    movements: Mapping[str, list[Row]]
    balances: Mapping[str, list[Row]]
    penalties: Mapping[str, list[Row]]


def read_ledger(connection: duckdb.DuckDBPyConnection, period: dt.date, contracts: Sequence[str]) -> Ledger:
    """Everything a month's documents show, of the wanted contracts or of all."""
    known = _rows(connection, "contract", period=period, contracts=list(contracts))
    [(open_period,)] = connection.execute("select max(open_period) from business.bounds").fetchall()
    return Ledger(
        period,
        open_period is not None and period < open_period,
        {row["contract_number"]: row for row in known},
        *(
            _by_contract(_rows(connection, name, period=period))
            for name in ("line", "before", "part", "volume", "movement", "balance", "penalty")
        ),
    )


def _by_contract(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["contract_number"]].append(row)
    return found


def _rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[Row]:
    relation = connection.execute(_query(query), parameters)
    columns = [str(column[0]) for column in relation.description]
    return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]


@cache
def _query(name: str) -> str:
    return (SQL / "documents" / f"{name}.sql").read_text(encoding="utf-8")
