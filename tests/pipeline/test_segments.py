"""Closed months of a large base lie in segments that snapshots share: same rows, written once, gone when unused."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dashboard.store import ask, current
from pipelines.ask import answer_as_csv
from pipelines.explain import explain
from pipelines.settings import MOSCOW, Settings
from pipelines.statements.month import open_snapshot, read_statements
from pipelines.warehouse import publish, segments
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import load_models
from pipelines.warehouse.segments import CUT_BY, Segment, wanted_segments
from pipelines.warehouse.snapshot import connect_snapshot, segments_of
from pipelines.warehouse.verify import verify
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run
from tests.snapshots import current_snapshot, differences

READ_THROUGH_MARCH = "610000000001;7;all;2025-03-20;2025-03-20 10:00;150\n"


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every base is too large for one file."""
    monkeypatch.setattr(segments, "ONE_FILE_ROWS", 0)


@pytest.fixture
def cut(night: Settings, tmp_path: Path) -> Settings:
    """The night of 80 accounts, published in segments."""
    settings = replace(night, home=tmp_path / "cut")
    settings.warehouse.parent.mkdir(parents=True)
    shutil.copyfile(night.warehouse, settings.warehouse)
    publish_again(settings)
    return settings


def publish_again(settings: Settings) -> None:
    with open_warehouse(settings) as connection:
        assert publish.recover(connection, settings) is not None


@pytest.fixture
def household(tmp_path: Path) -> Settings:
    """One account with a reading, delivered and not yet taken in."""
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    deliver(settings, "2025-03-01/customers/a.csv", ACCOUNT + "610000000001;2025-01-01;;;Азов;И;ул.;urban;gas;none\n")
    deliver(settings, "2025-03-01/customers/m.csv", METER + "610000000001;7;one_rate;5;1;1;2020-01-01;;;100;;\n")
    deliver(settings, "2025-03-20/cabinet/r.csv", READING + READ_THROUGH_MARCH)
    return settings


def night_of(settings: Settings, year: int, month: int) -> list[str]:
    """A night on the 2nd of a month; the segments it published."""
    run(settings, dt.datetime(year, month, 2, tzinfo=MOSCOW))
    return [path.stem.removeprefix("closed-") for path in segments_of(current_snapshot(settings.home))]


def test_a_base_in_segments_holds_what_one_file_held(night: Settings, cut: Settings) -> None:
    snapshot = current_snapshot(cut.home)
    assert len(segments_of(snapshot)) == 1
    assert differences(current_snapshot(night.home), snapshot) == {}
    with duckdb.connect(snapshot, read_only=True) as alone:
        in_file = alone.execute("select min(period) from open.account_month").fetchall()
    assert in_file == [(dt.date(2026, 4, 1),)]


def test_readers_of_a_base_in_segments_get_the_answers_of_one_file(night: Settings, cut: Settings) -> None:
    whole, parts = current_snapshot(night.home), current_snapshot(cut.home)
    with connect_snapshot(parts) as connection:
        [(account,)] = connection.execute("select min(account_number) from charge_line").fetchall()
    period = dt.date(2026, 2, 1)
    assert explain(parts, cut, account, period) == explain(whole, night, account, period)
    told = []
    for snapshot in (whole, parts):
        with open_snapshot(snapshot) as connection:
            told.append(read_statements(connection, period, [account]))
    assert told[0] == told[1]
    assert told[0]
    shown = current(cut.published)
    assert shown is not None
    answer = ask(shown, "account_months", account_number=account, since=None)
    lines = answer_as_csv(whole, "account_months", {"account_number": str(account)}).splitlines()
    assert [str(period) for period in answer["period"]] == [line.partition(",")[0] for line in lines[1:]]
    assert not [one for one in verify(parts, cut) if one.differing]


def test_a_night_writes_the_months_closed_since_and_a_year_leaves_one_file(household: Settings) -> None:
    assert night_of(household, 2025, 4) == ["202503-202503"]
    [first] = segments_of(current_snapshot(household.home))
    written = first.stat()
    assert night_of(household, 2025, 6) == ["202503-202503", "202504-202505"]
    assert night_of(household, 2025, 12) == ["202503-202503", "202504-202505", "202506-202511"]
    assert (first.stat().st_ino, first.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert night_of(household, 2026, 2) == ["202503-202601"]
    # Readers may still hold the snapshots of June and December.
    assert {path.name for path in household.published.glob("closed-*")} == {
        "closed-202503-202503.duckdb",
        "closed-202504-202505.duckdb",
        "closed-202506-202511.duckdb",
        "closed-202503-202601.duckdb",
    }
    night_of(household, 2026, 3)
    assert night_of(household, 2026, 4) == ["202503-202601", "202602-202602", "202603-202603"]
    assert sorted(path.name for path in household.published.iterdir()) == [
        "closed-202503-202601.duckdb",
        "closed-202602-202602.duckdb",
        "closed-202603-202603.duckdb",
        "current.json",
        *(f"energosbyt-00000{run_id}.{kind}" for run_id in (4, 5, 6) for kind in ("duckdb", "segments")),
    ]
    assert not [one for one in verify(current_snapshot(household.home), household) if one.differing]


def test_a_long_segment_is_never_written_again(household: Settings) -> None:
    with open_warehouse(household) as connection:
        published = [Path("closed-201401-202611.duckdb"), Path("closed-202612-202612.duckdb")]
        connection.execute(
            """
            insert into intake.source_file by name select 1 as source_file_id, 'a' as name, '' as sha256, 0 as size_bytes,
                now() as known_at, date '2014-01-01' as known_period, 1 as run_id, 'accepted' as status, 0 as rows_received,
                0 as rows_accepted, 0 as rows_rejected, 0 as rows_duplicate
            """
        )
        connection.execute(
            "insert into marts.account_month select 1, '2014-01-01', 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', '', 'urban'"
        )
        assert wanted_segments(connection, published, dt.date(2027, 2, 1)) == [
            Segment(dt.date(2014, 1, 1), dt.date(2026, 12, 1)),
            Segment(dt.date(2026, 12, 1), dt.date(2027, 2, 1)),
        ]


def test_a_night_killed_among_its_segments_is_published_by_the_next(night: Settings, cut: Settings) -> None:
    [segment] = segments_of(current_snapshot(cut.home))
    for path in (*cut.published.glob("energosbyt-*"), cut.published / publish.POINTER):
        path.unlink()
    # Killed among the rows of a segment: half of a file, and the log beside it.
    half = segment.replace(segment.with_suffix(".unfinished"))
    half.with_name(f"{half.name}.wal").write_bytes(b"half")
    publish_again(cut)
    assert differences(current_snapshot(night.home), current_snapshot(cut.home)) == {}
    # Killed after it: the finished segment is taken as it is.
    written = segment.stat()
    for path in (*cut.published.glob("energosbyt-*"), cut.published / publish.POINTER):
        path.unlink()
    publish_again(cut)
    assert segment.stat().st_ino == written.st_ino
    assert not [path for path in cut.published.iterdir() if "unfinished" in path.name]


def test_rows_that_no_segment_holds_keep_a_night_from_publishing(cut: Settings) -> None:
    [segment] = segments_of(current_snapshot(cut.home))
    with duckdb.connect(segment) as connection:
        connection.execute("delete from ledger.charge_line where rowid = 0")
    (cut.published / publish.POINTER).unlink()
    with open_warehouse(cut) as connection, pytest.raises(RuntimeError, match=r"ledger.charge_line: .* are kept"):
        publish.recover(connection, cut)
    assert not (cut.published / publish.POINTER).exists()


def test_segments_are_cut_by_a_month_of_facts_and_journals() -> None:
    models = {model.name: model for model in load_models()}
    for table, (month, order) in CUT_BY.items():
        model = models[table]
        assert model.kind in {"fact", "journal"}
        assert {month, *order.split(", ")} <= set((model.table_statement or "").replace("\n", " ").split())
        assert model.rewrites in {None, f"{month} > (select sealed_period from replay.bounds)"}
