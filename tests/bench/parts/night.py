"""The first night over a region: ingest, every table, checks, publication."""

from tests.bench.measure import Bench
from tests.bench.nights import run_night


def run(bench: Bench) -> None:
    """Take in the whole region at once."""
    run_night(bench, bench.delivered_home("home-night"))
