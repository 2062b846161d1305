"""The product and the oracle keep the same books of random histories."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.replay import replay
from tests.oracle.bill import bill
from tests.oracle.facts import Facts
from tests.oracle.histories import history
from tests.oracle.load import assert_same_books, books, load

REGIONS = 6
"""Regions of one history: a replay costs about the same for one and for many."""


@contextmanager
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty warehouse in memory, one for each example."""
    with TemporaryDirectory() as home, duckdb.connect() as connection:
        prepare(connection, replace(Settings(), home=Path(home), memory_limit="1GB"))
        yield connection


def open_period(connection: duckdb.DuckDBPyConnection) -> dt.date:
    [(period,)] = connection.execute("select open_period from replay.bounds").fetchall()
    assert isinstance(period, dt.date)
    return period


# A smaller seed is no simpler history: no shrinking.
@settings(max_examples=34, deadline=None, database=None, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_product_and_oracle_keep_the_same_books(seed: int) -> None:
    facts, expected_open = history(seed, REGIONS)
    with warehouse() as connection:
        load(connection, facts)
        replay(connection, businesses=False)
        assert open_period(connection) == expected_open
        assert_same_books(bill(facts, expected_open), books(connection))


def nights(facts: Facts, days: int) -> list[Facts]:
    """The facts by the night that takes them in; nights are at least so many days apart, and one starts every month."""
    groups: dict[tuple[dt.date, int], Facts] = {}
    for fact in sorted(facts.all(), key=lambda fact: fact.source_file_id):
        groups.setdefault((fact.known_period, fact.known_at.day // days), Facts()).add(fact)
    return list(groups.values())


def seal(connection: duckdb.DuckDBPyConnection) -> None:
    """Record the run as published: the months before the open one are closed for good."""
    connection.execute(
        """
        insert into replay.run
        select
            run_id, as_of as started_at, as_of as finished_at, as_of, open_period, getvariable('rules_version') as rules_version,
            1 as files, 0 as rows_received, 0 as rows_accepted, 0 as rows_rejected, 0 as rows_duplicate,
            getvariable('reference_sha256') as reference_sha256
        from replay.bounds
        """
    )


@pytest.mark.parametrize(("seed", "days"), [(1, 11), (2, 40), (3, 40)])
def test_night_by_night_ends_in_the_same_books_as_one_load(seed: int, days: int) -> None:
    facts, expected_open = history(seed, 2)
    with warehouse() as connection:
        for run_id, night in enumerate(nights(facts, days), start=1):
            load(connection, night, run_id)
            replay(connection, businesses=False)
            seal(connection)
        assert_same_books(bill(facts, expected_open), books(connection))
