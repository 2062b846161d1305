"""The tables of the application store. Instants are UTC; secrets stand here as hashes only."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Instant(TypeDecorator[dt.datetime]):
    """An instant in UTC: SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To UTC; a time without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Back with its zone."""
        if value is None:
            return None
        read: dt.datetime = value
        return read.replace(tzinfo=dt.UTC) if read.tzinfo is None else read.astimezone(dt.UTC)


class Table(DeclarativeBase):
    """What all tables share: names of constraints that a migration can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Person(Table):
    """Somebody with a confirmed e-mail and a password."""

    __tablename__ = "person"

    person_id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In small letters."""
    password_hash: Mapped[str] = mapped_column(String(255))
    consented_at: Mapped[dt.datetime] = mapped_column(Instant)
    """When the person agreed to the processing of personal data (152-ФЗ)."""
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    password_changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class InCabinet(Table):
    """What a row has that puts something into somebody's cabinet, from the day it was added until it was removed."""

    __abstract__ = True

    person_id: Mapped[int] = mapped_column(ForeignKey("person.person_id", ondelete="CASCADE"), index=True)
    added_at: Mapped[dt.datetime] = mapped_column(Instant)
    removed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    access: Mapped[str] = mapped_column(String(40), default="owner", server_default="owner")
    """What the person may do with it: `owner`, or what an owner lets others do."""
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.person_id", ondelete="CASCADE"))
    """The owner who let another in; what is his to give goes with him."""
    alias: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """What the person calls it: «Дача»."""


class OwnedAccount(InCabinet):
    """An account that a person may see; an owner lets a relative do `readings` or `read`."""

    __tablename__ = "owned_account"

    owned_account_id: Mapped[int] = mapped_column(primary_key=True)
    account_number: Mapped[int] = mapped_column(BigInteger, index=True)


class Representative(InCabinet):
    """A contract that a person acts for; an owner lets an employee do what stands in `access`, rights with spaces."""

    __tablename__ = "representative"

    representative_id: Mapped[int] = mapped_column(primary_key=True)
    contract_number: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    position: Mapped[str] = mapped_column(String(120), default="", server_default="")
    authority: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """What lets the person act: a charter, a power of attorney with its number and day."""
    phone: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """Mobile, digits after a plus."""


class Session(Table):
    """A browser signed in. The cookie holds the token, this row its SHA-256."""

    __tablename__ = "session"

    session_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.person_id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[dt.datetime] = mapped_column(Instant)
    seen_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    browser: Mapped[str] = mapped_column(String(200))
    is_remembered: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the person asked to stay signed in after the browser is closed."""


class MobileSignIn(Table):
    """The mobile application signed in: the tokens it holds, hashed, for one session."""

    __tablename__ = "mobile_sign_in"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.session_id", ondelete="CASCADE"), primary_key=True)
    access_hash: Mapped[str] = mapped_column(String(64), unique=True)
    access_until: Mapped[dt.datetime] = mapped_column(Instant)
    refresh_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """Good as long as the session lives."""


class OneTimeToken(Table):
    """A link sent by mail: hashed, short-lived, good once. A registration waits in it until the e-mail is confirmed."""

    __tablename__ = "one_time_token"

    token_id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    """`register`, `represent`, `restore`, `email`, `lost`, `undo`, `receipts`, `invite` or `employ`."""
    email: Mapped[str] = mapped_column(String(254), index=True)
    account_number: Mapped[int | None] = mapped_column(BigInteger)
    contract_number: Mapped[str | None] = mapped_column(String(32))
    details: Mapped[str | None] = mapped_column(Text)
    """Who will act for the contract: JSON, column of `representative` -> what was written."""
    password_hash: Mapped[str | None] = mapped_column(String(255))
    made_at: Mapped[dt.datetime] = mapped_column(Instant)
    good_until: Mapped[dt.datetime] = mapped_column(Instant)
    used_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.person_id", ondelete="CASCADE"), index=True)
    """Whose e-mail is changed or access restored, or who invites; null where the e-mail says who it is."""
    access: Mapped[str | None] = mapped_column(String(40))
    """What an invitation lets the invited do."""


class Attempt(Table):
    """One try that is counted against a limit; the key is a hash, so that no login stands here."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[dt.datetime] = mapped_column(Instant)


class SecurityEvent(Table):
    """What happened around access, without secrets."""

    __tablename__ = "security_event"

    event_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(index=True)
    """Kept when the person is erased: the row says nothing about who it was."""
    address: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(Text)


class Delivery(Table):
    """A file for the night: what goes into it is fixed before it is written, so that it can be written again."""

    __tablename__ = "delivery"

    delivery_id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[dt.datetime] = mapped_column(Instant)
    written_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    """When the file stood in the inbox under its own name; null: to be written (again)."""
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Of its bytes, by which the night knows it; null for files written before this was kept."""


class Submission(Table):
    """Readings of one meter sent together; `receipt` is the number the sender is given."""

    __tablename__ = "submission"

    submission_id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    form_id: Mapped[str] = mapped_column(String(64), unique=True)
    """Made with the form, before it is sent: a form sent twice is one submission."""
    channel: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.person_id", ondelete="SET NULL"))
    account_number: Mapped[int] = mapped_column(BigInteger, index=True)
    meter_serial: Mapped[str] = mapped_column(String(32))
    read_on: Mapped[dt.date]
    received_at: Mapped[dt.datetime] = mapped_column(Instant)
    """Whole seconds, as the channel's file writes it."""
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.delivery_id"), index=True)


class SubmittedRegister(Table):
    """The value of one zone in a submission, in thousandths of a kWh: exact in every database."""

    __tablename__ = "submitted_register"
    __table_args__ = (UniqueConstraint("submission_id", "zone"),)

    register_id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.submission_id", ondelete="CASCADE"))
    zone: Mapped[str] = mapped_column(String(10))
    value_milli: Mapped[int] = mapped_column(BigInteger)


class EnergySending(Table):
    """What a business told of its energy in one go: registers, planned hours, or a message as it came."""

    __tablename__ = "energy_sending"

    sending_id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    form_id: Mapped[str] = mapped_column(String(64), unique=True)
    """Made with the form, before it is sent: a form sent twice is one sending."""
    channel: Mapped[str] = mapped_column(String(20))
    """The channel of the night it goes to: `contracts` (registers), `plans` or `askue`."""
    way: Mapped[str] = mapped_column(String(10))
    """`form`, `xlsx` or `xml`."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.person_id", ondelete="SET NULL"), index=True)
    contract_number: Mapped[str] = mapped_column(String(32), index=True)
    received_at: Mapped[dt.datetime] = mapped_column(Instant)
    """Whole seconds, as the channel's file writes it."""
    name: Mapped[str] = mapped_column(String(100))
    """What the file was called; empty for a form."""
    lines: Mapped[int]
    """Lines it has in the channel's file; 0: it is a file of its own."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """Those lines, or that file."""
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.delivery_id"), index=True)


class ReceiptSubscription(Table):
    """An address that gets the electronic receipt of an account, while it is on."""

    __tablename__ = "receipt_subscription"
    __table_args__ = (UniqueConstraint("account_number", "email"),)

    subscription_id: Mapped[int] = mapped_column(primary_key=True)
    account_number: Mapped[int] = mapped_column(BigInteger)
    email: Mapped[str] = mapped_column(String(254))
    """In small letters."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.person_id", ondelete="CASCADE"), index=True)
    """Who asked for it in the cabinet; null: the company itself."""
    is_on: Mapped[bool]
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    """When its mailbox said yes; until then nothing goes to it."""


class ReceiptLetter(Table):
    """The receipt of one month for one subscription: what became of it (`receipts/queue.py` names the states)."""

    __tablename__ = "receipt_letter"
    __table_args__ = (
        UniqueConstraint("subscription_id", "period"),
        Index("ix_receipt_letter_period_state", "period", "state"),
    )

    letter_id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("receipt_subscription.subscription_id", ondelete="CASCADE"))
    period: Mapped[dt.date]
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int]
    next_at: Mapped[dt.datetime] = mapped_column(Instant)
    """When it may be tried (again)."""
    claimed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(Text, default="")
    """The mail server's last words."""


class CardPayment(Table):
    """A payment by card or СБП that somebody began in the cabinet."""

    __tablename__ = "card_payment"

    payment_id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(String(32), unique=True)
    """Our number of it, which the provider repeats; random, since the payer's browser sees it."""
    form_id: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.person_id", ondelete="SET NULL"))
    account_number: Mapped[int] = mapped_column(BigInteger, index=True)
    amount_kopecks: Mapped[int] = mapped_column(BigInteger)
    method: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10))
    """`waiting`, `paid`, `failed`, or `disputed`: the provider named another sum, a person looks at it."""
    begun_at: Mapped[dt.datetime] = mapped_column(Instant)
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    operation_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The provider's number of the money that came: by it the night knows the line from any other."""
    paid_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    rrn: Mapped[str | None] = mapped_column(String(12))
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.delivery_id"), index=True)


class CardNotice(Table):
    """A notice with a good signature, and what became of it."""

    __tablename__ = "card_notice"

    notice_id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(String(64), index=True)
    operation_id: Mapped[str] = mapped_column(String(64))
    amount_kopecks: Mapped[int] = mapped_column(BigInteger)
    is_paid: Mapped[bool]
    received_at: Mapped[dt.datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(20))


class Appeal(Table):
    """Something a person asks of the retailer, with a number and a day it is answered by."""

    __tablename__ = "appeal"

    appeal_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    form_id: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.person_id", ondelete="CASCADE"), index=True)
    """Who opened it; null when that person of a business has been erased: the appeal is the business's."""
    account_number: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """The account of a household it is about; null for a business."""
    contract_number: Mapped[str | None] = mapped_column(String(32), index=True)
    """The contract of a business it is about: its people see it, whoever of them wrote; null for a household."""
    kind: Mapped[str] = mapped_column(String(40))
    fields: Mapped[str] = mapped_column(Text)
    """What the kind asks for: JSON, field -> what was written."""
    status: Mapped[str] = mapped_column(String(10), index=True)
    """As `appeals.Status` names them."""
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)
    due_on: Mapped[dt.date]
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class AppealMessage(Table):
    """A word in the conversation about an appeal."""

    __tablename__ = "appeal_message"

    message_id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.appeal_id", ondelete="CASCADE"), index=True)
    operator: Mapped[str] = mapped_column(String(200))
    """Who of the retailer wrote it; empty: the customer did."""
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    status: Mapped[str | None] = mapped_column(String(10))
    """What the appeal became with it; null when it stayed what it was."""


class AppealFile(Table):
    """A file of a message, kept here and not on a disk that serves it."""

    __tablename__ = "appeal_file"

    file_id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("appeal_message.message_id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(43), unique=True)
    """Its address: random."""
    name: Mapped[str] = mapped_column(String(60))
    """What it is called when downloaded: made by us."""
    label: Mapped[str] = mapped_column(String(100))
    """What its owner called it."""
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
