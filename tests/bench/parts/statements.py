"""Statements of a month as PDF, in two processes, and the same again, when they stand already."""

import shutil

from pipelines.statements import make_statements
from pipelines.warehouse.snapshot import connect_snapshot
from tests.bench.measure import LAST_MONTH, Bench


def run(bench: Bench) -> None:
    """Write the pages of the first accounts."""
    settings = bench.installation()
    snapshot = bench.snapshot(settings)
    with connect_snapshot(snapshot) as connection:
        accounts = [
            int(account)
            for (account,) in connection.execute(
                "select account_number from account_month where period = ? order by account_number limit ?",
                [LAST_MONTH, bench.count or 2000],
            ).fetchall()
        ]
    shutil.rmtree(settings.statements, ignore_errors=True)
    for name in ("written", "found standing"):
        with bench.stage(name) as measured:
            made = make_statements(
                snapshot, settings.statements, LAST_MONTH, accounts=accounts, reference=settings.reference
            )
            measured.rows = len(accounts)
        assert made.written == (len(accounts) if name == "written" else 0)
    bench.weigh("statements", settings.statements)
