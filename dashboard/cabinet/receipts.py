"""Subscriptions to electronic receipts: who wants those of which account, and at which address."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import OwnedAccount, Person, ReceiptSubscription


@dataclass(frozen=True)
class Subscription:
    """Where receipts go, and whether they do; who never chose gets none, and is offered the e-mail of the cabinet."""

    email: str
    is_on: bool


def subscription(store: Engine, person_id: int, account_number: int) -> Subscription:
    """What a person chose for an account."""
    with Work(for_reading(store)) as work:
        chosen = work.get(ReceiptSubscription, (person_id, account_number))
        if chosen is not None:
            return Subscription(chosen.email, chosen.is_on)
        return Subscription(work.get_one(Person, person_id).email, is_on=False)


def subscribe(store: Engine, person_id: int, account_number: int, email: str, *, is_on: bool, now: dt.datetime) -> None:
    """Keep what a person chose."""
    with Work(store) as work:
        work.merge(
            ReceiptSubscription(
                person_id=person_id, account_number=account_number, email=email, is_on=is_on, changed_at=now
            )
        )
        work.commit()


def subscribers(store: Engine) -> list[tuple[int, str]]:
    """Account and address of every receipt that is wanted, of accounts that are still owned; what a delivery asks."""
    with Work(for_reading(store)) as work:
        found = work.execute(
            select(ReceiptSubscription.account_number, ReceiptSubscription.email)
            .join(
                OwnedAccount,
                (OwnedAccount.person_id == ReceiptSubscription.person_id)
                & (OwnedAccount.account_number == ReceiptSubscription.account_number),
            )
            .where(ReceiptSubscription.is_on, OwnedAccount.removed_at.is_(None))
            .distinct()
            .order_by(ReceiptSubscription.account_number, ReceiptSubscription.email)
        )
        return [(account, email) for account, email in found]
