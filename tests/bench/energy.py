"""Measure messages of metering systems: `python -m tests.bench.energy [--points N] [--days D] [--threads T]`.

Writes 80020 messages of invented points, then times reading them (values/s), taking them in, and the hours to bill.
"""

import argparse
import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipelines.channels.askue.format import read_askue
from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.simulate.businesses import businesses
from pipelines.simulate.energy import write_energy
from pipelines.simulate.writing import Inbox
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import Model, load_models, row_count
from pipelines.warehouse.replay import replay_model, set_as_of

PERIOD = dt.date(2026, 10, 1)
DERIVED = ("measured_day", "expected_day", "gap_hour", "point_day", "missing_hours", "unclaimed_point")
"""What this room derives of the schema `business`."""


@contextmanager
def timed(name: str, values: int) -> Iterator[None]:
    """Print wall and processor seconds, and values a second by both."""
    wall, cpu = time.monotonic(), time.process_time()
    yield
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    print(f"{name:<28}{wall:8.2f} s{cpu:8.2f} cpu s{values / wall / 1e6:8.2f} M/s{values / cpu / 1e6:8.2f} M/cpu s")


def needed() -> tuple[Model, ...]:
    """The models behind the hours to bill, in order."""
    models = {model.name: model for model in load_models() if model.kind != "fact"}
    wanted = {f"business.{name}" for name in DERIVED}
    while more := {one for name in wanted for one in models[name].inputs if one in models} - wanted:
        wanted |= more
    return tuple(model for name, model in models.items() if name in wanted)


def write(folder: Path, points: int, days: int) -> int:
    """Messages of so many points and days; returns their values."""
    known = businesses(points, 61)
    chosen = np.arange(min(points, len(known.point_code)))
    known = replace(known, category=np.where(np.isin(np.arange(len(known.category)), chosen), 3, 1))
    write_energy(Inbox(folder), known, PERIOD, "daily")
    for path in sorted(folder.glob("*/askue/*.xml"))[days:]:
        path.unlink()
    return min(points, len(known.point_code)) * 48 * days


def main() -> None:
    """Write, read, take in, derive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-energy-") as home:
        settings = replace(Settings(), home=Path(home), threads=arguments.threads)
        folder = Path(home) / "written"
        values = write(folder, arguments.points, arguments.days)
        files = sorted(folder.glob("*/askue/*.xml"))
        size = sum(path.stat().st_size for path in files) / 1e6
        print(f"{values:,} values in {len(files)} files of {size:.0f} MB")
        with timed("read, one core", values):
            for path in files:
                read_askue(path, path.name)
        shutil.copytree(folder, settings.inbox)
        with open_warehouse(settings) as connection:
            with timed("take in", values):
                ingest(connection, settings, 1)
            set_as_of(connection, dt.datetime(2026, 11, 12, tzinfo=dt.UTC))
            with timed("hours to bill", values):
                for model in needed():
                    replay_model(connection, model)
            rows = [(model.name, row_count(connection, model)) for model in needed() if model.table in DERIVED]
            print(", ".join(f"{name} {count:,}" for name, count in rows))


if __name__ == "__main__":
    main()
