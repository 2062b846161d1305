"""Cost against size: the first night at several sizes, the line through them, and a plot."""

import json
import subprocess
import sys

import numpy as np

from tests.bench.measure import Bench
from tests.bench.plot import Series, line_chart

STAGES = ("ingest", "replay", "checks", "publish")


def run(bench: Bench) -> None:
    """Measure the night at each size in a process of its own; figures of the same size and version are measured anew."""
    sizes = sorted(bench.sizes or {bench.accounts // 10, bench.accounts // 3, bench.accounts})
    measured = [_night(bench, size) for size in sizes]
    series = [Series(name, sizes, [one[name] for one in measured]) for name in STAGES]
    whole = [sum(one[name] for name in STAGES) for one in measured]
    series.append(Series("whole night", sizes, whole))
    for one in (*series, Series("whole night, cpu", sizes, [one["cpu"] for one in measured])):
        bench.note(one.name, in_words(one))
    bench.note(
        "peak memory, GB", ", ".join(f"{size:,}: {one['peak']}" for size, one in zip(sizes, measured, strict=True))
    )
    path = bench.folder / f"growth-{bench.accounts}x{bench.months}.svg"
    path.write_text(line_chart(series, f"A night of {bench.months} months, seconds against accounts"), encoding="utf-8")
    bench.note("plot", path)


def in_words(series: Series) -> str:
    """The straight line of least squares, and how far the figures lie from it."""
    slope, start = np.polyfit(series.x, series.y, 1)
    fitted = slope * np.array(series.x) + start
    off = max(abs(np.array(series.y) / fitted - 1)) if min(fitted) > 0 else float("nan")
    # On a log scale: 1 is in proportion, above it dearer with each account.
    power = np.polyfit(np.log(series.x), np.log(series.y), 1)[0] if min(series.y) > 0 else float("nan")
    return (
        f"{start:.2f} s and {slope * 100_000:.2f} s for every 100,000 accounts; farthest from the line {off:.0%};"
        f" grows as size to the power {power:.2f}"
    )


def _night(bench: Bench, accounts: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench", "night", "--accounts", str(accounts), "--months", str(bench.months)]
    subprocess.run(command, check=True)
    path = bench.folder / f"night-{accounts}x{bench.months}.json"
    figures = json.loads(path.read_text(encoding="utf-8"))
    seconds = {stage["name"]: stage["seconds"] for stage in figures["stages"]}
    cpu = sum(stage["cpu_seconds"] for stage in figures["stages"] if stage["name"] in STAGES)
    return {**{name: seconds[name] for name in STAGES}, "cpu": cpu, "peak": figures["peak_gb"]}
