"""The marts of an invented snapshot, told by the product's own SQL from the tables that stand there."""

import duckdb

from pipelines.settings import SQL
from pipelines.warehouse.models import read_model

SOURCES = {
    "marts.account_month": "select * from main.account_month",
    "ledger.charge_line": "select * from main.charge_line",
    "ledger.payment": "select * from main.payment",
    "marts.account": "select * from main.account",
    "metering.reading": "select *, previous_value as previous_register, period as known_period from main.reading",
    "intake.reading_fact": "select *, timestamptz '2000-01-01 00:00:00+00' as known_at from main.reading",
    "intake.reading_decision_fact": "select *, timestamptz '2100-01-01 00:00:00+00' as known_at from main.reading_decision",
    "intake.source_file": "select * from main.source_file",
    "intake.account_fact": "select account_number, date '1900-01-01' as known_period from main.account",
    "ledger.decided_payment": "select * from main.payment where cancelled_period is not null",
    "intake.meter_fact": """
        select *, date '1900-01-01' as known_period, timestamptz '1900-01-01 00:00:00+00' as known_at, 1 as source_file_id, 1 as source_line
        from main.meter
    """,
    "reference.organisation": "select * from main.organisation",
    "ledger.debt": "select * from main.debt",
    "closed.silent_meter": """
        select account_number, meter_serial, null::date as last_read_period, null::date as period from main.meter limit 0
    """,
    "marts.restriction_candidate": """
        select
            account_number, overdue_kopecks, debts, oldest_due_on, normative_kwh, normative_status, month_kopecks, full_months, may_restrict_from
        from main.restriction_candidate
    """,
    "replay.bounds": """
        select date '1900-01-01' as sealed_period, max(open_period) as open_period, max(as_of) as as_of from main.run
    """,
}
"""What the marts read, as the snapshot has it."""

PUBLISHED = {
    "place_month": "category_month",
    "balance_month": "balance_month",
    "debtor_month": "debtor_month",
    "energy_month": "energy_month",
    "reading_day": "reading_day",
    "payment_day": "payment_day",
    "age_move": "age_move",
    "silent_meter": "silent_meter",
    "unread_month": "unread_month",
    "refused_reading": "refused_reading",
    "late_payment": "late_payment",
}
"""Table of the snapshot -> the mart it shows."""

WRITTEN_OUT = ("account_place", "aged_debt", "debt_class", "held_reading", "restriction_candidate")
"""What a snapshot keeps as rows of its own, each after those it reads."""


def write_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the sums by district and category that the pages ask for, or say them anew."""
    schemas = {name.split(".")[0] for name in SOURCES}
    for schema in schemas:
        connection.execute(f"create schema {schema}")
    for name, select in SOURCES.items():
        connection.execute(f"create view {name} as {select}")
    for table, mart in PUBLISHED.items():
        connection.execute(f"create table marts.{mart} as {read_model(SQL / 'marts' / f'{mart}.sql').select}")
        connection.execute(f"create or replace table main.{table} as {_published(table)}")
    for table in WRITTEN_OUT:
        connection.execute(f"create or replace table main.{table} as {_published(table)}")
    for schema in schemas:
        connection.execute(f"drop schema {schema} cascade")


def _published(table: str) -> str:
    return (SQL / "published" / f"{table}.sql").read_text(encoding="utf-8")
