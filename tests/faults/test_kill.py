"""A night can be killed at any moment: the next one ends where an undisturbed one would have ended."""

import os
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from pipelines.simulate import simulate
from tests.snapshots import current_snapshot, differences

KILLED_AFTER = (0.35, 0.55, 0.75, 0.95)
"""Of an undisturbed night: four nights, each killed while it repairs what the one before left."""
COMMAND = [
    sys.executable,
    "-c",
    "from pipelines.warehouse import segments; segments.ONE_FILE_ROWS = 0; from pipelines.cli import main; main()",
    "nightly",
]
"""A night of a base that is too large for one file."""


def start(home: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "ENERGOSBYT_HOME": str(home), "DAGSTER_HOME": str(home / "dagster")}
    return subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(home: Path) -> float:
    started = time.monotonic()
    process = start(home)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()[-3000:]
    return time.monotonic() - started


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    simulate(folder, 60, date(2026, 7, 1), date(2026, 9, 1), 7)
    return folder


@pytest.fixture(scope="module")
def undisturbed(region: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    home = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(region, home / "inbox")
    return home, finish(home)


def test_a_night_killed_at_any_moment_and_again_ends_like_an_undisturbed_one(
    region: Path, undisturbed: tuple[Path, float], tmp_path: Path
) -> None:
    whole, seconds = undisturbed
    shutil.copytree(region, tmp_path / "inbox")
    for share in KILLED_AFTER:
        process = start(tmp_path)
        time.sleep(seconds * share)
        process.kill()
        process.communicate()
    finish(tmp_path)
    assert differences(current_snapshot(whole), current_snapshot(tmp_path)) == {}


def test_a_second_night_over_the_same_files_changes_nothing(
    region: Path, undisturbed: tuple[Path, float], tmp_path: Path
) -> None:
    whole, _ = undisturbed
    shutil.copytree(whole, tmp_path / "home")
    home = tmp_path / "home"
    before = current_snapshot(home)
    shutil.copytree(region, home / "inbox", dirs_exist_ok=True)
    finish(home)
    assert current_snapshot(home) == before
