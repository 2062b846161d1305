"""The product and the oracle keep the same books of random histories."""

import datetime as dt
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.replay import replay
from tests.nights import seal
from tests.oracle.bill import bill
from tests.oracle.facts import Fact, Facts
from tests.oracle.histories import history
from tests.oracle.load import assert_same_books, books, differences, load, repr_short
from tests.oracle.periods import month_of, moscow_day
from tests.oracle.shrink import fewest

REGIONS = 17
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


def difference(facts: Facts) -> list[str]:
    """Where the books of the product and of the oracle differ; nothing where they agree."""
    expected_open = month_of(moscow_day(max(fact.known_at for fact in facts.all())))
    with warehouse() as connection:
        load(connection, facts)
        replay(connection, businesses=False)
        assert open_period(connection) == expected_open
        return differences(bill(facts, expected_open), books(connection), repr_short)


@cache
def complaint(seed: int) -> str:
    """What is wrong with the books of a history, as somebody can act on it: with the fewest facts that lead to it."""
    facts, _ = history(seed, REGIONS, own_windows=True)
    if not difference(facts):
        return ""
    few = fewest(sorted(facts.all(), key=place), lambda some: bool(difference(Facts.of(some))))
    return "\n".join([
        f"The books of seed {seed} differ, and so do those of {len(few)} of its {len(facts.all())} facts:",
        *map(str, few), "in:", *difference(Facts.of(few)),
    ])  # fmt: skip


def place(fact: Fact) -> tuple[int, int, int]:
    """Facts of one account lie side by side, and near those of its house."""
    house = getattr(fact, "house_id", None) or "H0"
    number = getattr(fact, "account_number", None) or int(house[1:])
    return number, fact.source_file_id, fact.source_line


# A smaller seed is no simpler history: it is the facts that are made fewer.
@settings(max_examples=12, deadline=None, database=None, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_product_and_oracle_keep_the_same_books(seed: int) -> None:
    assert not complaint(seed), complaint(seed)


def test_a_difference_is_told_with_its_seed_and_the_facts_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong_of_refunds(facts: Facts) -> list[str]:
        return [f"payments {fact.payment_id}" for fact in facts.payments if fact.amount_kopecks < 0]

    monkeypatch.setattr(sys.modules[__name__], "difference", wrong_of_refunds)
    facts, _ = history(11, REGIONS, own_windows=True)
    refunds = {str(fact) for fact in facts.payments if fact.amount_kopecks < 0}
    first, fact, *rest = complaint(11).splitlines()
    assert len(refunds) > 1
    assert first == f"The books of seed 11 differ, and so do those of 1 of its {len(facts.all())} facts:"
    assert fact in refunds
    assert rest == ["in:", f"payments {re.findall('payment_id=([0-9]+)', fact)[0]}"]


def nights(facts: Facts, days: int) -> list[Facts]:
    """The facts by the night that takes them in; nights are at least so many days apart, and one starts every month."""
    groups: dict[tuple[dt.date, int], Facts] = {}
    for fact in sorted(facts.all(), key=lambda fact: fact.source_file_id):
        groups.setdefault((fact.known_period, fact.known_at.day // days), Facts()).add(fact)
    return list(groups.values())


@pytest.mark.parametrize(("seed", "days"), [(1, 16), (2, 40), (3, 40)])
def test_night_by_night_ends_in_the_same_books_as_one_load(seed: int, days: int) -> None:
    facts, expected_open = history(seed, 6)
    with warehouse() as connection:
        for run_id, night in enumerate(nights(facts, days), start=1):
            load(connection, night, run_id)
            replay(connection, businesses=False)
            seal(connection)
        assert_same_books(bill(facts, expected_open), books(connection))
