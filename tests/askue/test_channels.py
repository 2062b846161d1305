"""Channels of points, of groups and of nobody: whose energy a message tells."""

from pathlib import Path

from pipelines.channels.whole import Parsed, Refusal
from tests.askue.messages import (
    DAY,
    channel,
    message,
    periods,
    point,
    read,
    refusal,
    rejections,
    taken,
)


def test_a_channel_of_nobody_is_rejected_with_the_number_of_its_values(tmp_path: Path) -> None:
    body = channel(periods(DAY)) + point(channel(periods(DAY)), "") + point(channel(periods(DAY)), "6" * 33)
    answer = read(tmp_path, message(body))
    assert [rule for rule, _ in rejections(answer)] == ["energy_channel"] * 3
    assert all("48 значений" in sentence for _, sentence in rejections(answer))
    assert taken(answer) == []


def test_an_area_of_another_time_zone_is_not_taken(tmp_path: Path) -> None:
    def of(zone: str) -> Parsed | Refusal:
        return read(tmp_path, message(point(channel(periods(DAY))), area=f'<area timezone="{zone}"><inn>1</inn>'))

    assert len(taken(of("1"))) == 1
    assert [rule for rule, _ in rejections(of("2"))] == ["energy_channel"]


def test_one_point_in_two_areas_is_believed_when_equal_and_not_when_it_differs(tmp_path: Path) -> None:
    equal = message(f"{point(channel(periods(DAY)))}</area>\n<area><inn>2</inn>\n{point(channel(periods(DAY)))}")
    answer = read(tmp_path, equal)
    assert [row["area_code"] for row in taken(answer)] == ["6100000600", "2"], (
        "the intake calls the second a repetition"
    )
    assert rejections(answer) == []
    for other in (periods(["9", *DAY[1:]]), periods(["<value/>", *DAY[1:]]), periods(DAY[:24], 60)):
        answer = read(
            tmp_path, message(f"{point(channel(periods(DAY)))}</area>\n<area><inn>2</inn>\n{point(channel(other))}")
        )
        assert taken(answer) == []
        assert [rule for rule, _ in rejections(answer)] == ["energy_twice"] * 2
        assert "разные (области 2, 6100000600)" in rejections(answer)[0][1]


def test_channels_11_to_14_are_channels_of_their_own(tmp_path: Path) -> None:
    body = "".join(channel(periods([code] * 48), code) for code in ("01", "11", "03", "14"))
    rows = taken(read(tmp_path, message(point(body))))
    assert [(row["channel_code"], row["wh"][0]) for row in rows] == [
        ("01", 1000),
        ("11", 11_000),
        ("03", 3000),
        ("14", 14_000),
    ]


def test_groups_and_flows_have_periods_of_their_own(tmp_path: Path) -> None:
    body = (
        f'<deliverygroup code="PROSTOV1" name="Группа">{periods(["1"] * 24, 60)}</deliverygroup>\n'
        f'<peretok codefrom="PROSTOV1" codeto="PROSTOV2" name="Переток">{periods(["2"] * 24, 60)}</peretok>\n'
        f'<accountpoint code="610000000000009" name="Учёт">{channel(periods(["3"] * 48))}</accountpoint>\n'
    )
    rows = taken(read(tmp_path, message(body)))
    assert [(row["node"], row["point_code"], row["channel_code"], row["wh"][0]) for row in rows] == [
        ("delivery_group", "PROSTOV1", "", 1000),
        ("flow", "PROSTOV1-PROSTOV2", "", 2000),
        ("account_point", "610000000000009", "01", 3000),
    ]


def test_rows_of_one_line_are_told_apart(tmp_path: Path) -> None:
    body = point(channel(periods(["x", *DAY[1:]])) + channel(periods(DAY), "03"))
    answer = read(tmp_path, message(body).replace("\n", "").replace("?>", "?>\n"))
    assert isinstance(answer, Parsed)
    lines = [row["source_line"] for row in taken(answer)] + [one.line for one in answer.rejections]
    assert len(set(lines)) == 3


def test_a_message_of_mistakes_only_is_refused_whole(tmp_path: Path) -> None:
    body = "".join(point(channel(periods(["x"] * 48)), f"61{number:013d}") for number in range(210))
    assert "не больше 10000 ошибок" in refusal(read(tmp_path, message(body))).message
