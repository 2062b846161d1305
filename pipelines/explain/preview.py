"""What the night would make of readings just sent: the same SQL, over the published facts and these."""

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipelines.explain.ground import AT_ONCE, Ground, standing_on
from pipelines.explain.replayed import derive_tables, find_run, houses, take_facts
from pipelines.explain.together import Together
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


@dataclass(frozen=True)
class Asked:
    """An account's readings to be looked at: the month the last of them counts for, and when they will be known."""

    account: int
    channel: str
    sent: tuple[SentReading, ...]
    month: dt.date
    known_at: dt.datetime

    @property
    def received_at(self) -> dt.datetime:
        """When the last of them came."""
        return max(one.received_at for one in self.sent)


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
    run = find_run(snapshot, None)
    received_at = max(one.received_at for one in sent)
    known_at = max(received_at, run.as_of, dt.datetime.combine(month, dt.time(), MOSCOW))
    # Which months are closed is the same all day long, and so is what a replay stands on.
    day_end = dt.datetime.combine(known_at.astimezone(MOSCOW).date(), dt.time(23, 59, 59), MOSCOW)
    ground = Ground(snapshot, settings, replace(run, as_of=day_end), WANTED)
    return _together.ask(ground, Asked(account, channel, tuple(sent), month, known_at))


def previews(ground: Ground, asked: Sequence[Asked]) -> list[Preview]:
    """What each would be told alone; as many are replayed at once as live in different houses."""
    found: dict[int, Preview] = {}
    left = list(enumerate(asked))
    while left:
        with standing_on(ground) as connection:
            flats = houses(connection, {one.account for _, one in left})
            taken = set[int]()
            group: list[tuple[int, Asked]] = []
            for place, one in left:
                # What a neighbour is about to send is not sent yet, and would change what this flat pays of the house.
                if taken.isdisjoint(flats[one.account]):
                    taken |= flats[one.account]
                    group.append((place, one))
            take_facts(connection, ground, taken)
            _send(connection, [one for _, one in group])
            derive_tables(connection, ground)
            found |= {place: _answer(connection, one) for place, one in group}
        left = [one for one in left if one not in group]
    return [found[place] for place in range(len(asked))]


_together: Together[Ground, Asked, Preview] = Together(previews, AT_ONCE)


def _answer(connection: duckdb.DuckDBPyConnection, one: Asked) -> Preview:
    readings = _ask(connection, "preview_reading", account=one.account, received_at=one.received_at)
    lines = _ask(connection, "preview_line", account=one.account, period=one.month)
    return Preview(one.month, tuple(Judged(**row) for row in readings), lines)


def _send(connection: duckdb.DuckDBPyConnection, asked: Sequence[Asked]) -> None:
    """Put the readings after every fact there is, as one more file."""
    [(file,)] = connection.execute("select coalesce(max(source_file_id), 0) + 1 from intake.source_file").fetchall()
    readings = ((one, reading) for one in asked for reading in one.sent)
    rows = [
        [
            file * 2**36 + line * 16 + 1,
            one.account,
            reading.meter_serial,
            reading.zone,
            reading.read_on,
            reading.received_at,
            reading.value,
            one.channel,
            one.known_at,
            one.known_at,
            file,
            line,
        ]
        for line, (one, reading) in enumerate(readings, 1)
    ]
    connection.executemany(
        """
        insert into intake.reading_fact
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, date_trunc('month', ?::timestamptz), ?, ?)
        """,
        rows,
    )


def _ask(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> tuple[dict[str, Any], ...]:
    result = connection.execute(_sql(name), parameters)
    columns = [column[0] for column in result.description]
    return tuple(dict(zip(columns, row, strict=True)) for row in result.fetchall())


@functools.cache
def _sql(name: str) -> str:
    return (SQL / "explain" / f"{name}.sql").read_text(encoding="utf-8")
