"""Registering for a contract: nobody exists until the link that the e-mail brings has set a password.

What the asker is told never depends on whether the contract or the person exists, as at registration for an account.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import limits, relations
from dashboard.cabinet.access.holdings import CONTRACTS
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import CONFIRM_WITHIN, Caller, Letter, count, keep, new_person, use
from dashboard.cabinet.access.secret import hash_password, new_token
from dashboard.cabinet.store.tables import Person

ContractPaid = Callable[[str, str, int], bool]
"""Whether a contract is of this INN and its last payment was of so many kopecks, as published."""


@dataclass(frozen=True)
class Asked:
    """What a representative says of the contract and of himself; `details` are columns of `representative`."""

    contract_number: str
    inn: str
    kopecks: int
    email: str
    details: Mapping[str, str]


def register(store: Engine, asked: Asked, paid: ContractPaid, caller: Caller) -> Letter | None:
    """Ask for a cabinet; returns the letter to send, None where that mailbox had enough of them. No person exists yet.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LETTERS, ()))
    is_payer = paid(asked.contract_number, asked.inn, asked.kopecks)
    with Work(store) as work:
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, caller.now, asked.email)
        is_known = work.scalar(select(Person.person_id).where(Person.email == asked.email)) is not None
        letter = Letter("contract_known" if is_known else "contract_no_match", asked.email)
        token = new_token()
        if is_payer and not is_known:
            letter = Letter("represent", asked.email, token)
        # Where nothing can come of it the row is written all the same, for the same work; its token nobody knows.
        keep(
            work,
            token,
            "represent",
            asked.email,
            caller.now,
            CONFIRM_WITHIN,
            contract_number=asked.contract_number,
            details=json.dumps(dict(asked.details), ensure_ascii=False),
        )
        note(work, "registration_asked", caller.now, address=caller.address, detail=letter.kind)
        work.commit()
    return letter if may_write else None


def begin(store: Engine, token: str, password: str, caller: Caller) -> bool:
    """Make the representative with the password he chose by the link; False when it is used, old or none of ours.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    kept = hash_password(password)
    with Work(store) as work:
        asked = use(work, token, "represent", caller)
        if asked is None or asked.contract_number is None:
            work.commit()
            return False
        try:
            person = new_person(work, asked.email, kept, asked.made_at, caller)
        except IntegrityError:
            # Two registrations of one e-mail were under way; the other one was confirmed first.
            work.rollback()
            return False
        details = json.loads(asked.details or "{}")
        relations.give(work, CONTRACTS, person.person_id, asked.contract_number, "owner", None, caller.now, details)
        work.commit()
        return True
