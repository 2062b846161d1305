"""Dagster's record of a night, kept over open connections, is the one Dagster keeps itself."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.settings import ROOT


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """The instance of an installation."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    shutil.copyfile(ROOT / "dagster.yaml", tmp_path / "dagster.yaml")
    with dg.DagsterInstance.get() as made:
        yield made


def run(instance: dg.DagsterInstance, assets: int = 1) -> str:
    """Materialise so many assets; the run's id."""

    @dg.multi_asset(specs=[dg.AssetSpec(f"a{number}") for number in range(assets)])
    def made() -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        for number in range(assets):
            yield dg.MaterializeResult(asset_key=f"a{number}", metadata={"rows": number})

    return dg.materialize([made], instance=instance).run_id


def test_dagsters_own_class_reads_what_was_written(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    run_ids = [run(instance), run(instance, 3)]
    own = SqliteEventLogStorage(str(tmp_path / "history" / "runs"))
    assert set(own.get_all_run_ids()) == set(run_ids)
    for run_id in run_ids:
        written = [entry.message for entry in own.get_logs_for_run(run_id)]
        assert written == [entry.message for entry in instance.all_logs(run_id)]
        assert len(written) > 5
    [record] = own.get_asset_records([dg.AssetKey("a0")])
    assert record.asset_entry.last_run_id == run_ids[1]


def test_more_events_open_no_more_connections(instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    connect = sqlite3.dbapi2.connect

    def counted(database: str, *args: object, **options: object) -> object:
        opened.append(database)
        return connect(database, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(sqlite3.dbapi2, "connect", counted)
    counts = []
    for assets in (1, 1, 30):
        opened.clear()
        run(instance, assets)
        counts.append(sum("history" in database and "runs/" in database for database in opened))
    assert counts[1] == counts[2] > 0


def test_a_record_that_was_wiped_is_begun_anew(instance: dg.DagsterInstance) -> None:
    run(instance)
    instance.event_log_storage.wipe()
    run_id = run(instance)
    assert instance.event_log_storage.get_logs_for_run(run_id)
    assert [record.asset_entry.last_run_id for record in instance.get_asset_records()] == [run_id]
