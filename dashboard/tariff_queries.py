"""Questions of the page Tariffs and norms: reference rows in force from `valid_from` up to, not with, `valid_to`."""

import polars as pl

from dashboard.store import Snapshot, ask


def tariff_history(snapshot: Snapshot, category: str, zone_plan: str) -> pl.DataFrame:
    """Prices of a kWh, rubles with VAT, by zone and band."""
    return ask(snapshot, "tariff_history", category=category, zone_plan=zone_plan)


def norm_history(snapshot: Snapshot, settlement: str) -> pl.DataFrame:
    """Components of the social norm: kWh a month, or a coefficient of season."""
    return ask(snapshot, "norm_history", settlement=settlement)


def range_history(snapshot: Snapshot, category: str) -> pl.DataFrame:
    """Consumption ranges, kWh a month; null `to_kwh`: no upper limit."""
    return ask(snapshot, "range_history", category=category)


def normative_history(snapshot: Snapshot) -> pl.DataFrame:
    """Normatives, kWh a person and month."""
    return ask(snapshot, "normative_history")


def due_day_history(snapshot: Snapshot) -> pl.DataFrame:
    """Days of the next month by which a month is to be paid."""
    return ask(snapshot, "due_day_history")


def penalty_rate_history(snapshot: Snapshot) -> pl.DataFrame:
    """Rates of the penalty, percent a year."""
    return ask(snapshot, "penalty_rate_history")


def penalty_scale_history(snapshot: Snapshot) -> pl.DataFrame:
    """Parts of the rate a day of delay costs a household, as the divisor: 300 is 1/300."""
    return ask(snapshot, "penalty_scale_history")
