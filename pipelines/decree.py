"""A decree (постановление) that is loaded late: it supersedes rows of reference data from a closing on, and keeps them.

A closing of a month before it goes on reckoning by what it knew; the first closing that knows the decree reckons the
months anew and posts the differences.
"""

import csv
import datetime as dt
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse.checks import load_checks, run_check
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import load_models
from pipelines.warehouse.replay import replay_model

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tariff_rate": ("settlement_category", "zone_plan", "zone", "band"),
        "social_norm": ("settlement", "component", "persons"),
        "consumption_range": ("settlement_category", "heating", "season", "band"),
        "normative": ("dwelling", "stove", "heating", "season", "rooms", "persons"),
    }
)
"""Tables a decree may change, and what names one price, norm or range of them beside its dates."""

KNOWN = ("known_from", "known_to")
Row = dict[str, str]


@dataclass(frozen=True)
class Loaded:
    """What loading did: rows of the decree, rows superseded (how many assumed), the first month that changes."""

    table: str
    added: int
    superseded: int
    assumed: int
    first_period: dt.date
    known_from: dt.date


def load_decree(file: Path, settings: Settings, known_from: dt.date) -> Loaded:
    """Put the rows of a decree in force from the closing of the month `known_from` on.

    The file has the columns of its table; the table is rewritten whole, or not at all.

    Raises:
        ValueError: the file is like no table, says nothing new, or a claim about the table does not hold with it.
    """
    table, decreed = _read_decree(file, settings.reference)
    path = settings.reference / f"{table}.csv"
    text = path.read_bytes().decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    known = [{**dict.fromkeys(KNOWN, ""), **row} for row in rows]
    news = [row for row in decreed if not _is_known(row, known)]
    if not news:
        raise ValueError(f"{file}: every row stands in {path.name} already; nothing is changed")
    month = known_from.isoformat()
    kept, superseded = _supersede(known, news, KEYS[table], month)
    changed = [*kept, *({**row, "known_from": month, "known_to": ""} for row in news)]
    columns = [*(name for name in rows[0] if name not in KNOWN), *KNOWN]
    _write_if_sound(path, columns, changed, "\r\n" if "\r\n" in text else "\n", settings)
    assumed = sum(row["status"] == "assumed" for row in superseded)
    first = dt.date.fromisoformat(min(row["valid_from"] for row in news))
    return Loaded(table, len(news), len(superseded), assumed, first, known_from)


def _read_decree(file: Path, reference: Path) -> tuple[str, list[Row]]:
    """The table a file is for, by its header, and its rows."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        header = tuple(name for name in reader.fieldnames or () if name not in KNOWN)
        rows = [{name: row[name] for name in header} for row in reader]
    for table in KEYS:
        with (reference / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            columns = tuple(name for name in csv.DictReader(lines).fieldnames or () if name not in KNOWN)
        if columns == header:
            return table, rows
    raise ValueError(f"{file}: its header is that of none of {', '.join(f'{table}.csv' for table in KEYS)}")


def _is_known(row: Row, known: Sequence[Row]) -> bool:
    return any(not other["known_to"] and all(other[name] == row[name] for name in row) for other in known)


def _supersede(
    known: Sequence[Row], news: Sequence[Row], key: tuple[str, ...], month: str
) -> tuple[list[Row], list[Row]]:
    """The rows that stay, what is left of those partly replaced among them, and the rows that were replaced."""
    kept: list[Row] = []
    superseded: list[Row] = []
    for row in known:
        over = [new for new in news if _replaces(new, row, key)]
        if not over:
            kept.append(row)
            continue
        superseded.append(row)
        if row["known_from"] != month:
            kept.append({**row, "known_to": month})
        kept += [
            {**row, "valid_from": first, "valid_to": last, "known_from": month, "known_to": ""}
            for first, last in _left_over(row, over)
        ]
    return kept, superseded


def _replaces(new: Row, row: Row, key: tuple[str, ...]) -> bool:
    """Whether both say something about the same thing and day; what nobody knows any more is not replaced."""
    return (
        not row["known_to"]
        and all(new[name] == row[name] for name in key)
        and new["valid_from"] < row["valid_to"]
        and row["valid_from"] < new["valid_to"]
    )


def _left_over(row: Row, over: Sequence[Row]) -> list[tuple[str, str]]:
    """Stretches of a row's validity that none of the new rows covers."""
    left: list[tuple[str, str]] = []
    first = row["valid_from"]
    for new in sorted(over, key=lambda one: one["valid_from"]):
        if first < new["valid_from"]:
            left.append((first, new["valid_from"]))
        first = max(first, new["valid_to"])
    if first < row["valid_to"]:
        left.append((first, row["valid_to"]))
    return left


def _write_if_sound(path: Path, columns: Sequence[str], rows: Sequence[Row], end: str, settings: Settings) -> None:
    """Write the table beside the old one, hold it to its claims, and only then put it in its place."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    folder = path.parent / ".decree"
    folder.mkdir(exist_ok=True)
    try:
        written = folder / path.name
        written.write_bytes(text.getvalue().encode("utf-8"))
        _refuse_if_broken(path.stem, folder, settings)
        with written.open("rb") as file:
            os.fsync(file.fileno())
        written.replace(path)
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def _refuse_if_broken(table: str, folder: Path, settings: Settings) -> None:
    [model] = [model for model in load_models() if model.name == f"reference.{table}"]
    with duckdb.connect() as connection:
        prepare(connection, settings)
        connection.execute("set variable reference = ?", [str(folder)])
        try:
            replay_model(connection, model)
        except duckdb.Error as error:
            raise ValueError(f"{table}.csv would not be readable: {error}") from error
        for check in load_checks():
            if check.table == model.name and (finding := run_check(connection, check)).offenders:
                raise ValueError(f"{check.claim} Not so in {finding.offenders} rows, first {finding.shown[0]}")
