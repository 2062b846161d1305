"""The night as Dagster runs it: what blocks it, what it leaves behind, when it starts."""

import datetime as dt
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import defs
from pipelines.nightly import NightFailedError, run_night
from pipelines.settings import REFERENCE, Settings
from pipelines.warehouse.checks import load_checks
from pipelines.warehouse.models import load_models


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENERGOSBYT_HOME", str(tmp_path))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    return tmp_path


def test_every_model_is_one_asset_named_after_its_file() -> None:
    keys = {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()}
    assert keys == {model.name.replace(".", "/") for model in load_models()} | {"published/snapshot"}


def test_every_claim_is_an_asset_check_and_money_blocks() -> None:
    graph = defs.resolve_asset_graph()
    assert {key.name for key in graph.asset_check_keys} == {check.name for check in load_checks()}
    assert {check.name for check in load_checks() if not check.is_blocking} == {
        "bank_statements_agree_with_themselves",
        "every_month_of_a_business_is_charged",
        "every_point_has_a_contract",
        "every_registry_is_paid_by_its_transfer",
        "few_readings_are_held",
        "hours_agree_with_the_registers",
        "little_money_waits_in_suspense",
    }


def test_the_night_is_scheduled_by_moscow_time() -> None:
    schedule = defs.resolve_schedule_def("nightly_schedule")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 2 * * *", "Europe/Moscow")


def test_the_sensor_asks_once_for_the_same_files_and_again_for_others(home: Path) -> None:
    sensor = defs.resolve_sensor_def("inbox_sensor")

    def keys() -> list[str | None]:
        data = sensor.evaluate_tick(dg.build_sensor_context())
        return [request.run_key for request in data.run_requests or []]

    assert keys() == []
    file = home / "inbox" / "cabinet" / "a.csv"
    file.parent.mkdir(parents=True)
    file.write_text("x\n", encoding="utf-8")
    first = keys()
    assert first == keys()
    file.write_text("x\ny\n", encoding="utf-8")
    assert keys() != first


def test_a_gap_in_the_tariffs_stops_the_night_before_anything_is_published(
    home: Path, region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = home / "reference"
    shutil.copytree(REFERENCE, reference)
    tariffs = reference / "tariff_rate.csv"
    text = tariffs.read_text(encoding="utf-8")
    tariffs.write_text(
        "\n".join(line for line in text.splitlines() if "2025-07-01,2026-01-01,rural" not in line) + "\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("ENERGOSBYT_REFERENCE", str(reference))
    shutil.copytree(region, home / "inbox")
    with pytest.raises(NightFailedError, match="every_tariff_has_a_source_and_no_gap"):
        run_night(replace(Settings.from_environment(), home=home))
    assert not (home / "published" / "current.json").exists()


def test_a_month_ends_when_the_run_knows_an_instant_past_it(home: Path, region: Path) -> None:
    shutil.copytree(region, home / "inbox")
    run_night(replace(Settings(), home=home), dt.datetime(2026, 6, 2, tzinfo=dt.UTC).isoformat())
    pointer = json.loads((home / "published" / "current.json").read_text(encoding="utf-8"))
    assert pointer["open_period"] == "2026-06-01"


def test_a_warehouse_that_another_process_writes_is_named_in_one_sentence(home: Path) -> None:
    settings = replace(Settings(), home=home)
    settings.warehouse.parent.mkdir(parents=True)
    script = f"import duckdb, sys; c = duckdb.connect({str(settings.warehouse)!r}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(NightFailedError, match="is being written by another process"):
            run_night(settings)
        writer.kill()
