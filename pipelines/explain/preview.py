"""What the night would make of readings just sent: the same SQL, over the published facts and these."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipelines.explain.replayed import find_run, replayed
from pipelines.settings import MOSCOW, SQL, Settings

WANTED = frozenset({"metering.reading", "ledger.charge_line", "reference.reading_rule"})
"""What `sql/explain/preview_*` read: debts and penalties, half of a replay, are not asked for."""


@dataclass(frozen=True)
class SentReading:
    """A register as a customer sends it; `value` in kWh, up to three decimals."""

    meter_serial: str
    zone: str
    read_on: dt.date
    received_at: dt.datetime
    value: Decimal


@dataclass(frozen=True)
class Judged:
    """What a reading would be told: verdict, the rule that refuses or holds it, and what it is compared with (kWh)."""

    meter_serial: str
    zone: str
    verdict: str
    rule_id: str | None
    message_ru: str | None
    period: dt.date
    previous_register: int | None
    consumption_kwh: int | None


@dataclass(frozen=True)
class Preview:
    """Verdicts on what was sent last, and the lines (rows of `sql/explain/preview_line`) its month would be charged."""

    period: dt.date
    readings: tuple[Judged, ...]
    lines: tuple[Mapping[str, Any], ...]

    @property
    def is_accepted(self) -> bool:
        """Whether every register would be accepted."""
        return all(one.verdict == "accepted" for one in self.readings)


def preview(
    snapshot: Path, settings: Settings, account: int, channel: str, sent: Sequence[SentReading], month: dt.date
) -> Preview:
    """Replay the account with these readings, if nothing else arrives; verdicts are of those received last.

    Args:
        snapshot: the published snapshot.
        settings: where the reference data are.
        account: whose readings.
        channel: the channel they come by; some rules are a channel's.
        sent: the readings, those sent earlier and not yet published among them.
        month: the month the last of them counts for; months before it close first.
    """
    received_at = max(one.received_at for one in sent)
    run = find_run(snapshot, None)
    known_at = max(received_at, run.as_of, dt.datetime.combine(month, dt.time(), MOSCOW))
    known = (account, channel, known_at, tuple(sent))
    # Which months are closed is the same all day long, and so is what a replay stands on.
    day_end = dt.datetime.combine(known_at.astimezone(MOSCOW).date(), dt.time(23, 59, 59), MOSCOW)
    with replayed(
        snapshot,
        settings,
        account,
        replace(run, as_of=day_end),
        lambda connection: _send(connection, *known),
        WANTED,
    ) as connection:
        readings = _ask(connection, "preview_reading", account=account, received_at=received_at)
        lines = _ask(connection, "preview_line", account=account, period=month)
    return Preview(month, tuple(Judged(**row) for row in readings), lines)


def _send(
    connection: duckdb.DuckDBPyConnection,
    account: int,
    channel: str,
    known_at: dt.datetime,
    sent: tuple[SentReading, ...],
) -> None:
    """Put the readings after every fact there is, as one more file."""
    [(file,)] = connection.execute("select coalesce(max(source_file_id), 0) + 1 from intake.source_file").fetchall()
    for line, one in enumerate(sent, 1):
        row = [file * 2**36 + line * 16 + 1, account, one.meter_serial, one.zone, one.read_on, one.received_at]
        connection.execute(
            """
            insert into intake.reading_fact
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, date_trunc('month', ?::timestamptz), ?, ?)
            """,
            [*row, one.value, channel, known_at, known_at, file, line],
        )


def _ask(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> tuple[dict[str, Any], ...]:
    result = connection.execute((SQL / "explain" / f"{name}.sql").read_text(encoding="utf-8"), parameters)
    columns = [column[0] for column in result.description]
    return tuple(dict(zip(columns, row, strict=True)) for row in result.fetchall())
