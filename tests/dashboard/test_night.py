"""The page about the night: runs, stages, checks and channels as the snapshot has them; the night itself keeps them."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard import night_queries
from dashboard.store import Snapshot
from pipelines.nightly import run_night
from pipelines.settings import Settings
from pipelines.warehouse.checks import load_checks
from tests.dashboard.conftest import Facts, Open, said
from tests.snapshots import current_snapshot


def test_a_run_stands_with_its_seconds_and_rows(small: Snapshot, facts: Facts) -> None:
    expected = {
        run_id: (int((finished - started).total_seconds()), received)
        for run_id, started, finished, received in facts(
            "select run_id, started_at, finished_at, rows_received from run"
        )
    }
    runs = night_queries.runs(small)
    assert {row["run_id"]: (row["seconds"], row["rows_received"]) for row in runs.iter_rows(named=True)} == expected


def test_a_channel_is_as_old_as_its_last_accepted_file(small: Snapshot, facts: Facts) -> None:
    for run_id in (214, 210):
        [(as_of,)] = facts(f"select as_of::date from run where run_id = {run_id}")
        last: dict[str, dt.date] = dict(
            facts(
                "select channel::varchar, max(known_at)::date from source_file "
                f"where status = 'accepted' and run_id <= {run_id} group by all"
            )
        )
        channels = night_queries.channel_freshness(small, run_id)
        ages = dict(channels.select("channel", "age_days").iter_rows())
        assert ages == {channel: (as_of - day).days for channel, day in last.items()}


def test_another_run_shows_its_own_files_and_checks(small_home: Path, open_page: Open) -> None:
    now, before = open_page(small_home, "night"), open_page(small_home, "night", run="213")
    assert "Все файлы этого расчёта приняты целиком." in said(before)
    assert "Все файлы этого расчёта приняты целиком." not in said(now)
    shown = [next(card.value for card in app.metric if card.label == "Проверки") for app in (now, before)]
    assert shown == ["1 из 2", "2 из 2"]


def test_the_lineage_is_linked_only_where_its_address_is_set(
    small_home: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not open_page(small_home, "night").get("link_button")
    monkeypatch.setenv("ENERGOSBYT_DAGSTER_URL", "http://dagster.example:3000/")
    [link] = open_page(small_home, "night").get("link_button")
    assert link.proto.url == "http://dagster.example:3000/asset-groups"


def test_the_night_keeps_its_stages_and_every_check_it_published_with(
    region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENERGOSBYT_HOME", str(tmp_path))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    settings = Settings.from_environment()
    shutil.copytree(region, settings.inbox)
    run_night(settings)
    with duckdb.connect(str(current_snapshot(tmp_path)), read_only=True) as snapshot:
        checks = snapshot.execute(
            "select check_name, offenders, is_blocking from run_check where run_id = 1"
        ).fetchall()
        stages = {stage for (stage,) in snapshot.execute("select stage from run_stage where run_id = 1").fetchall()}
    assert sorted(name for name, _, _ in checks) == [check.name for check in load_checks()]
    assert not any(offenders for _, offenders, is_blocking in checks if is_blocking)
    assert {"intake", "accounts", "marts.district_month"} <= stages
