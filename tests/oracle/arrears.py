"""Penalty as it is posted: at each closing all of it is reckoned anew, and what is more or less than before is posted."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from tests.oracle.debts import Debt, Postings, allocate, debts, money
from tests.oracle.facts import Facts, LineRow, PaymentFact, PenaltyLine
from tests.oracle.penalty import moratoria, penalty_rows, rates, scale
from tests.oracle.periods import plus_months

Key = tuple[dt.date, str, dt.date, dt.date, Fraction, Fraction, int]
"""Of a row: period and kind of the debt, its due day, first day, fraction, rate, base."""


def postings(
    own: Facts,
    lines: Sequence[LineRow],
    posted: Iterable[tuple[dt.date, PaymentFact]],
    cancelled: Mapping[int, dt.date],
    first: dt.date,
) -> Postings:
    """Everything posted on one account that was first known in `first`."""
    openings = [(max(debt.known_period, first), debt) for debt in own.opening_debts]
    return Postings(lines, openings, list(posted), cancelled)


def owed_at(posted: Postings, closing: dt.date, last_day: dt.date) -> dict[Key, tuple[int, int]]:
    """Days and kopecks of every row of every debt, as a closing knows them."""
    known = posted.known_at(closing)
    owed: list[Debt] = debts(known)
    parts = allocate(owed, money(known)).parts
    found: dict[Key, tuple[int, int]] = {}
    for debt in owed:
        rows = penalty_rows(debt, parts[debt.key], last_day, scale("household"), rates(), moratoria())
        for row in rows:
            key = (debt.period, debt.kind, debt.due_on, row.day_from, row.fraction, row.rate_pct, row.base_kopecks)
            found[key] = (row.days, row.amount_kopecks)
    return found


def open_now(posted: Postings) -> list[tuple[Debt, tuple[dt.date, int, int]]]:
    """Debts that everything posted leaves open: the debt, and its due day, amount and open kopecks."""
    owed = debts(posted)
    parts = allocate(owed, money(posted)).parts
    left = [(debt, debt.amount_kopecks - sum(kopecks for _, kopecks in parts[debt.key])) for debt in owed]
    return [(debt, (debt.due_on, debt.amount_kopecks, kopecks)) for debt, kopecks in left if kopecks]


def post_penalties(number: int, posted: Postings, closings: Sequence[dt.date], as_of: dt.date) -> list[PenaltyLine]:
    """Penalty lines of one account, closing after closing; the last closing counts through the day `as_of`."""
    lines: list[PenaltyLine] = []
    before: dict[Key, tuple[int, int]] = {}
    for closing in closings:
        last_day = min(as_of, plus_months(closing, 1) - dt.timedelta(days=1))
        now = owed_at(posted, closing, last_day)
        for key in sorted(now.keys() | before.keys()):
            days = now.get(key, (0, 0))[0] - before.get(key, (0, 0))[0]
            amount = now.get(key, (0, 0))[1] - before.get(key, (0, 0))[1]
            if days or amount:
                period, kind, due_on, day_from, fraction, rate, base = key
                lines.append(
                    (number, closing, period, kind, due_on, day_from, days, base, fraction.denominator, rate, amount)
                )
        before = now
    return lines
