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
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.models import EVERY_ACCOUNT, load_models, materialise, row_count
from pipelines.warehouse.publish import publish
from pipelines.warehouse.replay import buckets, set_as_of


@dataclass
class Stage:
    """One line of the report."""

    name: str
    seconds: float
    cpu_seconds: float
    rows: int


STAGES: list[Stage] = []


@contextmanager
def stage(name: str) -> Iterator[Stage]:
    """Time a block; the block sets the rows."""
    measured = Stage(name, 0, 0, 0)
    wall, cpu = time.monotonic(), time.process_time()
    yield measured
    measured.seconds = round(time.monotonic() - wall, 2)
    measured.cpu_seconds = round(time.process_time() - cpu, 2)
    STAGES.append(measured)


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
        for model in load_models():
            if model.kind == "fact":
                continue
            ranges = buckets(connection) if model.is_by_account else (EVERY_ACCOUNT,)
            with stage(model.name) as measured, transaction(connection):
                materialise(connection, model, ranges)
            measured.rows = row_count(connection, model) if model.kind != "view" else 0
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
    after = [one for one in STAGES if one.name not in {"simulate", "ingest"}]
    total = Stage(
        "after ingest", round(sum(one.seconds for one in after), 2), round(sum(one.cpu_seconds for one in after), 2), 0
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\n{accounts} accounts × {months} months, {os.cpu_count()} cores, peak memory {peak:.2f} GB\n")
    print("| stage | s | cpu s | rows | rows/s |\n| --- | --: | --: | --: | --: |")
    for one in [*STAGES, total]:
        if one.seconds >= 0.1:
            print(f"| {one.name} | {one.seconds} | {one.cpu_seconds} | {one.rows} | {one.rows / one.seconds:.0f} |")
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
        "stages": [asdict(one) for one in [*STAGES, total]],
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
