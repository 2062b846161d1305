"""One account explained: replayed alone, every kopeck of a month traced."""

import statistics
import time

from pipelines.explain import explain
from pipelines.warehouse.snapshot import connect_snapshot
from tests.bench.measure import LAST_MONTH, Bench


def run(bench: Bench) -> None:
    """Explain accounts spread over the region, each for the last closed month."""
    settings = bench.installation()
    snapshot = bench.snapshot(settings)
    with connect_snapshot(snapshot) as connection:
        accounts = [
            int(account)
            for (account,) in connection.execute(
                """
                select account_number from account_month where period = ?
                order by hash(account_number) limit ?
                """,
                [LAST_MONTH, bench.count or 50],
            ).fetchall()
        ]
    seconds = []
    with bench.stage("all of them") as measured:
        for account in accounts:
            started = time.monotonic()
            explain(snapshot, settings, account, LAST_MONTH)
            seconds.append(time.monotonic() - started)
        measured.rows = len(accounts)
    bench.note("median, ms", round(statistics.median(seconds) * 1000))
    bench.note("slowest, ms", round(max(seconds) * 1000))
