"""Measure a night on a simulated region: `python -m tests.bench [--accounts N] [--months M]`.

Writes `data/var/bench/night-<accounts>x<months>.json` and prints a Markdown table of stages: seconds, rows, rows a second.
"""

import argparse
import datetime as dt
import importlib.metadata
import json
import os
import platform
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.simulate import simulate
from pipelines.warehouse.checks import load_checks, run_check
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import begin, materialise, row_count
from pipelines.warehouse.publish import publish
from pipelines.warehouse.replay import buckets, replay_model, set_as_of, stages


@dataclass
class Stage:
    """One line of the report."""

    name: str
    seconds: float
    cpu_seconds: float
    rows: int


STAGES: dict[str, Stage] = {}


@contextmanager
def stage(name: str) -> Iterator[Stage]:
    """Time a block; a name met again adds up. The block sets the rows."""
    measured = STAGES.setdefault(name, Stage(name, 0, 0, 0))
    wall, cpu = time.monotonic(), time.process_time()
    yield measured
    measured.seconds += time.monotonic() - wall
    measured.cpu_seconds += time.process_time() - cpu


def run(settings: Settings) -> None:
    """Ingest, replay model by model, check, publish."""
    started_at = dt.datetime.now(dt.UTC)
    with open_warehouse(settings) as connection:
        with stage("ingest") as measured:
            ingest(connection, settings, 1)
            [(measured.rows,)] = connection.execute(
                "select coalesce(sum(rows_received), 0)::bigint from intake.source_file"
            ).fetchall()
        set_as_of(connection, None)
        before, by_account, after = stages()
        for model in before:
            with stage(model.name):
                replay_model(connection, model)
        for model in by_account:
            with stage(model.name):
                begin(connection, model)
        for bucket in buckets(connection):
            for model in by_account:
                with stage(model.name):
                    materialise(connection, model, bucket)
        for model in after:
            with stage(model.name):
                replay_model(connection, model)
        for model in (*by_account, *after):
            if model.kind not in {"view", "step"}:
                STAGES[model.name].rows = row_count(connection, model)
        with stage("checks") as measured:
            broken = [
                check.name for check in load_checks() if check.is_blocking and run_check(connection, check).offenders
            ]
            measured.rows = len(load_checks())
        assert not broken, broken
        with stage("publish") as measured:
            publish(connection, settings, started_at)


def report(settings: Settings, accounts: int, months: int) -> None:
    """Print the table and keep it as JSON."""
    timed = list(STAGES.values())
    after = [one for one in timed if one.name not in {"simulate", "ingest"}]
    timed.append(Stage("after ingest", sum(one.seconds for one in after), sum(one.cpu_seconds for one in after), 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\n{accounts} accounts × {months} months, {os.cpu_count()} cores, peak memory {peak:.2f} GB\n")
    print("| stage | s | cpu s | rows | rows/s |\n| --- | --: | --: | --: | --: |")
    for one in timed:
        if one.seconds >= 0.1:
            print(
                f"| {one.name} | {one.seconds:.2f} | {one.cpu_seconds:.2f} | {one.rows} | {one.rows / one.seconds:.0f} |"
            )
    folder = settings.home.parent
    versions = {name: importlib.metadata.version(name) for name in ("duckdb", "polars", "dagster")}
    figures = {
        "accounts": accounts,
        "months": months,
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "versions": versions,
        "peak_gb": round(peak, 2),
        "warehouse_mb": settings.warehouse.stat().st_size // 1_000_000,
        "published_mb": sum(path.stat().st_size for path in settings.published.glob("*.duckdb")) // 1_000_000,
        "stages": [asdict(one) for one in timed],
    }
    path = folder / f"night-{accounts}x{months}.json"
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(f"\n{path}")


def main() -> None:
    """Simulate the region (or reuse it) and measure the night on it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=24)
    arguments = parser.parse_args()
    last = dt.date(2026, 10, 1)
    first_month = last.year * 12 + last.month - arguments.months
    first = dt.date(first_month // 12, first_month % 12 + 1, 1)
    base = Settings.from_environment()
    region = base.home / "bench" / f"region-{arguments.accounts}x{arguments.months}"
    if not region.exists():
        with stage("simulate"):
            simulate(region, arguments.accounts, first, last, 61)
    settings = replace(base, home=base.home / "bench" / "home")
    shutil.rmtree(settings.home, ignore_errors=True)
    settings.home.mkdir(parents=True)
    shutil.copytree(region, settings.inbox, copy_function=os.link)
    run(settings)
    report(settings, arguments.accounts, arguments.months)


if __name__ == "__main__":
    main()
