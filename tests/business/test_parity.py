"""The product and the oracle post the same lines for random contracts of all six price categories."""

import datetime as dt
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.business.books import Row, post
from tests.oracle.business.calendar import closing_of
from tests.oracle.business.facts import World
from tests.oracle.business.load import empty_warehouse, lines, load, replay_businesses
from tests.oracle.business.worlds import invent
from tests.oracle.periods import MOSCOW, plus_months

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


def seal(connection: duckdb.DuckDBPyConnection) -> None:
    """Record the run as published: its closings but the open one are closed for good."""
    connection.execute(
        """
        insert into replay.run
        select
            run_id, as_of as started_at, as_of as finished_at, as_of, open_period, 'parity' as rules_version,
            1 as files, 0 as rows_received, 0 as rows_accepted, 0 as rows_rejected, 0 as rows_duplicate,
            '' as reference_sha256
        from replay.bounds
        """
    )


def assert_same(expected: list[Row], found: list[Row]) -> None:
    lacking, extra = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    shown = [f"lacking {row}" for row in sorted(lacking)[:8]] + [f"too many {row}" for row in sorted(extra)[:8]]
    assert not shown, "\n".join(["the lines differ:", *map(str, shown)])


def closings_of(periods: list[dt.date]) -> list[dt.date]:
    """From before the first month until whatever comes late has come."""
    return [plus_months(periods[0], count) for count in range(-1, len(periods) + AFTER)]


# A smaller seed is no simpler world: no shrinking.
@settings(max_examples=10, deadline=None, database=None, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_history_loaded_at_once_posts_the_lines_of_the_oracle(seed: int) -> None:
    world, periods = invent(seed)
    last = closings_of(periods)[-1]
    with TemporaryDirectory() as home, empty_warehouse(Path(home)) as connection:
        load(connection, world)
        replay_businesses(connection, last_moment(last))
        assert_same(post(world, last, last), lines(connection))


def test_closing_after_closing_posts_the_same() -> None:
    world, periods = invent(3)
    closings = closings_of(periods)
    with TemporaryDirectory() as home, empty_warehouse(Path(home)) as connection:
        for run_id, closing in enumerate(closings, start=1):
            load(connection, part(world, closing), run_id)
            replay_businesses(connection, last_moment(closing))
            seal(connection)
        assert_same(post(world, closings[-1], closings[-1]), lines(connection))
