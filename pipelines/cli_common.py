"""What commands share: a month as it is typed, and the snapshot they read."""

import datetime as dt
from pathlib import Path

import typer

from pipelines.settings import MOSCOW, Settings


def period(text: str) -> dt.date:
    """`2026-10` -> the first day of that month."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=MOSCOW).date()
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no month; write it as 2026-10") from error


def newest_snapshot(settings: Settings) -> Path:
    """The file of the newest published snapshot.

    Raises:
        RuntimeError: nothing is published yet.
    """
    from pipelines.warehouse.publish import read_pointer

    pointer = read_pointer(settings.published)
    if pointer is None:
        raise RuntimeError(f"nothing is published under {settings.published} yet; run the night first")
    return settings.published / pointer.snapshot
