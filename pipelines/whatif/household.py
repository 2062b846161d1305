"""One household's billed months by another plan of its meter: one rate for the whole day, or day and night."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import SCRATCH, load_models, materialise
from pipelines.warehouse.replay import replay_model
from pipelines.warehouse.snapshot import attach_snapshot
from pipelines.whatif.reckoning import FACTS, KNOWN, RATED, months_span, prepare_months, sql, take_step

OF_ONE_ACCOUNT = {
    "account_fact": "account_number = $account",
    "tenant_fact": "account_number = $account",
    "meter_fact": "account_number = $account",
    "condition_fact": "account_number = $account",
    "house_fact": "house_id in (select house_id from snapshot.intake.account_fact where account_number = $account)",
}
"""Which facts a household needs; what its house used stands in the ledger."""

HIGHEST_PERCENT = 100


@dataclass(frozen=True)
class PlanMonth:
    """One month: energy, what was charged, and what each plan would have charged; kWh and kopecks."""

    period: dt.date
    kwh: int
    posted_kopecks: int
    one_rate_kopecks: int
    two_zone_kopecks: int


@dataclass(frozen=True)
class Plans:
    """The months looked at; from which share of the night on two zones cost no more, percent (None: never)."""

    months: tuple[PlanMonth, ...]
    pays_from_percent: int | None


def compare_plans(snapshot: Path, settings: Settings, account: int, night_percent: int, months: int = 12) -> Plans:
    """Charge the last closed months anew by one rate and by two zones, with this share of the energy used at night.

    Energy that a meter of zones counted stays in its zones. Corrections of those months count for the month they
    correct. The plan the meter has gives what was posted, to the kopeck.

    Args:
        snapshot: the published snapshot.
        settings: where the reference data are.
        account: whose months.
        night_percent: share of the night in what was counted without zones, 0 to 100.
        months: how many.

    Raises:
        ValueError: the share is none.
    """
    if not 0 <= night_percent <= HIGHEST_PERCENT:
        raise ValueError(f"a share of the night is between 0 and 100 percent, not {night_percent}")
    with duckdb.connect() as connection:
        prepare(connection, settings)
        attach_snapshot(connection, snapshot)
        household = Household(connection, account, months_span(connection, months))
        one_rate = household.charge("one_rate", 0)
        two_zone = household.charge("two_zone", night_percent)
        told = tuple(
            PlanMonth(one.period, one.kwh, one.posted_kopecks, one.kopecks, two.kopecks)
            for one, two in zip(one_rate, two_zone, strict=True)
        )
        return Plans(told, household.pays_from(sum(one.kopecks for one in one_rate)))


@dataclass(frozen=True)
class _Month:
    period: dt.date
    kwh: int
    posted_kopecks: int
    kopecks: int


class Household:
    """A warehouse in memory that charges months of one account by one plan after another.

    Args:
        connection: where it is made; `snapshot` is attached.
        account: whose months.
        span: `first_period` and `last_period`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, account: int, span: dict[str, dt.date]) -> None:
        self._connection, self._bucket, self._span = connection, (account, account), span
        self._models = {model.name: model for model in load_models()}
        self._plan: str | None = None
        for table in FACTS:
            own = f"select * from snapshot.intake.{table} where {OF_ONE_ACCOUNT[table]}"
            connection.execute(f"insert into intake.{table} by name {own}", {"account": account})
        for model in self._models.values():
            if model.schema == "reference":
                connection.execute(f"create or replace table {model.name} as select * from snapshot.{model.name}")
        replay_model(connection, self._models["known.plan_zone"])
        prepare_months(connection, span)
        self.materialise(KNOWN)

    def materialise(self, names: Sequence[str]) -> None:
        """Derive some steps, in order."""
        for name in names:
            materialise(self._connection, self._models[name], self._bucket)

    def charge(self, plan: str, night_percent: int) -> list[_Month]:
        """Every month by a plan."""
        if plan != self._plan:
            # The meters become ones of the plan; their registers follow.
            self._connection.execute(f"update {SCRATCH}.known.meter_version set zone_plan = ?", [plan])
            self.materialise(["known.register"])
            take_step(self._connection, "evaluation", "evaluation", self._span)
            take_step(self._connection, "flat_need", "flat_need", self._span)
            self._plan = plan
        wanted = {**self._span, "zone_plan": plan, "night_percent": night_percent}
        take_step(self._connection, "register_use", "plan_use", wanted)
        self.materialise(RATED)
        return [_Month(*row) for row in self._connection.execute(sql("plan_month"), self._span).fetchall()]

    def pays_from(self, one_rate_kopecks: int) -> int | None:
        """The least share of the night at which two zones cost no more than one rate; more night never costs more."""
        least, most = 0, HIGHEST_PERCENT + 1
        while least < most:
            middle = (least + most) // 2
            if middle > HIGHEST_PERCENT:
                return None
            if sum(month.kopecks for month in self.charge("two_zone", middle)) <= one_rate_kopecks:
                most = middle
            else:
                least = middle + 1
        return least if least <= HIGHEST_PERCENT else None
