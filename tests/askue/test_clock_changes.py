"""Days of 23 and of 25 hours."""

from pathlib import Path

import pytest

from tests.askue.messages import (
    one,
    periods,
    read,
    rejections,
    wh,
)


@pytest.mark.parametrize(
    ("day", "minutes", "first"),
    [("20141026", 30, 100), ("20141026", 60, 100), ("20101031", 30, 200), ("20101031", 60, 200)],
)
def test_a_day_of_25_hours_has_the_repeated_hour_twice(tmp_path: Path, day: str, minutes: int, first: int) -> None:
    repeated = first // 100 * 60
    step = minutes
    before = periods(["1"] * ((repeated + 60) // step), step)
    after = periods(["2"] * ((24 * 60 - repeated) // step), step, repeated)
    energy = wh(read(tmp_path, one(f"{before}\n{after}", day=day), "a.xml"))
    assert len(energy) == 25 * 60 // step
    assert energy == [1000] * ((repeated + 60) // step) + [2000] * ((24 * 60 - repeated) // step)


def test_the_repeated_hour_said_once_leaves_its_second_half_unknown(tmp_path: Path) -> None:
    energy = wh(read(tmp_path, one(periods(["1"] * 24, 60), day="20141026"), "a.xml"))
    assert energy == [1000, 1000, None, *[1000] * 22]


@pytest.mark.parametrize("skipped", ["", "0"])
def test_a_day_of_23_hours_lacks_the_skipped_hour(tmp_path: Path, skipped: str) -> None:
    values = [str(hour) for hour in range(24)]
    body = periods([*values[:2], f"<value>{skipped}</value>", *values[3:]], 60)
    without = "\n".join(line for line in body.split("\n") if 'start="0200"' not in line)
    for text in (body, without, without.replace('end="0200"', 'end="0300"')):
        answer = read(tmp_path, one(text, day="20110327"), "a.xml")
        assert wh(answer) == [hour * 1000 for hour in range(24) if hour != 2]
        assert rejections(answer) == []
    answer = read(
        tmp_path,
        one(
            body.replace(f"<value>{skipped}</value></period>", "<value>9</value></period>", 1)
            if skipped == ""
            else body,
            day="20110327",
        ),
        "a.xml",
    )
    assert len(rejections(answer)) == (skipped == "")
