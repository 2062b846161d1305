"""Small random regions that go through everything deliveries can hold; one seed, one history."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.oracle import life, neighbours, sendings
from tests.oracle.delivery import Outbox
from tests.oracle.facts import Facts
from tests.oracle.periods import month_of, months_between, moscow_day, plus_months

LAST_WINDOW_END = dt.date(2026, 11, 1)
"""Readings counted for the next month still find a price."""

CHANGES_OF_LAW = (dt.date(2019, 8, 1), dt.date(2025, 11, 1), dt.date(2026, 1, 1), dt.date(2026, 4, 1))
"""Months that windows run across more often: the day readings are cut off, norm to ranges, end of heating."""


@dataclass(frozen=True)
class Window:
    """Months of readings, first and last included."""

    first: dt.date
    last: dt.date

    def months(self) -> list[dt.date]:
        """Every month of the window."""
        return months_between(self.first, self.last)


def window(random: Random) -> Window:
    """6 to 12 months between January 2014 and November 2026, often across a change of the law."""
    length = random.randint(6, 12)
    kind = random.random()
    if kind < 0.05:
        first = dt.date(2014, 1, 1)
    elif kind < 0.7:
        first = plus_months(random.choice(CHANGES_OF_LAW), -random.randint(1, length - 1))
    else:
        first = plus_months(dt.date(2014, 1, 1), random.randint(0, 154))
    first = max(dt.date(2014, 1, 1), min(first, plus_months(LAST_WINDOW_END, 1 - length)))
    return Window(first, plus_months(first, length - 1))


def window_before(random: Random, last: dt.date) -> Window:
    """6 to 12 months that end with a month or, now and then, up to half a year earlier."""
    length = random.randint(6, 12)
    end = plus_months(last, random.choice([0, 0, -random.randint(1, 6)]))
    first = max(dt.date(2014, 1, 1), plus_months(end, 1 - length))
    return Window(first, max(end, plus_months(first, 5)))


def history(seed: int, regions: int = 1, *, own_windows: bool = False) -> tuple[Facts, dt.date]:
    """Facts of `regions` regions of 3 to 8 accounts, and the month that is open at the end.

    All regions have one window; with `own_windows` each has one of its own, and some have been silent for months when
    the last of them ends.
    """
    random = Random(seed)
    last = window(random)
    outbox = Outbox(random, plus_months(last.last, 1))
    for region in range(regions):
        months = (window_before(random, last.last) if own_windows and region else last).months()
        homes = life.homes(random, months, 600_000_000_000 + region * 1000)
        for home in homes:
            life.tell_about(random, outbox, home, months)
            sendings.send_readings(random, outbox, home, months)
            sendings.send_payments(random, outbox, home, months)
        neighbours.tell_about_house(random, outbox, homes, months)
        sendings.send_nonsense(random, outbox, homes, months)
    facts = outbox.deliver()
    newest = max(fact.known_at for fact in facts.all())
    return facts, month_of(moscow_day(newest))
