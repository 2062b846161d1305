"""Who has taken what of the work list: notes that several people write, of which the last counts."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.work_desk import FILE, Taken, WorkError, keep, steps
from tests.dashboard.conftest import Open

AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
TAKEN = Taken("task_files", "2026-11-22/bank/bank.csv", "take", "Петрова А. С.", "", AT)


def test_the_last_step_of_an_item_holds_and_a_line_cut_short_is_left_out(tmp_path: Path) -> None:
    assert steps(tmp_path, "task_files") == {}
    keep(tmp_path, TAKEN)
    keep(tmp_path, replace(TAKEN, task="task_bills"))
    settled = replace(TAKEN, step="settle", comment="прислали заново", at=AT + dt.timedelta(hours=1))
    keep(tmp_path, settled)
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"task": "task_files", "it')
    assert steps(tmp_path, "task_files") == {TAKEN.item: settled}
    assert steps(tmp_path, "task_bills") == {TAKEN.item: replace(TAKEN, task="task_bills")}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(TAKEN, by=""), "decide_no_author"),
        (replace(TAKEN, step="settle"), "decide_no_comment"),
        (replace(TAKEN, step="give_back"), "decide_no_comment"),
    ],
)
def test_a_step_without_its_author_or_its_reason_is_not_kept(wrong: Taken, said: str, tmp_path: Path) -> None:
    with pytest.raises(WorkError, match=said):
        keep(tmp_path, wrong)
    assert steps(tmp_path, wrong.task) == {}


def test_work_belongs_to_its_unit_until_somebody_takes_it_and_leaves_the_list_when_settled(
    small_home: Path, open_page: Open
) -> None:
    def owners() -> list[str]:
        tables = [table.value for table in open_page(small_home, "work_list", task="task_payments").dataframe]
        return [owner for table in tables if "owner" in table for owner in table["owner"]]

    desk = small_home / "desk"
    assert set(owners()) == {"сбор и долги"}
    before = len(owners())
    app = open_page(small_home, "work_list", task="task_payments")
    shown = next(table.value for table in app.dataframe if "owner" in table.value)
    item = f"{shown['agent'].iloc[0]} {shown['operation_id'].iloc[0]}"
    try:
        keep(desk, Taken("task_payments", item, "take", "Петрова А. С.", "", AT))
        assert sorted(set(owners())) == ["Петрова А. С.", "сбор и долги"]
        keep(desk, Taken("task_payments", item, "settle", "Петрова А. С.", "возвращён банком", AT))
        assert len(owners()) == before - 1
    finally:
        (desk / FILE).unlink()
