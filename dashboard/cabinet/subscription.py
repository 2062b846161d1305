"""The one address at which a person wants the electronic receipts of an account, kept as `receipts` delivers them."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import receipts
from dashboard.cabinet.access import receipt_address
from dashboard.cabinet.access.people import Letter
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Person


@dataclass(frozen=True)
class Subscription:
    """Where receipts go, and whether they do; who never chose gets none, and is offered the e-mail of the cabinet."""

    email: str
    is_on: bool
    is_confirmed: bool = True
    """Whether the mailbox has said yes: until then nothing goes to it."""


def subscription(store: Engine, person_id: int, account_number: int) -> Subscription:
    """What a person chose for an account."""
    own = [one for one in receipts.subscriptions(store, account_number) if one.person_id == person_id]
    chosen = next((one for one in own if one.is_on), own[-1] if own else None)
    if chosen is not None:
        return Subscription(chosen.email, chosen.is_on, chosen.is_confirmed)
    with Work(for_reading(store)) as work:
        return Subscription(work.get_one(Person, person_id).email, is_on=False)


def subscribe(
    store: Engine, person_id: int, account_number: int, email: str, *, is_on: bool, now: dt.datetime
) -> Letter | None:
    """Keep what a person chose; another address of theirs gets nothing more. The letter that asks a mailbox first.

    Nothing goes to a mailbox but the cabinet's own until it has followed the link of that letter.
    """
    for one in receipts.subscriptions(store, account_number):
        if one.person_id == person_id and one.is_on and one.email != email:
            receipts.unsubscribe(store, account_number, one.email, now, person_id)
    if not is_on:
        receipts.unsubscribe(store, account_number, email, now, person_id)
        return None
    is_own = receipt_address.is_own(store, person_id, email)
    if receipts.subscribe(store, account_number, email, now, person_id, is_confirmed=is_own):
        return None
    return receipt_address.ask(store, person_id, account_number, email, now)
