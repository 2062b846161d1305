"""What was sent of a contract's energy: kept at once under a receipt number, delivered to the night by `outbox`."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Delivery, EnergySending
from dashboard.cabinet.submissions import receipt_number
from pipelines.explain import NotTaken

Channel = Literal["contracts", "plans", "askue"]
"""Registers, planned hours, messages of metering systems, by the channel of the night that takes them."""
Way = Literal["form", "xlsx", "xml"]
Status = Literal["waiting", "taken", "partly", "refused"]

FIRST_LINE = 2
"""Of a file with a header."""


@dataclass(frozen=True)
class Sending:
    """What is about to be kept; `lines` 0: the content is a file of its own."""

    channel: Channel
    way: Way
    contract_number: str
    name: str
    lines: int
    content: bytes


@dataclass(frozen=True)
class Sent:
    """A sending, and what the published night said of it."""

    receipt: str
    channel: Channel
    way: Way
    name: str
    lines: int
    content: bytes
    received_at: dt.datetime
    status: Status
    not_taken: Sequence[NotTaken] = ()
    """Lines the night did not take, counted from the first of the sending."""


def keep(store: Engine, person_id: int, sending: Sending, form: str, now: dt.datetime) -> str:
    """Keep what was sent; its receipt number. The same form sent again keeps nothing new and gets the same number."""
    said = "\0".join([str(person_id), sending.channel, sending.contract_number, form])
    form_id = hashlib.sha256(said.encode()).hexdigest()
    with Work(store) as work:
        row = EnergySending(
            receipt=receipt_number(now),
            form_id=form_id,
            channel=sending.channel,
            way=sending.way,
            person_id=person_id,
            contract_number=sending.contract_number,
            received_at=now.replace(microsecond=0),
            name=sending.name,
            lines=sending.lines,
            content=sending.content,
        )
        work.add(row)
        try:
            work.flush()
        except IntegrityError:
            work.rollback()
            return work.scalars(select(EnergySending.receipt).where(EnergySending.form_id == form_id)).one()
        work.commit()
        return row.receipt


Found = Callable[[str], pl.DataFrame]
"""Hashes of files, one a line -> the rows of `contract/sent_files`."""


def sent(store: Engine, contract_number: str, since: dt.datetime, found: Found) -> list[Sent]:
    """What was sent for a contract since an instant, newest first, each with what the published night said of it."""
    # A file of lines holds those of several contracts: where ours begin is told by the lines before.
    before = select(
        EnergySending.sending_id,
        (
            func.sum(EnergySending.lines).over(
                partition_by=EnergySending.delivery_id, order_by=EnergySending.sending_id
            )
            - EnergySending.lines
        ).label("lines_before"),
    )
    with Work(for_reading(store)) as work:
        ours = select(EnergySending.delivery_id).where(
            EnergySending.contract_number == contract_number, EnergySending.received_at >= since
        )
        places = before.where(EnergySending.delivery_id.in_(ours)).subquery()
        rows = work.execute(
            select(EnergySending, Delivery.sha256, func.coalesce(places.c.lines_before, 0))
            .outerjoin(Delivery, Delivery.delivery_id == EnergySending.delivery_id)
            .outerjoin(places, places.c.sending_id == EnergySending.sending_id)
            .where(EnergySending.contract_number == contract_number, EnergySending.received_at >= since)
            .order_by(EnergySending.sending_id.desc())
        ).all()
    hashes = sorted({sha256 for _, sha256, _ in rows if sha256})
    told = found("\n".join(hashes)).partition_by("sha256", as_dict=True) if hashes else {}
    return [_judged(row, told.get((sha256,)), int(lines_before)) for row, sha256, lines_before in rows]


def _judged(row: EnergySending, told: pl.DataFrame | None, lines_before: int) -> Sent:
    status: Status = "waiting"
    not_taken: list[NotTaken] = []
    if told is not None:
        first = FIRST_LINE + lines_before if row.lines else 1
        is_refused = told["status"].item(0) == "refused"
        not_taken = [
            NotTaken(line - first + 1, rule_id, message)
            for line, rule_id, message in told.select("source_line", "rule_id", "message").iter_rows()
            if line is not None and (not row.lines or first <= line < first + row.lines)
        ]
        status = "refused" if is_refused or len(not_taken) == row.lines > 0 else "partly" if not_taken else "taken"
    return Sent(
        row.receipt,
        row.channel,  # type: ignore[arg-type]
        row.way,  # type: ignore[arg-type]
        row.name,
        row.lines,
        row.content,
        row.received_at,
        status,
        not_taken,
    )
