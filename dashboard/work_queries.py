"""Questions of the work list; frames come back as the SQL declares them (see `queries`)."""

from dataclasses import asdict
from datetime import date

import polars as pl

from dashboard.queries import REGION, Place, on_day
from dashboard.store import Snapshot, ask


def held_readings(snapshot: Snapshot, place: Place = REGION, channel: str | None = None) -> pl.DataFrame:
    """Held readings of a place that no later accepted one has settled, at most 500, with their age in days."""
    return ask(snapshot, "held_readings", on_day=on_day(snapshot), channel=channel, **asdict(place))


def refused_files(snapshot: Snapshot, channel: str | None = None) -> pl.DataFrame:
    """Files refused whole, the newest 200, with their age in days and the reason."""
    return ask(snapshot, "refused_files", on_day=on_day(snapshot), channel=channel)


def implausible_bills(snapshot: Snapshot, period: date, place: Place = REGION) -> pl.DataFrame:
    """Bills of a month and a place that are many times the account's usual one, by `bill_rule`; at most 500."""
    return ask(snapshot, "implausible_bills", period=period, **asdict(place))


def decisions_taken(snapshot: Snapshot) -> pl.DataFrame:
    """Decisions about payments taken in so far, the newest 200; `message` says why one changed nothing."""
    return ask(snapshot, "decisions_taken")


def reading_decisions_taken(snapshot: Snapshot) -> pl.DataFrame:
    """Decisions about readings taken in so far, the newest 200, with the verdict on what each put in its place."""
    return ask(snapshot, "reading_decisions_taken")
