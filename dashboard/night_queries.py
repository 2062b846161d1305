"""Questions of the page about the night; frames come back as the SQL declares them (see `queries`)."""

import polars as pl

from dashboard.store import Snapshot, ask


def runs(snapshot: Snapshot) -> pl.DataFrame:
    """Published runs, newest first, at most 60, with their seconds and rows."""
    return ask(snapshot, "runs")


def run_stages(snapshot: Snapshot, run_id: int) -> pl.DataFrame:
    """Stages of a run in milliseconds, the longest first; none when the night did not keep them."""
    return ask(snapshot, "run_stages", run_id=run_id)


def run_checks(snapshot: Snapshot, run_id: int) -> pl.DataFrame:
    """Checks of a run with the number of rows that broke them, the broken ones first."""
    return ask(snapshot, "run_checks", run_id=run_id)


def channel_freshness(snapshot: Snapshot, run_id: int) -> pl.DataFrame:
    """When each channel last delivered by that run, and its files and rows in it."""
    return ask(snapshot, "channel_freshness", run_id=run_id)


def files_to_look_at(snapshot: Snapshot, run_id: int) -> pl.DataFrame:
    """Files of a run that were refused or hold rejected rows."""
    return ask(snapshot, "files_to_look_at", channel=None, run_id=run_id)


def rejected_rows(snapshot: Snapshot, run_id: int) -> pl.DataFrame:
    """Rejected lines of a run, at most 500."""
    return ask(snapshot, "rejected_rows", channel=None, run_id=run_id)


def business_night(snapshot: Snapshot) -> pl.DataFrame:
    """The newest month businesses were billed for: one row of contracts, kopecks, hours lacking; none before a bill."""
    return ask(snapshot, "business_night")
