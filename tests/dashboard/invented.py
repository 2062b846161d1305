"""What every part of an invented snapshot shares: its day, its places, its channels, and the rows made so far."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipelines.settings import MOSCOW

OPEN_PERIOD = date(2026, 11, 1)
AS_OF = datetime(2026, 11, 22, 23, 59, 59, tzinfo=MOSCOW)
PUBLISHED_AT = datetime(2026, 11, 23, 4, 12, 8, tzinfo=MOSCOW)
CITIES = ("Ростов-на-Дону", "Таганрог", "Шахты", "Новочеркасск")
RURAL = ("Аксайский район", "Сальский район")
READING_CHANNELS = ("cabinet", "mobile", "site", "office", "phone", "controller", "smart_meter", "bank")
PAYMENT_CHANNELS = ("bank", "card", "post", "cash")


def previous_month(period: date, back: int = 1) -> date:
    """The first day of the month `back` months before `period`."""
    index = period.year * 12 + period.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


@dataclass
class Invention:
    """Rows of a snapshot under construction: table name -> tuples in the order of its columns."""

    random: random.Random
    prices: dict[tuple[date, str, str, str], tuple[Any, str, str]]
    rows: defaultdict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[int, int] = field(default_factory=dict)

    def place(self, file_id: int) -> tuple[int, int]:
        """The next free line of a file."""
        self.lines[file_id] = self.lines.get(file_id, 1) + 1
        return file_id, self.lines[file_id]


def file_of(period: date, channel: str) -> int:
    """One file a channel a month, numbered so that ids grow with time."""
    channels = ("customers", *READING_CHANNELS[:-1], *PAYMENT_CHANNELS)
    return (period.year * 12 + period.month - 2024 * 12) * len(channels) + channels.index(channel)
