"""Readings people send: kept at once under a receipt number, delivered to the night later (`outbox`)."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Submission, SubmittedRegister
from pipelines.settings import MOSCOW

Channel = Literal["cabinet", "site", "mobile"]

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
            receipt=receipt_number(now),
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


def receipt_number(now: dt.datetime) -> str:
    """A number to be told by: the day and seven signs that nobody guesses."""
    day = now.astimezone(MOSCOW)
    return f"{day:%y%m%d}-" + "".join(secrets.choice(_SIGNS) for _ in range(7))


def form_id(given: str, account_number: int, meter_serial: str, values: Mapping[str, int]) -> str:
    """What makes two sendings one: the number the form was made with, and all that was typed into it."""
    said = [given, str(account_number), meter_serial, *(f"{zone}={value}" for zone, value in sorted(values.items()))]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Sent:
    """A submission, and what the published night said of its registers: zone -> (verdict, message)."""

    receipt: str
    channel: str
    meter_serial: str
    read_on: dt.date
    received_at: dt.datetime
    values: Mapping[str, int]
    judged: Mapping[str, tuple[str, str | None]]

    @property
    def is_waiting(self) -> bool:
        """Whether no published night has seen it yet."""
        return not self.judged

    @property
    def status(self) -> Literal["waiting", "accepted", "held", "rejected"]:
        """The worst of what was said of its registers."""
        verdicts = {verdict for verdict, _ in self.judged.values()}
        if not verdicts:
            return "waiting"
        return "rejected" if "rejected" in verdicts else "held" if "held" in verdicts else "accepted"

    @property
    def reason(self) -> str:
        """Why it is held or refused, in Russian; empty when it is not."""
        return next((message for verdict, message in self.judged.values() if verdict != "accepted" and message), "")


def sent(store: Engine, account_number: int, since: dt.date, judged: pl.DataFrame) -> list[Sent]:
    """Submissions for an account received since a day, newest first, each with its rows of `judged`.

    `judged` are readings as published: received_at, meter_serial, zone, value, channel, verdict, message_ru.
    """
    begin = dt.datetime.combine(since, dt.time(), MOSCOW)
    with Work(for_reading(store)) as work:
        submitted = work.execute(
            select(Submission, SubmittedRegister.zone, SubmittedRegister.value_milli)
            .join(SubmittedRegister, SubmittedRegister.submission_id == Submission.submission_id)
            .where(Submission.account_number == account_number, Submission.received_at >= begin)
            .order_by(Submission.submission_id.desc(), SubmittedRegister.register_id)
        ).all()
    said = {
        (row["channel"], row["received_at"], row["meter_serial"], row["zone"], int(row["value"] * 1000)): row
        for row in judged.iter_rows(named=True)
    }
    gathered: dict[int, tuple[Submission, dict[str, int]]] = {}
    for submission, zone, value in submitted:
        gathered.setdefault(submission.submission_id, (submission, {}))[1][zone] = value
    answer = []
    for one, values in gathered.values():
        found = {
            zone: said.get((one.channel, one.received_at, one.meter_serial, zone, value))
            for zone, value in values.items()
        }
        verdicts = {zone: (row["verdict"], row["message_ru"]) for zone, row in found.items() if row}
        answer.append(Sent(one.receipt, one.channel, one.meter_serial, one.read_on, one.received_at, values, verdicts))
    return answer
