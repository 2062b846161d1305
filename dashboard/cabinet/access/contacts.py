"""The e-mail of a cabinet: changed by its owner, found again where it is lost, put back where a stranger took it.

Whoever loses a mailbox this way is written to in it, with a link that undoes the change for a week: the sum of a
payment is known to more people than a password is.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import limits, sessions
from dashboard.cabinet.access.holdings import HOLDINGS
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import (
    CONFIRM_WITHIN,
    RESTORE_WITHIN,
    Caller,
    Letter,
    count,
    keep,
    knows_password,
    only_owner,
    set_password,
    use,
)
from dashboard.cabinet.access.secret import hash_password, new_token
from dashboard.cabinet.store.tables import OneTimeToken, Person

UNDO_WITHIN = dt.timedelta(days=7)

Letters = Sequence[Letter]


@dataclass(frozen=True)
class Restoring:
    """What an operator is asked: the cabinet of which account or contract goes to which e-mail.

    Attributes:
        number: the account (a number) or the contract (a text).
        email: the new e-mail.
        basis: what the operator has seen: a passport, a power of attorney with its number and day.
        former: the e-mail that is lost, where several people have the account or contract.
    """

    number: int | str
    email: str
    basis: str
    former: str | None = None


def ask_new_email(store: Engine, person_id: int, password: str, email: str, caller: Caller) -> Letters | None:
    """Ask for another e-mail; the letters to send, None when the password is wrong. Nothing is changed yet.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LETTERS, ()))
    if not knows_password(store, person_id, password, caller):
        return None
    with Work(store) as work:
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, caller.now, email)
        is_taken = work.scalar(select(Person.person_id).where(Person.email == email)) is not None
        token = new_token()
        keep(work, token, "email", email, caller.now, CONFIRM_WITHIN, person_id=person_id)
        note(work, "email_asked", caller.now, address=caller.address, person_id=person_id)
        work.commit()
    if not may_write:
        return ()
    return (Letter("email_taken", email) if is_taken else Letter("new_email", email, token),)


def confirm_email(store: Engine, token: str, caller: Caller) -> Letters | None:
    """Change the e-mail by the link sent to the new one; the letter to the old one, None when the link is no good.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    with Work(store) as work:
        asked = use(work, token, "email", caller)
        if asked is None or asked.person_id is None:
            work.commit()
            return None
        person = work.get_one(Person, asked.person_id)
        old = person.email
        _spend(work, caller.now, OneTimeToken.email == old, OneTimeToken.purpose == "restore")
        person.email = asked.email
        undo = _undo(work, person.person_id, old, caller.now)
        note(work, "email_changed", caller.now, address=caller.address, person_id=person.person_id)
        try:
            work.commit()
        except IntegrityError:
            return None  # Somebody else has confirmed this e-mail since.
    return (Letter("email_changed", old, undo),)


def ask_lost(store: Engine, number: int | str, is_payer: Callable[[], bool], email: str, caller: Caller) -> Letters:
    """Ask for access to the cabinet of an account or contract under a new e-mail; the letters to send.

    One answer for everybody. Who has more in his cabinet than the contract he proves to pay for is not given the rest
    with it: an operator helps him.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LETTERS, ()))
    is_payer_proved = is_payer()
    with Work(store) as work:
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, caller.now, email)
        person = only_owner(work, number)
        if person is not None and isinstance(number, str) and _holds(work, person.person_id) > 1:
            person = None
        letters = _offer(work, person if is_payer_proved else None, email, caller)
        work.commit()
    return letters if may_write else ()


def start_restoring(store: Engine, asked: Restoring, operator: str, now: dt.datetime) -> Letters | None:
    """The same, started by an operator who has seen on what basis: he chooses no password and sees none.

    None when it is nobody's, or several people's and none of them has the former e-mail, or the new one is another
    person's.
    """
    detail, email = f"operator {operator}: {asked.basis}", asked.email
    with Work(store) as work:
        person = only_owner(work, asked.number, asked.former)
        is_taken = work.scalar(select(Person.person_id).where(Person.email == email)) is not None
        if person is None or is_taken:
            return None
        letters = _offer(work, person, email, Caller("", f"operator {operator}", now), detail)
        work.commit()
    return letters


def regain(store: Engine, token: str, password: str, caller: Caller) -> Letters | None:
    """Set the new e-mail and a new password by a link and end every session; None when the link is no good.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    kept = hash_password(password)
    with Work(store) as work:
        asked = use(work, token, "lost", caller)
        if asked is None or asked.person_id is None:
            work.commit()
            return None
        person = work.get_one(Person, asked.person_id)
        set_password(work, person, kept, caller)
        person.email = asked.email
        letter = Letter("password_changed", asked.email)
        note(work, "email_changed", caller.now, address=caller.address, person_id=person.person_id)
        try:
            work.commit()
        except IntegrityError:
            return None
    return (letter,)


def undo(store: Engine, token: str, caller: Caller) -> Letters | None:
    """Put back the e-mail this link was sent to; whoever took the cabinet is out, and the owner sets a new password.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    # A password that nobody knows: the one the stranger has set opens nothing any more.
    unknown, fresh = hash_password(new_token()), new_token()
    with Work(store) as work:
        asked = use(work, token, "undo", caller)
        if asked is None or asked.person_id is None:
            work.commit()
            return None
        person = work.get_one(Person, asked.person_id)
        person.email = asked.email
        set_password(work, person, unknown, caller)
        _spend(
            work,
            caller.now,
            OneTimeToken.person_id == person.person_id,
            OneTimeToken.purpose.in_(("email", "lost", "undo", "invite", "employ")),
        )
        keep(work, fresh, "restore", asked.email, caller.now, RESTORE_WITHIN)
        letter = Letter("restore", asked.email, fresh)
        note(work, "change_undone", caller.now, address=caller.address, person_id=person.person_id)
        sessions.end_all(work, person.person_id, caller.now)
        try:
            work.commit()
        except IntegrityError:
            return None
    return (letter,)


def _offer(work: Work, person: Person | None, email: str, caller: Caller, detail: str = "") -> Letters:
    """Keep the link that gives a cabinet to a new mailbox; the letter to that one first, then that to the old."""
    is_taken = work.scalar(select(Person.person_id).where(Person.email == email)) is not None
    fits = person is not None and not is_taken
    token = new_token()
    owner = person.person_id if person is not None and fits else None
    # Where nothing can come of it the row is written all the same, for the same work; its token nobody knows.
    keep(work, token, "lost", email, caller.now, RESTORE_WITHIN, person_id=owner)
    note(work, "lost_asked", caller.now, address=caller.address, person_id=owner, detail=detail)
    if person is None or not fits:
        return (Letter("lost_no_match", email),)
    notice = Letter("lost_notice", person.email, _undo(work, person.person_id, person.email, caller.now))
    return (Letter("lost", email, token), notice)


def _holds(work: Work, person_id: int) -> int:
    """How many accounts and contracts somebody has in his cabinet."""
    return sum(
        work.scalar(select(func.count()).where(of.table.person_id == person_id, of.table.removed_at.is_(None))) or 0
        for of in HOLDINGS.values()
    )


def _undo(work: Work, person_id: int, email: str, now: dt.datetime) -> str:
    token = new_token()
    keep(work, token, "undo", email, now, UNDO_WITHIN, person_id=person_id)
    return token


def _spend(work: Work, now: dt.datetime, *which: ColumnElement[bool]) -> None:
    """Make links worthless."""
    work.execute(update(OneTimeToken).where(*which, OneTimeToken.used_at.is_(None)).values(used_at=now))
