"""What a part is handed: a region of the wanted size, an installation over it, a clock, and where its figures go."""

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
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.simulate import simulate
from pipelines.vocabulary import RULES_VERSION
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import code_version
from pipelines.warehouse.publish import publish, read_pointer
from pipelines.warehouse.replay import replay

LAST_MONTH = dt.date(2026, 11, 1)
"""The 155th since January 2014, before which no price is known."""
VERSIONS = ("duckdb", "polars", "pandas", "pyarrow", "dagster", "distributed", "typst")


@dataclass
class Stage:
    """One line of the report."""

    name: str
    seconds: float = 0
    cpu_seconds: float = 0
    rows: int = 0

    @property
    def rows_a_second(self) -> int | None:
        """None where rows are not what the stage counts."""
        return round(self.rows / self.seconds) if self.rows and self.seconds else None


@dataclass
class Bench:
    """One part being measured."""

    part: str
    accounts: int
    months: int
    count: int | None = None
    sizes: tuple[int, ...] = ()
    stages: dict[str, Stage] = field(default_factory=dict)
    notes: dict[str, object] = field(default_factory=dict)
    bytes_on_disk: dict[str, int] = field(default_factory=dict)

    @cached_property
    def folder(self) -> Path:
        """Where figures, regions and installations lie."""
        folder = Settings.from_environment().home / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Time a block; a name met again adds up. The block sets the rows. CPU counts children that have ended."""
        measured = self.stages.setdefault(name, Stage(name))
        wall, cpu = time.monotonic(), _cpu()
        yield measured
        measured.seconds += time.monotonic() - wall
        measured.cpu_seconds += _cpu() - cpu

    def note(self, name: str, value: object) -> None:
        """Keep a figure or a sentence that is no stage."""
        self.notes[name] = value

    def weigh(self, name: str, *paths: Path) -> None:
        """Keep how much the files take on disk."""
        files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
        self.bytes_on_disk[name] = sum(file.stat().st_size for file in files)

    @property
    def region(self) -> Path:
        """Channel files of the wanted size, written once."""
        region = self.folder / f"region-{self.accounts}x{self.months}"
        if not region.exists():
            month = LAST_MONTH.year * 12 + LAST_MONTH.month - self.months
            unfinished = region.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            simulate(unfinished, self.accounts, dt.date(month // 12, month % 12 + 1, 1), LAST_MONTH, 61)
            unfinished.rename(region)
        return region

    def empty_home(self, name: str) -> Settings:
        """An installation where nothing has happened yet."""
        settings = replace(Settings.from_environment(), home=self.folder / name)
        shutil.rmtree(settings.home, ignore_errors=True)
        settings.home.mkdir(parents=True)
        return settings

    def delivered_home(self, name: str) -> Settings:
        """An installation with the region in its inbox."""
        settings = self.empty_home(name)
        shutil.copytree(self.region, settings.inbox, copy_function=os.link)
        return settings

    def installation(self) -> Settings:
        """An installation after one night over the region: made once for a version of the SQL, not to be written to."""
        name = f"home-{self.accounts}x{self.months}"
        settings = replace(Settings.from_environment(), home=self.folder / name)
        made_by = settings.home / "made-by.txt"
        if made_by.exists() and made_by.read_text(encoding="utf-8") == code_version():
            return settings
        settings = self.delivered_home(name)
        started_at = dt.datetime.now(dt.UTC)
        with open_warehouse(settings) as connection:
            ingest(connection, settings, 1)
            replay(connection)
            publish(connection, settings, started_at)
        made_by.write_text(code_version(), encoding="utf-8")
        return settings

    def snapshot(self, settings: Settings) -> Path:
        """Its newest published file."""
        pointer = read_pointer(settings.published)
        assert pointer is not None
        return settings.published / pointer.snapshot

    def figures(self) -> dict[str, object]:
        """Everything measured, as it is kept."""
        return {
            "part": self.part,
            "accounts": self.accounts,
            "months": self.months,
            "measured_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "machine": platform.platform(),
            "cores": os.cpu_count(),
            "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
            "load_at_the_end": round(os.getloadavg()[0], 2),
            "versions": {"python": platform.python_version(), "rules": RULES_VERSION, **_versions()},
            "peak_gb": round(_peak_gb(), 2),
            "bytes_on_disk": self.bytes_on_disk,
            "notes": self.notes,
            "stages": [asdict(one) | {"rows_a_second": one.rows_a_second} for one in self.stages.values()],
        }

    def write(self, title: str) -> None:
        """Keep the figures as JSON and as a table for people, and print the table."""
        figures = self.figures()
        path = self.folder / f"{self.part}-{self.accounts}x{self.months}.json"
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
        table = self._table(title, figures)
        path.with_suffix(".md").write_text(table, encoding="utf-8")
        print(f"\n{table}\n{path}")

    def _table(self, title: str, figures: dict[str, object]) -> str:
        machine = f"{figures['cores']} cores, {figures['memory_gb']} GB, load {figures['load_at_the_end']} at the end"
        lines = [
            f"### {self.part}: {title}",
            "",
            f"{self.accounts:,} accounts × {self.months} months; {machine}; peak memory {figures['peak_gb']} GB",
            "",
        ]
        if self.stages:
            lines += ["| stage | s | cpu s | rows | rows/s |", "| --- | --: | --: | --: | --: |"]
        lines += [
            f"| {one.name} | {one.seconds:.2f} | {one.cpu_seconds:.2f} | {f'{one.rows:,}' if one.rows else ''}"
            f" | {f'{one.rows_a_second:,}' if one.rows_a_second else ''} |"
            for one in self.stages.values()
            if one.seconds >= 0.05
        ]
        kept = {**self.notes, **{f"{name}, MB": f"{size / 1e6:,.1f}" for name, size in self.bytes_on_disk.items()}}
        lines += ["", *(f"- {name}: {value}" for name, value in kept.items())]
        return "\n".join(lines) + "\n"


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _peak_gb() -> float:
    """Of this process, or of its largest child."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e6


def _versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in VERSIONS}
