"""How often something may be tried. Every limit counts the address it is tried from, so nobody can lock out another.

An attempt is counted before its work is done: many at once cannot slip through together.
"""

import datetime as dt
import hashlib
import ipaddress
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store.tables import Attempt


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts within `window`."""

    name: str
    most: int
    window: dt.timedelta


SIGN_IN_AS_ONE = Limit("sign_in_as_one", 10, dt.timedelta(minutes=15))
"""From one address to one login."""
SIGN_IN = Limit("sign_in", 60, dt.timedelta(minutes=15))
"""From one address to any login: a house behind one router is many people."""
LETTERS = Limit("letters", 10, dt.timedelta(hours=1))
"""Registrations and restores from one address."""
LETTERS_TO_ONE = Limit("letters_to_one", 5, dt.timedelta(hours=1))
"""Letters to one e-mail, from wherever asked: further ones are not sent, and nobody is told."""
ADD_ACCOUNT = Limit("add_account", 10, dt.timedelta(hours=1))
"""Accounts added to a cabinet, right or wrong, from one address."""
APPEALS = Limit("appeals", 20, dt.timedelta(hours=1))
"""Appeals and messages, with their files, from one address; in the chat, of one person."""
PUBLIC_READINGS = Limit("public_readings", 30, dt.timedelta(hours=1))
"""Readings without signing in, from one address."""
LINKS = Limit("links", 30, dt.timedelta(hours=1))
"""One-time links tried from one address."""

MOBILE_CALLS = Limit("mobile_calls", 600, dt.timedelta(minutes=15))
"""Calls of the mobile application by one session: a house that is read every minute stays far below."""
MOBILE_FILES = Limit("mobile_files", 60, dt.timedelta(minutes=15))
"""Receipts made for one session; each costs as much as a hundred other calls."""
MOBILE_TOKENS = Limit("mobile_tokens", 120, dt.timedelta(minutes=15))
"""Tokens renewed, and tokens refused, from one address; those that are good are not counted here."""

LONGEST_WINDOW = dt.timedelta(hours=1)


def allowed(work: Work, limit: Limit, now: dt.datetime, *of: str) -> bool:
    """Count an attempt; False when it is one too many. The caller commits."""
    key = hashlib.sha256("\0".join([limit.name, *of]).encode()).hexdigest()
    work.execute(delete(Attempt).where(Attempt.at < now - LONGEST_WINDOW))
    work.add(Attempt(key=key, at=now))
    work.flush()
    tried = work.scalar(select(func.count()).where(Attempt.key == key, Attempt.at > now - limit.window))
    return int(tried or 0) <= limit.most


def network(address: str) -> str:
    """What counts as one address: of IPv6 the /64 that one subscriber is given."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else address
