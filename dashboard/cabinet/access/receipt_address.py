"""An address for receipts that is not the cabinet's own: its mailbox says yes by a link before anything goes to it."""

import datetime as dt

from sqlalchemy import Engine
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import limits
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import Caller, Letter, count, keep, use
from dashboard.cabinet.access.secret import new_token
from dashboard.cabinet.receipts import confirm as confirm_address
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Person

WITHIN = dt.timedelta(days=3)
"""How long the link is good: it opens nothing but the way for receipts."""


def ask(store: Engine, person_id: int, account_number: int, email: str, now: dt.datetime) -> Letter | None:
    """The letter to an address that a person wants receipts at; None where that mailbox had enough of them."""
    with Work(store) as work:
        is_allowed = limits.allowed(work, limits.LETTERS, now, f"person {person_id}")
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, now, email) and is_allowed
        token = new_token()
        keep(work, token, "receipts", email, now, WITHIN, account_number, person_id=person_id)
        note(work, "receipt_address_asked", now, address="", person_id=person_id, detail=str(account_number))
        work.commit()
    return Letter("receipt_address", email, token) if may_write else None


def confirm(store: Engine, token: str, caller: Caller) -> str | None:
    """Let receipts go to the address that the link was sent to; which, None when the link is no good.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    with Work(store) as work:
        asked = use(work, token, "receipts", caller)
        email = asked.email if asked is not None else ""
        if asked is None or asked.account_number is None or asked.person_id is None:
            work.commit()
            return None
        is_done = confirm_address(work, asked.account_number, email, asked.person_id, caller.now)
        note(work, "receipt_address_confirmed", caller.now, address=caller.address, person_id=asked.person_id)
        work.commit()
    return email if is_done else None


def is_own(store: Engine, person_id: int, email: str) -> bool:
    """Whether it is the e-mail of the cabinet, which is confirmed already."""
    with Work(for_reading(store)) as work:
        return work.get_one(Person, person_id).email == email
