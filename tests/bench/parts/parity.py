"""The slow profile of the oracle: random accounts billed by the product and by plain Python, to the kopeck."""

from pipelines.warehouse.replay import replay
from tests.bench.measure import Bench
from tests.oracle.bill import bill
from tests.oracle.histories import history
from tests.oracle.load import books, differences, load
from tests.sql.test_parity import warehouse

ACCOUNTS = 50_000
REGIONS = 40
"""Regions of one history, 3 to 8 accounts each: a window of months is drawn for each history."""

FIRST_SEED = 1_000_000
"""Beyond the seeds of the suite."""


def run(bench: Bench) -> None:
    """Go through histories until so many accounts are compared; the first that differs stops."""
    wanted, seen, seed = bench.count or ACCOUNTS, 0, FIRST_SEED
    while seen < wanted:
        with bench.stage("histories drawn"):
            facts, expected_open = history(seed, REGIONS)
        accounts = len({account.account_number for account in facts.accounts})
        with warehouse() as connection:
            with bench.stage("product") as measured:
                load(connection, facts)
                replay(connection, businesses=False)
                measured.rows += accounts
            with bench.stage("oracle") as measured:
                expected = bill(facts, expected_open)
                measured.rows += accounts
            with bench.stage("compared") as measured:
                found = differences(expected, books(connection))
                measured.rows += len(expected.lines) + len(expected.penalties) + len(expected.months)
        assert not found, "\n".join([f"seed {seed}, {REGIONS} regions:", *found])
        seen, seed = seen + accounts, seed + 1
    bench.note("accounts compared, all equal", seen)
    bench.note("seeds", f"{FIRST_SEED} to {seed - 1}")
