"""The months that were billed, charged by a proposal: bucket by bucket, by the product's own models."""

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.settings import SQL, Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import SCRATCH, Bucket, load_models, materialise
from pipelines.warehouse.replay import replay_model
from pipelines.warehouse.snapshot import attach_snapshot
from pipelines.whatif.proposal import lay_out, refuse_if_broken

ACCOUNTS_A_BUCKET = 100_000
"""Twelve months of these are 1.5 million rows, under a gigabyte; planning a bucket takes a tenth of a second."""

FACTS = ("account_fact", "tenant_fact", "meter_fact", "condition_fact", "house_fact")
"""What is known of the accounts; the rest of what was charged stands in the ledger."""

KNOWN = ("known.account", "known.account_version", "known.tenant_version", "known.condition", "known.meter_version",
         "known.register")  # fmt: skip
RATED = ("rating.condition", "rating.volume", "rating.flat_band", "rating.target_line")
FROM_LEDGER = ("evaluation", "register_use", "flat_need")
"""Steps that a night derives from readings, and a proposal takes from the ledger."""


@dataclass(frozen=True)
class Group:
    """Some accounts together: the region, a category, a decile (1 uses least) or a district; kWh and kopecks."""

    kind: str
    name: str
    accounts: int
    losers: int
    winners: int
    kwh: int
    posted_kopecks: int
    proposed_kopecks: int


@dataclass(frozen=True)
class Outcome:
    """The months looked at, and what becomes of the region and its parts."""

    first: dt.date
    last: dt.date
    groups: tuple[Group, ...]

    @property
    def region(self) -> Group:
        """All accounts together."""
        return self.groups[0]


def reckon(snapshot: Path, settings: Settings, files: Sequence[Path], months: int = 12) -> Outcome:
    """Charge the last closed months anew, with `files` in the place of reference tables of the same header.

    Corrections of those months count for the month they correct. Files equal to the tables in force give what was
    posted, to the kopeck.

    Raises:
        ValueError: a file is like no table, or a claim about the tables does not hold with it.
    """
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        reference = Path(folder) / "reference"
        lay_out(settings.reference, files, reference)
        prepare(connection, replace(settings, reference=reference))
        attach_snapshot(connection, snapshot)
        span = months_span(connection, months)
        _prepare_all(connection, span)
        _create_outcome(connection)
        for bucket in _buckets(connection):
            _reckon_bucket(connection, bucket, span)
        rows = connection.execute(sql("group")).fetchall()
    return Outcome(span["first_period"], span["last_period"], tuple(Group(*row) for row in rows))


def months_span(connection: duckdb.DuckDBPyConnection, months: int) -> dict[str, dt.date]:
    """The first and the last of the months that were billed."""
    [(first, last)] = connection.execute(
        """
        select
            greatest(open_period - to_months($1), (select min(period) from snapshot.marts.account_month))::date,
            (open_period - interval 1 month)::date
        from snapshot.replay.bounds
        """,
        [months],
    ).fetchall()
    return {"first_period": first, "last_period": last}


def _prepare_all(connection: duckdb.DuckDBPyConnection, span: dict[str, dt.date]) -> None:
    """Facts, reference tables, months, prices and limits: what all buckets share."""
    for table in FACTS:
        connection.execute(f"insert into intake.{table} by name select * from snapshot.intake.{table}")
    models = {model.name: model for model in load_models()}
    for model in models.values():
        if model.kind == "reference" or model.name in {"reference.source", "known.plan_zone"}:
            replay_model(connection, model)
    prepare_months(connection, span)
    refuse_if_broken(connection)


def prepare_months(connection: duckdb.DuckDBPyConnection, span: dict[str, dt.date]) -> None:
    """The months that are charged, and their prices and limits."""
    models = {model.name: model for model in load_models()}
    connection.execute(
        f"""
        create table {SCRATCH}.rating.month as
        select unnest(generate_series(
            $first_period::date, $last_period::date + interval 1 month, interval 1 month
        ))::date as period
        """,
        span,
    )
    # The open month closes next: what is known by then is what is proposed.
    for name in ("rating.knowledge", "rating.epoch", "rating.price", "rating.band_limit"):
        materialise(connection, models[name])


def _create_outcome(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        create table outcome (
            account_number bigint, district varchar, category category, kwh bigint, posted_kopecks bigint,
            proposed_kopecks bigint
        )
        """
    )


def _buckets(connection: duckdb.DuckDBPyConnection) -> list[Bucket]:
    """Ranges of account numbers of about as many accounts each."""
    rows = connection.execute(
        """
        select min(account_number), max(account_number)
        from (
            select account_number, (row_number() over (order by account_number) - 1) // ? as bucket
            from (select distinct account_number from intake.account_fact)
        )
        group by bucket
        """,
        [ACCOUNTS_A_BUCKET],
    ).fetchall()
    return [(int(first), int(last)) for first, last in rows]


def _reckon_bucket(connection: duckdb.DuckDBPyConnection, bucket: Bucket, span: dict[str, dt.date]) -> None:
    models = {model.name: model for model in load_models()}
    for name in KNOWN:
        materialise(connection, models[name], bucket)
    for step in FROM_LEDGER:
        take_step(connection, step, step, span)
    for name in RATED:
        materialise(connection, models[name], bucket)
    connection.execute(f"insert into outcome {sql('outcome')}", span)


def take_step(connection: duckdb.DuckDBPyConnection, step: str, name: str, parameters: Mapping[str, object]) -> None:
    """Fill a step of `rating` from the ledger, by a file of `sql/whatif`."""
    connection.execute(f"create or replace table {SCRATCH}.rating.{step} as {sql(name)}", parameters)


def sql(name: str) -> str:
    """A file of `sql/whatif`."""
    return (SQL / "whatif" / f"{name}.sql").read_text(encoding="utf-8")
