"""One household's open month before it is billed: the prices and ranges that apply, and what it is likely to cost."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import SCRATCH
from pipelines.warehouse.snapshot import attach_snapshot
from pipelines.whatif.household import Household
from pipelines.whatif.reckoning import sql, take_step


@dataclass(frozen=True)
class OwnPrice:
    """A price that applies: plan, band with its bounds (kWh; None: no end), zone, how sure it is, why it applies."""

    zone_plan: str
    band: str
    zone: str
    from_kwh: int
    to_kwh: int | None
    price_rub_per_kwh: Decimal
    price_status: str
    price_source: str
    limit_status: str
    limit_source: str
    category: str
    settlement: str
    stove: str
    heating: str
    persons: int


@dataclass(frozen=True)
class Forecast:
    """What the open month is likely to be charged, if as much is used as from one month to another on average."""

    period: dt.date
    like: Literal["last_year", "last_months"]
    from_period: dt.date
    to_period: dt.date
    kwh: int
    kopecks: int
    house_kwh: int
    """Of `kwh`, the needs of the house, taken as in the last closed month."""


def own_prices(snapshot: Path, settings: Settings, account: int) -> tuple[OwnPrice, ...]:
    """The prices of the open month for what the account is now, band after band; none where it is unknown."""
    with _open_month(snapshot, settings, account) as (connection, household, period):
        take_step(connection, "register_use", "any_use", {})
        take_step(connection, "flat_need", "flat_need", {"first_period": period, "last_period": period})
        household.materialise(["rating.condition", "rating.volume"])
        return tuple(OwnPrice(*row) for row in connection.execute(sql("own_tariff")).fetchall())


def forecast(snapshot: Path, settings: Settings, account: int) -> Forecast | None:
    """The open month if it is like the same month a year ago, else like the last three; None where neither was counted.

    Charged by the night's own SQL at the prices known; corrections, penalty and what is owed are no part of it.
    """
    with _open_month(snapshot, settings, account) as (connection, household, period):
        ways: tuple[tuple[Literal["last_year", "last_months"], int, int], ...] = (
            ("last_year", 12, 12),
            ("last_months", 3, 1),
        )
        for like, first, last in ways:
            span = {"from_period": months_before(period, first), "to_period": months_before(period, last)}
            take_step(connection, "register_use", "expected_use", {**span, "months": first - last + 1})
            if not connection.execute("select 1 from rating.register_use limit 1").fetchall():
                continue
            before = months_before(period, 1)
            take_step(connection, "flat_need", "flat_need", {"first_period": before, "last_period": before})
            connection.execute(f"update {SCRATCH}.rating.flat_need set service_period = ?", [period])
            household.materialise(["rating.condition", "rating.volume", "rating.flat_band", "rating.target_line"])
            [(kwh, kopecks)] = connection.execute(
                "select sum(kwh)::bigint, sum(amount_kopecks)::bigint from rating.target_line"
            ).fetchall()
            [(house,)] = connection.execute("select coalesce(sum(kwh), 0)::bigint from rating.flat_need").fetchall()
            return Forecast(period, like, span["from_period"], span["to_period"], int(kwh), int(kopecks), int(house))
    return None


def months_before(period: dt.date, months: int) -> dt.date:
    """The first day of the month so many months earlier."""
    count = period.year * 12 + period.month - 1 - months
    return dt.date(count // 12, count % 12 + 1, 1)


@contextlib.contextmanager
def _open_month(
    snapshot: Path, settings: Settings, account: int
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Household, dt.date]]:
    """A warehouse in memory in which the account's open month is to be charged."""
    with duckdb.connect() as connection:
        prepare(connection, settings)
        attach_snapshot(connection, snapshot)
        [(period,)] = connection.execute("select open_period from snapshot.replay.bounds").fetchall()
        household = Household(connection, account, {"first_period": period, "last_period": period})
        take_step(connection, "evaluation", "own_evaluation", {})
        yield connection, household, period
