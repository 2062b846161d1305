"""Accounts of a cabinet: added by who pays for them, lent to relatives by link, taken back at once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from sqlalchemy import ColumnElement, Engine, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import limits
from dashboard.cabinet.access.log import Kind, note
from dashboard.cabinet.access.people import Caller, Letter, Paid, count, keep, new_person, use
from dashboard.cabinet.access.secret import new_token, token_hash
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import OneTimeToken, OwnedAccount, Person

Access = Literal["read", "readings", "owner"]
RANKS: Mapping[str, int] = MappingProxyType({"read": 0, "readings": 1, "owner": 2})
"""What each access contains: whoever may send readings may look, an owner may do everything."""
INVITE_WITHIN = dt.timedelta(days=3)


@dataclass(frozen=True)
class Held:
    """An account in somebody's cabinet."""

    account_number: int
    access: Access
    alias: str


@dataclass(frozen=True)
class Lent:
    """An account that a relative sees: `grant_id` takes it back."""

    grant_id: int
    account_number: int
    email: str
    access: Access
    since: dt.datetime


@dataclass(frozen=True)
class Invited:
    """Whom an invitation is for: his e-mail, whether he has a cabinet, what he will see and may do."""

    email: str
    has_cabinet: bool
    account_number: int
    access: Access


def access_of(row: OwnedAccount) -> Access:
    """The access a row gives."""
    return cast("Access", row.access)


def add(store: Engine, person_id: int, account_number: int, kopecks: int, paid: Paid, caller: Caller) -> bool:
    """Add an account for the sum of its last payment; False for an unknown account and for a wrong sum alike.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.ADD_ACCOUNT, ()))
    is_payer = paid(account_number, kopecks)
    with Work(store) as work:
        if is_payer:
            _give(work, person_id, account_number, "owner", None, caller.now)
        note(
            work,
            "account_added" if is_payer else "account_refused",
            caller.now,
            address=caller.address,
            person_id=person_id,
            detail=str(account_number),
        )
        work.commit()
    return is_payer


def name(store: Engine, person_id: int, account_number: int, alias: str) -> None:
    """Call an account something."""
    with Work(store) as work:
        work.execute(update(OwnedAccount).where(*_active(person_id, account_number)).values(alias=alias))
        work.commit()


def remove(store: Engine, person_id: int, account_number: int, now: dt.datetime) -> None:
    """Take an account out of a cabinet, with what the person lent of it and with invitations not yet accepted."""
    with Work(store) as work:
        work.execute(update(OwnedAccount).where(*_active(person_id, account_number)).values(removed_at=now))
        work.execute(
            update(OwnedAccount)
            .where(
                OwnedAccount.granted_by == person_id,
                OwnedAccount.account_number == account_number,
                OwnedAccount.removed_at.is_(None),
            )
            .values(removed_at=now)
        )
        work.execute(
            update(OneTimeToken)
            .where(
                OneTimeToken.purpose == "invite",
                OneTimeToken.person_id == person_id,
                OneTimeToken.account_number == account_number,
                OneTimeToken.used_at.is_(None),
            )
            .values(used_at=now)
        )
        note(work, "account_removed", now, address="", person_id=person_id, detail=str(account_number))
        work.commit()


def invite(
    store: Engine, person_id: int, account_number: int, email: str, access: Access, caller: Caller
) -> Letter | None:
    """Offer an account to whoever reads this mailbox; None where it had enough letters. Nothing depends on who it is.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LETTERS, ()))
    with Work(store) as work:
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, caller.now, email)
        token = new_token()
        keep(
            work, token, "invite", email, caller.now, INVITE_WITHIN, account_number, person_id=person_id, access=access
        )
        note(work, "invited", caller.now, address=caller.address, person_id=person_id, detail=str(account_number))
        work.commit()
    return Letter("invite", email, token) if may_write else None


def invited(store: Engine, token: str, now: dt.datetime) -> Invited | None:
    """What an invitation offers, without spending it; None when it is used, old or none of ours."""
    with Work(for_reading(store)) as work:
        asked = work.scalar(
            select(OneTimeToken).where(
                OneTimeToken.token_hash == token_hash(token),
                OneTimeToken.purpose == "invite",
                OneTimeToken.used_at.is_(None),
                OneTimeToken.good_until > now,
            )
        )
        if asked is None or asked.account_number is None:
            return None
        has_cabinet = work.scalar(select(Person.person_id).where(Person.email == asked.email)) is not None
        return Invited(asked.email, has_cabinet, asked.account_number, cast("Access", asked.access))


def accept(store: Engine, token: str, password_hash: str | None, caller: Caller) -> bool:
    """Put the account into the cabinet of that e-mail; where there is none, into a new one with this password.

    The link proves the mailbox, as it does at registration. False when it is no good, or when the owner lost the
    account since.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    with Work(store) as work:
        asked = use(work, token, "invite", caller)
        if asked is None or asked.account_number is None or asked.person_id is None:
            work.commit()
            return False
        person_id = work.scalar(select(Person.person_id).where(Person.email == asked.email))
        owns = work.scalar(
            select(OwnedAccount.access).where(
                *_active(asked.person_id, asked.account_number), OwnedAccount.access == "owner"
            )
        )
        if owns is None or (person_id is None and password_hash is None):
            work.rollback()
            return False
        if person_id is None and password_hash is not None:
            person_id = new_person(work, asked.email, password_hash, caller.now, caller).person_id
        if person_id is not None and person_id != asked.person_id:
            access = cast("Access", asked.access)
            _give(work, person_id, asked.account_number, access, asked.person_id, caller.now)
            note(work, "grant_accepted", caller.now, address=caller.address, person_id=person_id)
        work.commit()
    return True


def lent(store: Engine, person_id: int) -> list[Lent]:
    """What relatives see of this person's accounts."""
    with Work(for_reading(store)) as work:
        rows = work.execute(
            select(OwnedAccount, Person.email)
            .join(Person, Person.person_id == OwnedAccount.person_id)
            .where(OwnedAccount.granted_by == person_id, OwnedAccount.removed_at.is_(None))
            .order_by(OwnedAccount.owned_account_id)
        ).all()
        return [
            Lent(row.owned_account_id, row.account_number, email, access_of(row), row.added_at) for row, email in rows
        ]


def revoke(store: Engine, person_id: int, grant_id: int, now: dt.datetime) -> None:
    """Take back what this person lent; nobody else's grant is touched."""
    with Work(store) as work:
        taken = work.execute(
            update(OwnedAccount)
            .where(
                OwnedAccount.owned_account_id == grant_id,
                OwnedAccount.granted_by == person_id,
                OwnedAccount.removed_at.is_(None),
            )
            .values(removed_at=now)
            .returning(OwnedAccount.person_id)
        ).scalar()
        kind: Kind = "foreign_account" if taken is None else "grant_revoked"
        note(work, kind, now, address="", person_id=person_id, detail=f"grant {grant_id}")
        work.commit()


def _active(person_id: int, account_number: int) -> tuple[ColumnElement[bool], ...]:
    return (
        OwnedAccount.person_id == person_id,
        OwnedAccount.account_number == account_number,
        OwnedAccount.removed_at.is_(None),
    )


def _give(
    work: Work, person_id: int, account_number: int, access: Access, granted_by: int | None, now: dt.datetime
) -> None:
    """One row an account: what gives more takes the place of what gives less, an owner's row of nothing."""
    held = work.scalar(select(OwnedAccount).where(*_active(person_id, account_number)))
    if held is not None and held.access == "owner":
        return
    alias = ""
    if held is not None:
        held.removed_at, alias = now, held.alias
    work.add(
        OwnedAccount(
            person_id=person_id,
            account_number=account_number,
            added_at=now,
            access=access,
            granted_by=granted_by,
            alias=alias,
        )
    )
