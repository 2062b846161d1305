"""What stands behind one month of one account, and the proof that it adds up."""

import datetime as dt
import functools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipelines.explain.ground import Ground, Run, standing_on
from pipelines.explain.replayed import derive_tables, find_run, houses, take_facts
from pipelines.settings import SQL, Settings
from pipelines.warehouse.models import tables_read

Row = Mapping[str, Any]
PARTS = ("line", "reading", "average", "house_need", "penalty", "payment", "brought", "fact")
"""Questions of `sql/explain` about a month, in the order of an explanation's fields."""
PUBLISHED = ("ledger.charge_line", "ledger.penalty_line", "marts.account_month")
"""What a replay must give as it was published: lines, and the month they make."""


class ExplanationError(RuntimeError):
    """The parts do not add up to the bill, or the replay does not give what was published."""


@dataclass(frozen=True)
class Explanation:
    """One posting month of one account as a run knew it; amounts in kopecks, rows as `sql/explain` says."""

    account: int
    period: dt.date
    run: Run
    month: Row
    lines: tuple[Row, ...]
    readings: tuple[Row, ...]
    averages: tuple[Row, ...]
    house_needs: tuple[Row, ...]
    penalties: tuple[Row, ...]
    payments: tuple[Row, ...]
    brought: tuple[Row, ...]
    facts: tuple[Row, ...]


def explain(
    snapshot: Path, settings: Settings, account: int, period: dt.date, known_at: dt.date | None = None
) -> Explanation:
    """Replay the account as the last run of that day knew it, and take apart what it posted in a month.

    Raises:
        ValueError: no such account or month, or no run is that old.
        ExplanationError: it does not add up to the kopeck, or a closed month differs from what was published.
    """
    run = find_run(snapshot, known_at)
    ground = Ground(snapshot, settings, run, _wanted())
    with standing_on(ground) as connection:
        take_facts(connection, ground, houses(connection, [account])[account])
        derive_tables(connection, ground)
        months = _ask(connection, "month", account, period)
        if not months:
            raise ValueError(_nothing_there(connection, account, period))
        parts = (_ask(connection, name, account, period) for name in PARTS)
        found = Explanation(account, period, run, months[0], *parts)
        _check_sums(found, is_first=_is_first(connection, account, period))
        _check_against_published(connection, found)
    return found


def _ask(connection: duckdb.DuckDBPyConnection, name: str, account: int, period: dt.date) -> tuple[Row, ...]:
    result = connection.execute(_sql(name), {"account": account, "period": period})
    columns = [column[0] for column in result.description]
    return tuple(dict(zip(columns, row, strict=True)) for row in result.fetchall())


@functools.cache
def _sql(name: str) -> str:
    return (SQL / "explain" / f"{name}.sql").read_text(encoding="utf-8")


@functools.cache
def _wanted() -> frozenset[str]:
    """What the questions read, and what is compared with what was published."""
    return frozenset(PUBLISHED).union(*(tables_read(_sql(name)) for name in ("month", *PARTS)))


def _nothing_there(connection: duckdb.DuckDBPyConnection, account: int, period: dt.date) -> str:
    [(first, last)] = connection.execute(
        "select min(period), max(period) from marts.account_month where account_number = ?", [account]
    ).fetchall()
    if first is None:
        return f"account {account} is not known"
    return f"account {account} has months from {first:%Y-%m} to {last:%Y-%m}, not {period:%Y-%m}"


def _is_first(connection: duckdb.DuckDBPyConnection, account: int, period: dt.date) -> bool:
    [(first,)] = connection.execute(
        "select min(period) from marts.account_month where account_number = ?", [account]
    ).fetchall()
    return bool(first == period)


def total(rows: tuple[Row, ...]) -> int:
    """Kopecks of the rows together."""
    return sum(row["amount_kopecks"] for row in rows)


def _check_sums(found: Explanation, *, is_first: bool) -> None:
    """The parts make each sum of the month, and each line is its energy times its price."""
    charges = tuple(line for line in found.lines if line["kind"] == "charge")
    corrections = tuple(line for line in found.lines if line["kind"] != "charge")
    parts = {
        "charged_kopecks": total(charges),
        "corrected_kopecks": total(corrections) + (0 if is_first else total(found.brought)),
        "penalty_kopecks": total(found.penalties),
        "paid_kopecks": total(found.payments),
    }
    for name, kopecks in parts.items():
        if found.month[name] != kopecks:
            raise ExplanationError(
                f"account {found.account}, {found.period:%Y-%m}: {name} is {found.month[name]} in the bill,"
                f" its parts make {kopecks}"
            )
    for line in found.lines:
        _check_line(found, line)


def _check_line(found: Explanation, line: Row) -> None:
    price = line["price_rub_per_kwh"]
    for when in ("now", "before"):
        kopecks = (line[f"{when}_kwh"] * price * 100).quantize(Decimal(1), ROUND_HALF_UP)
        if kopecks != line[f"{when}_kopecks"]:
            raise ExplanationError(
                f"account {found.account}, {found.period:%Y-%m}: {line[f'{when}_kwh']} kWh at {price} are {kopecks}"
                f" kopecks, the line of {line['service_period']:%Y-%m} says {line[f'{when}_kopecks']}"
            )


def _check_against_published(connection: duckdb.DuckDBPyConnection, found: Explanation) -> None:
    """What the replay posted in the month is what was published; an open month only while no later run knew more."""
    [(newest,)] = connection.execute("select max(run_id) from snapshot.replay.run").fetchall()
    if found.period >= found.run.open_period and found.run.run_id != newest:
        return
    *journals, months = PUBLISHED
    for table in journals:
        columns = [
            str(name)
            for (name,) in connection.execute(f"select column_name from (describe {table})").fetchall()
            if name not in {"rules_version", "tariff_source_id", "limit_source_id"}
        ]
        _compare_rows(connection, found, table, columns, "posting_period")
    _compare_rows(connection, found, months, list(found.month), "period")


def _compare_rows(
    connection: duckdb.DuckDBPyConnection, found: Explanation, table: str, columns: list[str], month: str
) -> None:
    replayed_rows, published_rows = (
        Counter(
            connection.execute(
                f"select {', '.join(columns)} from {catalogue}{table} where account_number = ? and {month} = ?",
                [found.account, found.period],
            ).fetchall()
        )
        for catalogue in ("", "snapshot.")
    )
    if replayed_rows != published_rows:
        differing = next(iter((replayed_rows - published_rows) + (published_rows - replayed_rows)))
        raise ExplanationError(
            f"account {found.account}, {found.period:%Y-%m}: the replay does not give the published {table}; first"
            f" difference: {dict(zip(columns, map(str, differing), strict=True))}"
        )
