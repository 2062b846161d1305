"""Registering, signing in, restoring access: what each does to the store.

What the asker is told never depends on whether a person or an account exists; the letter, which only the owner of the
mailbox can read, says what came of it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import limits, sessions
from dashboard.cabinet.access.holdings import ACCOUNTS, CONTRACTS
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.secret import hash_password, is_password, new_token, token_hash
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import OneTimeToken, OwnedAccount, Person

CONFIRM_WITHIN = dt.timedelta(hours=1)
RESTORE_WITHIN = dt.timedelta(minutes=10)

Paid = Callable[[int, int], bool]
"""Whether an account's last payment was of so many kopecks, as published."""


@dataclass(frozen=True)
class Caller:
    """Where a request comes from and when it came."""

    address: str
    browser: str
    now: dt.datetime


@dataclass(frozen=True)
class Letter:
    """A letter to send: which one, to whom, with which one-time token (None: it holds no link)."""

    kind: Literal[
        "confirm", "no_match", "known_already", "restore", "password_changed", "new_email", "email_taken",
        "email_changed", "lost", "lost_no_match", "lost_notice", "invite", "appeal_answered",
        "represent", "contract_no_match", "contract_known", "employ", "another_owner",
        "receipt_address", "owner_made", "owner_added", "owner_off", "owner_off_told", "owner_gone",
    ]  # fmt: skip
    email: str
    token: str | None = None


class TooManyAttemptsError(Exception):
    """One attempt more than the limit of this address allows."""


def sign_in(store: Engine, login: str, password: str, caller: Caller, *, is_remembered: bool = False) -> str | None:
    """A new session for an e-mail or account number with its password: its token; None when they do not fit.

    An account number that several people registered is none's login: each signs in by e-mail. A relative who is let
    see an account does so too.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    login = login.strip().casefold()
    count(store, caller, (limits.SIGN_IN, ()), (limits.SIGN_IN_AS_ONE, (login,)))
    with Work(for_reading(store)) as work:
        person = _find(work, login)
        kept = (person.person_id, person.password_hash) if person else None
    is_right = is_password(password, kept[1] if kept else None)
    with Work(store) as work:
        token = None
        if kept and is_right:
            token = sessions.begin(work, kept[0], caller.browser, caller.now, is_remembered=is_remembered)
        note(
            work,
            "signed_in" if token else "sign_in_failed",
            caller.now,
            address=caller.address,
            person_id=kept[0] if kept else None,
        )
        work.commit()
    return token


def _find(work: Work, login: str) -> Person | None:
    if not (login.isascii() and login.isdecimal()):
        return work.scalar(select(Person).where(Person.email == login))
    return only_owner(work, int(login)) if len(login) == 12 else None


def only_owner(work: Work, number: int | str, former: str | None = None) -> Person | None:
    """The one person whose account or contract it is; None when it is nobody's or several people's.

    With `former`, the one of them with that e-mail.
    """
    of = ACCOUNTS if isinstance(number, int) else CONTRACTS
    owners = work.scalars(
        select(Person)
        .join(of.table, of.table.person_id == Person.person_id)
        .where(
            of.number == number,
            of.table.access == "owner",
            of.table.removed_at.is_(None),
            *([Person.email == former] if former else []),
        )
        .limit(2)
    ).all()
    return owners[0] if len(owners) == 1 else None


def register(
    store: Engine, account_number: int, kopecks: int, email: str, password: str, paid: Paid, caller: Caller
) -> Letter | None:
    """Ask for a cabinet; returns the letter to send, None where that mailbox had enough of them. No person exists yet.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    email = email.strip().casefold()
    count(store, caller, (limits.LETTERS, ()))
    kept, is_payer = hash_password(password), paid(account_number, kopecks)
    with Work(store) as work:
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, caller.now, email)
        is_known = work.scalar(select(Person.person_id).where(Person.email == email)) is not None
        letter = Letter("known_already" if is_known else "no_match", email)
        token = new_token()
        if is_payer and not is_known:
            letter = Letter("confirm", email, token)
        # Where nothing can come of it the row is written all the same, for the same work; its token nobody knows.
        keep(work, token, "register", email, caller.now, CONFIRM_WITHIN, account_number, kept)
        note(work, "registration_asked", caller.now, address=caller.address, detail=letter.kind)
        work.commit()
    return letter if may_write else None


def confirm(store: Engine, token: str, caller: Caller) -> bool:
    """Make the person whose e-mail this link confirms; False when the link is used, old or none of ours.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    with Work(store) as work:
        asked = use(work, token, "register", caller)
        if asked is None or asked.password_hash is None or asked.account_number is None:
            work.commit()
            return False
        try:
            person = new_person(work, asked.email, asked.password_hash, asked.made_at, caller)
        except IntegrityError:
            # Two registrations of one e-mail were under way; the other one was confirmed first.
            work.rollback()
            return False
        work.add(OwnedAccount(person_id=person.person_id, account_number=asked.account_number, added_at=caller.now))
        work.commit()
        return True


def new_person(work: Work, email: str, password_hash: str, consented_at: dt.datetime, caller: Caller) -> Person:
    """Somebody whose e-mail is proved, with an id; the caller commits."""
    person = Person(
        email=email,
        password_hash=password_hash,
        consented_at=consented_at,
        created_at=caller.now,
        password_changed_at=caller.now,
    )
    work.add(person)
    work.flush()
    note(work, "registered", caller.now, address=caller.address, person_id=person.person_id)
    return person


def ask_restore(store: Engine, email: str, caller: Caller) -> Letter | None:
    """Ask for a new password; returns the letter to send, None when there is nobody to write to.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    email = email.strip().casefold()
    count(store, caller, (limits.LETTERS, ()))
    with Work(store) as work:
        may_write = limits.allowed(work, limits.LETTERS_TO_ONE, caller.now, email)
        person_id = work.scalar(select(Person.person_id).where(Person.email == email))
        token = new_token()
        keep(work, token, "restore", email, caller.now, RESTORE_WITHIN)
        note(work, "restore_asked", caller.now, address=caller.address, person_id=person_id)
        work.commit()
    return Letter("restore", email, token) if person_id is not None and may_write else None


def restore(store: Engine, token: str, password: str, caller: Caller) -> Letter | None:
    """Set a new password by a link and end every session; returns the letter about it, None when the link is no good.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.LINKS, ()))
    kept = hash_password(password)
    with Work(store) as work:
        asked = use(work, token, "restore", caller)
        person = work.scalar(select(Person).where(Person.email == asked.email)) if asked else None
        if person is None:
            work.commit()
            return None
        set_password(work, person, kept, caller)
        email = person.email
        work.commit()
    return Letter("password_changed", email)


def change_password(store: Engine, person_id: int, old: str, new: str, caller: Caller) -> Letter | None:
    """Replace the password and end every session; returns the letter that says so, None when the old one is wrong.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    if not knows_password(store, person_id, old, caller):
        return None
    kept = hash_password(new)
    with Work(store) as work:
        person = work.get_one(Person, person_id)
        set_password(work, person, kept, caller)
        email = person.email
        work.commit()
    return Letter("password_changed", email)


def knows_password(store: Engine, person_id: int, password: str, caller: Caller) -> bool:
    """Whether somebody signed in knows the password too: asked before what cannot be taken back.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, caller, (limits.SIGN_IN_AS_ONE, (f"person {person_id}",)))
    with Work(for_reading(store)) as work:
        kept = work.get_one(Person, person_id).password_hash
    # Outside of any transaction: it takes its time, and everybody else would wait for it.
    is_right = is_password(password, kept)
    if not is_right:
        with Work(store) as work:
            note(work, "sign_in_failed", caller.now, address=caller.address, person_id=person_id)
            work.commit()
    return is_right


def set_password(work: Work, person: Person, kept: str, caller: Caller) -> None:
    """Replace a password, end every session and every link to yet another password; the caller commits."""
    person.password_hash, person.password_changed_at = kept, caller.now
    sessions.end_all(work, person.person_id, caller.now)
    # Whoever has another link in the mailbox cannot change it back.
    work.execute(
        update(OneTimeToken)
        .where(OneTimeToken.email == person.email, OneTimeToken.purpose == "restore", OneTimeToken.used_at.is_(None))
        .values(used_at=caller.now)
    )
    note(work, "password_changed", caller.now, address=caller.address, person_id=person.person_id)


def keep(
    work: Work,
    token: str,
    purpose: str,
    email: str,
    now: dt.datetime,
    within: dt.timedelta,
    account_number: int | None = None,
    password_hash: str | None = None,
    *,
    person_id: int | None = None,
    access: str | None = None,
    contract_number: str | None = None,
    details: str | None = None,
) -> None:
    """Write a one-time link down; the caller commits."""
    work.add(
        OneTimeToken(
            token_hash=token_hash(token),
            purpose=purpose,
            email=email,
            account_number=account_number,
            password_hash=password_hash,
            made_at=now,
            good_until=now + within,
            person_id=person_id,
            access=access,
            contract_number=contract_number,
            details=details,
        )
    )


def use(work: Work, token: str, purpose: str, caller: Caller) -> OneTimeToken | None:
    """Spend a link: of two that come at once one finds it spent."""
    spent = work.execute(
        update(OneTimeToken)
        .where(
            OneTimeToken.token_hash == token_hash(token),
            OneTimeToken.purpose == purpose,
            OneTimeToken.used_at.is_(None),
            OneTimeToken.good_until > caller.now,
        )
        .values(used_at=caller.now)
        .returning(OneTimeToken.token_id)
    ).scalar()
    if spent is None:
        note(work, "link_refused", caller.now, address=caller.address, detail=purpose)
        return None
    return work.get_one(OneTimeToken, spent, populate_existing=True)


def count(store: Engine, caller: Caller, *tried: tuple[limits.Limit, tuple[str, ...]]) -> None:
    """Count an attempt against each limit of its address; the count stands whatever happens next."""
    with Work(store) as work:
        verdicts = [limits.allowed(work, limit, caller.now, limits.network(caller.address), *of) for limit, of in tried]
        if not all(verdicts):
            note(work, "limited", caller.now, address=caller.address, detail=tried[0][0].name)
        work.commit()
    if not all(verdicts):
        raise TooManyAttemptsError
