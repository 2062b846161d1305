"""What becomes of a payment when somebody decides about it: told step by step, as a clerk would."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tests.oracle.facts import Facts, PaymentDecisionFact, PaymentFact


@dataclass(frozen=True)
class PaymentRow:
    """A posting of a payment: the payment as it counts there, month and status, the closing from which it is no money."""

    payment: PaymentFact
    posting_period: dt.date | None
    status: str
    cancelled_period: dt.date | None = None


def payment_rows(facts: Facts, first_known: Mapping[int, dt.date]) -> list[PaymentRow]:
    """Every posting of every payment; an account is known from the month `first_known` says."""
    return [row for payment in facts.payments for row in _life(payment, facts.payment_decisions, first_known)]


def _life(
    payment: PaymentFact, decisions: list[PaymentDecisionFact], first_known: Mapping[int, dt.date]
) -> Iterator[PaymentRow]:
    """The payment as it came, then as each decision found it and left it."""
    own = [one for one in decisions if (one.agent, one.operation_id) == (payment.agent, payment.operation_id)]
    now, since, fresh = payment, payment.known_period, True
    for decision in sorted(own, key=lambda one: (one.known_at, one.source_file_id, one.source_line)):
        month = decision.known_period
        held = _is_known(now.account_number, month, first_known)
        if payment.known_period > month or not _is_possible(decision, now, first_known, is_held=held):
            continue
        number = decision.source_file_id * 2**36 + decision.source_line * 16
        if held or decision.decision == "reverse":
            yield _row(now, since, first_known, is_held=held, cancelled=month)
            yield _back(now, number, month if held else None, month)
            fresh = False
        if decision.decision == "reverse":
            return
        now = replace(
            now,
            payment_id=payment.payment_id if fresh else number + 1,
            account_number=now.account_number if decision.decision == "name_period" else decision.account_number,
            named_period=decision.named_period or now.named_period,
        )
        if not fresh:
            now = replace(
                now,
                known_at=decision.known_at,
                source_file_id=decision.source_file_id,
                source_line=decision.source_line,
            )
        since = month
    yield _row(now, since, first_known, is_held=now.account_number in first_known, cancelled=None)


def _is_known(account: int | None, month: dt.date, first_known: Mapping[int, dt.date]) -> bool:
    return account is not None and account in first_known and first_known[account] <= month


def _is_possible(
    decision: PaymentDecisionFact, now: PaymentFact, first_known: Mapping[int, dt.date], *, is_held: bool
) -> bool:
    """Whether the decision fits what it finds and changes something."""
    name = decision.named_period
    if decision.decision == "assign":
        return not is_held and (decision.account_number, name) != (now.account_number, now.named_period)
    if decision.decision == "move":
        is_known = _is_known(decision.account_number, decision.known_period, first_known)
        return is_held and is_known and decision.account_number != now.account_number
    return decision.decision == "reverse" or (is_held and name != now.named_period)


def _row(
    now: PaymentFact, since: dt.date, first_known: Mapping[int, dt.date], *, is_held: bool, cancelled: dt.date | None
) -> PaymentRow:
    if not is_held or now.account_number is None:
        return PaymentRow(replace(now, account_number=None), None, "suspense", cancelled)
    return PaymentRow(now, max(since, first_known[now.account_number]), "posted", cancelled)


def _back(now: PaymentFact, number: int, posting_period: dt.date | None, cancelled: dt.date) -> PaymentRow:
    account = now.account_number if posting_period else None
    taken = replace(now, payment_id=number, account_number=account, amount_kopecks=-now.amount_kopecks)
    return PaymentRow(taken, posting_period, "reversal", cancelled)
