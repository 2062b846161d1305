"""Decisions about held readings on their way to the night: files of the layout `reading_decisions` (data/README.md)."""

import csv
import io
import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from dashboard.decisions import DecisionError
from dashboard.inbox import lay, lying, signed
from pipelines.settings import MOSCOW

CHANNEL = "specialist"
PREFIX = "reading_decision-"
DECISIONS = ("accept", "correct", "reject")
REGISTER = re.compile(r"\d{1,12}([.,]\d{1,3})?")
"""A value of a register as the layout takes it."""

_MOMENT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class ReadingDecision:
    """One decision: what becomes of the reading that the first six name, who says so and why."""

    account_number: int
    meter_serial: str
    zone: str
    read_on: date
    received_at: datetime
    value: Decimal
    decision: str
    decided_value: Decimal | None
    decided_by: str
    comment: str

    @property
    def reading(self) -> tuple[int, str, str, datetime, Decimal]:
        """What names the reading it is about."""
        return self.account_number, self.meter_serial, self.zone, self.received_at.astimezone(MOSCOW), self.value


def register(typed: str) -> Decimal | None:
    """A value of a register as a person types it; None when it is none."""
    return Decimal(typed.replace(",", ".")) if REGISTER.fullmatch(typed) else None


def problem(decision: ReadingDecision) -> str | None:
    """What the layout would refuse, as a key of TEXTS; None when nothing."""
    if (decision.decision == "correct") != (decision.decided_value is not None):
        return "decide_no_value"
    if not decision.decided_by:
        return "decide_no_author"
    return None if decision.comment else "decide_no_comment"


def submit(inbox: Path, decision: ReadingDecision, at: datetime) -> Path:
    """Lay a decision into the inbox of the coming night; returns the file.

    Raises:
        DecisionError: a decision about this reading already waits there, or the layout would refuse this one.
    """
    wrong = problem(decision)
    if wrong:
        raise DecisionError(wrong)
    try:
        return lay(inbox / CHANNEL, PREFIX, decision.reading, _written(decision, at))
    except FileExistsError as error:
        raise DecisionError("decide_reading_waits") from error


def waiting(inbox: Path) -> list[ReadingDecision]:
    """Decisions taken on the page that no night has taken in yet, in the order of their files' names."""
    return [
        _read(row)
        for text in lying(inbox / CHANNEL, PREFIX)
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    ]


def _written(decision: ReadingDecision, at: datetime) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(field.name for field in fields(ReadingDecision))
    writer.writerow(
        [
            decision.account_number,
            decision.meter_serial,
            decision.zone,
            decision.read_on.isoformat(),
            f"{decision.received_at.astimezone(MOSCOW):{_MOMENT}}",
            decision.value,
            decision.decision,
            decision.decided_value,
            *signed(decision.decided_by, decision.comment, at),
        ]
    )
    return text.getvalue()


def _read(row: dict[str, str]) -> ReadingDecision:
    return ReadingDecision(
        int(row["account_number"]),
        row["meter_serial"],
        row["zone"],
        date.fromisoformat(row["read_on"]),
        datetime.strptime(row["received_at"], _MOMENT).replace(tzinfo=MOSCOW),
        Decimal(row["value"]),
        row["decision"],
        Decimal(row["decided_value"]) if row["decided_value"] else None,
        row["decided_by"],
        row["comment"],
    )
