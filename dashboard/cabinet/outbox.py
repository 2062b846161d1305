"""What customers sent, from the store into the night's inbox, as files of the channels' layouts, each once.

Which rows make a file is fixed in the store before it is written, and its bytes follow from them. Killed in between,
the next delivery writes the same bytes again; the intake knows a file by its bytes and takes it once.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from sqlalchemy import ColumnElement, Engine, exists, make_url, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.energy.lines import HEADERS, written
from dashboard.cabinet.settings import store_url
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import CardPayment, Delivery, EnergySending, Submission, SubmittedRegister
from pipelines.settings import MOSCOW, Settings

CHANNELS = ("cabinet", "site", "mobile")
"""Channels of readings."""
CARD = "card"
CARD_HEADER = (
    "TRANS_DATE", "TRANSACTION_ID", "SUM", "COMMISSION", "USER_INFO", "MERCHANT_SITE_NAME", "PARENT_TRANSACTION_ID",
    "TRANSACTION_TYPE", "PAYMENT_METHOD_TYPE", "RRN", "ORDER_UID", "PAYM_PERIOD",
)  # fmt: skip
ENERGY_LINES = ("contracts", "plans")
"""Channels of what businesses send as lines."""
MESSAGES = "askue"
"""The channel of messages of metering systems: each is a file of its own, as it came."""
HEADER = ("account_number", "meter_serial", "zone", "read_on", "received_at", "value")


def deliver(store: Engine, inbox: Path, now: dt.datetime) -> int:
    """Write what waits in the store under `inbox`; returns how many files were written."""
    with Work(store) as work:
        for channel in CHANNELS:
            _gather(work, channel, Submission, Submission.channel == channel, now)
        _gather(work, CARD, CardPayment, CardPayment.status == "paid", now)
        for channel in ENERGY_LINES:
            _gather(work, channel, EnergySending, EnergySending.channel == channel, now)
        _gather_messages(work, now)
        work.commit()
        waiting = [
            (delivery.delivery_id, _name(work, delivery), _content(work, delivery))
            for delivery in work.scalars(
                select(Delivery).where(Delivery.written_at.is_(None)).order_by(Delivery.delivery_id)
            )
        ]
        work.commit()
    for delivery_id, name, content in waiting:
        _write(inbox / name, content)
        known_by = {"written_at": now, "sha256": hashlib.sha256(content).hexdigest()}
        with Work(store) as work:
            work.execute(update(Delivery).where(Delivery.delivery_id == delivery_id).values(**known_by))
            work.commit()
    return len(waiting)


def deliver_own(settings: Settings) -> int:
    """Deliver from the store of this installation; nothing when it has no cabinet."""
    url = make_url(store_url(settings))
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return 0
    return deliver(open_store(store_url(settings)), settings.inbox, dt.datetime.now(dt.UTC))


def _gather(
    work: Work,
    channel: str,
    table: type[Submission | CardPayment | EnergySending],
    ready: ColumnElement[bool],
    now: dt.datetime,
) -> None:
    """Fix which rows make the next file."""
    waiting = (ready, table.delivery_id.is_(None))
    if work.scalar(select(exists().where(*waiting))) is not True:
        return
    delivery = Delivery(channel=channel, made_at=now)
    work.add(delivery)
    work.flush()
    work.execute(update(table).where(*waiting).values(delivery_id=delivery.delivery_id))


def _gather_messages(work: Work, now: dt.datetime) -> None:
    """A file for each message that waits."""
    for message in work.scalars(
        select(EnergySending)
        .where(EnergySending.channel == MESSAGES, EnergySending.delivery_id.is_(None))
        .order_by(EnergySending.sending_id)
    ):
        delivery = Delivery(channel=MESSAGES, made_at=now)
        work.add(delivery)
        work.flush()
        message.delivery_id = delivery.delivery_id


def _name(work: Work, delivery: Delivery) -> str:
    """Where the file lies below the inbox; a message keeps the name it came under, which must say what it says."""
    number = f"{delivery.channel}/{delivery.channel}-{delivery.delivery_id:08d}"
    if delivery.channel != MESSAGES:
        return f"{number}.csv"
    return f"{number}-{_sent(work, delivery)[0].name}"


def _content(work: Work, delivery: Delivery) -> bytes:
    """The file's bytes: lines in the order they came, or a message."""
    if delivery.channel == MESSAGES:
        return _sent(work, delivery)[0].content
    if delivery.channel in ENERGY_LINES:
        lines = [one.content for one in _sent(work, delivery)]
        return b"".join([written([HEADERS[delivery.channel]]), *lines])
    is_card = delivery.channel == CARD
    rows = (_payments if is_card else _registers)(work, delivery.delivery_id)
    return written([CARD_HEADER if is_card else HEADER, *rows])


def _sent(work: Work, delivery: Delivery) -> Sequence[EnergySending]:
    return work.scalars(
        select(EnergySending)
        .where(EnergySending.delivery_id == delivery.delivery_id)
        .order_by(EnergySending.sending_id)
    ).all()


def _registers(work: Work, delivery_id: int) -> Iterator[list[object]]:
    rows = work.execute(
        select(Submission, SubmittedRegister.zone, SubmittedRegister.value_milli)
        .join(SubmittedRegister, SubmittedRegister.submission_id == Submission.submission_id)
        .where(Submission.delivery_id == delivery_id)
        .order_by(Submission.submission_id, SubmittedRegister.register_id)
    )
    for sent, zone, value in rows:
        received = f"{sent.received_at.astimezone(MOSCOW):%Y-%m-%d %H:%M:%S}"
        number = f"{value // 1000}.{value % 1000:03d}"
        yield [sent.account_number, sent.meter_serial, zone, sent.read_on, received, number]


def _payments(work: Work, delivery_id: int) -> Iterator[list[object]]:
    """No month is named: the money goes to what fell due first."""
    rows = work.scalars(
        select(CardPayment).where(CardPayment.delivery_id == delivery_id).order_by(CardPayment.payment_id)
    )
    for paid in rows:
        if paid.paid_at is None:
            raise ValueError(f"payment {paid.order_id} is delivered and was never confirmed")
        moment = f"{paid.paid_at.astimezone(MOSCOW):%Y-%m-%d %H:%M:%S}"
        rubles = f"{paid.amount_kopecks // 100},{paid.amount_kopecks % 100:02d}"
        yield [
            moment, paid.operation_id, rubles, "0,00", paid.account_number, "cabinet", "",
            "PAYMENT", paid.method.upper(), paid.rrn, paid.order_id, "",
        ]  # fmt: skip


def _write(path: Path, content: bytes) -> None:
    """All of the file under its name, or nothing; on the disk before the store says so.

    Deliveries side by side write the same bytes: each under an unfinished name of its own, and the last one stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
