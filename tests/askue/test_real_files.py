"""Real messages, read where they lie: every value of every one is accounted for."""

from pathlib import Path

import pytest

from pipelines.channels.askue.format import read_askue
from tests.askue.messages import SAMPLES, naive, taken

FILES = sorted(SAMPLES.glob("*.xml"))
NODE_OF = {"measuringpoint": "measuring_point", "deliverygroup": "delivery_group", "peretok": "flow"}


def test_there_are_real_files_to_read() -> None:
    assert FILES, f"{SAMPLES} is absent"


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_value_of_a_real_file_is_taken(path: Path) -> None:
    answer = read_askue(path, path.name)
    rows = taken(answer)
    found: dict[tuple[str, str, str, str], list[object]] = {}
    for row in rows:
        key = (str(row["area_code"]), str(row["node"]), str(row["point_code"]), str(row["channel_code"]))
        found.setdefault(key, []).append(row["wh"])
    assert found == {
        (area, NODE_OF[tag], code, channel): values for (area, tag, code, channel), values in naive(path).items()
    }
    assert getattr(answer, "rejections", None) == ()
    lines = [row["source_line"] for row in rows]
    assert lines == sorted(set(lines)), "no two rows have the same line"


def test_a_row_of_a_real_file_stands_on_the_line_of_its_channel() -> None:
    [path] = [one for one in FILES if "_20190909_37_" in one.name]
    lines = path.read_bytes().split(b"\n")
    for row in taken(read_askue(path, path.name)):
        line = lines[int(str(row["source_line"])) - 1]
        assert b"<measuringchannel" in line
        assert f'code="{row["channel_code"]}"'.encode() in line


def test_energy_through_a_bypass_names_the_point_that_measured_it() -> None:
    [path] = [one for one in FILES if "_20190909_37_" in one.name]
    given = [one for row in taken(read_askue(path, path.name)) for one in (row["bypass_of"] or ())]
    assert sum(one is not None for one in given) == 302
    assert {one: given.count(one) for one in set(given) - {None}} == {
        "": 150,
        "522050012207107": 96,
        "522050008207106": 56,
    }


def test_resends_of_one_day_have_growing_numbers_and_equal_energy() -> None:
    first, second = (
        taken(read_askue(path, path.name))
        for path in FILES
        if "_20080227_810" in path.name or "_20080227_817" in path.name
    )
    assert [row["wh"] for row in first] == [row["wh"] for row in second]
    assert {row["message_number"] for row in first} == {810}
    assert {row["message_number"] for row in second} == {817}
