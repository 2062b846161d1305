"""Accounts and contracts of a cabinet: added by who pays for them, lent by link, taken back at once."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Engine, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import limits
from dashboard.cabinet.access.holdings import HOLDINGS, Holding
from dashboard.cabinet.access.log import Kind, note
from dashboard.cabinet.access.people import Caller, Letter, count, keep, new_person, use
from dashboard.cabinet.access.secret import new_token, token_hash
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import OneTimeToken, Person

INVITE_WITHIN = dt.timedelta(days=3)

Number = int | str
"""Of an account or of a contract."""
NO_DETAILS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Lent:
    """What another sees of an account or contract: `grant_id` takes it back."""

    grant_id: int
    number: Any
    person_id: int
    email: str
    access: str
    since: dt.datetime


@dataclass(frozen=True)
class Invited:
    """Whom an invitation is for: his e-mail, whether he has a cabinet, what he will see and may do."""

    email: str
    has_cabinet: bool
    of: Holding
    number: Number
    access: str


def add(
    store: Engine,
    of: Holding,
    person_id: int,
    number: Number,
    is_payer: Callable[[], bool],
    caller: Caller,
    details: Mapping[str, str] = NO_DETAILS,
) -> bool:
    """Add what the person proves to pay for; False where he does not, whether it is known or not.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.ADD_ACCOUNT, ()))
    is_proved = is_payer()
    with Work(store) as work:
        if is_proved:
            give(work, of, person_id, number, "owner", None, caller.now, details)
        note(
            work,
            "account_added" if is_proved else "account_refused",
            caller.now,
            address=caller.address,
            person_id=person_id,
            detail=str(number),
        )
        work.commit()
    return is_proved


def name(store: Engine, of: Holding, person_id: int, number: Number, alias: str) -> None:
    """Call an account or contract something."""
    with Work(store) as work:
        work.execute(update(of.table).where(*active(of, person_id, number)).values(alias=alias))
        work.commit()


def remove(store: Engine, of: Holding, person_id: int, number: Number, now: dt.datetime) -> None:
    """Take it out of a cabinet, with what the person lent of it and with invitations not yet accepted."""
    with Work(store) as work:
        work.execute(update(of.table).where(*active(of, person_id, number)).values(removed_at=now))
        work.execute(
            update(of.table)
            .where(of.table.granted_by == person_id, of.number == number, of.table.removed_at.is_(None))
            .values(removed_at=now)
        )
        withdraw(work, of, person_id, number, now)
        note(work, "account_removed", now, address="", person_id=person_id, detail=str(number))
        work.commit()


def invite(
    store: Engine, of: Holding, person_id: int, number: Number, email: str, access: str, caller: Caller
) -> Letter | None:
    """Offer it to whoever reads this mailbox; None where it had enough letters. Nothing depends on who it is.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LETTERS, ()))
    offered: dict[str, Any] = {of.number_in_link.key: number}
    with Work(store) as work:
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, caller.now, email)
        token = new_token()
        keep(
            work,
            token,
            of.invitation,
            email,
            caller.now,
            INVITE_WITHIN,
            person_id=person_id,
            access=access,
            **offered,
        )
        note(work, "invited", caller.now, address=caller.address, person_id=person_id, detail=str(number))
        work.commit()
    return Letter(of.invitation, email, token) if may_write else None


def invited(store: Engine, token: str, now: dt.datetime) -> Invited | None:
    """What an invitation offers, without spending it; None when it is used, old or none of ours."""
    with Work(for_reading(store)) as work:
        asked = work.scalar(
            select(OneTimeToken).where(
                OneTimeToken.token_hash == token_hash(token),
                OneTimeToken.purpose.in_(HOLDINGS),
                OneTimeToken.used_at.is_(None),
                OneTimeToken.good_until > now,
            )
        )
        if asked is None:
            return None
        of = HOLDINGS[asked.purpose]
        has_cabinet = work.scalar(select(Person.person_id).where(Person.email == asked.email)) is not None
        number: Number = getattr(asked, of.number_in_link.key)
        return Invited(asked.email, has_cabinet, of, number, str(asked.access))


def accept(store: Engine, of: Holding, token: str, password_hash: str | None, caller: Caller) -> bool:
    """Put what is offered into the cabinet of that e-mail; where there is none, into a new one with this password.

    The link proves the mailbox, as it does at registration. False when it is no good, or when the owner lost the
    account or contract since.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    with Work(store) as work:
        asked = use(work, token, of.invitation, caller)
        if asked is None or asked.person_id is None:
            work.commit()
            return False
        number: Number = getattr(asked, of.number_in_link.key)
        person_id = work.scalar(select(Person.person_id).where(Person.email == asked.email))
        owns = work.scalar(
            select(of.table.access).where(*active(of, asked.person_id, number), of.table.access == "owner")
        )
        if owns is None or (person_id is None and password_hash is None):
            work.rollback()
            return False
        if person_id is None and password_hash is not None:
            person_id = new_person(work, asked.email, password_hash, caller.now, caller).person_id
        if person_id is not None and person_id != asked.person_id:
            give(work, of, person_id, number, str(asked.access), asked.person_id, caller.now)
            note(work, "grant_accepted", caller.now, address=caller.address, person_id=person_id)
        work.commit()
    return True


def lent(store: Engine, of: Holding, *which: ColumnElement[bool]) -> list[Lent]:
    """What others see of somebody's accounts or contracts: of those rows that were lent, the ones asked for."""
    with Work(for_reading(store)) as work:
        rows = work.execute(
            select(of.table, Person.email)
            .join(Person, Person.person_id == of.table.person_id)
            .where(of.table.granted_by.is_not(None), of.table.removed_at.is_(None), *which)
            .order_by(of.key)
        ).all()
        return [
            Lent(
                getattr(row, of.key.key),
                getattr(row, of.number.key),
                row.person_id,
                email,
                row.access,
                row.added_at,
            )
            for row, email in rows
        ]


def revoke(
    store: Engine, of: Holding, person_id: int, grant_id: int, now: dt.datetime, *which: ColumnElement[bool]
) -> None:
    """Take back what was lent, if it is one of those the person may take back; no other grant is touched.

    Invitations on their way are withdrawn with a right to invite.
    """
    with Work(store) as work:
        taken = work.scalars(
            update(of.table)
            .where(of.key == grant_id, of.table.granted_by.is_not(None), of.table.removed_at.is_(None), *which)
            .values(removed_at=now)
            .returning(of.table)
        ).one_or_none()
        if taken is not None and taken.granted_by is not None and "manage" in of.rights(taken.access):
            withdraw(work, of, taken.granted_by, getattr(taken, of.number.key), now)
        kind: Kind = "foreign_account" if taken is None else "grant_revoked"
        note(work, kind, now, address="", person_id=person_id, detail=f"grant {grant_id}")
        work.commit()


def active(of: Holding, person_id: int, number: Number) -> tuple[ColumnElement[bool], ...]:
    """The row, if any, that puts this into somebody's cabinet now."""
    return (of.table.person_id == person_id, of.number == number, of.table.removed_at.is_(None))


def give(
    work: Work,
    of: Holding,
    person_id: int,
    number: Number,
    access: str,
    granted_by: int | None,
    now: dt.datetime,
    details: Mapping[str, str] = NO_DETAILS,
) -> None:
    """One row a thing: what is given anew takes the place of what was lent, an owner's row of nothing."""
    held = work.scalar(select(of.table).where(*active(of, person_id, number)))
    if held is not None and held.access == "owner":
        return
    alias = ""
    if held is not None:
        held.removed_at, alias = now, held.alias
    row = of.table(person_id=person_id, added_at=now, access=access, granted_by=granted_by, alias=alias, **details)
    setattr(row, of.number.key, number)
    work.add(row)


def withdraw(work: Work, of: Holding, person_id: int, number: Number, now: dt.datetime) -> None:
    """Make invitations on their way worthless."""
    work.execute(
        update(OneTimeToken)
        .where(
            OneTimeToken.purpose == of.invitation,
            OneTimeToken.person_id == person_id,
            of.number_in_link == number,
            OneTimeToken.used_at.is_(None),
        )
        .values(used_at=now)
    )
