"""What registers of businesses say beside those known: the step of the night, over the published facts and these."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.settings import SQL
from pipelines.warehouse.snapshot import attach_snapshot

_FOREVER = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class SentRegister:
    """A register at the end of a month (`period` is its first day); `value` in kWh, up to three decimals."""

    point_code: str
    meter_serial: str
    zone: str
    period: dt.date
    value: Decimal


@dataclass(frozen=True)
class Span:
    """What lies between two readings of a register; `kwh` None: the later one says nothing, it is below the earlier."""

    point_code: str
    meter_serial: str
    zone: str
    from_day: dt.date
    to_day: dt.date
    kwh: int | None


def register_spans(snapshot: Path, sent: Sequence[SentRegister]) -> list[Span]:
    """Every stretch of the points these registers belong to, with the registers among those known already.

    Meters that stood nowhere near on the day of a register give it no stretch.
    """
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'Europe/Moscow'")
        connection.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        connection.execute("create schema business_step")
        attach_snapshot(connection, snapshot)
        connection.execute(
            "create table business_step.register_closing as"
            " select distinct unnest($1::varchar[]) as point_code, $2::date as closing",
            [[one.point_code for one in sent], _FOREVER],
        )
        for table in ("point_meter_fact", "point_register_fact"):
            connection.execute(
                f"create table intake.{table} as from snapshot.intake.{table}"
                " semi join business_step.register_closing using (point_code)"
            )
        [(file,)] = connection.execute("select max(source_file_id) + 1 from snapshot.intake.source_file").fetchall()
        connection.executemany(
            """
            insert into intake.point_register_fact by name
            select
                $1 as point_code, $2 as meter_serial, $3 as zone, $4 as service_period, $5 as value, now() as known_at,
                $4 as known_period, $6 as source_file_id, $7 as source_line
            """,
            [
                [one.point_code, one.meter_serial, one.zone, one.period, one.value, file, line]
                for line, one in enumerate(sent, 1)
            ],
        )
        connection.execute(
            "create table business_step.known_file as select source_file_id, $1::date as closing"
            " from (select source_file_id from snapshot.intake.source_file union all select $2)",
            [_FOREVER, file],
        )
        rows = connection.execute((SQL / "business_step" / "register_span.sql").read_text(encoding="utf-8")).fetchall()
        return [
            Span(point, serial, zone, from_day, to_day, kwh) for point, _, serial, zone, from_day, to_day, kwh in rows
        ]
