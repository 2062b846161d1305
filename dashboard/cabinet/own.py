"""The one place through which the cabinet reads and writes: only for accounts its visitor owns.

Pages get an `Own` and can reach nothing else; who owns what is asked of the store each time, so that an account taken
away is gone at once.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard import store as snapshots
from dashboard.cabinet import reckoned, submissions, subscription
from dashboard.cabinet.access.log import note
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import OwnedAccount, Person
from dashboard.cabinet.submissions import Sent
from dashboard.store import Parameter, Snapshot
from pipelines.explain import Preview, SentReading, preview
from pipelines.settings import MOSCOW, Settings
from pipelines.statements import payment_code, payment_text, read_payee, statement_pdf
from pipelines.whatif import Forecast, OwnPrice, Plans

SHOWN_DAYS = 120
"""For how long a submission is followed on the page."""


class ForeignAccountError(Exception):
    """The visitor does not own the account; nothing is said about whether it exists."""


@dataclass(frozen=True)
class Own:
    """What one person may see of a snapshot, and send."""

    store: Engine
    snapshot: Snapshot
    person_id: int
    now: dt.datetime
    channel: submissions.Channel = "cabinet"
    """The channel by which what is sent reaches the night."""

    @property
    def today(self) -> dt.date:
        """The day in Moscow."""
        return self.now.astimezone(MOSCOW).date()

    def accounts(self) -> list[int]:
        """Numbers of the accounts the person owns, in the order they were added."""
        with Work(for_reading(self.store)) as work:
            return list(
                work.scalars(
                    select(OwnedAccount.account_number)
                    .where(OwnedAccount.person_id == self.person_id, OwnedAccount.removed_at.is_(None))
                    .order_by(OwnedAccount.owned_account_id)
                )
            )

    def email(self) -> str:
        """The person's confirmed e-mail."""
        with Work(for_reading(self.store)) as work:
            return work.get_one(Person, self.person_id).email

    def check(self, account_number: int) -> None:
        """Let an owned account pass.

        Raises:
            ForeignAccountError: it is not the person's; the attempt is in the log of access.
        """
        if account_number in self.accounts():
            return
        with Work(self.store) as work:
            detail = str(account_number)
            note(work, "foreign_account", self.now, address="", person_id=self.person_id, detail=detail)
            work.commit()
        raise ForeignAccountError

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
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
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

    def subscribe(self, account_number: int, email: str, *, is_on: bool) -> None:
        """Have electronic receipts sent to an address, or no longer.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        subscription.subscribe(self.store, self.person_id, account_number, email, is_on=is_on, now=self.now)

    def payment_code(self, account_number: int, period: dt.date, kopecks: int) -> list[list[int]]:
        """The payment code of ГОСТ Р 56042-2014 for a sum: rows of modules, 1 is dark.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        payee = read_payee(Settings.from_environment().reference)
        return payment_code(payment_text(payee, account_number, period, kopecks))


def has_paid(account_number: int, kopecks: int) -> bool:
    """Whether the account's last payment, as published, was of so many kopecks; what registration asks."""
    snapshot = snapshots.current(snapshots.published())
    if snapshot is None:
        return False
    paid = snapshots.ask(snapshot, "cabinet/last_payments", account_number=account_number)
    return kopecks in paid["amount_kopecks"].to_list()
