"""The same replay in this process and on two workers of this machine: what cutting, moving and collecting cost."""

from dataclasses import replace

from pipelines.scale import replay_accounts_apart
from pipelines.warehouse.verify import verify
from tests.bench.measure import Bench


def run(bench: Bench) -> None:
    """Verify the published snapshot twice: everything derived anew must be what was published."""
    settings = replace(bench.installation(), cluster="local:2", cluster_buckets=bench.count or 8)
    snapshot = bench.snapshot(settings)
    with bench.stage("in this process") as measured:
        here = verify(snapshot, settings)
        measured.rows = sum(one.rows for one in here)
    with bench.stage("on two workers") as measured:
        there = verify(
            snapshot,
            settings,
            lambda connection: bench.note("how it went", str(replay_accounts_apart(connection, settings))),
        )
        measured.rows = sum(one.rows for one in there)
    assert not [one for one in (*here, *there) if one.differing]
