"""The log of access: every event around signing in and owning, without secrets."""

import datetime as dt
from typing import Literal

from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store.tables import SecurityEvent

Kind = Literal[
    "signed_in", "sign_in_failed", "signed_out", "limited", "registration_asked", "registered", "restore_asked",
    "password_changed", "link_refused", "session_ended", "form_refused", "foreign_account", "account_removed",
    "token_refused", "foreign_contract",
    "account_added", "account_refused", "invited", "grant_accepted", "grant_revoked", "email_asked", "email_changed",
    "lost_asked", "change_undone", "data_exported", "erased", "notice_refused", "payment_disputed", "file_refused",
    "owner_made", "owner_taken_off", "owner_gone", "receipt_address_asked", "receipt_address_confirmed",
]  # fmt: skip

LONGEST_DETAIL = 200


def note(
    work: Work, kind: Kind, now: dt.datetime, *, address: str, person_id: int | None = None, detail: str = ""
) -> None:
    """Write an event down; it stands when the caller's transaction does. Control characters cannot forge a line."""
    clean = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in detail)
    work.add(SecurityEvent(at=now, kind=kind, person_id=person_id, address=address[:64], detail=clean[:LONGEST_DETAIL]))
