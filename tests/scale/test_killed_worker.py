"""A night whose accounts two other processes replay, one of them killed at work, publishes what an undisturbed night publishes."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from pipelines.settings import Settings
from tests.faults.test_kill import COMMAND
from tests.snapshots import current_snapshot, differences

OF_DAGSTER = {"replay.stage", "replay.check_result"}
"""What the session's night, made without Dagster, does not write."""


def at_work(store: Path) -> int | None:
    """The process of a task that is not done, once another one is."""
    if not list(store.glob("job-*/results/*/done.json")):
        return None
    for folder in store.glob("job-*/results/*"):
        attempts = [path for path in folder.glob("*.json") if path.name != "done.json"]
        if attempts and not (folder / "done.json").exists():
            return int(json.loads(attempts[0].read_text(encoding="utf-8"))["pid"])
    return None


def test_a_night_with_a_worker_killed_half_way_ends_like_one_in_one_process(
    night: Settings, region: Path, tmp_path: Path
) -> None:
    shutil.copytree(region, tmp_path / "inbox")
    store = tmp_path / "store"
    environment = {
        **os.environ,
        "ENERGOSBYT_HOME": str(tmp_path),
        "DAGSTER_HOME": str(tmp_path / "dagster"),
        "ENERGOSBYT_CLUSTER": "local:2",
        "ENERGOSBYT_CLUSTER_STORE": store.as_uri(),
        "ENERGOSBYT_CLUSTER_BUCKETS": "4",
    }
    with subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        victim = None
        while victim is None and process.poll() is None:
            time.sleep(0.02)
            victim = at_work(store)
        if victim is not None:
            os.kill(victim, signal.SIGKILL)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()[-3000:]
    assert victim is not None, "all tasks were done before one could be killed"
    assert victim != process.pid
    found = differences(current_snapshot(night.home), current_snapshot(tmp_path))
    assert {table: rows for table, rows in found.items() if table not in OF_DAGSTER} == {}
    assert not list(store.iterdir()), "the store keeps what was collected"
