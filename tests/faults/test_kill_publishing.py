"""A night killed while it writes its snapshot leaves nothing behind that the next one trips over."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.publish import POINTER, recover
from tests.snapshots import current_snapshot, differences

HALF_WRITTEN = """
import os, sys, duckdb
snapshot = duckdb.connect(sys.argv[1])
snapshot.execute("create view run as from replay.run")
os._exit(9)
"""
"""A process that dies among the views of a snapshot: what it wrote stands in the log beside the file."""


@pytest.fixture
def killed(night: Settings, tmp_path: Path) -> Settings:
    """That night again, dead among the views: the run is recorded, its snapshot half written, the pointer not moved."""
    settings = replace(night, home=tmp_path)
    settings.warehouse.parent.mkdir(parents=True)
    settings.published.mkdir()
    shutil.copyfile(night.warehouse, settings.warehouse)
    half = settings.published / current_snapshot(night.home).with_suffix(".unfinished").name
    shutil.copyfile(night.warehouse, half)
    died = subprocess.run([sys.executable, "-c", HALF_WRITTEN, half], check=False)
    assert died.returncode == 9
    assert half.with_name(f"{half.name}.wal").stat().st_size > 0
    return settings


def test_the_next_run_publishes_what_a_run_killed_among_the_views_recorded(killed: Settings, night: Settings) -> None:
    with open_warehouse(killed) as connection:
        assert recover(connection, killed) is not None
    assert differences(current_snapshot(night.home), current_snapshot(killed.home)) == {}
    assert sorted(path.name for path in killed.published.iterdir()) == [POINTER, current_snapshot(night.home).name]
