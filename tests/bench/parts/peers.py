"""Peers side by side on one written subset of the month close (tests/bench/peers/README.md), all to the same kopecks."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pipelines.settings import ROOT, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import replay
from tests.bench.measure import Bench, Stage
from tests.bench.nights import table_by_table
from tests.bench.peers import product, with_duckdb, with_pandas, with_polars, with_postgresql
from tests.bench.peers.facts import insert_facts
from tests.bench.peers.same import fingerprint

SPARK = "pyspark==4.3.0"


TRIES = 3
"""The fastest one counts: what slows a try is the machine, not the engine."""


def run(bench: Bench) -> None:
    """The product first: it writes the files that all others read."""
    settings = bench.empty_home("home-peers")
    files, out = settings.home / "files", settings.home / "results"
    _product(bench, settings, files, out)
    bench.weigh("files the peers read", files)
    _timed(bench, "floor", lambda: with_duckdb.floor(files, out / "floor"))
    _timed(bench, "duckdb, by hand", lambda: with_duckdb.subset(files, out / "duckdb"))
    _timed(bench, "polars", lambda: with_polars.subset(files, out / "polars"))
    _timed(bench, "pandas", lambda: with_pandas.subset(files, out / "pandas"))
    with with_postgresql.server() as server:
        _timed(bench, "postgresql, loading", lambda: server.load(files), tries=1)
        _timed(bench, "postgresql", server.close_months)
        server.write(out / "postgresql")
    _spark(bench, files, out / "spark")
    wanted = fingerprint(out / "product")
    others = {folder.name: fingerprint(folder) for folder in sorted(out.iterdir())}
    assert all(found == wanted for found in others.values()), others
    bench.note(
        "lines, months", f"{wanted['line'][0]:,}, {wanted['month'][0]:,}; sums equal in all of {', '.join(others)}"
    )
    subset, floor = bench.stages["product, the subset"], bench.stages["floor"]
    for name in (
        "product, the subset",
        "product, in full",
        "duckdb, by hand",
        "polars",
        "pandas",
        "postgresql",
        "spark",
    ):
        one = bench.stages[name]
        said = (
            f"× the product's subset {one.seconds / subset.seconds:.2f}, × the floor {one.seconds / floor.seconds:.1f}"
        )
        # Of the servers the bench sees the clock alone.
        cpu = f"; by cpu {one.cpu_seconds / subset.cpu_seconds:.2f}" if name not in {"postgresql", "spark"} else ""
        bench.note(name, said + cpu)


def _product(bench: Bench, settings: Settings, files: Path, out: Path) -> None:
    tries = [Bench(bench.part, bench.accounts, bench.months) for _ in range(TRIES)]
    with open_warehouse(settings) as connection:
        insert_facts(connection, bench.accounts, bench.months)
        [(readings,)] = connection.execute("select count(*) from intake.reading_fact").fetchall()
        for inner in tries:
            with inner.stage("in full"), table_by_table(inner):
                replay(connection, businesses=False)
            inner.stages["subset"] = Stage("subset")
            for name in product.STEPS:
                inner.stages["subset"].seconds += inner.stages[name].seconds
                inner.stages["subset"].cpu_seconds += inner.stages[name].cpu_seconds
        product.write_files(connection, files)
        product.write_results(connection, out / "product")
    best = min(tries, key=lambda inner: inner.stages["subset"].seconds)
    bench.note("the subset's tables, s", ", ".join(f"{name} {best.stages[name].seconds:.2f}" for name in product.STEPS))
    for name, kept in (("product, in full", "in full"), ("product, the subset", "subset")):
        _keep(bench, name, [inner.stages[kept] for inner in tries], readings)


def _timed(bench: Bench, name: str, action: Callable[[], None], tries: int = TRIES) -> None:
    inner = [Bench(bench.part, bench.accounts, bench.months) for _ in range(tries)]
    for one in inner:
        with one.stage(name):
            action()
    _keep(bench, name, [one.stages[name] for one in inner], bench.stages["product, in full"].rows)


def _keep(bench: Bench, name: str, tries: list[Stage], rows: int) -> None:
    best = min(tries, key=lambda one: one.seconds)
    bench.stages[name] = Stage(name, best.seconds, best.cpu_seconds, rows)


def _spark(bench: Bench, files: Path, out: Path) -> None:
    python = bench.folder / "spark" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
        uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, SPARK], check=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": str(python)}
    done = subprocess.run(
        [python, "-m", "tests.bench.peers.with_spark", files, out],
        check=True,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds = json.loads(done.stdout.splitlines()[-1])
    bench.note("spark, seconds of start and tries", seconds)
    best = min(taken for name, taken in seconds.items() if name != "start")
    bench.stages["spark"] = Stage("spark", best, 0, bench.stages["product, in full"].rows)
