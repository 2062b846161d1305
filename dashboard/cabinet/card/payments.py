"""Payments by card in the store: begun, confirmed once, handed to the night once (`outbox`)."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access.log import note
from dashboard.cabinet.card.provider import Method, Notice
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import CardNotice, CardPayment

LEAST, MOST = 100, 50_000_000
"""Kopecks: from a ruble to half a million; more is not paid from a cabinet of a household."""
SHOWN = dt.timedelta(days=45)

Status = Literal["waiting", "paid", "failed", "disputed"]
Outcome = Literal["taken", "repeated", "wrong_sum", "second_operation", "unknown_order", "ignored"]


@dataclass(frozen=True)
class Paid:
    """A payment as its payer follows it."""

    order: str
    account_number: int
    kopecks: int
    method: Method
    status: Status
    begun_at: dt.datetime
    operation: str | None


def begin(
    store: Engine, person_id: int, account_number: int, kopecks: int, method: Method, form_id: str, now: dt.datetime
) -> str:
    """Write a payment down before its payer is sent away; our number of it. A form sent twice begins one."""
    with Work(store) as work:
        payment = CardPayment(
            order_id=secrets.token_hex(16),
            form_id=form_id,
            person_id=person_id,
            account_number=account_number,
            amount_kopecks=kopecks,
            method=method,
            status="waiting",
            begun_at=now,
        )
        order = payment.order_id
        work.add(payment)
        try:
            work.commit()
        except IntegrityError:
            work.rollback()
            return work.scalars(select(CardPayment.order_id).where(CardPayment.form_id == form_id)).one()
        return order


def take(store: Engine, notice: Notice, address: str, now: dt.datetime) -> Outcome:
    """What a notice changes, and that it came: the first that fits confirms, the same again changes nothing.

    A sum other than the one ordered and a second operation for a paid order are kept for a person to look at.
    """
    with Work(store) as work:
        payment = work.scalar(select(CardPayment).where(CardPayment.order_id == notice.order).with_for_update())
        outcome: Outcome = "unknown_order" if payment is None else _outcome(payment, notice)
        if outcome == "taken" and notice.is_paid and _is_known(work, notice.operation):
            outcome = "second_operation"
        if payment is not None and outcome == "taken":
            payment.status = "paid" if notice.is_paid else "failed"
            payment.decided_at = now
            if notice.is_paid:
                payment.operation_id, payment.paid_at, payment.rrn = notice.operation, notice.at, notice.rrn
        if payment is not None and outcome == "wrong_sum":
            payment.status, payment.decided_at = "disputed", now
        if outcome in {"wrong_sum", "second_operation", "unknown_order"}:
            detail = f"{outcome} {notice.order} {notice.operation} {notice.kopecks}"
            note(work, "payment_disputed", now, address=address, detail=detail)
        work.add(
            CardNotice(
                order_id=notice.order,
                operation_id=notice.operation,
                amount_kopecks=notice.kopecks,
                is_paid=notice.is_paid,
                received_at=now,
                outcome=outcome,
            )
        )
        work.commit()
    return outcome


def _is_known(work: Work, operation: str) -> bool:
    """Whether this money has confirmed another order already."""
    return work.scalar(select(CardPayment.payment_id).where(CardPayment.operation_id == operation)) is not None


def _outcome(payment: CardPayment, notice: Notice) -> Outcome:
    if payment.status == "paid":
        if not notice.is_paid:
            return "ignored"
        return "repeated" if payment.operation_id == notice.operation else "second_operation"
    if not notice.is_paid:
        return "taken" if payment.status == "waiting" else "repeated"
    return "taken" if payment.amount_kopecks == notice.kopecks else "wrong_sum"


def followed(store: Engine, account_number: int, now: dt.datetime) -> list[Paid]:
    """Payments for an account begun of late, newest first."""
    with Work(for_reading(store)) as work:
        rows = work.scalars(
            select(CardPayment)
            .where(CardPayment.account_number == account_number, CardPayment.begun_at > now - SHOWN)
            .order_by(CardPayment.payment_id.desc())
        )
        return [_paid(row) for row in rows]


def of_person(store: Engine, person_id: int, order: str) -> Paid | None:
    """One payment of its payer; None when it is none of his."""
    with Work(for_reading(store)) as work:
        row = work.scalar(select(CardPayment).where(CardPayment.order_id == order, CardPayment.person_id == person_id))
        return None if row is None else _paid(row)


def _paid(row: CardPayment) -> Paid:
    return Paid(
        row.order_id,
        row.account_number,
        row.amount_kopecks,
        cast("Method", row.method),
        cast("Status", row.status),
        row.begun_at,
        row.operation_id,
    )
