"""The store reads what the pointer names, never blocks a writer and never mixes two snapshots."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.store import Snapshot, SnapshotError, ask, current
from tests.dashboard.snapshot import move_pointer, write_snapshot


def test_no_pointer_means_nothing_was_published(tmp_path: Path) -> None:
    assert current(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"snapshot": "a"}', '{"snapshot": 1, "run_id": "x"}'])
def test_a_damaged_pointer_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "current.json").write_text(text)
    with pytest.raises(SnapshotError, match=r"current\.json"):
        current(tmp_path)


def test_a_pointer_to_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    path = write_snapshot(tmp_path, accounts=1)
    path.unlink()
    with pytest.raises(SnapshotError, match=r"snapshot-000214\.duckdb is gone"):
        current(path.parent)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = write_snapshot(tmp_path, accounts=1)
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(SnapshotError, match="snapshot-000214"):
        ask(shown(path), "periods")


def shown(path: Path) -> Snapshot:
    snapshot = current(path.parent)
    assert snapshot is not None
    return snapshot


def test_the_pointer_is_read_as_the_pipeline_writes_it(small: Snapshot) -> None:
    pointer = json.loads((small.path.parent / "current.json").read_text(encoding="utf-8"))
    assert set(pointer) == {"snapshot", "run_id", "as_of", "open_period", "published_at", "sha256"}
    assert (small.run_id, small.open_period, small.as_of.utcoffset() is not None) == (214, date(2026, 11, 1), True)


def test_the_same_question_is_answered_from_memory(small: Snapshot) -> None:
    assert ask(small, "periods") is ask(small, "periods")


def test_a_new_snapshot_is_answered_anew_while_the_old_one_stays_open(tmp_path: Path) -> None:
    old = shown(write_snapshot(tmp_path, name="one", accounts=3))
    accounts = {"period": old.open_period, "branch": None, "site": None, "district": None, "category": None}
    assert ask(old, "month_totals", **accounts)["accounts"].item(-1) == 3
    new = shown(write_snapshot(tmp_path, name="two", accounts=5))
    assert ask(new, "month_totals", **accounts)["accounts"].item(-1) == 5
    assert ask(old, "month_totals", **accounts)["accounts"].item(-1) == 3


def test_an_open_snapshot_can_be_dropped_and_the_next_one_written(tmp_path: Path) -> None:
    old = shown(write_snapshot(tmp_path, name="one", accounts=3))
    ask(old, "periods")
    next_one = write_snapshot(tmp_path, name="two", accounts=4)
    old.path.unlink()
    with duckdb.connect(str(next_one)) as writer:
        writer.execute("create table more (a integer)")
    move_pointer(tmp_path, next_one, run_id=215)
    assert ask(old, "run_shown", run_id=214).height == 1
    assert shown(next_one).run_id == 215


def test_what_is_typed_is_bound_and_never_run(small: Snapshot) -> None:
    assert ask(small, "accounts_by_meter", serial="' or true --").height == 0
    assert ask(small, "accounts_by_meter", serial="0").height > 0


def test_a_reader_can_write_nothing(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard import store

    monkeypatch.setattr(store, "_sql", lambda question: question)
    with pytest.raises(SnapshotError, match="read-only"):
        ask(small, "delete from account")
    with pytest.raises(SnapshotError, match=r"disabled|Permission"):
        ask(small, "select * from read_text('/etc/hostname')")
