"""A small published snapshot by the contract, invented from a seed: what the dashboard's tests and screenshots open.

Account months and district totals are summed from the postings, so every row balances.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from pipelines.settings import REFERENCE, ROOT
from tests.dashboard.arrears import write_arrears
from tests.dashboard.businesses import write_businesses
from tests.dashboard.invented import AS_OF, CITIES, OPEN_PERIOD, PUBLISHED_AT, RURAL, Invention
from tests.dashboard.invention import invent
from tests.dashboard.marts import write_marts

TABLES = {
    "account": "account_number bigint, house_id varchar, district varchar, branch varchar, site varchar, holder_name varchar, address varchar, "
    "settlement settlement, stove stove, heating heating, category category, persons integer, valid_from date, valid_to date",
    "meter": "meter_serial varchar, account_number bigint, zone_plan zone_plan, whole_digits tinyint, fraction_digits tinyint, "
    "transformer_ratio integer, installed_on date, removed_on date, verified_until date",
    "reading": "reading_id bigint, account_number bigint, meter_serial varchar, zone zone, read_on date, received_at timestamptz, "
    "value decimal(15, 3), channel channel, verdict verdict, rule_id varchar, period date, consumption_kwh bigint, "
    "previous_value bigint, source_file_id integer, source_line bigint",
    "reading_decision": "account_number bigint, meter_serial varchar, zone zone, read_on date, received_at timestamptz, value decimal(15, 3), "
    "reading_id bigint, decision reading_decision, decided_value decimal(15, 3), decided_by varchar, comment varchar, known_period date, "
    "source_file_id integer, source_line bigint",
    "charge_line": "account_number bigint, posting_period date, service_period date, kind line_kind, basis basis, meter_serial varchar, "
    "zone_plan zone_plan, zone zone, band band, kwh bigint, price_rub_per_kwh decimal(9, 4), price_status value_status, limit_status value_status, "
    "amount_kopecks bigint, tariff_source varchar, limit_source varchar, rules_version varchar",
    "payment": "payment_id bigint, account_number bigint, account_as_written varchar, paid_on date, posting_period date, amount_kopecks bigint, "
    "channel channel, agent varchar, operation_id varchar, named_period date, status payment_status, cancelled_period date, source_file_id integer, source_line bigint",
    "payment_decision": "agent varchar, operation_id varchar, payment_id bigint, decision payment_decision, known_period date, account_number bigint, "
    "named_period date, refusal varchar, message varchar, decided_by varchar, comment varchar, source_file_id integer, source_line bigint",
    "posting": "account_number bigint, posting_period date, kind posting_kind, service_period date, amount_kopecks bigint",
    "rejected_row": "source_file_id integer, source_line bigint, rule_id varchar, message varchar, raw_text varchar",
    "source_file": "source_file_id integer, channel channel, kind varchar, name varchar, sha256 varchar, size_bytes bigint, known_at timestamptz, "
    "known_period date, run_id integer, status varchar, rows_received bigint, rows_accepted bigint, rows_rejected bigint, rows_duplicate bigint, "
    "control_rows bigint, control_kopecks bigint, received_kopecks bigint",
    "run_stage": "run_id integer, stage varchar, started_at timestamptz, finished_at timestamptz",
    "run_check": "run_id integer, check_name varchar, claim varchar, asset varchar, is_blocking boolean, offenders bigint",
    "run": "run_id integer, started_at timestamptz, finished_at timestamptz, as_of timestamptz, open_period date, rules_version varchar, "
    "files bigint, rows_received bigint, rows_accepted bigint, rows_rejected bigint, rows_duplicate bigint",
}

REFERENCE_TABLES = (
    "tariff_rate",
    "social_norm",
    "consumption_range",
    "district",
    "organisation",
    "reading_rule",
    "due_day",
    "vat",
    "bill_rule",
    "normative",
    "penalty_rate",
    "penalty_scale",
)

ACCOUNT_MONTH = """
create table account_month as
with sums as (
    select
        account_number, posting_period as period,
        sum(amount_kopecks) filter (kind = 'opening') as brought,
        sum(amount_kopecks) filter (kind = 'charge') as charged_kopecks,
        sum(amount_kopecks) filter (kind = 'correction') as corrected_kopecks,
        sum(amount_kopecks) filter (kind = 'payment') as paid
    from posting
    group by all
), kwh_sums as (
    select account_number, posting_period as period, sum(kwh) as kwh from charge_line group by all
), months as (
    select account_number, unnest(generate_series(min(period), max(last_period), interval 1 month))::date as period
    from sums, (select max(posting_period) as last_period from posting)
    group by account_number
), moved as (
    select
        account_number, period, coalesce(charged_kopecks, 0) as charged, coalesce(corrected_kopecks, 0) as corrected,
        -coalesce(paid, 0) as paid, coalesce(brought, 0) as brought, coalesce(kwh, 0) as kwh
    from months left join sums using (account_number, period) left join kwh_sums using (account_number, period)
), closed as (
    select *, sum(brought + charged + corrected - paid) over (partition by account_number order by period) as closing from moved
)
select
    account_number, period, (closing - charged - corrected + paid)::bigint as opening_kopecks, charged::bigint as charged_kopecks,
    corrected::bigint as corrected_kopecks, 0::bigint as penalty_kopecks, 0::bigint as penalty_taken_back_kopecks, paid::bigint as paid_kopecks, closing::bigint as closing_kopecks,
    closing::bigint as principal_kopecks, kwh::bigint as kwh, district, branch, site, category
from closed join (select distinct account_number, district, branch, site, category from account) using (account_number)
order by account_number, period
"""

UNIT_MONTH = """
create table {table} as
select
    {unit}, period, count(*) as accounts, sum(opening_kopecks)::bigint as opening_kopecks, sum(charged_kopecks)::bigint as charged_kopecks,
    sum(corrected_kopecks)::bigint as corrected_kopecks, sum(penalty_kopecks)::bigint as penalty_kopecks,
    sum(paid_kopecks)::bigint as paid_kopecks, sum(closing_kopecks)::bigint as closing_kopecks,
    sum(greatest(closing_kopecks, 0))::bigint as debt_kopecks, -sum(least(closing_kopecks, 0))::bigint as advance_kopecks,
    sum(kwh)::bigint as kwh
from account_month group by {unit}, period order by {unit}, period
"""


def write_snapshot(
    home: Path,
    *,
    name: str = "snapshot-000214",
    run_id: int = 214,
    accounts: int = 200,
    districts: Sequence[str] = CITIES + RURAL,
    months: int = 14,
    seed: int = 1,
    empty: bool = False,
    published_at: datetime = PUBLISHED_AT,
) -> Path:
    """Write `published/<name>.duckdb` under `home` and move the pointer to it; returns the snapshot's path.

    `empty` keeps every table of the contract but no rows beyond the reference and the run. Same arguments, same content.
    """
    published = home / "published"
    published.mkdir(parents=True, exist_ok=True)
    path = published / f"{name}.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("set timezone = 'Europe/Moscow'")
        _load_reference(con)
        invented = invent(
            con, accounts=0 if empty else accounts, districts=districts, months=months, seed=seed, run_id=run_id
        )
        _load(con, invented)
    move_pointer(home, path, run_id=run_id, published_at=published_at)
    return path


def move_pointer(home: Path, path: Path, *, run_id: int, published_at: datetime = PUBLISHED_AT) -> None:
    """Point `current.json` at a snapshot, atomically, as the pipeline does."""
    pointer = {
        "snapshot": path.name,
        "run_id": run_id,
        "as_of": AS_OF.isoformat(),
        "open_period": OPEN_PERIOD.isoformat(),
        "published_at": published_at.isoformat(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    fresh = home / "published" / "current.json.new"
    fresh.write_text(json.dumps(pointer, ensure_ascii=False), encoding="utf-8")
    fresh.replace(home / "published" / "current.json")


def all_districts() -> tuple[str, ...]:
    """The 55 municipal units of the region, as the reference names them."""
    return tuple(pl.read_csv(REFERENCE / "district.csv", columns=["district"])["district"])


def _load_reference(con: duckdb.DuckDBPyConnection) -> None:
    """Closed sets of codes and reference tables come from the product's own SQL, so their types cannot drift."""
    for statement in (ROOT / "sql" / "schema.sql").read_text(encoding="utf-8").split(";"):
        if "create type" in statement or "replace macro" in statement:
            con.execute(statement)
    con.execute("set variable reference = $path", {"path": str(REFERENCE)})
    for table in REFERENCE_TABLES:
        con.execute(
            f"create table {table} as {(ROOT / 'sql' / 'reference' / f'{table}.sql').read_text(encoding='utf-8')}"
        )


def _load(con: duckdb.DuckDBPyConnection, invented: Invention) -> None:
    for table, columns in TABLES.items():
        names = [column.split()[0] for column in columns.split(", ") if not column.split()[0].endswith(")")]
        con.execute(f"create table {table} ({columns})")
        rows = invented.rows[table]
        if rows:
            fresh = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
            con.register("fresh", fresh)
            con.execute(f"insert into {table} select * from fresh order by all")
            con.unregister("fresh")
    con.execute(ACCOUNT_MONTH)
    for table, unit in (("district_month", "district"), ("branch_month", "branch"), ("site_month", "branch, site")):
        con.execute(UNIT_MONTH.format(table=table, unit=unit))
    write_arrears(con)
    write_marts(con)
    write_businesses(con, is_empty=not invented.rows["account"])
