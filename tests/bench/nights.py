"""A night, stage by stage, table by table: what the parts that run one share."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import duckdb

from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.warehouse import replay as verb
from pipelines.warehouse.checks import load_checks, run_check
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import EVERY_ACCOUNT, Bucket, Model, materialise
from pipelines.warehouse.publish import next_run_id, publish
from tests.bench.measure import Bench


@contextmanager
def table_by_table(bench: Bench) -> Iterator[None]:
    """Time each table a replay derives, however the replay comes to it."""

    def timed(connection: duckdb.DuckDBPyConnection, model: Model, bucket: Bucket = EVERY_ACCOUNT) -> None:
        with bench.stage(model.name) as measured:
            materialise(connection, model, bucket)
            if model.kind not in {"view", "step"}:
                [(measured.rows,)] = connection.execute(f"select count(*) from {model.name}").fetchall()

    with patch.object(verb, "materialise", timed):
        yield


def run_night(bench: Bench, settings: Settings) -> None:
    """Ingest, replay, check, publish."""
    started_at = dt.datetime.now(dt.UTC)
    with open_warehouse(settings) as connection:
        run_id = next_run_id(connection)
        with bench.stage("ingest") as measured:
            ingest(connection, settings, run_id)
            [(measured.rows,)] = connection.execute(
                "select coalesce(sum(rows_received), 0)::bigint from intake.source_file where run_id = ?", [run_id]
            ).fetchall()
        with bench.stage("everything after ingest"):
            with bench.stage("replay"), table_by_table(bench):
                verb.replay(connection)
            with bench.stage("checks") as measured:
                broken = [
                    check.name
                    for check in load_checks()
                    if check.is_blocking and run_check(connection, check).offenders
                ]
                measured.rows = len(load_checks())
            assert not broken, broken
            with bench.stage("publish"):
                publish(connection, settings, started_at)
    bench.weigh("warehouse", settings.warehouse)
    bench.weigh("newest snapshot", bench.snapshot(settings))
