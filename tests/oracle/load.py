"""Facts into the warehouse, books out of it, and two books side by side."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from fractions import Fraction

import duckdb
import polars as pl

from tests.oracle.facts import Books, Fact, Facts

FRAME_TYPES: dict[str, pl.DataType] = {
    **dict.fromkeys(("opening_t1", "opening_t2", "opening_t3", "value"), pl.Decimal(15, 3)),
    **dict.fromkeys(("valid_to", "removed_on", "verified_until", "named_period"), pl.Date()),
    **dict.fromkeys(("known_at", "received_at"), pl.Datetime("us", "UTC")),
    **dict.fromkeys(("account_number", "reading_id", "payment_id", "source_line", "amount_kopecks"), pl.Int64()),
    "house_id": pl.String(),
    "rooms": pl.Int64(),
    "dwelling": pl.String(),
    **dict.fromkeys(("area_m2", "premises_m2", "common_m2"), pl.Decimal(12, 2)),
}
"""Columns whose type a frame of few rows cannot guess."""


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    """Append rows to a table, by column name."""
    if not rows:
        return
    types = {name: FRAME_TYPES[name] for name in rows[0] if name in FRAME_TYPES}
    in_utc = [{name: _utc(value) for name, value in row.items()} for row in rows]
    connection.register("rows_to_insert", pl.DataFrame(in_utc, schema_overrides=types, infer_schema_length=None))
    connection.execute(f"insert into {table} by name select * from rows_to_insert")
    connection.unregister("rows_to_insert")


def _utc(value: object) -> object:
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


def tables(facts: Facts) -> Mapping[str, list[Fact]]:
    """Fact table -> its facts."""
    return {
        "intake.account_fact": [*facts.accounts],
        "intake.tenant_fact": [*facts.tenants],
        "intake.meter_fact": [*facts.meters],
        "intake.opening_debt_fact": [*facts.opening_debts],
        "intake.reading_fact": [*facts.readings],
        "intake.payment_fact": [*facts.payments],
        "intake.payment_decision_fact": [*facts.payment_decisions],
        "intake.condition_fact": [*facts.conditions],
        "intake.house_fact": [*facts.houses],
        "intake.house_volume_fact": [*facts.house_volumes],
    }


def load(connection: duckdb.DuckDBPyConnection, facts: Facts, run_id: int = 1) -> None:
    """Insert the facts and the files they came in, as met by that run."""
    files: dict[int, dict[str, object]] = {}
    for table, rows in tables(facts).items():
        insert(connection, table, [asdict(fact) for fact in rows])
        for fact in rows:
            files[fact.source_file_id] = source_file(fact, run_id)
    insert(connection, "intake.source_file", [files[file_id] for file_id in sorted(files)])


def source_file(fact: Fact, run_id: int) -> dict[str, object]:
    """The file of a fact."""
    return {
        "source_file_id": fact.source_file_id,
        "channel": getattr(fact, "channel", "customers"),
        "kind": "readings",
        "name": f"file {fact.source_file_id}",
        "sha256": str(fact.source_file_id),
        "size_bytes": 1,
        "known_at": fact.known_at,
        "known_period": fact.known_period,
        "run_id": run_id,
        "status": "accepted",
        **dict.fromkeys(("rows_received", "rows_accepted", "rows_rejected", "rows_duplicate"), 0),
    }


def books(connection: duckdb.DuckDBPyConnection) -> Books:
    """What the product made of the facts."""
    verdicts = connection.execute(
        "select reading_id, verdict::varchar, rule_id, period, consumption_kwh from metering.reading"
    ).fetchall()
    lines = connection.execute(
        """
        select
            account_number, posting_period, service_period, kind::varchar, meter_serial, zone::varchar, band::varchar,
            kwh, price_rub_per_kwh, amount_kopecks, basis::varchar
        from ledger.charge_line
        """
    ).fetchall()
    payments = connection.execute(
        "select payment_id, account_number, posting_period, status::varchar, cancelled_period from ledger.payment"
    ).fetchall()
    penalties = connection.execute(
        """
        select
            account_number, posting_period, debt_period, debt_kind::varchar, due_on, day_from, days, base_kopecks,
            fraction_divisor, rate_pct, amount_kopecks
        from ledger.penalty_line
        """
    ).fetchall()
    debts = connection.execute(
        "select account_number, period, kind::varchar, due_on, amount_kopecks, open_kopecks from ledger.debt"
    ).fetchall()
    months = connection.execute(
        """
        select
            account_number, period, opening_kopecks, charged_kopecks, corrected_kopecks, penalty_kopecks, paid_kopecks,
            closing_kopecks, kwh
        from marts.account_month
        """
    ).fetchall()
    return Books(
        verdicts={row[0]: row[1:] for row in verdicts},
        lines=sorted(lines),
        payments={row[0]: row[1:4] for row in payments},
        penalties=sorted((*row[:9], Fraction(row[9]), row[10]) for row in penalties),
        debts={row[:3]: row[3:] for row in debts},
        months={(row[0], row[1]): row[2:] for row in months},
        cancelled={row[0]: row[4] for row in payments if row[4]},
    )


def differences(expected: Books, actual: Books, describe: Callable[[object], str] = str) -> list[str]:
    """The first ten differences of every part, a line each; empty when the books agree."""
    found: list[str] = []
    for part in ("verdicts", "payments", "cancelled", "debts", "months"):
        wanted, got = getattr(expected, part), getattr(actual, part)
        keys = sorted(key for key in wanted.keys() | got.keys() if wanted.get(key) != got.get(key))
        found += [f"{part} {describe(key)}: expected {wanted.get(key)}, got {got.get(key)}" for key in keys[:10]]
    for part in ("lines", "penalties"):
        wanted_rows, got_rows = Counter(getattr(expected, part)), Counter(getattr(actual, part))
        found += [f"{part} lacking: {describe(row)}" for row in sorted((wanted_rows - got_rows).elements())[:10]]
        found += [f"{part} too many: {describe(row)}" for row in sorted((got_rows - wanted_rows).elements())[:10]]
    return found


def assert_same_books(expected: Books, actual: Books) -> None:
    """Fail with the first differences unless the books agree in every verdict, line, payment and balance."""
    found = differences(expected, actual, repr_short)
    assert not found, "\n".join(["the books differ:", *found])


def repr_short(value: object) -> str:
    """A key or a line without class names."""
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    return str(value)
