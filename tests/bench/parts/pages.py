"""The pages of the dashboard: their questions, and somebody who clicks through them; `--count` times as many accounts."""

import shutil
from dataclasses import replace

from tests.bench.measure import Bench
from tests.bench.multiplied import multiply
from tests.bench.pages import measure

ROUNDS = 6


def run(bench: Bench) -> None:
    """Ask every page of the installation, or of one where every account stands `count` times over."""
    settings = bench.installation()
    if bench.count:
        home = bench.folder / f"home-{bench.accounts}x{bench.months}-times-{bench.count}"
        if not (home / "published" / "current.json").exists():
            shutil.rmtree(home, ignore_errors=True)
            with bench.stage("multiply") as measured:
                multiply(settings, home, bench.count)
                measured.rows = bench.accounts * bench.months * bench.count
        settings = replace(settings, home=home)
    with bench.stage("questions of all pages, then one person and ten clicks"):
        said, wrong = measure(settings, ROUNDS, people=1, clicks=10)
    bench.note("pages", said)
    bench.note("went wrong in the browser", len(wrong))
    bench.weigh("published", settings.published)
