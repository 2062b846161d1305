"""Owners of a contract: made of an employee, taken off, and what is left behind where the last one goes.

Whoever has been an owner longer takes off one who came later, never the other way round: a stranger who knew a payment
cannot put out those who were there before him. Those an operator takes off, with the basis he has seen.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, func, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access.contacts import Letters
from dashboard.cabinet.access.holdings import CONTRACTS
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import Letter
from dashboard.cabinet.access.relations import withdraw
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Person, Representative, SecurityEvent


@dataclass(frozen=True)
class OwnerOf:
    """One who proved a contract, or was made its owner; `representative_id` takes him off."""

    representative_id: int
    person_id: int
    email: str
    since: dt.datetime


@dataclass(frozen=True)
class Ownerless:
    """A contract whose last owner is gone, and since when nobody can let anybody in."""

    contract_number: str
    since: dt.datetime


def owners(store: Engine, contract_number: str) -> list[OwnerOf]:
    """The owners of a contract, those who came first first."""
    with Work(for_reading(store)) as work:
        return _owners(work, contract_number)


def make_owner(store: Engine, person_id: int, contract_number: str, grant_id: int, now: dt.datetime) -> Letters | None:
    """Make an employee an owner beside the others; letters to him and to them. None where he is no employee of it."""
    with Work(store) as work:
        before = _owners(work, contract_number)
        row = work.scalar(
            select(Representative).where(
                Representative.representative_id == grant_id,
                Representative.contract_number == contract_number,
                Representative.granted_by.is_not(None),
                Representative.removed_at.is_(None),
            )
        )
        if row is None:
            return None
        row.removed_at = now
        work.flush()
        work.add(
            Representative(
                person_id=row.person_id,
                contract_number=contract_number,
                added_at=now,
                access="owner",
                alias=row.alias,
                name=row.name,
                position=row.position,
                authority=row.authority,
                phone=row.phone,
            )
        )
        note(work, "owner_made", now, address="", person_id=person_id, detail=f"{contract_number} grant {grant_id}")
        email = work.get_one(Person, row.person_id).email
        work.commit()
    return [Letter("owner_made", email), *(Letter("owner_added", one.email) for one in before)]


def take_off(
    store: Engine, person_id: int, contract_number: str, representative_id: int, now: dt.datetime
) -> Letters | None:
    """Take off an owner who came later than this person; what he let others do stays, in this person's name.

    Letters to him and to the other owners; None where there is no such owner, or he was there before.
    """
    with Work(store) as work:
        there = _owners(work, contract_number)
        mine = next((place for place, one in enumerate(there) if one.person_id == person_id), len(there))
        taken = next((one for one in there[mine + 1 :] if one.representative_id == representative_id), None)
        if taken is None:
            return None
        letters = _put_out(work, contract_number, taken, there, person_id, now)
        note(
            work, "owner_taken_off", now, address="", person_id=person_id, detail=f"{contract_number} {taken.person_id}"
        )
        work.commit()
    return letters


def take_off_for(
    store: Engine, contract_number: str, email: str, operator: str, basis: str, now: dt.datetime
) -> Letters | None:
    """The same by an operator, whoever came first; where he was the last one, the contract is listed as without owner.

    None where nobody of that e-mail is an owner.
    """
    with Work(store) as work:
        there = _owners(work, contract_number)
        taken = next((one for one in there if one.email == email), None)
        if taken is None:
            return None
        heir = next((one.person_id for one in there if one is not taken), None)
        told = leave(work, taken.person_id, now, contract_number)
        letters = [*_put_out(work, contract_number, taken, there, heir, now), *told]
        note(work, "owner_taken_off", now, address=f"operator {operator}", detail=f"{contract_number}: {basis}")
        work.commit()
    return letters


def leave(work: Work, person_id: int, now: dt.datetime, contract_number: str | None = None) -> Letters:
    """Somebody goes, from one contract or from all: where he is the last owner it is written down, and told.

    Letters to the employees who lose the contract with him; the caller takes it away, and commits.
    """
    mine = select(Representative.contract_number).where(
        Representative.person_id == person_id,
        Representative.access == "owner",
        Representative.removed_at.is_(None),
        *([] if contract_number is None else [_of(contract_number)]),
    )
    alone = [number for number in work.scalars(mine).all() if len(_owners(work, number)) == 1]
    for number in alone:
        note(work, "owner_gone", now, address="", detail=number)
    emails = work.scalars(
        select(Person.email)
        .join(Representative, Representative.person_id == Person.person_id)
        .where(
            Representative.contract_number.in_(alone),
            Representative.granted_by == person_id,
            Representative.removed_at.is_(None),
        )
        .distinct()
        .order_by(Person.email)
    )
    return [Letter("owner_gone", email) for email in emails]


def ownerless(store: Engine) -> list[Ownerless]:
    """Contracts whose last owner went and that nobody owns since, the last left first."""
    with Work(for_reading(store)) as work:
        owned = select(Representative.contract_number).where(
            Representative.access == "owner", Representative.removed_at.is_(None)
        )
        rows = work.execute(
            select(SecurityEvent.detail, func.max(SecurityEvent.at))
            .where(SecurityEvent.kind == "owner_gone", SecurityEvent.detail.not_in(owned))
            .group_by(SecurityEvent.detail)
            .order_by(func.max(SecurityEvent.at).desc())
        )
        return [Ownerless(*row) for row in rows]


def _of(contract_number: str) -> ColumnElement[bool]:
    return Representative.contract_number == contract_number


def _owners(work: Work, contract_number: str) -> list[OwnerOf]:
    rows = work.execute(
        select(Representative.representative_id, Representative.person_id, Person.email, Representative.added_at)
        .join(Person, Person.person_id == Representative.person_id)
        .where(_of(contract_number), Representative.access == "owner", Representative.removed_at.is_(None))
        .order_by(Representative.added_at, Representative.representative_id)
    )
    return [OwnerOf(*row) for row in rows]


def _put_out(
    work: Work, contract_number: str, taken: OwnerOf, there: list[OwnerOf], heir: int | None, now: dt.datetime
) -> Letters:
    """End an owner's access; what he let others do goes to the heir, or ends with it. Nobody he invited gets in."""
    work.execute(
        update(Representative).where(Representative.representative_id == taken.representative_id).values(removed_at=now)
    )
    lent = (_of(contract_number), Representative.granted_by == taken.person_id, Representative.removed_at.is_(None))
    work.execute(update(Representative).where(*lent).values({"granted_by": heir} if heir else {"removed_at": now}))
    withdraw(work, CONTRACTS, taken.person_id, contract_number, now)
    others = [Letter("owner_off_told", one.email) for one in there if one.person_id not in {taken.person_id, heir}]
    return [Letter("owner_off", taken.email), *others]
