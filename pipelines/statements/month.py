"""What a month's statements say: rows of the published snapshot, gathered by account."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines.settings import SQL
from pipelines.warehouse.snapshot import attach_snapshot, connect_snapshot

Row = dict[str, Any]
"""Column -> value, as the snapshot holds it."""


class StatementError(RuntimeError):
    """No statement can be made of what was asked for; the message says why, in Russian."""


@dataclass(frozen=True)
class Terms:
    """What holds for every statement of a month."""

    period: dt.date
    due_on: dt.date
    vat_pct: int


@dataclass(frozen=True)
class Statement:
    """One account's month: the account with its balance, and the rows behind it."""

    account: Row
    readings: list[Row]
    lines: list[Row]
    corrections: list[Row]
    payments: list[Row]
    use: list[Row]

    @property
    def to_pay_kopecks(self) -> int:
        """What is to be paid: the closing balance, nothing when it is an advance."""
        return max(int(self.account["closing_kopecks"]), 0)


def open_snapshot(snapshot: Path) -> duckdb.DuckDBPyConnection:
    """A snapshot, read only, by Moscow time."""
    connection = connect_snapshot(snapshot)
    connection.execute("set TimeZone = 'Europe/Moscow'")
    connection.execute("set threads = 1")
    return connection


@contextmanager
def attached_snapshot(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A snapshot beside a database in memory, for where a server holds the same file open under settings of its own."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'Europe/Moscow'")
        connection.execute("set threads = 1")
        attach_snapshot(connection, snapshot)
        connection.execute("use snapshot")
        yield connection


def wanted_accounts(
    connection: duckdb.DuckDBPyConnection, period: dt.date, district: str | None, accounts: Sequence[int]
) -> list[int]:
    """Account numbers to make statements for, in order.

    Raises:
        StatementError: the month or an account is not in the snapshot.
    """
    there = [int(row["account_number"]) for row in rows(connection, "wanted", period=period, district=district)]
    if not there:
        where = f" в районе «{district}»" if district else ""
        raise StatementError(f"За {period:%m.%Y}{where} нет ни одного счёта: проверьте месяц и название района.")
    missing = sorted(set(accounts) - set(there))
    if missing:
        raise StatementError(f"Лицевого счёта {missing[0]} за {period:%m.%Y} нет: проверьте номер, 12 цифр.")
    return sorted(accounts) or there


def read_terms(connection: duckdb.DuckDBPyConnection, period: dt.date) -> Terms:
    """The due date and the VAT rate of a month.

    Raises:
        StatementError: the reference data say nothing about the month.
    """
    found = rows(connection, "terms", period=period)
    if not found:
        raise StatementError(f"Для {period:%m.%Y} не задан срок оплаты или ставка НДС.")
    return Terms(period, found[0]["due_on"], int(found[0]["rate_pct"]))


def read_statements(connection: duckdb.DuckDBPyConnection, period: dt.date, accounts: Sequence[int]) -> list[Statement]:
    """Statements of a month for some accounts, each with its rows, in the order of the numbers."""
    behind: dict[str, dict[int, list[Row]]] = {}
    for name in ("reading", "line", "correction", "payment", "use"):
        behind[name] = defaultdict(list)
        for row in rows(connection, name, period=period, accounts=list(accounts)):
            behind[name][row["account_number"]].append(row)
    return [
        Statement(
            account,
            behind["reading"][account["account_number"]],
            behind["line"][account["account_number"]],
            behind["correction"][account["account_number"]],
            behind["payment"][account["account_number"]],
            behind["use"][account["account_number"]],
        )
        for account in rows(connection, "account", period=period, accounts=list(accounts))
    ]


def rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[Row]:
    """The answer of one file of `sql/statements`, a row a mapping."""
    return table(connection, query, **parameters)[1]


def table(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> tuple[list[str], list[Row]]:
    """The same with the names of its columns, for a table that may have no rows."""
    relation = connection.execute(_query(query), parameters)
    columns = [str(column[0]) for column in relation.description]
    return columns, [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]


@cache
def _query(name: str) -> str:
    return (SQL / "statements" / f"{name}.sql").read_text(encoding="utf-8")
