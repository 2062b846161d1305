"""Lines come out of files as they stand there, whatever the portions they are read in."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.intake import batch, lines, stage
from pipelines.intake.batch import CHANGED
from pipelines.intake.content import read_content
from pipelines.intake.lines import LineReader, Source
from pipelines.intake.recognition import Body
from pipelines.intake.stage import quoted_fields
from tests.intake.deliveries import CASH, DAY, READINGS, Deliveries, reading


def read(*files: tuple[Path, str]) -> list[tuple[int, int, str]]:
    sources = [
        Source(number, path, Body(encoding, 0, path.stat().st_size, 1, None, 0, ""), path.stat().st_mtime_ns)
        for number, (path, encoding) in enumerate(files, 1)
    ]
    reader = LineReader(sources, ";")
    table = reader.arrow().read_all().to_pydict()
    assert not reader.changed
    return list(zip(table["source_file_id"], table["source_line"], table["text"], strict=True))


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 100, 1 << 20])
@pytest.mark.parametrize("portion", [1, 10, 1 << 20])
def test_lines_keep_their_numbers_across_chunks_portions_and_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, portion: int
) -> None:
    monkeypatch.setattr(lines, "_CHUNK", chunk)
    monkeypatch.setattr(lines, "_PORTION", portion)
    first, second, third = tmp_path / "1", tmp_path / "2", tmp_path / "3"
    first.write_bytes("а;б\r\n\r\n;\nдлинная строка\n".encode())
    second.write_bytes(b"")
    third.write_bytes("сутки\r\nночь\r\n".encode("cp1251"))
    assert read((first, "utf-8"), (second, "utf-8"), (third, "cp1251")) == [
        (1, 1, "а;б;"),
        (1, 2, ";"),
        (1, 3, ";;"),
        (1, 4, "длинная строка;"),
        (3, 1, "сутки;"),
        (3, 2, "ночь;"),
    ]


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 1 << 20])
@pytest.mark.parametrize("text", ["", "a", "a\n", "яя\r\nя\n", "a\n\n\nbb", "№\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_the_pass_over_the_bytes_sees_the_same_in_any_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, text: str, encoding: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(text.encode(encoding))
    whole = read_content(path)
    monkeypatch.setattr("pipelines.intake.content._CHUNK", chunk)
    found = read_content(path)
    assert (found.sha256, found.size, found.lines, found.unfinished, found.encoding) == (
        whole.sha256,
        whole.size,
        text.count("\n"),
        len(text.rpartition("\n")[2].encode(encoding)),
        "utf-8" if text.isascii() else encoding,
    )


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\r\n\0", codec="utf-8"), max_size=8), min_size=2, max_size=2
        ),
        min_size=1,
        max_size=5,
    ),
    separator=st.sampled_from(";,"),
)
@settings(max_examples=25, deadline=None, database=None)
def test_quoted_fields_are_read_as_python_reads_them(
    database: duckdb.DuckDBPyConnection, rows: list[list[str]], separator: str
) -> None:
    text = [separator.join('"' + field.replace('"', '""') + '"' for field in row) for row in rows]
    found = database.execute(
        f"select {quoted_fields('text[:-2]', separator)} from (select unnest(?) as text)",
        [[line + separator for line in text]],
    ).fetchall()
    expected = list(csv.reader(text, delimiter=separator))
    assert [fields for (fields,) in found] == [[*(field.strip(" \t\u00a0") for field in row), ""] for row in expected]


@pytest.mark.parametrize(("files", "size"), [(1, 1 << 20), (2, 1 << 20), (100, 200)])
def test_the_outcome_does_not_depend_on_the_batches(
    inbox: Deliveries, monkeypatch: pytest.MonkeyPatch, files: int, size: int
) -> None:
    def fill() -> None:
        other = ";".join(reversed(READINGS.split(";")))
        for number in range(6):
            rows = [reading(str(value)) for value in range(number, number + 3)]
            if number % 3 == 2:
                rows = [";".join(reversed(row.split(";"))) for row in rows]
            inbox.lines(f"cabinet/{number}.csv", other if number % 3 == 2 else READINGS, *rows)
            inbox.lines(f"cash/{number}.csv", CASH, f"k{number // 2},2026-10-30,610000000001,,{number % 3},1")

    fill()
    inbox.ingest()
    whole = inbox.tables()
    for table in whole:
        inbox.query(f"delete from intake.{table}")
    monkeypatch.setattr(batch, "BATCH_FILES", files)
    monkeypatch.setattr(batch, "BATCH_BYTES", size)
    fill()
    inbox.ingest()
    assert inbox.tables() == whole
    assert [len(whole[table]) for table in ("reading_fact", "duplicate_row", "rejected_row", "payment_fact")] == [
        8,
        10,
        3,
        3,
    ]


def test_a_file_that_somebody_still_writes_is_refused_and_the_others_go_on(
    inbox: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.lines("cabinet/a.csv", READINGS, reading("1"))
    inbox.lines("cabinet/b.csv", READINGS, reading("1"), reading("2"))
    inbox.lines("cabinet/c.csv", READINGS, reading("3"))
    original = stage.read_lines

    def read_while_written(*arguments: object) -> None:
        os.utime(inbox.settings.inbox / DAY / "cabinet/a.csv")
        original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "read_lines", read_while_written)
    inbox.ingest()
    assert inbox.rejected() == [(1, "file_changed", CHANGED, "")]
    assert [inbox.counts(name) for name in ("a.csv", "b.csv", "c.csv")] == [
        ("refused", 0, 0, 0, 0),
        ("accepted", 2, 2, 0, 0),
        ("accepted", 1, 1, 0, 0),
    ]


def test_a_file_that_got_shorter_is_refused(inbox: Deliveries, monkeypatch: pytest.MonkeyPatch) -> None:
    path = inbox.lines("cabinet/a.csv", READINGS, reading("1"), reading("2"))
    original = stage.read_lines

    def read_while_written(*arguments: object) -> None:
        path.write_text(f"{READINGS}\n", encoding="utf-8")
        original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "read_lines", read_while_written)
    inbox.ingest()
    assert [row[1] for row in inbox.rejected()] == ["file_changed"]
    assert inbox.query("from intake.reading_fact") == []
