"""Who gets the receipt of an account, and at which address."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, exists, or_, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.front.forms import email as address
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import OwnedAccount, ReceiptSubscription


@dataclass(frozen=True)
class Subscribed:
    """One address of an account; `is_on` is what its subscriber chose, and its mailbox has said yes or not yet."""

    account_number: int
    email: str
    is_on: bool
    person_id: int | None
    is_confirmed: bool


def subscribe(
    store: Engine,
    account_number: int,
    email: str,
    now: dt.datetime,
    person_id: int | None = None,
    *,
    is_confirmed: bool = True,
) -> bool:
    """Send the receipts of an account to an address from now on; what was sent already is not sent again.

    False while the mailbox has to say yes first (`confirm`): one that said so to the same person need not again.

    Args:
        store: the application store.
        account_number: the account; that the person owns it is the caller's to check.
        email: where to.
        now: the moment it was asked for.
        person_id: who asked: the receipts end when the account is taken from that person. None: the company itself.
        is_confirmed: whether the mailbox is known to be the asker's, or the asker is the company.

    Raises:
        ValueError: the address cannot be one.
    """
    return _set(store, account_number, email, now, person_id=person_id, is_on=True, is_confirmed=is_confirmed)


def confirm(work: Work, account_number: int, email: str, person_id: int, now: dt.datetime) -> bool:
    """The mailbox says yes; False when nobody wants receipts there any more. The caller commits."""
    row = work.scalar(
        select(ReceiptSubscription).where(
            ReceiptSubscription.account_number == account_number,
            ReceiptSubscription.email == email,
            ReceiptSubscription.person_id == person_id,
            ReceiptSubscription.is_on,
        )
    )
    if row is None:
        return False
    row.confirmed_at = now
    return True


def unsubscribe(store: Engine, account_number: int, email: str, now: dt.datetime, person_id: int | None = None) -> None:
    """Send no more receipts of an account to an address.

    Raises:
        ValueError: the address cannot be one.
    """
    _set(store, account_number, email, now, person_id=person_id, is_on=False, is_confirmed=False)


def subscriptions(store: Engine, account_number: int) -> list[Subscribed]:
    """The addresses of an account, on and off, in the order they were added."""
    with Work(for_reading(store)) as work:
        rows = work.scalars(
            select(ReceiptSubscription)
            .where(ReceiptSubscription.account_number == account_number)
            .order_by(ReceiptSubscription.subscription_id)
        )
        return [
            Subscribed(row.account_number, row.email, row.is_on, row.person_id, row.confirmed_at is not None)
            for row in rows
        ]


def still_wanted() -> ColumnElement[bool]:
    """SQL: the subscription is on, its mailbox has said yes, and whoever asked for it still owns the account."""
    owned = exists().where(
        OwnedAccount.person_id == ReceiptSubscription.person_id,
        OwnedAccount.account_number == ReceiptSubscription.account_number,
        OwnedAccount.removed_at.is_(None),
    )
    is_on = ReceiptSubscription.is_on & ReceiptSubscription.confirmed_at.is_not(None)
    return is_on & or_(ReceiptSubscription.person_id.is_(None), owned)


def _set(
    store: Engine,
    account_number: int,
    email: str,
    now: dt.datetime,
    *,
    person_id: int | None,
    is_on: bool,
    is_confirmed: bool,
) -> bool:
    plain = address(email)
    if plain is None:
        raise ValueError(f"{email!r} is no e-mail address")
    with Work(store) as work:
        row = work.scalar(
            select(ReceiptSubscription).where(
                ReceiptSubscription.account_number == account_number, ReceiptSubscription.email == plain
            )
        )
        if row is None:
            row = ReceiptSubscription(account_number=account_number, email=plain)
            work.add(row)
        if is_confirmed or row.person_id != person_id:
            row.confirmed_at = now if is_confirmed else None
        row.is_on, row.changed_at, row.person_id = is_on, now, person_id
        has_said_yes = row.confirmed_at is not None
        work.commit()
    return has_said_yes
