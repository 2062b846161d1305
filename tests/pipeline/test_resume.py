"""A replay killed between its buckets takes up those that were done, and ends in the tables of an undisturbed one."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.warehouse import replay as verb
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import EVERY_ACCOUNT, Bucket, Model, materialise
from pipelines.warehouse.publish import publish
from tests.snapshots import current_snapshot, differences


def test_a_replay_killed_in_its_third_bucket_takes_up_two(
    night: Settings, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(night, home=tmp_path)
    shutil.copytree(region, settings.inbox)
    monkeypatch.setattr(verb, "READINGS_A_BUCKET", 150)
    seen: list[Bucket] = []
    dying = True

    def watched(connection: duckdb.DuckDBPyConnection, model: Model, bucket: Bucket = EVERY_ACCOUNT) -> None:
        if bucket != EVERY_ACCOUNT and bucket not in seen:
            seen.append(bucket)
        if dying and len(seen) == 3 and model.name == "ledger.penalty_line":
            raise InterruptedError
        materialise(connection, model, bucket)

    monkeypatch.setattr(verb, "materialise", watched)
    with open_warehouse(settings) as connection:
        ingest(connection, settings, 1)
        with pytest.raises(InterruptedError):
            verb.replay(connection)
    finished, seen[:], dying = seen[:2], [], False
    told: list[tuple[int, int]] = []
    with open_warehouse(settings) as connection:
        verb.replay(connection, by_account=lambda one: verb.replay_accounts(one, lambda *done: told.append(done)))
        publish(connection, settings, dt.datetime.now(dt.UTC))
    assert not set(finished) & set(seen)
    assert told == [(place, len(told)) for place in range(1, len(told) + 1)]
    assert len(told) > 3
    assert differences(current_snapshot(night.home), current_snapshot(settings.home)) == {}


def test_of_other_facts_nothing_is_taken_up(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("insert into replay.bucket values ('of yesterday', 0, 700000000000)")
    before = warehouse.execute("select count(*) from marts.account").fetchall()
    warehouse.execute("insert into marts.account select * from marts.account limit 1")
    verb.replay_accounts(warehouse)
    assert warehouse.execute("select count(*) from marts.account").fetchall() == before
    assert warehouse.execute("from replay.bucket").fetchall() == []
