"""The product over the facts of the subset: its files for the peers, its results, and which of its tables carry the subset."""

from pathlib import Path

import duckdb

STEPS = (
    "judging.link",
    "metering.reading",
    "rating.metered",
    "rating.real_use",
    "rating.register_use",
    "rating.volume",
    "rating.target_line",
    "ledger.charge_line",
    "arrears.billed",
    "marts.account_month",
)
"""Difference: link, reading, metered, real_use, register_use · split: volume, target_line · price and round: target_line, charge_line ·
balance: billed, account_month. They do more than the subset: verdicts, days, corrections, sources."""

PLACE = "case when band in ('in_norm', 'band1') then 1 when band in ('above_norm', 'band2') then 2 else 3 end::smallint"
"""A band as the peers know it: the first, the second or the third of its month."""

FILES = {
    "reading": "select account_number, known_period as period, enum_code(zone)::smallint as zone, value::bigint as value from intake.reading_fact",
    "register": """
        select account_number, enum_code(zone)::smallint as zone, opening_register as opening
        from judging.arrival group by all
    """,
    "account": """
        select
            account_number, settlement::varchar as settlement, stove::varchar as stove, heating::varchar as heating, persons,
            category::varchar as category, meters.zone_plan::varchar as zone_plan
        from marts.account inner join marts.meter as meters using (account_number)
    """,
    "limits": """
        select
            period, settlement::varchar as settlement, stove::varchar as stove, heating::varchar as heating, persons,
            first_limit_kwh as first_kwh, second_limit_kwh as second_kwh
        from rating.band_limit
        where period in (select known_period from intake.source_file)
    """,
    "price": f"""
        select
            period, category::varchar as category, zone_plan::varchar as zone_plan, enum_code(zone)::smallint as zone,
            {PLACE} as place, price_e4
        from rating.price
        where
            period in (select known_period from intake.source_file)
            and (band in ('in_norm', 'above_norm')) = (period < date '2026-01-01')
    """,
    "payment": "select account_number, known_period as period, amount_kopecks as kopecks from intake.payment_fact",
}
"""What the peers read, as the product knows it."""

RESULTS = {
    "line": f"""
        select account_number, posting_period as period, enum_code(zone)::smallint as zone, {PLACE} as place, kwh, amount_kopecks as kopecks
        from ledger.charge_line
    """,
    "month": """
        select account_number, period, charged_kopecks as charged, paid_kopecks as paid, closing_kopecks as closing
        from marts.account_month
    """,
}

READY = f"""
    select
        account_number, posting_period as period, enum_code(zone)::smallint as zone, {PLACE} as place, kwh,
        (price_rub_per_kwh * 10000)::bigint as price_e4
    from ledger.charge_line
"""
"""What the floor reads: lines but for the multiplication."""


def write_files(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Parquet for the peers, from a warehouse that has just replayed the facts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, select in FILES.items():
        _copy(connection, select, folder / f"{name}.parquet")
    _copy(connection, READY, folder / "ready_line.parquet")
    _copy(connection, RESULTS["month"], folder / "ready_month.parquet")


def write_results(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """What the product made of the facts, in the columns of the peers."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, select in RESULTS.items():
        _copy(connection, select, folder / f"{name}.parquet")


def _copy(connection: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    connection.execute(f"copy ({select}) to '{path}' (format parquet)")
