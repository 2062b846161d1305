"""The files and runs of an invented snapshot, and those among them that a person has to look at."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pipelines.settings import MOSCOW
from tests.dashboard.invented import (
    AS_OF,
    PAYMENT_CHANNELS,
    READING_CHANNELS,
    Invention,
    file_of,
)


def invent_files(invented: Invention, periods: Sequence[date], run_id: int) -> None:
    channels = ("customers", *READING_CHANNELS[:-1], *PAYMENT_CHANNELS)
    runs = invented.rows["run"]
    for back, period in enumerate(reversed(periods)):
        received = 0
        for channel in channels:
            file_id = file_of(period, channel)
            rows = invented.lines.get(file_id, 1) - 1
            received += rows
            invented.rows["source_file"].append(_file_row(file_id, channel, period, run_id - back, rows))
        at = AS_OF if back == 0 else datetime.combine(period.replace(day=26), datetime.min.time(), MOSCOW)
        runs.append((run_id - back, at + timedelta(hours=4), at + timedelta(hours=4, minutes=6), at, period, "2026.1", len(channels) + 2 * (back == 0),
                     received + 44 * (back == 0), received, 44 * (back == 0), 0))  # fmt: skip
        for place, stage in enumerate(("intake", "accounts", "marts.district_month")):
            begun = at + timedelta(hours=4, minutes=place)
            invented.rows["run_stage"].append(
                (run_id - back, stage, begun, begun + timedelta(seconds=10 * place + back + 1))
            )
        for name, is_blocking, offenders in (
            ("every_balance_adds_up", True, 0),
            ("few_readings_are_held", False, 3 * (back == 0)),
        ):
            invented.rows["run_check"].append(
                (run_id - back, name, f"{name}.", "marts.account_month", is_blocking, offenders)
            )
    _invent_trouble(invented, periods[-1], run_id)


def _file_row(file_id: int, channel: str, period: date, run_id: int, rows: int) -> tuple[Any, ...]:
    name = f"{period:%Y-%m}-22/{channel}/{channel}_{period:%Y%m}22.csv"
    known_at = datetime.combine(period.replace(day=22), datetime.max.time().replace(microsecond=0), MOSCOW).astimezone(
        UTC
    )
    kind = {"customers": "accounts", "bank": "bank_registry"}.get(
        channel, "payments" if channel in PAYMENT_CHANNELS else "readings"
    )
    sha = hashlib.sha256(name.encode()).hexdigest()
    return (
        file_id,
        channel,
        kind,
        name,
        sha,
        rows * 61,
        known_at,
        period,
        run_id,
        "accepted",
        rows,
        rows,
        0,
        0,
        None,
        None,
        None,
    )


def _invent_trouble(invented: Invention, period: date, run_id: int) -> None:
    """Files of the shown run that a person has to look at: one refused whole, one with bad rows."""
    first = file_of(period, "cash") + 1
    known_at = AS_OF.astimezone(UTC)
    files, rejected = invented.rows["source_file"], invented.rows["rejected_row"]
    refused = f"{period:%Y-%m}-22/bank/sber_118_20261122.txt"
    files.append(
        (
            first,
            "bank",
            "bank_registry",
            refused,
            "a" * 64,
            9_120,
            known_at,
            period,
            run_id,
            "refused",
            41,
            0,
            41,
            0,
            40,
            3_482_000,
            3_382_000,
        )
    )
    message = "Итог реестра не сходится: в подвале 40 строк на 34 820,00 ₽, прочитано 41 на 33 820,00 ₽. Запросите реестр заново."
    rejected.append((first, 42, "control_totals", message, "=40;34820,00;34500,00;320,00;118;22-11-2026"))
    name = f"{period:%Y-%m}-22/office/office_20261122_2.csv"
    files.append(
        (
            first + 1,
            "office",
            "readings",
            name,
            "b" * 64,
            640,
            known_at,
            period,
            run_id,
            "accepted",
            12,
            9,
            3,
            0,
            None,
            None,
            None,
        )
    )
    for line, text in ((3, "610000000001;01100000001;сутки;31.11.2026;22.11.2026 10:15;48211"), (7, "610000000038;0724;сутки;21.11.2026;;*12*"),
                       (9, "61000000007;07240000075;день;21.11.2026;22.11.2026 12:40;9 110")):  # fmt: skip
        rejected.append(
            (
                first + 1,
                line,
                "row_value",
                "Строка не прочитана: дата или число записаны не так, как в описании формата.",
                text,
            )
        )
