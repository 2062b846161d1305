"""The intervals of a day by the clock of Moscow: which there are, which the clock skips, which it shows twice."""

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.settings import MOSCOW

MINUTES = (30, 60)
"""Lengths of intervals that a message may have."""

_DAY = 24 * 60


@dataclass(frozen=True)
class Grid:
    """The intervals of one day.

    Attributes:
        size: how many there are: 24 or 48, an hour less or more where the clock is moved.
        places: start by the clock (minutes) -> its intervals in order; two where the clock shows the hour twice.
        ends: interval -> its ends by the clock (minutes) that a sender may write; 0 is the end of the day.
    """

    size: int
    places: Mapping[int, tuple[int, ...]]
    ends: tuple[frozenset[int], ...]


@functools.lru_cache(maxsize=1024)
def grid(day: dt.date, minutes: int) -> Grid:
    """The intervals of a day, from midnight to midnight, in the order in which they pass."""
    instant = dt.datetime.combine(day, dt.time(), MOSCOW).astimezone(dt.UTC)
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), MOSCOW).astimezone(dt.UTC)
    step = dt.timedelta(minutes=minutes)
    places: dict[int, tuple[int, ...]] = {}
    ends: list[frozenset[int]] = []
    while instant < midnight:
        start = _minutes(instant)
        places[start] = (*places.get(start, ()), len(ends))
        ends.append(frozenset({(start + minutes) % _DAY, _minutes(instant + step)}))
        instant += step
    return Grid(len(ends), places, tuple(ends))


def minutes_of(text: str) -> int | None:
    """`0130` (or `01:30`, `2400`) as minutes of the day; None when the text is no such time."""
    digits = text.strip().replace(":", "")
    if len(digits) != len("0000") or not (digits.isascii() and digits.isdecimal()):
        return None
    hours, minutes = int(digits[:2]), int(digits[2:])
    is_time = minutes < 60 and (hours < 24 or (hours, minutes) == (24, 0))
    return (hours * 60 + minutes) % _DAY if is_time else None


def _minutes(instant: dt.datetime) -> int:
    clock = instant.astimezone(MOSCOW)
    return clock.hour * 60 + clock.minute
