"""Closings and months of businesses, days and hours of the wall clock."""

import datetime as dt
from fractions import Fraction
from functools import cache

from tests.oracle.periods import MOSCOW, month_of, moscow_day, plus_months

CLOSING_DAY = 16


@cache
def closing_of(known_at: dt.datetime) -> dt.date:
    """The first closing that knows it: month M is open until 00:00 of the 16th of M + 1."""
    return month_of(moscow_day(known_at) - dt.timedelta(days=CLOSING_DAY - 1))


def last_day(period: dt.date) -> dt.date:
    """The last day of a month."""
    return plus_months(period, 1) - dt.timedelta(days=1)


def days_of(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day from the first to the last, both included."""
    return [first + dt.timedelta(days=count) for count in range((last - first).days + 1)]


def hours_between(first: dt.date, last: dt.date) -> int:
    """Hours of the days from the first through the last."""
    start = dt.datetime.combine(first, dt.time(), MOSCOW).timestamp()
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), MOSCOW).timestamp()
    return round((end - start) / 3600)


def half_up(value: Fraction | int) -> int:
    """Whole numbers, a half goes away from zero."""
    sign = -1 if value < 0 else 1
    return sign * int((abs(Fraction(value)) * 2 + 1) // 2)
