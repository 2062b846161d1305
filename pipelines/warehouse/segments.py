"""Closed months of a large base: immutable files, each written once, that the snapshots of many nights share."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.warehouse.snapshot import segments_of

CUT_BY = {
    "intake.reading_fact": ("known_period", "account_number"),
    "intake.payment_fact": ("known_period", "known_period, account_number"),
    "intake.energy_day_fact": ("known_period", "point_code"),
    "metering.reading": ("known_period", "account_number"),
    "ledger.charge_line": ("posting_period", "account_number"),
    "ledger.penalty_line": ("posting_period", "posting_period, account_number"),
    "marts.account_month": ("period", "period, account_number"),
    "marts.silent_meter": ("period", "period, account_number"),
    "marts.refused_reading": ("known_period", "period, received_at"),
}
"""Facts and journals that grow with accounts × months: the month that closes a row, and the order within a segment.

Nothing is added to a closed month: a late file is known no earlier than what is published, journals rewrite open ones.
"""

ONE_FILE_ROWS = 5_000_000
"""Rows of these tables up to which a snapshot is one file: copying them takes some two seconds."""

ROW_GROUP = 30_720
"""Rows of a segment that are read or passed over together: one account is found in a quarter of the usual number."""

YEAR = 12


@dataclass(frozen=True)
class Segment:
    """The months from `first` to before `until`."""

    first: dt.date
    until: dt.date

    @property
    def file_name(self) -> str:
        """First and last month, such as `closed-201401-202611.duckdb`."""
        return f"closed-{self.first:%Y%m}-{self._last:%Y%m}.duckdb"

    @classmethod
    def read(cls, path: Path) -> "Segment":
        """The segment of this file name."""
        _, first, last = path.stem.split("-")
        return cls(_month(int(first[:4]), int(first[4:])), _month(int(last[:4]), int(last[4:]) + 1))

    @property
    def _last(self) -> dt.date:
        return _month(self.until.year, self.until.month - 1)

    def stays(self, newest: int) -> bool:
        """Whether it is left as it is when a month of the year `newest` closes: of that year, or of 12 months."""
        months = (self.until.year - self.first.year) * YEAR + self.until.month - self.first.month
        return months >= YEAR or self._last.year == newest


def wanted_segments(
    connection: duckdb.DuckDBPyConnection, published: Sequence[Path], open_period: dt.date
) -> list[Segment]:
    """What the closed months are cut into, the oldest first: what is `published`, and one of the months closed since.

    It takes up the short segments of the year before, so a year leaves one file. Empty while one file holds the base.
    """
    [(first, rows)] = connection.execute(
        """
        select
            (select min(known_period) from intake.source_file),
            (
                select sum(estimated_size) from duckdb_tables()
                where database_name = current_database() and schema_name || '.' || table_name in ?
            )
        """,
        [list(CUT_BY)],
    ).fetchall()
    segments = [
        segment
        for segment in map(Segment.read, published)
        if segment.stays(_month(open_period.year, open_period.month - 1).year)
    ]
    if first is None or rows <= ONE_FILE_ROWS:
        return segments
    closed_until = segments[-1].until if segments else first
    return segments + ([Segment(closed_until, open_period)] if closed_until < open_period else [])


def write_segment(connection: duckdb.DuckDBPyConnection, folder: Path, segment: Segment) -> Path:
    """Write a segment unless it is there; whole under its name, or not at all."""
    path = folder / segment.file_name
    if path.exists():
        return path
    unfinished = clean(path.with_suffix(".unfinished"))
    connection.execute(f"attach '{unfinished}' as segment (row_group_size {ROW_GROUP})")
    for table in CUT_BY:
        connection.execute(f"create schema if not exists segment.{table.partition('.')[0]}")
        connection.execute(f"create table segment.{table} as {rows_of(table, table, segment)}")
    connection.execute("detach segment")
    unfinished.replace(path)
    return path


def rows_of(table: str, place: str, months: Segment) -> str:
    """The rows of a table, standing at `place`, as a segment of these months holds them."""
    month, order = CUT_BY[table]
    return f"""
        select * from {place}
        where {month} >= date '{months.first}' and {month} < date '{months.until}'
        order by {order}
    """


def clean(unfinished: Path) -> Path:
    """Take away what a killed run left under this name: a file, and the log that DuckDB would read into a new one."""
    for leftover in unfinished.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    return unfinished


def drop_unused(folder: Path, kept: Sequence[Path]) -> None:
    """Delete the segments that none of the kept snapshots looks into."""
    used = {segment for snapshot in kept for segment in segments_of(snapshot)}
    for path in folder.glob("closed-*"):
        if path not in used:
            path.unlink()


def _month(year: int, month: int) -> dt.date:
    """The first day of a month; months before January and after December are of the years beside."""
    return dt.date(year + (month - 1) // YEAR, (month - 1) % YEAR + 1, 1)
