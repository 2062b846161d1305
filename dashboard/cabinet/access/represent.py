"""Registering for a contract: nobody exists until the link that the e-mail brings has set a password.

What the asker is told never depends on whether the contract or the person exists, as at registration for an account.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import limits, relations
from dashboard.cabinet.access.contacts import Letters
from dashboard.cabinet.access.holdings import CONTRACTS
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import CONFIRM_WITHIN, Caller, Letter, count, keep, new_person, use
from dashboard.cabinet.access.secret import hash_password, new_token
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Person, Representative

ContractPaid = Callable[[str, str, int], bool]
"""Whether a contract is of this INN and its last payment was of so many kopecks, as published."""


@dataclass(frozen=True)
class Proof:
    """What only who pays for a contract can say: its number, its INN, the sum of its last payment."""

    contract_number: str
    inn: str
    kopecks: int


def register(
    store: Engine, proof: Proof, email: str, details: Mapping[str, str], paid: ContractPaid, caller: Caller
) -> Letter | None:
    """Ask for a cabinet; returns the letter to send, None where that mailbox had enough of them. No person exists yet.

    Args:
        store: the application store.
        proof: what is compared with the published snapshot.
        email: where the link goes, the login to be.
        details: how the representative is known: columns of `representative`.
        paid: who compares.
        caller: where the request comes from.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LETTERS, ()))
    is_payer = paid(proof.contract_number, proof.inn, proof.kopecks)
    with Work(store) as work:
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, caller.now, email)
        is_known = work.scalar(select(Person.person_id).where(Person.email == email)) is not None
        letter = Letter("contract_known" if is_known else "contract_no_match", email)
        token = new_token()
        if is_payer and not is_known:
            letter = Letter("represent", email, token)
        # Where nothing can come of it the row is written all the same, for the same work; its token nobody knows.
        keep(
            work,
            token,
            "represent",
            email,
            caller.now,
            CONFIRM_WITHIN,
            contract_number=proof.contract_number,
            details=json.dumps(dict(details), ensure_ascii=False),
        )
        note(work, "registration_asked", caller.now, address=caller.address, detail=letter.kind)
        work.commit()
    return letter if may_write else None


def begin(store: Engine, token: str, password: str, caller: Caller) -> Letters | None:
    """Make the representative with the password he chose by the link; letters to the owners the contract has already.

    None when the link is used, old or none of ours.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    kept = hash_password(password)
    with Work(store) as work:
        asked = use(work, token, "represent", caller)
        if asked is None or asked.contract_number is None:
            work.commit()
            return None
        try:
            person = new_person(work, asked.email, kept, asked.made_at, caller)
        except IntegrityError:
            # Two registrations of one e-mail were under way; the other one was confirmed first.
            work.rollback()
            return None
        letters = _owners_told(work, asked.contract_number)
        details = json.loads(asked.details or "{}")
        relations.give(work, CONTRACTS, person.person_id, asked.contract_number, "owner", None, caller.now, details)
        work.commit()
    return letters


def add(
    store: Engine, person_id: int, proof: Proof, details: Mapping[str, str], paid: ContractPaid, caller: Caller
) -> Letters | None:
    """Add a contract to a cabinet; letters to the owners it has already, None where the proof is none.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    with Work(for_reading(store)) as work:
        letters = _owners_told(work, proof.contract_number)
        which = relations.active(CONTRACTS, person_id, proof.contract_number)
        is_owner = work.scalar(select(Representative.access).where(*which)) == "owner"
    is_payer = partial(paid, proof.contract_number, proof.inn, proof.kopecks)
    is_done = relations.add(store, CONTRACTS, person_id, proof.contract_number, is_payer, caller, details)
    if not is_done:
        return None
    return () if is_owner else letters


def _owners_told(work: Work, contract_number: str) -> Letters:
    """To each owner of a contract, that it has another one."""
    emails = work.scalars(
        select(Person.email)
        .join(Representative, Representative.person_id == Person.person_id)
        .where(
            Representative.contract_number == contract_number,
            Representative.access == "owner",
            Representative.removed_at.is_(None),
        )
    )
    return [Letter("another_owner", email) for email in emails]
