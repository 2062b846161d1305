"""Questions of the page Contracts; frames come back as the SQL declares them (see `queries`)."""

from datetime import date

import polars as pl

from dashboard.store import Snapshot, ask
from pipelines.settings import MOSCOW


def contracts(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """Contracts billed in a month, the greatest bill first, at most 500."""
    return ask(snapshot, "contracts", period=period)


def business_months(snapshot: Snapshot) -> pl.DataFrame:
    """Bills of all businesses by month, oldest first."""
    return ask(snapshot, "business_months")


def contract_card(snapshot: Snapshot, contract: str) -> pl.DataFrame:
    """A contract as it is on the snapshot's day: one row, none where the number is unknown."""
    return ask(snapshot, "contract_card", contract=contract, on_day=snapshot.as_of.astimezone(MOSCOW).date())


def contract_components(snapshot: Snapshot, contract: str, since: date, period: date) -> pl.DataFrame:
    """What a contract was charged by service period and component."""
    return ask(snapshot, "contract_components", contract=contract, since=since, period=period)


def contract_points(snapshot: Snapshot, contract: str, period: date) -> pl.DataFrame:
    """Points of a contract in a month: energy, how it was found, hours against the register."""
    return ask(snapshot, "contract_points", contract=contract, period=period)


def contract_hours(snapshot: Snapshot, contract: str, period: date) -> pl.DataFrame:
    """Energy of a contract by day and hour of a month."""
    return ask(snapshot, "contract_hours", contract=contract, period=period)


def contract_plan(snapshot: Snapshot, contract: str, period: date) -> pl.DataFrame:
    """Plan and fact of a contract by day of a month."""
    return ask(snapshot, "contract_plan", contract=contract, period=period)


def contract_payments(snapshot: Snapshot, contract: str, since: date) -> pl.DataFrame:
    """Advances and the rest of a contract's months, newest first."""
    return ask(snapshot, "contract_payments", contract=contract, since=since)


def contract_debts(snapshot: Snapshot, contract: str) -> pl.DataFrame:
    """Parts of months that a contract has not paid in full, the longest overdue first."""
    return ask(snapshot, "contract_debts", contract=contract)


def contract_balances(snapshot: Snapshot, contract: str, since: date) -> pl.DataFrame:
    """How a contract's balance moved, newest month first."""
    return ask(snapshot, "contract_balances", contract=contract, since=since)


def business_debts(snapshot: Snapshot) -> pl.DataFrame:
    """What businesses owe now, a row per kind of customer, the greatest debt first."""
    return ask(snapshot, "business_debts")
