"""Sessions: an opaque token in the browser, a row here that says whose it is and that can be ended at any moment."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, and_, or_, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access.secret import new_token, token_hash
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Session

IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=12)
REMEMBERED_IDLE = dt.timedelta(days=14)
REMEMBERED = dt.timedelta(days=30)
"""The same limits for who asked to be remembered, on a device of his own."""
SEEN_EVERY = dt.timedelta(minutes=1)
"""How exactly the last use is written down: a rerun of a page is not worth a write each."""


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in: who, and by which session."""

    person_id: int
    session_id: int


def begin(work: Work, person_id: int, browser: str, now: dt.datetime, *, is_remembered: bool = False) -> str:
    """A new session with a new token, whatever the browser brought before; returns the token."""
    token = new_token()
    work.add(
        Session(
            person_id=person_id,
            token_hash=token_hash(token),
            began_at=now,
            seen_at=now,
            browser="".join(sign for sign in browser if sign.isprintable())[:200],
            is_remembered=is_remembered,
        )
    )
    return token


def visitor(store: Engine, token: str | None, now: dt.datetime) -> Visitor | None:
    """Who holds this token; None when it was never given, has ended, or was left idle or used for too long."""
    return living(store, Session.token_hash == token_hash(token), now) if token else None


def living(store: Engine, which: ColumnElement[bool], now: dt.datetime) -> Visitor | None:
    """Whose session this is, now seen; None when there is none, or it has ended, was left idle or used for too long."""
    with Work(for_reading(store)) as work:
        found = work.execute(
            select(Session.person_id, Session.session_id, Session.seen_at).where(which, *_alive(now))
        ).one_or_none()
    if found is None:
        return None
    if found.seen_at < now - SEEN_EVERY:
        with Work(store) as work:
            work.execute(update(Session).where(Session.session_id == found.session_id).values(seen_at=now))
            work.commit()
    return Visitor(found.person_id, found.session_id)


def lives(store: Engine, token: str | None, now: dt.datetime) -> bool:
    """Whether a session still lives, without counting as use of it: a page that only listens keeps nobody signed in."""
    with Work(for_reading(store)) as work:
        which = Session.token_hash == token_hash(token or "")
        return bool(token) and work.scalar(select(Session.session_id).where(which, *_alive(now))) is not None


def _alive(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    """Not ended, not left idle, not used for too long."""
    return (
        Session.ended_at.is_(None),
        or_(
            and_(Session.seen_at > now - IDLE, Session.began_at > now - ABSOLUTE),
            and_(Session.is_remembered, Session.seen_at > now - REMEMBERED_IDLE, Session.began_at > now - REMEMBERED),
        ),
    )


def end(work: Work, session_id: int, now: dt.datetime) -> None:
    """End one session: its token is worth nothing from now on."""
    work.execute(
        update(Session).where(Session.session_id == session_id, Session.ended_at.is_(None)).values(ended_at=now)
    )


def end_all(work: Work, person_id: int, now: dt.datetime) -> None:
    """End every session of a person: after a new password nobody stays in with the old one."""
    work.execute(update(Session).where(Session.person_id == person_id, Session.ended_at.is_(None)).values(ended_at=now))


@dataclass(frozen=True)
class Seen:
    """A browser that is signed in: which one, since when, when it was last used."""

    session_id: int
    browser: str
    began_at: dt.datetime
    seen_at: dt.datetime


def listed(store: Engine, person_id: int, now: dt.datetime) -> list[Seen]:
    """The sessions of a person that still live, the last used first."""
    with Work(for_reading(store)) as work:
        rows = work.scalars(
            select(Session)
            .where(Session.person_id == person_id, *_alive(now))
            .order_by(Session.seen_at.desc(), Session.session_id.desc())
        )
        return [Seen(row.session_id, row.browser, row.began_at, row.seen_at) for row in rows]


def end_own(work: Work, person_id: int, now: dt.datetime, *, only: int | None = None, but: int | None = None) -> None:
    """End sessions of this person, nobody else's: one, or all `but` one."""
    which = Session.session_id == only if but is None else Session.session_id != but
    work.execute(
        update(Session).where(Session.person_id == person_id, Session.ended_at.is_(None), which).values(ended_at=now)
    )
