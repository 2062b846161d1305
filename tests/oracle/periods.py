"""Months and Moscow days: a period is the first day of its month."""

import datetime as dt
from zoneinfo import ZoneInfo

MOSCOW = ZoneInfo("Europe/Moscow")


def month_of(day: dt.date) -> dt.date:
    """The period a day lies in."""
    return dt.date(day.year, day.month, 1)


def plus_months(period: dt.date, count: int) -> dt.date:
    """The period so many months later (earlier if below zero)."""
    months = period.year * 12 + period.month - 1 + count
    return dt.date(months // 12, months % 12 + 1, 1)


def moscow_day(instant: dt.datetime) -> dt.date:
    """The date a Moscow wall calendar shows at that instant."""
    return instant.astimezone(MOSCOW).date()


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every period from the first to the last, both included."""
    months = []
    while first <= last:
        months.append(first)
        first = plus_months(first, 1)
    return months
