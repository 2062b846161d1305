"""A specialist's decision about a held reading, taken on the page, is charged by the coming night, once."""

import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard import work_queries
from dashboard.decisions import DecisionError
from dashboard.reading_decisions import ReadingDecision, register, submit, waiting
from dashboard.store import current
from pipelines.settings import MOSCOW, Settings
from tests.dashboard.test_work_list import published
from tests.intake.deliveries import READINGS
from tests.nights import run_night

AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
RECEIVED = dt.datetime(2026, 10, 20, 14, 5, 9, tzinfo=MOSCOW)
CORRECT = ReadingDecision(
    610_000_000_001, '00"7;', "day", dt.date(2026, 10, 20), RECEIVED, Decimal("400.000"), "correct", Decimal("560.5"),
    "Решающая Р. Р.", "звонок; «560,5»",
)  # fmt: skip


def test_a_decision_lies_whole_in_the_specialists_channel_and_reads_back(tmp_path: Path) -> None:
    path = submit(tmp_path, CORRECT, AT)
    assert path.parent == tmp_path / "specialist"
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert waiting(tmp_path) == [replace(CORRECT, comment="звонок; «560,5» (24.11.2026 12:00:00)")]


def test_a_reading_is_decided_about_once_a_night(tmp_path: Path) -> None:
    submit(tmp_path, CORRECT, AT)
    with pytest.raises(DecisionError, match="decide_reading_waits"):
        submit(tmp_path, replace(CORRECT, decision="reject", decided_value=None), AT)
    submit(tmp_path, replace(CORRECT, zone="night"), AT)
    assert [(one.zone, one.decision) for one in waiting(tmp_path)].count(("day", "correct")) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"decided_value": None}, "decide_no_value"),
        ({"decision": "accept"}, "decide_no_value"),
        ({"decided_by": ""}, "decide_no_author"),
        ({"comment": ""}, "decide_no_comment"),
    ],
)
def test_what_the_night_would_refuse_is_not_written(wrong: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=said):
        submit(tmp_path, replace(CORRECT, **wrong), AT)
    assert not list(tmp_path.rglob("*.csv"))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("560", Decimal(560)),
        ("560,125", Decimal("560.125")),
        ("1.5", Decimal("1.5")),
        ("-1", None),
        ("1e5", None),
        ("1,2345", None),
    ],
)
def test_a_value_is_read_as_a_person_types_it(typed: str, value: Decimal | None) -> None:
    assert register(typed) == value


@pytest.fixture
def own(night: Settings, tmp_path: Path) -> Settings:
    """An installation of its own, after a night that held a reading of two accounts each for being below the previous."""
    shutil.copytree(night.home, tmp_path / "home")
    settings = replace(night, home=tmp_path / "home")
    last = published(
        settings,
        "select account_number, meter_serial, floor(max(value))::bigint from reading where verdict = 'accepted' and zone = 'all'"
        " group by all having max(period) = '2026-03-01' order by 1 limit 2",
    )
    lines = [f"{number};{serial};all;2026-04-10;2026-04-10 10:00:00;{value - 5}" for number, serial, value in last]
    (settings.inbox / "phone").mkdir(parents=True, exist_ok=True)
    (settings.inbox / "phone" / "r.csv").write_text("\n".join([READINGS, *lines, ""]), encoding="utf-8")
    run_night(settings)
    return settings


def held(settings: Settings) -> list[dict[str, Any]]:
    """The readings that wait, asked as the page asks; of a copy, for the night opens its own otherwise."""
    copy = settings.home / "looked-at"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(settings.published, copy)
    snapshot = current(copy)
    assert snapshot is not None
    return list(work_queries.held_readings(snapshot).iter_rows(named=True))


def decision(row: dict[str, Any], what: str, value: Decimal | None = None) -> ReadingDecision:
    reading = {
        name: row[name] for name in ("account_number", "meter_serial", "zone", "read_on", "received_at", "value")
    }
    return ReadingDecision(
        **reading, decision=what, decided_value=value, decided_by="Решающая Р. Р.", comment="проверено по фотографии"
    )


def test_the_night_charges_what_was_corrected_and_leaves_out_what_was_rejected(own: Settings) -> None:
    corrected, rejected = [row for row in held(own) if row["file_name"] == "phone/r.csv"]
    right = Decimal(int(corrected["previous_value"]) + 77)
    submit(own.inbox, decision(corrected, "correct", right), dt.datetime.now(dt.UTC))
    submit(own.inbox, decision(rejected, "reject"), dt.datetime.now(dt.UTC))
    run_night(own)
    assert not waiting(own.inbox)
    assert published(
        own,
        "select account_number, verdict::varchar, consumption_kwh, value from reading where channel = 'specialist' order by 1",
    ) == [(corrected["account_number"], "accepted", 77, right)]
    assert (
        published(own, "select decided_by, reading_id is not null from reading_decision")
        == [("Решающая Р. Р.", True)] * 2
    )
    assert not [row for row in held(own) if row["file_name"] == "phone/r.csv"]
    again = published(own, "select sum(amount_kopecks)::bigint from charge_line")
    submit(own.inbox, decision(corrected, "correct", right), dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1))
    run_night(own)
    assert published(own, "select sum(amount_kopecks)::bigint from charge_line") == again
