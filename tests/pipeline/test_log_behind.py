"""A run that died between a finished checkpoint and the removal of its log leaves a warehouse that opens."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse


def died(home: Path, checkpoints: int) -> Settings:
    """A warehouse with a row that was committed, checkpointed so many times, and the log of before the checkpoints."""
    settings = replace(Settings(), home=home, memory_limit="1GB")
    log = settings.warehouse.with_name(f"{settings.warehouse.name}.wal")
    with open_warehouse(settings) as connection:
        connection.execute("create table main.witness as select 42 as answer")
        shutil.copyfile(log, home / "log")
        for _ in range(checkpoints):
            connection.execute("checkpoint")
            connection.execute("insert into main.witness values (43)")
    shutil.copyfile(home / "log", log)
    return settings


def test_duckdb_alone_refuses_such_a_warehouse(tmp_path: Path) -> None:
    with pytest.raises(duckdb.IOException, match="File checkpoint iteration: 1, WAL checkpoint iteration: 0"):
        duckdb.connect(died(tmp_path, 0).warehouse)


def test_the_log_of_a_finished_checkpoint_is_set_aside_and_what_was_committed_is_there(tmp_path: Path) -> None:
    settings = died(tmp_path, 0)
    with open_warehouse(settings) as connection:
        assert connection.execute("from main.witness").fetchall() == [(42,)]
    assert [path.name for path in settings.warehouse.parent.glob("*.wal*")] == ["energosbyt.duckdb.wal.behind-0"]


def test_a_log_further_behind_is_not_touched(tmp_path: Path) -> None:
    settings = died(tmp_path, 1)
    with pytest.raises(duckdb.IOException, match="File checkpoint iteration: 2"), open_warehouse(settings):
        pass


def test_commits_kept_beside_a_checkpoint_are_not_passed_over(tmp_path: Path) -> None:
    settings = died(tmp_path, 0)
    settings.warehouse.with_name(f"{settings.warehouse.name}.wal.checkpoint").write_bytes(b"commits")
    with pytest.raises(duckdb.IOException), open_warehouse(settings):
        pass
