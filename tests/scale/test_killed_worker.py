"""Two other processes replay the accounts, one of them is killed at work: the tables are those of a replay in one process."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

from pipelines.assets.models import model_assets
from pipelines.assets.warehouse import Warehouse
from pipelines.scale import apart
from pipelines.scale.task import Done, Task
from pipelines.settings import Settings
from tests.scale.test_same_kopecks import one_by_one
from tests.snapshots import differences

COMMAND = [sys.executable, "-c", "from pipelines.cli import main; main()", "scale-out"]
OPTIONS = ["--cluster", "local:2", "--buckets", "4"]


def at_work(store: Path) -> int | None:
    """The process of a task that is not done, once another one is."""
    if not list(store.glob("job-*/results/*/done.json")):
        return None
    for folder in store.glob("job-*/results/*"):
        attempts = [path for path in folder.glob("*.json") if path.name != "done.json"]
        if attempts and not (folder / "done.json").exists():
            return int(json.loads(attempts[0].read_text(encoding="utf-8"))["pid"])
    return None


def test_a_worker_killed_half_way_changes_no_table(night: Settings, tmp_path: Path) -> None:
    shutil.copytree(night.published, tmp_path / "published")
    store = tmp_path / "cluster"
    environment = {**os.environ, "ENERGOSBYT_HOME": str(tmp_path)}
    with subprocess.Popen(
        [*COMMAND, *OPTIONS], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        victim = None
        while victim is None and process.poll() is None:
            time.sleep(0.02)
            victim = at_work(store)
        if victim is not None:
            os.kill(victim, signal.SIGKILL)
        said, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors[-3000:]
    assert victim is not None, "all tasks were done before one could be killed"
    assert victim != process.pid
    # One was killed; on a busy machine another may be thought dead and be done twice.
    assert re.search(r"\b[1-9]\d* lost with their worker and done again", said), said
    compared = [line for line in said.splitlines() if line.endswith(("equal", "differ"))]
    assert {line.split()[0] for line in compared} >= {
        "ledger.charge_line",
        "ledger.penalty_line",
        "marts.account_month",
    }
    assert all(line.endswith("equal") for line in compared)
    assert not list(store.iterdir()), "the store keeps what was collected"


def test_the_step_of_a_night_replays_the_accounts_where_the_settings_say(
    night: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(night, home=tmp_path)
    settings.warehouse.parent.mkdir(parents=True)
    shutil.copyfile(night.warehouse, settings.warehouse)
    sent: list[int] = []

    def engine(cluster: str) -> apart.Engine:
        assert cluster == "tcp://10.0.0.5:8786"

        def run(tasks: Sequence[Task]) -> list[Done]:
            sent.extend(task.number for task in tasks)
            return one_by_one(tasks)

        return run

    monkeypatch.setattr(apart, "_dask", engine)
    monkeypatch.setenv("ENERGOSBYT_HOME", str(tmp_path))
    monkeypatch.setenv("ENERGOSBYT_CLUSTER", "tcp://10.0.0.5:8786")
    monkeypatch.setenv("ENERGOSBYT_CLUSTER_BUCKETS", "2")
    assert dg.materialize(model_assets(), resources={"warehouse": Warehouse()}).success
    assert sent == [0, 1]
    found = differences(night.warehouse, settings.warehouse)
    assert not [table for table in found if table != "replay.stage" and not table.endswith(".bounds")], found
