"""Channel files in the inbox layout `<YYYY-MM-DD>/<channel>/<file>`, in the formats of data/README.md."""

import datetime as dt
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

READING_COLUMNS = ("account_number", "meter_serial", "zone", "read_on", "received_at", "value")
READING_HEADER_RU = ("Лицевой счёт", "Номер счётчика", "Зона", "Дата снятия", "Дата приёма", "Показание")
ZONES_RU = {"all": "сутки", "day": "день", "night": "ночь", "peak": "пик", "half_peak": "полупик"}
RUSSIAN_CHANNELS = frozenset({"office", "phone", "controller"})
"""Channels whose files come from older programs: Windows-1251, Russian headers, decimal comma."""


@dataclass
class SimulationReport:
    """What was written: files, and rows by channel."""

    files: int = 0
    rows: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line a channel."""
        lines = [f"{self.files} files, {self.rows.total()} rows"]
        return "\n".join(lines + [f"  {channel:<12}{rows:>12}" for channel, rows in sorted(self.rows.items())])


@dataclass(frozen=True)
class Registry:
    """A registry of payments that was written: whose, of which day, its number, the order and sum of its transfer."""

    day: dt.date
    agent: str
    number: str
    order: str
    kopecks: int


def milli(column: str, point: str) -> pl.Expr:
    """Thousandths as text with one decimal: 12345 -> 12.3."""
    value = pl.col(column)
    return pl.concat_str((value // 1000).cast(pl.String), pl.lit(point), (value % 1000 // 100).cast(pl.String))


def rubles(kopecks: str | pl.Expr, point: str = ",") -> pl.Expr:
    """Kopecks as text: -1205 -> -12,05."""
    value = pl.col(kopecks) if isinstance(kopecks, str) else kopecks
    return pl.concat_str(
        pl.when(value < 0).then(pl.lit("-")).otherwise(pl.lit("")),
        (value.abs() // 100).cast(pl.String),
        pl.lit(point),
        (value.abs() % 100).cast(pl.String).str.zfill(2),
    )


class Inbox:
    """Writes files below `out` and counts what it wrote."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.report = SimulationReport()
        self.registries: list[Registry] = []

    def write(
        self,
        day: dt.date,
        channel: str,
        name: str,
        frame: pl.DataFrame,
        *,
        separator: str = ";",
        cp1251: bool = False,
        header: tuple[str, ...] | None = None,
        footer: str = "",
        has_header: bool = True,
    ) -> None:
        """Write one file; an empty frame writes nothing."""
        if frame.is_empty():
            return
        if header:
            frame = frame.rename(dict(zip(frame.columns, header, strict=True)))
        buffer = io.BytesIO()
        text = pl.col(pl.String)
        # An empty field is written as nothing, not as a pair of quotes.
        frame = frame.with_columns(pl.when(text != "").then(text).name.keep())
        frame.write_csv(buffer, separator=separator, include_header=has_header, quote_style="necessary")
        data = buffer.getvalue() + footer.encode()
        self._put(day, channel, name, data.decode().encode("cp1251") if cp1251 else data, frame.height)

    def text(self, day: dt.date, channel: str, name: str, lines: list[str], footer: str) -> None:
        """Write a file of ready lines and its last line, in Windows-1251."""
        self._put(day, channel, name, ("\n".join(lines) + "\n" + footer).encode("cp1251"), len(lines))

    def binary(self, day: dt.date, channel: str, name: str, data: bytes, rows: int) -> None:
        """Write a file of ready bytes that holds so many rows."""
        self._put(day, channel, name, data, rows)

    def _put(self, day: dt.date, channel: str, name: str, data: bytes, rows: int) -> None:
        path = self.out / day.isoformat() / channel / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
        self.report.files += 1
        self.report.rows[channel] += rows

    def readings(self, day: dt.date, channel: str, frame: pl.DataFrame) -> None:
        """A file of readings; `frame` has the columns of READING_COLUMNS, the value in thousandths."""
        russian = channel in RUSSIAN_CHANNELS
        shown = frame.sort("received_at", "account_number", "meter_serial", "zone", maintain_order=True).select(
            "account_number",
            "meter_serial",
            pl.col("zone").replace_strict(ZONES_RU) if russian else pl.col("zone"),
            pl.col("read_on").dt.to_string("%d.%m.%Y" if russian else "%Y-%m-%d"),
            pl.col("received_at").dt.to_string("%d.%m.%Y %H:%M:%S" if russian else "%Y-%m-%d %H:%M:%S"),
            milli("value", "," if russian else "."),
        )
        header = READING_HEADER_RU if russian else READING_COLUMNS
        self.write(day, channel, f"readings_{day:%Y%m%d}.csv", shown, cp1251=russian, header=header)

    def smart_meters(self, day: dt.date, frame: pl.DataFrame) -> None:
        """One line a meter; `frame` has account_number, meter_serial, read_on, received_at, t1 … t3 in thousandths."""
        shown = frame.sort("received_at", "account_number").select(
            "account_number",
            "meter_serial",
            pl.col("read_on").dt.to_string("%Y-%m-%d"),
            pl.col("received_at").dt.to_string("%Y-%m-%dT%H:%M:%S"),
            *(
                pl.when(pl.col(name).is_null())
                .then(pl.lit(""))
                .otherwise(
                    pl.concat_str(
                        (pl.col(name) // 1000).cast(pl.String),
                        pl.lit("."),
                        (pl.col(name) % 1000).cast(pl.String).str.zfill(3),
                    )
                )
                .alias(name)
                for name in ("t1", "t2", "t3")
            ),
        )
        self.write(day, "smart_meter", f"profile_{day:%Y%m%d}.csv", shown)
