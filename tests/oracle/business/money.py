"""A contract's money in plain Python: what is asked for at a closing, which sum pays it, which penalty that leaves."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tests.oracle.debts import Debt
from tests.oracle.penalty import PenaltyRow, Rate, moratoria, penalty_rows, scale
from tests.oracle.periods import plus_months
from tests.oracle.reference import rows

Part = tuple[dt.date, int]
"""Month and part of its payment."""

REFUND = 9


@dataclass(frozen=True)
class Month:
    """What a contract is asked for: the bill (None while it is not known), advances and the rest as (due day, kopecks)."""

    period: dt.date
    bill: int | None
    advances: tuple[tuple[dt.date, int], ...]
    due_on: dt.date


@dataclass(frozen=True)
class Sum:
    """Money that came (below zero: was given back), from when it is known and until when it is this contract's."""

    paid_on: dt.date
    kopecks: int
    named: dt.date | None
    known: dt.date
    until: dt.date
    order: tuple[int, int]


@dataclass(frozen=True)
class Claim:
    """One part of a month as a closing asks for it."""

    part: Part
    due_on: dt.date
    bears_on: dt.date | None
    kopecks: int


@dataclass(frozen=True)
class Closed:
    """What a closing finds: the claims, what paid each of them as (day, kopecks), and the rows of penalty by month."""

    claims: tuple[Claim, ...]
    paid: Mapping[Part, list[tuple[dt.date, int]]]
    penalties: Mapping[dt.date, list[PenaltyRow]]


def claims_at(closing: dt.date, months: Sequence[Month], sums: Sequence[Sum]) -> list[Claim]:
    """What is asked for at a closing, the earliest due first."""
    found: list[Claim] = []
    last_day = {month.period: month.due_on for month in months if month.bill is not None}
    for month in months:
        if month.period == closing:
            found += [
                Claim((month.period, number), due_on, None, kopecks)
                for number, (due_on, kopecks) in enumerate(month.advances, 1)
            ]
        elif month.period < closing and month.bill is not None:
            left = max(month.bill, 0)
            for number, (due_on, kopecks) in enumerate(month.advances, 1):
                asked = min(kopecks, left)
                found.append(Claim((month.period, number), due_on, month.due_on, asked))
                left -= asked
            found.append(Claim((month.period, len(month.advances) + 1), month.due_on, month.due_on, left))
    for month_known in sorted({one.known for one in sums if one.kopecks < 0}):
        given_back = [one for one in sums if one.kopecks < 0 and one.known == month_known]
        if month_known <= closing:
            due_on = last_day.get(month_known, plus_months(month_known, 1).replace(day=18))
            kopecks = sum(-one.kopecks for one in given_back if one.until > closing)
            found.append(Claim((month_known, REFUND), due_on, due_on, kopecks))
    return sorted(found, key=lambda claim: (claim.due_on, claim.part))


def money_at(closing: dt.date, months: Sequence[Month], sums: Sequence[Sum]) -> list[Sum]:
    """What may pay at a closing, in the order in which it pays."""
    found = [one for one in sums if one.kopecks > 0 and one.known <= closing < one.until]
    for month in months:
        if month.bill is not None and month.bill < 0 and month.period < closing:
            last_day = plus_months(month.period, 1) - dt.timedelta(days=1)
            found.append(Sum(last_day, -month.bill, None, month.period, dt.date.max, (0, 0)))
    return sorted(found, key=lambda one: (one.paid_on, one.order))


def allocate(claims: Sequence[Claim], money: Sequence[Sum]) -> dict[Part, list[tuple[dt.date, int]]]:
    """Each sum pays the month it names, in the order of its parts, and then what fell due first."""
    left = {claim.part: claim.kopecks for claim in claims}
    paid: dict[Part, list[tuple[dt.date, int]]] = {claim.part: [] for claim in claims}
    for one in money:
        named = [claim for claim in claims if claim.part[0] == one.named and claim.kopecks]
        if one.named is not None and not named:
            continue
        rest = one.kopecks
        for claim in [*named, *(claim for claim in claims if claim not in named)]:
            part = min(rest, left[claim.part])
            if part:
                paid[claim.part].append((one.paid_on, part))
                left[claim.part] -= part
                rest -= part
    return paid


def close(closing: dt.date, last_day: dt.date, kind: str, months: Sequence[Month], sums: Sequence[Sum]) -> Closed:
    """What a closing finds, through its last day."""
    claims = claims_at(closing, months, sums)
    paid = allocate(claims, money_at(closing, months, sums))
    penalties: dict[dt.date, list[PenaltyRow]] = {}
    for period in {claim.part[0] for claim in claims}:
        owed = [claim for claim in claims if claim.part[0] == period and claim.bears_on is not None]
        if owed and owed[0].bears_on is not None:
            debt = Debt(period, "bill", sum(claim.kopecks for claim in owed), owed[0].bears_on)
            parts = [part for claim in owed for part in paid[claim.part]]
            penalties[period] = penalty_rows(debt, parts, last_day, scale(kind), rates(kind), moratoria())
    return Closed(tuple(claims), paid, penalties)


def closings(first: dt.date, as_of: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Every month through the one of `as_of`, with the last day it counts."""
    month = first
    while month <= as_of:
        yield month, min(plus_months(month, 1) - dt.timedelta(days=1), as_of)
        month = plus_months(month, 1)


@cache
def rates(kind: str) -> tuple[Rate, ...]:
    """Rates of a kind of customer: its table, never above its cap."""
    [rule] = [row for row in rows("business_penalty") if row["customer_kind"] == kind]
    table = rows("key_rate" if rule["rate"] == "key" else "penalty_rate")
    return tuple(
        Rate(
            dt.date.fromisoformat(row["valid_from"]),
            dt.date.fromisoformat(row["valid_to"]),
            min(Fraction(row["rate_pct"]), Fraction(rule["cap_pct"] or row["rate_pct"])),
        )
        for row in table
    )
