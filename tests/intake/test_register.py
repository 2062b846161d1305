"""When a file counts as known, in which order files are numbered, where they go."""

import errno
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.intake.deliveries import DAY, READINGS, Deliveries, reading


def text(value: int) -> str:
    return f"{READINGS}\n{reading(str(value))}\n"


def test_a_day_folder_is_known_at_the_end_of_its_day_and_a_file_without_one_at_its_last_change(
    inbox: Deliveries,
) -> None:
    inbox.put("2026-10-31/cabinet/a.csv", text(1))
    late = inbox.put("cabinet/a.csv", text(2))
    os.utime(late, ns=(0, int(datetime(2026, 10, 31, 21, 30, 0, 123456, tzinfo=UTC).timestamp()) * 10**9 + 123456789))
    inbox.ingest()
    assert inbox.query("select name, known_at, known_period from intake.source_file order by source_file_id") == [
        ("2026-10-31/cabinet/a.csv", datetime(2026, 10, 31, 20, 59, 59, tzinfo=UTC), date(2026, 10, 1)),
        ("cabinet/a.csv", datetime(2026, 10, 31, 21, 30, 0, 123456, tzinfo=UTC), date(2026, 11, 1)),
    ]
    assert inbox.query("select distinct known_period, source_file_id from intake.reading_fact order by 2") == [
        (date(2026, 10, 1), 1),
        (date(2026, 11, 1), 2),
    ]


def test_files_are_numbered_by_moment_channel_and_name(inbox: Deliveries) -> None:
    names = [
        "2026-10-30/site/z.csv",
        "2026-10-31/cabinet/a.csv",
        "2026-10-31/cabinet/b.csv",
        "2026-10-31/mobile/a.csv",
        "2026-11-01/cabinet/a.csv",
    ]
    for place, name in enumerate(reversed(names)):
        inbox.put(name, text(place))
    report = inbox.ingest()
    assert [(file.source_file_id, file.name) for file in report.files] == list(enumerate(names, 1))


def test_what_comes_late_is_known_no_earlier_than_what_earlier_runs_knew(inbox: Deliveries) -> None:
    inbox.put("2026-10-31/cabinet/a.csv", text(1))
    inbox.ingest(1)
    inbox.put("2026-09-30/cabinet/a.csv", text(2))
    inbox.ingest(1)
    inbox.put("2026-08-31/cabinet/a.csv", text(3))
    inbox.ingest(2)
    assert inbox.query("select known_at from intake.source_file order by source_file_id") == [
        (datetime(2026, 10, 31, 20, 59, 59, tzinfo=UTC),),
        (datetime(2026, 9, 30, 20, 59, 59, tzinfo=UTC),),
        (datetime(2026, 10, 31, 20, 59, 59, tzinfo=UTC),),
    ]


def test_a_taken_file_moves_unchanged_to_the_folder_of_its_day(inbox: Deliveries) -> None:
    inbox.put("2026-10-31/cabinet/файл с пробелами.csv", text(1))
    moved = inbox.put("office/a.csv", text(2))
    os.utime(moved, (0, datetime(2026, 10, 30, 22, tzinfo=UTC).timestamp()))
    inbox.ingest()
    archive = inbox.settings.archive
    assert (archive / "2026-10-31/cabinet/файл с пробелами.csv").read_text(encoding="utf-8") == text(1)
    assert (archive / "2026-10-31/office/a.csv").read_text(encoding="utf-8") == text(2)
    left = {path.relative_to(inbox.settings.inbox).as_posix() for path in inbox.settings.inbox.rglob("*")}
    assert left == {"office"}, "channel folders stay, folders of days go"


def test_another_file_of_the_same_name_and_day_keeps_both(inbox: Deliveries) -> None:
    for value in (1, 2):
        inbox.put("2026-10-31/cabinet/a.csv", text(value))
        inbox.ingest(value)
    archive = inbox.settings.archive / "2026-10-31/cabinet"
    assert (archive / "a.csv").read_text(encoding="utf-8") == text(1)
    assert (archive / "a.2.csv").read_text(encoding="utf-8") == text(2)
    inbox.put("2026-10-31/cabinet/a.csv", text(2))
    assert inbox.ingest(3).repeated == ("2026-10-31/cabinet/a.csv",)
    assert sorted(path.name for path in archive.iterdir()) == ["a.2.csv", "a.csv"]


def test_an_archive_on_another_disk_gets_a_copy(inbox: Deliveries, monkeypatch: pytest.MonkeyPatch) -> None:
    path = inbox.put("2026-10-31/cabinet/a.csv", text(1))

    def rename(self: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link", str(self), None, str(target))

    monkeypatch.setattr(Path, "rename", rename)
    inbox.ingest()
    folder = inbox.settings.archive / "2026-10-31/cabinet"
    assert {found.name: found.read_text(encoding="utf-8") for found in folder.iterdir()} == {"a.csv": text(1)}
    assert not path.exists()


def test_files_still_being_copied_are_left_and_not_recorded(inbox: Deliveries) -> None:
    names = ["a.csv.part", "a.TMP", "a.filepart", "a.crdownload", ".a.csv"]
    for name in names:
        inbox.put(f"{DAY}/cabinet/{name}", text(1))
    report = inbox.ingest()
    assert set(report.left) == {f"{DAY}/cabinet/{name}" for name in names}
    assert report.files == ()
    assert inbox.query("from intake.source_file") == []
    assert all((inbox.settings.inbox / DAY / "cabinet" / name).exists() for name in names)


def test_links_are_not_followed(inbox: Deliveries) -> None:
    outside = inbox.settings.home / "outside.csv"
    outside.write_text(text(1), encoding="utf-8")
    folder = inbox.settings.inbox / DAY / "cabinet"
    folder.mkdir(parents=True)
    (folder / "a.csv").symlink_to(outside)
    assert inbox.ingest().files == ()


def test_a_name_that_is_no_utf8_is_written_out(inbox: Deliveries) -> None:
    folder = inbox.settings.inbox / DAY / "cabinet"
    folder.mkdir(parents=True)
    path = os.fsencode(folder) + b"/\xf4\xe0\xe9\xeb.csv"
    with open(path, "wb") as file:
        file.write(text(1).encode())
    inbox.ingest()
    assert inbox.file("name", ".csv") == (f"{DAY}/cabinet/\\xf4\\xe0\\xe9\\xeb.csv",)
    assert [path.name for path in (inbox.settings.archive / DAY / "cabinet").iterdir()] == [r"\xf4\xe0\xe9\xeb.csv"]


def test_an_empty_or_absent_inbox_is_a_night_without_news(inbox: Deliveries) -> None:
    report = inbox.ingest()
    assert (report.files, report.repeated, report.left) == ((), (), ())
    assert str(report) == (
        "0 новых файлов, не принято 0, повторных 0, ещё копируются 0; строк 0: принято 0, отклонено 0, повторных 0"
    )


def test_the_report_adds_up_files_and_rows_by_channel(inbox: Deliveries) -> None:
    inbox.lines("cabinet/a.csv", READINGS, reading("1"), reading("1"), reading("x"))
    inbox.lines("mobile/a.csv", READINGS, reading("1"))
    inbox.put(f"{DAY}/mobile/b.csv", b"")
    report = inbox.ingest()
    assert str(report).replace("\u00a0", " ").splitlines() == [
        "3 новых файла, не принято 1, повторных 0, ещё копируются 0; строк 4: принято 2, отклонено 1, повторных 1",
        "  cabinet: файлов 1, строк 3, принято 1, отклонено 1, повторных 1",
        "  mobile: файлов 2, строк 1, принято 1, отклонено 0, повторных 0",
    ]


def test_a_file_of_the_future_moves_the_floor_of_later_runs(inbox: Deliveries) -> None:
    inbox.put("2030-01-01/cabinet/a.csv", text(1))
    inbox.ingest(1)
    inbox.put("cabinet/a.csv", text(2))
    inbox.ingest(2)
    [(first,), (second,)] = inbox.query("select known_at from intake.source_file order by source_file_id")
    assert second - first == timedelta(0)
