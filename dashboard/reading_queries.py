"""Questions of the page Readings; frames come back as the SQL declares them (see `queries`)."""

from datetime import date

import polars as pl

from dashboard.store import Snapshot, ask
from pipelines.settings import MOSCOW


def reading_days(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """Readings of a month by the day they came and channel: all, accepted, held, rejected."""
    return ask(snapshot, "reading_days", period=period)


def reading_refusals(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """Readings of a month that were held or rejected, by rule, verdict and channel."""
    return ask(snapshot, "reading_refusals", period=period)


def refused_readings(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """Held and rejected readings of a month themselves, at most 500."""
    return ask(snapshot, "refused_readings", period=period)


def unread_months(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """Accounts with a meter by district and months since the last accepted reading (5: five and more)."""
    return ask(snapshot, "unread_months", period=period)


def unread_accounts(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """Accounts not read for two months and more, at most 500."""
    return ask(snapshot, "unread_accounts", period=period)


def estimated_share(snapshot: Snapshot, since: date, period: date) -> pl.DataFrame:
    """KWh and accounts charged by reading, average and normative, a row a month; shares in tenths of a percent."""
    return ask(snapshot, "estimated_share", since=since, period=period)


def verification_totals(snapshot: Snapshot) -> pl.DataFrame:
    """Meters whose verification has run out, or will within three months of the snapshot's day, by district."""
    return ask(snapshot, "verification_totals", period=snapshot.open_period, on_day=_day(snapshot))


def verification_meters(snapshot: Snapshot) -> pl.DataFrame:
    """Those meters themselves, at most 500; `days_late` is below zero for those still valid."""
    return ask(snapshot, "verification_meters", period=snapshot.open_period, on_day=_day(snapshot))


def _day(snapshot: Snapshot) -> date:
    return snapshot.as_of.astimezone(MOSCOW).date()
