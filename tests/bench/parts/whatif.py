"""What other prices would have charged: the last 12 months of every account."""

from pipelines.whatif import reckon
from tests.bench.measure import Bench


def run(bench: Bench) -> None:
    """Propose the prices in force: the answer must be what was billed."""
    settings = bench.installation()
    with bench.stage("12 months") as measured:
        outcome = reckon(bench.snapshot(settings), settings, [settings.reference / "tariff_rate.csv"])
        measured.rows = outcome.region.accounts * 12
    assert outcome.region.posted_kopecks == outcome.region.proposed_kopecks > 0
    bench.note("accounts", outcome.region.accounts)
