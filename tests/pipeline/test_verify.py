"""What was published follows from the facts, however many nights it took; what does not is found."""

import datetime as dt
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.verify import verify
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run
from tests.snapshots import current_snapshot


@pytest.fixture
def after_nights(tmp_path: Path) -> Settings:
    """Three nights, the last of which corrects a month that is closed."""
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    deliver(settings, "2025-03-01/customers/a.csv", ACCOUNT + "610000000001;2025-01-01;;;Азов;И;ул.;urban;gas;none\n")
    deliver(settings, "2025-03-01/customers/m.csv", METER + "610000000001;7;one_rate;5;1;1;2020-01-01;;;100;;\n")
    deliver(settings, "2025-03-20/cabinet/r.csv", READING + "610000000001;7;all;2025-03-20;2025-03-20 10:00;150\n")
    run(settings, dt.datetime(2025, 4, 11, tzinfo=MOSCOW))
    run(settings, dt.datetime(2025, 6, 2, tzinfo=MOSCOW))
    deliver(settings, "2025-06-20/phone/r.csv", READING + "610000000001;7;all;2025-06-20;2025-06-20 10:00;480\n")
    run(settings, dt.datetime(2025, 7, 2, tzinfo=MOSCOW))
    return settings


def test_three_nights_published_what_one_replay_of_all_facts_derives(after_nights: Settings) -> None:
    compared = verify(current_snapshot(after_nights.home), after_nights)
    assert {one.table: one.differing for one in compared if one.differing} == {}
    assert {one.table for one in compared if one.rows} >= {
        "ledger.charge_line",
        "marts.account_month",
        "metering.reading",
    }


def test_a_region_of_one_night_follows_from_its_facts(night: Settings, tmp_path: Path) -> None:
    compared = verify(current_snapshot(night.home), replace(night, home=tmp_path))
    assert not [one for one in compared if one.differing]


def test_a_kopeck_that_does_not_follow_from_the_facts_ends_in_an_error(
    after_nights: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot = current_snapshot(after_nights.home)
    tampered = tmp_path / "tampered.duckdb"
    shutil.copyfile(snapshot, tampered)
    with duckdb.connect(tampered) as connection:
        connection.execute(
            """
            update marts.account_month set closing_kopecks = closing_kopecks + 1
            where period = (select min(period) from marts.account_month)
            """
        )
    snapshot.chmod(0o644)
    tampered.replace(snapshot)
    monkeypatch.setenv("ENERGOSBYT_HOME", str(after_nights.home))
    monkeypatch.setattr(sys, "argv", ["energosbyt", "verify"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    said = capsys.readouterr()
    assert "marts.account_month" in said.err
    assert "only published" in said.out
