"""The delivery of facts: files of a day and a channel, numbered as the inbox would number them."""

import datetime as dt
from dataclasses import dataclass, field, replace
from random import Random

from tests.oracle.facts import Fact, Facts, PaymentFact, ReadingFact
from tests.oracle.periods import MOSCOW, month_of, plus_months

FIRST_DAY = dt.date(2014, 1, 1)
"""Bills begin here."""

UNSENT = (dt.datetime(1, 1, 2, tzinfo=dt.UTC), dt.date.min, 0, 0)
"""known_at, known_period, source_file_id and source_line of a fact that waits to be delivered."""


def delivered(fact: Fact, day: dt.date, file_id: int, line: int) -> Fact:
    """The fact as it stands in its file; readings and payments are numbered by their place."""
    known_at = dt.datetime.combine(day, dt.time(23, 59, 59), MOSCOW)
    fact = replace(fact, known_at=known_at, known_period=month_of(day), source_file_id=file_id, source_line=line)
    identity = file_id * 2**36 + line * 16
    if isinstance(fact, ReadingFact):
        return replace(fact, reading_id=identity)
    if isinstance(fact, PaymentFact):
        return replace(fact, payment_id=identity, operation_id=fact.operation_id or str(identity))
    return fact


@dataclass
class Outbox:
    """Facts on their way, by day of delivery; nothing comes before 2014 or after the month `last`."""

    random: Random
    last: dt.date
    parcels: dict[tuple[dt.date, str, int], list[Fact]] = field(default_factory=dict)

    def send(self, day: dt.date, channel: str, *facts: Fact) -> None:
        """Put facts into one file of that day and channel; there may be two such files."""
        day = max(FIRST_DAY, min(day, plus_months(self.last, 1) - dt.timedelta(days=1)))
        part = 0 if self.random.random() < 0.7 else 1
        self.parcels.setdefault((day, channel, part), []).extend(facts)

    def deliver(self) -> Facts:
        """Number files and lines, and let every fact know its place."""
        facts = Facts()
        for file_id, parcel in enumerate(sorted(self.parcels), start=1):
            for line, fact in enumerate(self.parcels[parcel], start=2):
                facts.add(delivered(fact, parcel[0], file_id, line))
        return facts
