"""Questions of the work list; frames come back as the SQL declares them (see `queries`)."""

from datetime import date

import polars as pl

from dashboard.store import Snapshot, ask
from pipelines.settings import MOSCOW


def held_readings(snapshot: Snapshot) -> pl.DataFrame:
    """Held readings that no later accepted one has settled, at most 500, with their age in days."""
    return ask(snapshot, "held_readings", on_day=_day(snapshot))


def refused_files(snapshot: Snapshot) -> pl.DataFrame:
    """Files refused whole, the newest 200, with their age in days and the reason."""
    return ask(snapshot, "refused_files", on_day=_day(snapshot))


def implausible_bills(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """Bills of a month that are many times the account's usual one, by `bill_rule`; at most 500."""
    return ask(snapshot, "implausible_bills", period=period)


def decisions_taken(snapshot: Snapshot) -> pl.DataFrame:
    """Decisions about payments taken in so far, the newest 200; `message` says why one changed nothing."""
    return ask(snapshot, "decisions_taken")


def reading_decisions_taken(snapshot: Snapshot) -> pl.DataFrame:
    """Decisions about readings taken in so far, the newest 200, with the verdict on what each put in its place."""
    return ask(snapshot, "reading_decisions_taken")


def _day(snapshot: Snapshot) -> date:
    return snapshot.as_of.astimezone(MOSCOW).date()
