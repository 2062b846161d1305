"""The one place through which the cabinet reads and writes: only for accounts its visitor owns.

Pages get an `Own` and can reach nothing else; who owns what is asked of the store each time (`owning`), so that an
account taken away is gone at once.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from sqlalchemy import Engine
from sqlalchemy.orm import Session as Work

from dashboard import store as snapshots
from dashboard.cabinet import reckoned, submissions, subscription
from dashboard.cabinet.access.people import Letter
from dashboard.cabinet.appeals import Customer
from dashboard.cabinet.owning import ForeignAccountError, Owning
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Person
from dashboard.cabinet.submissions import Sent
from dashboard.store import Parameter, Snapshot, SnapshotError
from pipelines.explain import Preview, SentReading, preview
from pipelines.settings import MOSCOW, Settings
from pipelines.statements import certificate_pdf, payment_code, payment_text, read_payee, statement_pdf
from pipelines.whatif import Forecast, OwnPrice, Plans

SHOWN_DAYS = 120
"""For how long a submission is followed on the page."""
PAYMENTS_BACK = dt.timedelta(days=366)
"""How old a payment may be that proves an account where the e-mail is lost."""

__all__ = ["ForeignAccountError", "Own", "has_paid", "has_paid_lately", "published_snapshot"]


@dataclass(frozen=True)
class Own(Owning):
    """What one person may see of a snapshot, and send."""

    store: Engine
    snapshot: Snapshot
    person_id: int
    now: dt.datetime
    channel: submissions.Channel = "cabinet"
    """The channel by which what is sent reaches the night."""

    def email(self) -> str:
        """The person's confirmed e-mail."""
        with Work(for_reading(self.store)) as work:
            return work.get_one(Person, self.person_id).email

    def ask(self, question: str, account_number: int, **parameters: Parameter) -> pl.DataFrame:
        """Answer a question of `sql/dashboard` about an owned account.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        return snapshots.ask(self.snapshot, question, account_number=account_number, **parameters)

    def window(self) -> tuple[dt.date, dt.date, int]:
        """The month a reading sent now counts for, the last day for it, and the days left."""
        [row] = snapshots.ask(self.snapshot, "cabinet/window", on_day=self.today).rows()
        return row[0], row[1], int(row[2])

    def sent(self, account_number: int) -> list[Sent]:
        """What was sent for an owned account of late, newest first, with what the published night said of it.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        since = self.today - dt.timedelta(days=SHOWN_DAYS)
        judged = self.ask("cabinet/found", account_number, since=since)
        return submissions.sent(self.store, account_number, since, judged)

    def preview(self, account_number: int, meter_serial: str, values: Mapping[str, int]) -> Preview:
        """What the night would make of these registers (zone -> thousandths), after what was sent and still waits.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        waiting = [
            SentReading(one.meter_serial, zone, one.read_on, one.received_at, Decimal(value).scaleb(-3))
            for one in reversed(self.sent(account_number))
            if one.is_waiting
            for zone, value in one.values.items()
        ]
        now = self.now.replace(microsecond=0)
        fresh = [
            SentReading(meter_serial, zone, self.today, now, Decimal(value).scaleb(-3))
            for zone, value in values.items()
        ]
        settings, month = Settings.from_environment(), self.window()[0]
        return preview(self.snapshot.path, settings, account_number, self.channel, [*waiting, *fresh], month)

    def send(self, account_number: int, meter_serial: str, values: Mapping[str, int], form: str) -> str:
        """Keep registers of one meter for the night; returns the receipt number.

        Raises:
            ForeignAccountError: the account is not the person's, or he may only look at it.
        """
        self.check(account_number, "readings")
        form_id = submissions.form_id(form, account_number, meter_serial, values)
        return submissions.submit(
            self.store,
            self.channel,
            account_number,
            meter_serial,
            values,
            form_id=form_id,
            now=self.now,
            person_id=self.person_id,
        )

    def statement(self, account_number: int, period: dt.date) -> bytes:
        """The statement of a month as PDF.

        Raises:
            ForeignAccountError: the account is not the person's.
            StatementError: there is no such month.
        """
        self.check(account_number)
        return statement_pdf(self.snapshot.path, Settings.from_environment().reference, account_number, period)

    def prices(self, account_number: int) -> tuple[OwnPrice, ...]:
        """The prices and ranges of the open month that apply to the account.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        return reckoned.prices(self.snapshot.path, account_number)

    def plans(self, account_number: int, night_percent: int) -> Plans:
        """The last closed months by one rate and by two zones, with this share of the energy used at night.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        return reckoned.plans(self.snapshot.path, account_number, night_percent)

    def forecast(self, account_number: int) -> Forecast | None:
        """What the open month is likely to be charged.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        return reckoned.forecast(self.snapshot.path, account_number)

    def receipt_subscription(self, account_number: int) -> subscription.Subscription:
        """Whether and where the account's electronic receipts are sent for this person.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        return subscription.subscription(self.store, self.person_id, account_number)

    def subscribe(self, account_number: int, email: str, *, is_on: bool) -> Letter | None:
        """Have electronic receipts sent to an address, or no longer; the letter that asks a mailbox first.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        return subscription.subscribe(self.store, self.person_id, account_number, email, is_on=is_on, now=self.now)

    def payment_code(self, account_number: int, period: dt.date, kopecks: int) -> list[list[int]]:
        """The payment code of ГОСТ Р 56042-2014 for a sum: rows of modules, 1 is dark.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        payee = read_payee(Settings.from_environment().reference)
        return payment_code(payment_text(payee, account_number, period, kopecks))

    def appeal_kinds(self, customer: Customer) -> pl.DataFrame:
        """The kinds of appeals that such a customer may make today: what each asks for, and when it is answered."""
        return snapshots.ask(self.snapshot, "cabinet/appeal_kinds", on_day=self.today, customer=customer)

    def certificate(self, account_number: int) -> bytes | None:
        """That nothing is owed, as PDF; None where something is.

        Raises:
            ForeignAccountError: the account is not the person's own.
        """
        self.check(account_number, "owner")
        month, day = self.snapshot.open_period, self.snapshot.as_of.astimezone(MOSCOW).date()
        owed = self.ask("cabinet/balance", account_number, open_period=month)
        balance = 0 if owed.is_empty() else int(owed["balance_kopecks"].item(0))
        if balance > 0:
            return None
        card = self.ask("account_card", account_number, on_day=day, period=month)
        payee = read_payee(Settings.from_environment().reference)
        return certificate_pdf(card.row(0, named=True), -balance, day, payee)


def published_snapshot() -> Snapshot | None:
    """The snapshot to show; None before the first publication and while it cannot be read."""
    try:
        return snapshots.current(snapshots.published())
    except SnapshotError:
        return None


def has_paid_lately(account_number: int, kopecks: int) -> bool:
    """Whether any payment of the account in the last year was of so many kopecks; what is asked where all is lost."""
    snapshot = published_snapshot()
    if snapshot is None:
        return False
    since = dt.datetime.now(MOSCOW).date() - PAYMENTS_BACK
    paid = snapshots.ask(snapshot, "cabinet/payments_since", account_number=account_number, since=since)
    return kopecks in paid["amount_kopecks"].to_list()


def has_paid(account_number: int, kopecks: int) -> bool:
    """Whether the account's last payment, as published, was of so many kopecks; what registration asks."""
    snapshot = published_snapshot()
    if snapshot is None:
        return False
    paid = snapshots.ask(snapshot, "cabinet/last_payments", account_number=account_number)
    return kopecks in paid["amount_kopecks"].to_list()
