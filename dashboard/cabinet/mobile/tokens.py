"""Tokens of the application: a short-lived one for calls, a longer one to renew it; behind both stands a session.

The session is one of the cabinet's: the same limits end it, signing out and a new password end it, its owner sees it
among the others. The store holds hashes only.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import limits, people, sessions
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import Caller, TooManyAttemptsError
from dashboard.cabinet.access.secret import new_token, token_hash
from dashboard.cabinet.access.sessions import Visitor
from dashboard.cabinet.store.tables import MobileSignIn, Session

ACCESS = dt.timedelta(minutes=15)
"""Half of what a session may be left idle: a client that renews a token it sees expire keeps its session."""


@dataclass(frozen=True)
class Tokens:
    """What a client is given when it signs in."""

    access: str
    access_until: dt.datetime
    refresh: str
    refresh_until: dt.datetime


def sign_in(store: Engine, email: str, password: str, caller: Caller) -> Tokens | None:
    """Tokens for an e-mail with its password; None when they do not fit.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    cookie = people.sign_in(store, email, password, caller)
    if cookie is None:
        return None
    tokens = Tokens(new_token(), caller.now + ACCESS, new_token(), caller.now + sessions.ABSOLUTE)
    with Work(store) as work:
        session = work.scalars(select(Session).where(Session.token_hash == token_hash(cookie))).one()
        # The application holds no cookie: the one that signing in made is replaced by one that nobody has.
        session.token_hash = token_hash(new_token())
        work.add(
            MobileSignIn(
                session_id=session.session_id,
                access_hash=token_hash(tokens.access),
                access_until=tokens.access_until,
                refresh_hash=token_hash(tokens.refresh),
            )
        )
        work.commit()
    return tokens


def visitor(store: Engine, access: str, now: dt.datetime) -> Visitor | None:
    """Who holds this access token; None when it was never given, is over, or its session is."""
    holding = select(MobileSignIn.session_id).where(
        MobileSignIn.access_hash == token_hash(access), MobileSignIn.access_until > now
    )
    return sessions.living(store, Session.session_id.in_(holding), now)


def renew(store: Engine, refresh: str, caller: Caller) -> tuple[str, dt.datetime] | None:
    """A new access token in the place of the old one, and when it is over; None when the session has ended.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    count(store, limits.MOBILE_TOKENS, caller, limits.network(caller.address))
    holding = select(MobileSignIn.session_id).where(MobileSignIn.refresh_hash == token_hash(refresh))
    found = sessions.living(store, Session.session_id.in_(holding), caller.now)
    access, until = new_token(), caller.now + ACCESS
    with Work(store) as work:
        if found is None:
            note(work, "token_refused", caller.now, address=caller.address, detail="refresh")
        else:
            work.execute(
                update(MobileSignIn)
                .where(MobileSignIn.session_id == found.session_id)
                .values(access_hash=token_hash(access), access_until=until)
            )
        work.commit()
    return (access, until) if found else None


def sign_out(store: Engine, visitor: Visitor, caller: Caller) -> None:
    """End the session: both tokens are worth nothing from now on."""
    with Work(store) as work:
        sessions.end(work, visitor.session_id, caller.now)
        note(work, "signed_out", caller.now, address=caller.address, person_id=visitor.person_id)
        work.commit()


def refuse(store: Engine, caller: Caller) -> None:
    """Write down an access token that is none of ours.

    Raises:
        TooManyAttemptsError: too many of them from this address.
    """
    count(store, limits.MOBILE_TOKENS, caller, limits.network(caller.address))
    with Work(store) as work:
        note(work, "token_refused", caller.now, address=caller.address, detail="access")
        work.commit()


def count(store: Engine, limit: limits.Limit, caller: Caller, *of: str) -> None:
    """Count an attempt against a limit.

    Raises:
        TooManyAttemptsError: it is one too many.
    """
    with Work(store) as work:
        is_allowed = limits.allowed(work, limit, caller.now, *of)
        if not is_allowed:
            note(work, "limited", caller.now, address=caller.address, detail=limit.name)
        work.commit()
    if not is_allowed:
        raise TooManyAttemptsError
