"""Decisions about payments on their way to the night: each a file of the layout `payment_decisions` (data/README.md).

The page writes facts, it changes nothing that is published: the coming night takes the file in and judges the decision.
"""

import csv
import io
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from pathlib import Path

from dashboard.inbox import lay, lying, signed

CHANNEL = "customers"
PREFIX = "payment_decision-"


class DecisionError(Exception):
    """The decision cannot be handed to the night; the message is a key of TEXTS."""


@dataclass(frozen=True)
class Decision:
    """One decision: what becomes of the payment that `agent` and `operation_id` name, who says so and why."""

    agent: str
    operation_id: str
    decision: str
    account_number: int | None
    named_period: date | None
    decided_by: str
    comment: str


def problem(decision: Decision) -> str | None:
    """What the layout would refuse, as a key of TEXTS; None when nothing."""
    if not (decision.agent and decision.operation_id):
        return "decide_no_payment"
    if (decision.decision in {"assign", "move"}) != (decision.account_number is not None):
        return "decide_no_account"
    if decision.decision == "name_period" and decision.named_period is None:
        return "decide_no_month"
    if not decision.decided_by:
        return "decide_no_author"
    return None if decision.comment else "decide_no_comment"


def submit(inbox: Path, decision: Decision, at: datetime) -> Path:
    """Lay a decision into the inbox of the coming night; returns the file.

    The moment stands in the comment: the same decision taken again later is another fact, not a repetition.

    Raises:
        DecisionError: a decision about this payment already waits there, or the layout would refuse this one.
    """
    wrong = problem(decision)
    if wrong:
        raise DecisionError(wrong)
    payment = (decision.agent, decision.operation_id)
    if any((other.agent, other.operation_id) == payment for other in waiting(inbox)):
        raise DecisionError("decide_waits")
    try:
        return lay(inbox / CHANNEL, PREFIX, payment, _written(decision, at))
    except FileExistsError as error:
        raise DecisionError("decide_waits") from error


def waiting(inbox: Path) -> list[Decision]:
    """Decisions taken on the page that no night has taken in yet, in the order of their files' names."""
    return [
        _read(row)
        for text in lying(inbox / CHANNEL, PREFIX)
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    ]


def _written(decision: Decision, at: datetime) -> str:
    *what, _, _, _ = astuple(decision)
    month = decision.named_period.isoformat()[:7] if decision.named_period else None
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(field.name for field in fields(Decision))
    writer.writerow([*what, month, *signed(decision.decided_by, decision.comment, at)])
    return text.getvalue()


def _read(row: dict[str, str]) -> Decision:
    return Decision(
        row["agent"],
        row["operation_id"],
        row["decision"],
        int(row["account_number"]) if row["account_number"] else None,
        date.fromisoformat(f"{row['named_period']}-01") if row["named_period"] else None,
        row["decided_by"],
        row["comment"],
    )
