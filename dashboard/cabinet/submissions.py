"""Readings people send: kept at once under a receipt number, delivered to the night later (`outbox`)."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from typing import Literal

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store.tables import Submission, SubmittedRegister
from pipelines.settings import MOSCOW

Channel = Literal["cabinet", "site"]

_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No signs that look alike: a receipt is read out on the telephone."""


def submit(
    store: Engine,
    channel: Channel,
    account_number: int,
    meter_serial: str,
    values: Mapping[str, int],
    *,
    form_id: str,
    now: dt.datetime,
    person_id: int | None = None,
) -> str:
    """Keep the registers of one meter (zone -> thousandths of a kWh), read today; returns the receipt number.

    The same form sent again keeps nothing new and gets the same number.
    """
    with Work(store) as work:
        submission = Submission(
            receipt=_receipt(now),
            form_id=form_id,
            channel=channel,
            person_id=person_id,
            account_number=account_number,
            meter_serial=meter_serial,
            read_on=now.astimezone(MOSCOW).date(),
            received_at=now.replace(microsecond=0),
        )
        work.add(submission)
        try:
            work.flush()
        except IntegrityError:
            work.rollback()
            return work.scalars(select(Submission.receipt).where(Submission.form_id == form_id)).one()
        for zone, value in values.items():
            work.add(SubmittedRegister(submission_id=submission.submission_id, zone=zone, value_milli=value))
        work.commit()
        return submission.receipt


def _receipt(now: dt.datetime) -> str:
    day = now.astimezone(MOSCOW)
    return f"{day:%y%m%d}-" + "".join(secrets.choice(_SIGNS) for _ in range(7))


def form_id(given: str, account_number: int, meter_serial: str, values: Mapping[str, int]) -> str:
    """What makes two sendings one: the number the form was made with, and all that was typed into it."""
    said = [given, str(account_number), meter_serial, *(f"{zone}={value}" for zone, value in sorted(values.items()))]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()
