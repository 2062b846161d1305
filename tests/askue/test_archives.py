"""ZIP files of messages: read without unpacking, one bad message does not take the others along, bombs are refused."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from pipelines.channels.askue import archive
from pipelines.channels.whole import Parsed, Refusal
from tests.askue.messages import SAMPLES, channel, message, periods, point, read, taken, zipped

DAY = ["1"] * 48
GOOD = message(point(channel(periods(DAY))))


def name(day: str, number: int = 7) -> str:
    return f"80020_6100000001_{day}_{number}.xml"


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_messages_of_an_archive_are_taken_each_with_its_day(tmp_path: Path, compression: int) -> None:
    days = ["20261029", "20261030", "20261031"]
    files: dict[str, str | bytes] = {
        f"october/{name(day)}": message(point(channel(periods(DAY))), day=day) for day in days
    }
    rows = taken(read(tmp_path, zipped(files, compression), "80020_october.zip"))
    assert [str(row["day"]).replace("-", "") for row in rows] == days
    lines = [row["source_line"] for row in rows]
    assert lines == sorted(set(lines)), "lines are counted on from message to message"


def test_real_messages_in_an_archive_are_the_messages(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {path.name: path.read_bytes() for path in SAMPLES.glob("filimonof*.xml")}
    rows = taken(read(tmp_path, zipped(files, zipfile.ZIP_DEFLATED), "all.zip"))
    assert sum(len(row["wh"]) for row in rows) == 3 * 48 + 1536 + 3408
    assert len({row["source_line"] for row in rows}) == len(rows)


def test_a_bad_message_of_an_archive_is_one_rejected_row(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        name("20261030"): GOOD[:500],
        name("20261031"): GOOD,
        "read me.txt": "hello",
        name("20261031", 8): GOOD,
        "inner.zip": zipped({name("20261031"): GOOD}, zipfile.ZIP_STORED),
    }
    answer = read(tmp_path, zipped(files, zipfile.ZIP_DEFLATED), "a.zip")
    assert len(taken(answer)) == 1
    assert isinstance(answer, Parsed)
    assert [one.rule_id for one in answer.rejections] == [
        "message_xml",
        "archive_content",
        "message_name",
        "archive_content",
    ]
    assert answer.rejections[0].message.startswith(f"Файл «{name('20261030')}» архива. Строка ")
    assert answer.rejections[1].message == (
        "Файл «read me.txt» архива. Строка 1. Ожидается: в архиве сообщения .xml; найдено: «read me.txt». Передайте"
        " исправленный файл."
    )
    lines = [one.line for one in answer.rejections] + [row["source_line"] for row in taken(answer)]
    assert len(set(lines)) == 5


def test_a_row_that_is_not_taken_names_the_message_it_stands_in(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {name("20261031"): message(point(channel(periods(["x", *DAY[1:]]))))}
    answer = read(tmp_path, zipped(files, zipfile.ZIP_DEFLATED), "a.zip")
    assert isinstance(answer, Parsed)
    [rejection] = answer.rejections
    assert rejection.message.startswith(f"Файл «{name('20261031')}» архива. Точка 610000000000001, канал 01. Строка 8")


def test_an_archive_that_is_damaged_or_locked_is_not_taken(tmp_path: Path) -> None:
    whole = zipped({name("20261031"): GOOD}, zipfile.ZIP_DEFLATED)
    torn = read(tmp_path, whole[:-30], "a.zip")
    assert isinstance(torn, Refusal)
    assert (torn.rule_id, torn.message) == (
        "file_unfinished",
        "Строка 1. Ожидается: целый архив ZIP; найдено: его конца нет или он испорчен. Передайте исправленный файл.",
    )
    spoilt = bytearray(whole)
    spoilt[80:90] = b"\0" * 10
    locked = bytearray(whole)
    for place in (6, whole.rindex(b"PK\x01\x02") + 8):
        locked[place] |= 1
    for content in (spoilt, locked):
        answer = read(tmp_path, bytes(content), "a.zip")
        assert isinstance(answer, Parsed)
        assert answer.facts == {}
        assert [one.rule_id for one in answer.rejections] == ["archive_content"]
    # A byte less before the list of files: their places are counted from before the beginning.
    lacking = read(tmp_path, whole[:4] + whole[5:], "a.zip")
    assert isinstance(lacking, Parsed)
    assert [one.rule_id for one in lacking.rejections] == ["archive_content"]
    empty = read(tmp_path, zipped({}, zipfile.ZIP_STORED), "a.zip")
    assert isinstance(empty, Refusal)
    assert empty.rule_id == "file_empty"


def test_an_archive_that_grows_too_large_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, str | bytes] = {name("20261031"): GOOD, name("20261030"): GOOD}
    content = zipped(files, zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(archive, "SIZE_LIMIT", 2 * len(GOOD.encode("cp1251")) - 1)
    answer = read(tmp_path, content, "a.zip")
    assert isinstance(answer, Refusal)
    assert answer.rule_id == "archive_limit"
    monkeypatch.setattr(archive, "SIZE_LIMIT", 2 * len(GOOD.encode("cp1251")))
    monkeypatch.setattr(archive, "MEMBERS_LIMIT", 1)
    answer = read(tmp_path, content, "a.zip")
    assert isinstance(answer, Refusal)
    assert "не больше 1 файлов в архиве; найдено: 2" in answer.message


def test_a_member_that_says_it_is_small_is_read_no_further(tmp_path: Path) -> None:
    bomb = zipped({name("20261031"): b" " * (64 << 20)}, zipfile.ZIP_DEFLATED)
    place = bomb.rindex(b"PK\x01\x02") + 24
    liar = bomb[:place] + (100).to_bytes(4, "little") + bomb[place + 4 :]
    tracemalloc.start()
    answer = read(tmp_path, liar, "a.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(answer, Parsed)
    assert [one.rule_id for one in answer.rejections] == ["archive_content"]
    assert peak < 8 << 20


def test_a_large_message_is_read_in_bounded_memory(tmp_path: Path) -> None:
    padding = " " * 1000
    text = message(point(f"<!-- -->{padding * 30_000}{channel(periods(DAY))}"))
    content = zipped({name("20261031"): text}, zipfile.ZIP_DEFLATED)
    tracemalloc.start()
    assert len(taken(read(tmp_path, content, "a.zip"))) == 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 << 20
