"""The product and the oracle post the same lines for random contracts of all six price categories."""

import datetime as dt
from collections import Counter
from dataclasses import fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.nights import seal
from tests.oracle.business.books import Row, post
from tests.oracle.business.calendar import closing_of
from tests.oracle.business.facts import World
from tests.oracle.business.load import empty_warehouse, lines, load, replay_businesses
from tests.oracle.business.worlds import invent
from tests.oracle.periods import MOSCOW, plus_months
from tests.oracle.shrink import fewest

AFTER = 4
"""Closings after the last month."""


def last_moment(closing: dt.date) -> dt.datetime:
    """The last second before a closing's cutoff."""
    return dt.datetime.combine(plus_months(closing, 1).replace(day=15), dt.time(23, 59, 59), MOSCOW)


def part(world: World, closing: dt.date) -> World:
    """What becomes known for one closing."""
    return World(
        **{name: [one for one in told if closing_of(one.known_at) == closing] for name, told in vars(world).items()}
    )


def differing(expected: list[Row], found: list[Row]) -> list[str]:
    """The first lines that one side has and the other lacks; their first column is the contract."""
    lacking, extra = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    return [f"lacking {row}" for row in sorted(lacking)[:8]] + [f"too many {row}" for row in sorted(extra)[:8]]


def difference(world: World, last: dt.date) -> list[str]:
    """Where the lines of the product and of the oracle differ; nothing where they agree."""
    with TemporaryDirectory() as home, empty_warehouse(Path(home)) as connection:
        load(connection, world)
        replay_businesses(connection, last_moment(last))
        return differing(post(world, last, last), lines(connection))


@cache
def complaint(seed: int) -> str:
    """What is wrong with the lines of a world, as somebody can act on it: with the fewest facts that lead to it."""
    world, periods = invent(seed)
    last = closings_of(periods)[-1]
    if not difference(world, last):
        return ""
    told = [(one.name, fact) for one in fields(World) for fact in getattr(world, one.name)]
    few = fewest(told, lambda some: bool(difference(world_of(some), last)))
    return "\n".join([
        f"The lines of seed {seed} differ, and so do those of {len(few)} of its {len(told)} facts:",
        *(str(fact) for _, fact in few), "in:", *difference(world_of(few), last),
    ])  # fmt: skip


def world_of(told: list[tuple[str, object]]) -> World:
    """A world of these facts, each with the name of its list."""
    made = World()
    for name, one in told:
        getattr(made, name).append(one)
    return made


def closings_of(periods: list[dt.date]) -> list[dt.date]:
    """From before the first month until whatever comes late has come."""
    return [plus_months(periods[0], count) for count in range(-1, len(periods) + AFTER)]


# A smaller seed is no simpler world: it is the facts that are made fewer.
@settings(max_examples=10, deadline=None, database=None, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_history_loaded_at_once_posts_the_lines_of_the_oracle(seed: int) -> None:
    assert not complaint(seed), complaint(seed)


def test_closing_after_closing_posts_the_same() -> None:
    world, periods = invent(3)
    closings = closings_of(periods)
    with TemporaryDirectory() as home, empty_warehouse(Path(home)) as connection:
        for run_id, closing in enumerate(closings, start=1):
            load(connection, part(world, closing), run_id)
            replay_businesses(connection, last_moment(closing))
            seal(connection)
        assert not differing(post(world, closings[-1], closings[-1]), lines(connection))
