"""Questions of the page Readings; frames come back as the SQL declares them (see `queries`)."""

from dataclasses import asdict
from datetime import date

import polars as pl

from dashboard.queries import Place
from dashboard.store import Snapshot, ask
from pipelines.settings import MOSCOW


def reading_days(snapshot: Snapshot, place: Place, period: date, channel: str | None = None) -> pl.DataFrame:
    """Readings of a month by the day they came and channel: all, accepted, held, rejected."""
    return ask(snapshot, "reading_days", channel=channel, period=period, **asdict(place))


def reading_refusals(snapshot: Snapshot, place: Place, period: date, channel: str | None = None) -> pl.DataFrame:
    """Readings of a month that were held or rejected, by rule, verdict and channel."""
    return ask(snapshot, "reading_refusals", channel=channel, period=period, **asdict(place))


def refused_readings(snapshot: Snapshot, place: Place, period: date, channel: str | None = None) -> pl.DataFrame:
    """Held and rejected readings of a month themselves, at most 500."""
    return ask(snapshot, "refused_readings", channel=channel, period=period, **asdict(place))


def unread_months(snapshot: Snapshot, place: Place, period: date) -> pl.DataFrame:
    """Meters in place by district and months since the last accepted reading (5: five and more)."""
    return ask(snapshot, "unread_months", period=period, **asdict(place))


def unread_meters(snapshot: Snapshot, place: Place, period: date) -> pl.DataFrame:
    """Meters not read for two months and more, at most 500."""
    return ask(snapshot, "unread_meters", period=period, **asdict(place))


def estimated_share(snapshot: Snapshot, place: Place, since: date, period: date) -> pl.DataFrame:
    """KWh and accounts charged by reading, average and normative, a row a month; shares in tenths of a percent."""
    return ask(snapshot, "estimated_share", since=since, period=period, **asdict(place))


def verification_totals(snapshot: Snapshot, place: Place) -> pl.DataFrame:
    """Meters whose verification has run out, or will within three months of the snapshot's day, by district."""
    return ask(snapshot, "verification_totals", on_day=_day(snapshot), **asdict(place))


def verification_meters(snapshot: Snapshot, place: Place) -> pl.DataFrame:
    """Those meters themselves, at most 500; `days_late` is below zero for those still valid."""
    return ask(snapshot, "verification_meters", on_day=_day(snapshot), **asdict(place))


def _day(snapshot: Snapshot) -> date:
    return snapshot.as_of.astimezone(MOSCOW).date()
