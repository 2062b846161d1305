"""What an account owes by period, when each debt falls due, and which money pays it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from tests.oracle.facts import LineRow, OpeningDebtFact, PaymentFact
from tests.oracle.periods import plus_months
from tests.oracle.reference import rows

Key = tuple[dt.date, str]
"""Period and kind of a debt: one debt for each."""

Order = tuple[int, dt.datetime, int, int]
"""Among the money of one day: advance brought along (0), credit (1), payment (2); then known_at, file, line."""

UNKNOWN = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Debt:
    """Principal of one period: `bill` is what a month was posted with, `opening` what the account came with."""

    period: dt.date
    kind: str
    amount_kopecks: int
    due_on: dt.date

    @property
    def key(self) -> Key:
        """What tells the debt from the others of its account."""
        return self.period, self.kind


@dataclass(frozen=True)
class Money:
    """A sum above zero that pays debts: a payment, a credit, an advance."""

    paid_on: dt.date
    amount_kopecks: int
    named_period: dt.date | None = None
    order: Order = (2, UNKNOWN, 0, 0)


@dataclass(frozen=True)
class Allocation:
    """For each debt what paid it (day, kopecks), and the money left over."""

    parts: dict[Key, list[tuple[dt.date, int]]]
    advances: list[Money]


@dataclass(frozen=True)
class Postings:
    """What is posted on one account; opening debts and payments with the month they were posted in."""

    lines: Sequence[LineRow] = ()
    openings: Sequence[tuple[dt.date, OpeningDebtFact]] = ()
    payments: Sequence[tuple[dt.date, PaymentFact]] = ()
    cancelled: Mapping[int, dt.date] = field(default_factory=dict)
    """payment_id -> the closing from which it is no money: moved, taken back, or given another period."""

    def known_at(self, closing: dt.date) -> "Postings":
        """What a closing may use."""
        return Postings(
            [line for line in self.lines if line[1] <= closing],
            [opening for opening in self.openings if opening[0] <= closing],
            [
                payment
                for payment in self.payments
                if payment[0] <= closing < self.cancelled.get(payment[1].payment_id, dt.date.max)
            ],
        )


def next_working_day(day: dt.date, days_off: frozenset[dt.date]) -> dt.date:
    """The day itself, or the first one after it that is worked."""
    while day.weekday() >= 5 or day in days_off:
        day += dt.timedelta(days=1)
    return day


@cache
def holidays() -> frozenset[dt.date]:
    """Days off that are neither Saturday nor Sunday."""
    return frozenset(dt.date.fromisoformat(row["day"]) for row in rows("day_off"))


def due_day(period: dt.date) -> int:
    """The day of the next month by which a period is to be paid."""
    text = period.isoformat()
    [row] = [row for row in rows("due_day") if row["service_period_from"] <= text < row["service_period_to"]]
    return int(row["due_day"])


def due_on(period: dt.date) -> dt.date:
    """The last day on which paying the period is in time."""
    return next_working_day(plus_months(period, 1).replace(day=due_day(period)), holidays())


def nets_of_corrections(lines: Iterable[LineRow]) -> dict[tuple[dt.date, dt.date], int]:
    """Kopecks by (posting month, service period) of all that is not a charge."""
    nets: dict[tuple[dt.date, dt.date], int] = {}
    for line in lines:
        if line[3] != "charge":
            nets[line[1], line[2]] = nets.get((line[1], line[2]), 0) + line[9]
    return nets


def charged_by_month(lines: Iterable[LineRow]) -> dict[dt.date, int]:
    """Kopecks by posting month of all that is a charge; below zero where a controller's reading takes more back."""
    charged: dict[dt.date, int] = {}
    for line in lines:
        if line[3] == "charge":
            charged[line[1]] = charged.get(line[1], 0) + line[9]
    return charged


def debts(posted: Postings) -> list[Debt]:
    """Debts of one account, the earliest due first."""
    owed: dict[Key, int] = {}

    def owe(period: dt.date, kind: str, kopecks: int) -> None:
        owed[period, kind] = owed.get((period, kind), 0) + kopecks

    for month, kopecks in charged_by_month(posted.lines).items():
        if kopecks > 0:
            owe(month, "bill", kopecks)
    for (month, _), net in nets_of_corrections(posted.lines).items():
        if net > 0:
            owe(month, "bill", net)
    for month, payment in posted.payments:
        if payment.amount_kopecks < 0:
            owe(month, "bill", -payment.amount_kopecks)
    for _, opening in posted.openings:
        if opening.amount_kopecks > 0:
            owe(opening.service_period, "opening", opening.amount_kopecks)
    found = [Debt(period, kind, kopecks, due_on(period)) for (period, kind), kopecks in owed.items() if kopecks > 0]
    return by_due_day(found)


def money(posted: Postings) -> list[Money]:
    """Everything that pays the debts of one account."""
    found = [
        Money(month, -opening.amount_kopecks, None, (0, opening.known_at, opening.source_file_id, opening.source_line))
        for month, opening in posted.openings
        if opening.amount_kopecks < 0
    ]
    credited = [
        *charged_by_month(posted.lines).items(),
        *((month, net) for (month, _), net in nets_of_corrections(posted.lines).items()),
    ]
    for month, kopecks in credited:
        if kopecks < 0:
            last_day = plus_months(month, 1) - dt.timedelta(days=1)
            found.append(Money(last_day, -kopecks, None, (1, UNKNOWN, 0, 0)))
    for _, payment in posted.payments:
        if payment.amount_kopecks > 0:
            order = (2, payment.known_at, payment.source_file_id, payment.source_line)
            found.append(Money(payment.paid_on, payment.amount_kopecks, payment.named_period, order))
    return found


def by_due_day(owed: Iterable[Debt]) -> list[Debt]:
    """In the order in which unaddressed money pays them."""
    return sorted(owed, key=lambda debt: (debt.due_on, debt.period, debt.kind != "opening"))


def paid_first(owed: Sequence[Debt], named_period: dt.date | None) -> list[Debt]:
    """The debts a sum may pay, in order: none if it names a period that owes nothing yet."""
    by_key = {debt.key: debt for debt in owed}
    others = by_due_day(owed)
    if named_period is None:
        return others
    named = by_key.get((named_period, "bill")) or by_key.get((named_period, "opening"))
    return [] if named is None else [named, *(debt for debt in others if debt != named)]


def allocate(owed: Sequence[Debt], paid: Sequence[Money]) -> Allocation:
    """Let the money pay the debts in the order of decision 15, each debt up to what is outstanding."""
    outstanding = {debt.key: debt.amount_kopecks for debt in owed}
    parts: dict[Key, list[tuple[dt.date, int]]] = {debt.key: [] for debt in owed}
    advances = []
    for sum_paid in sorted(paid, key=lambda one: (one.paid_on, one.order)):
        left = sum_paid.amount_kopecks
        for debt in paid_first(owed, sum_paid.named_period):
            part = min(left, outstanding[debt.key])
            if part:
                parts[debt.key].append((sum_paid.paid_on, part))
                outstanding[debt.key] -= part
                left -= part
        if left:
            advances.append(replace(sum_paid, amount_kopecks=left))
    return Allocation(parts, advances)
