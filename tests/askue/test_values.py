"""Values of the intervals of a day: what is taken as energy, what is unknown, and what is rejected."""

from pathlib import Path

import pytest

from pipelines.channels.whole import Parsed
from tests.askue.messages import (
    DAY,
    one,
    periods,
    read,
    rejections,
    taken,
    wh,
)


@pytest.mark.parametrize(
    ("written", "energy"),
    [
        ("0", 0),
        ("00012", 12_000),
        ("1.5", 1500),
        ("1,5", 1500),
        (" 7 ", 7000),
        ("\n7\n", 7000),
        ("000.250", 250),
        ("999999999999", 999_999_999_999_000),
    ],
)
def test_a_value_is_kilowatt_hours_of_its_interval(tmp_path: Path, written: str, energy: int) -> None:
    assert wh(read(tmp_path, one(periods([written, *DAY[1:]]))))[0] == energy


def test_what_is_finer_than_a_watt_hour_is_carried_into_the_next_interval(tmp_path: Path) -> None:
    assert wh(read(tmp_path, one(periods(["0.0004"] * 48))))[:6] == [0, 1, 0, 1, 0, 0]
    assert sum(wh(read(tmp_path, one(periods(["0,3333333"] * 48)))) or []) == 16_000  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "empty", ["<value/>", '<value status="1"/>', '<value status="1"> </value>', "<value></value>", ""]
)
def test_an_empty_value_is_unknown_and_never_zero(tmp_path: Path, empty: str) -> None:
    body = periods([empty or "<!-- -->", *DAY[1:]])
    answer = read(tmp_path, one(body))
    assert wh(answer) == [None, *(value * 1000 for value in range(2, 49))]
    assert rejections(answer) == []


def test_a_day_of_which_nothing_is_known_is_kept_as_such(tmp_path: Path) -> None:
    assert wh(read(tmp_path, one(periods(['<value status="1"/>'] * 48)))) == [None] * 48


def test_a_value_the_sender_does_not_vouch_for_is_kept_beside_and_not_believed(tmp_path: Path) -> None:
    [row] = taken(
        read(tmp_path, one(periods(['<value status="1">5</value>', '<value status="0">6</value>', *DAY[2:]])))
    )
    assert row["wh"][:3] == [None, 6000, 3000]
    assert row["noncommercial_wh"][:3] == [5000, None, None]


@pytest.mark.parametrize(
    ("written", "rule_id", "found"),
    [
        ("-5", "row_negative", "«-5»"),
        ("1e5", "row_number", "«1e5»"),
        ("12a", "row_number", "«12a»"),
        ("1 234", "row_number", "«1 234»"),
        ("NaN", "row_number", "«NaN»"),
        ("1_000", "row_number", "«1_000»"),
        ("1.2.3", "row_number", "«1.2.3»"),
        ("1234567890123", "row_number", "«1234567890123»"),
        ("٣", "row_number", "«٣»"),
    ],
)
def test_a_value_that_is_no_number_is_rejected_alone(tmp_path: Path, written: str, rule_id: str, found: str) -> None:
    text = one(periods([*DAY[:3], written, *DAY[4:]]), head="")
    answer = read(tmp_path, text.encode())
    assert wh(answer) == [value * 1000 if value != 4 else None for value in range(1, 49)]
    [(rule, sentence)] = rejections(answer)
    assert rule == rule_id
    assert sentence == (
        "Точка 610000000000001, канал 01. Строка 10, период 0130–0200. Ожидается: число кВт·ч от 0, целая часть не длиннее"
        f" 12 цифр, дробная не длиннее 9; найдено: {found}. Значение не принято. Исправьте сообщение и пришлите его с"
        " большим номером."
    )
    assert isinstance(answer, Parsed)
    assert answer.rejections[0].line == 10


def test_a_channel_with_a_gap_is_taken_and_the_gap_is_unknown(tmp_path: Path) -> None:
    lines = periods(DAY).split("\n")
    answer = read(tmp_path, one("\n".join([*lines[:20], *lines[22:]])))
    assert wh(answer) == [value * 1000 if value not in {21, 22} else None for value in range(1, 49)]
    assert rejections(answer) == []


def test_an_element_that_is_no_period_is_rejected_with_its_value(tmp_path: Path) -> None:
    body = periods(DAY).split("\n")
    body[5] = body[5].replace("<period ", "<period1 ").replace("</period>", "</period1>")
    answer = read(tmp_path, one("\n".join(body)))
    assert wh(answer)[4:7] == [5000, None, 7000]
    [(rule, sentence)] = rejections(answer)
    assert rule == "energy_period"
    assert "Строка 13. Ожидается: элемент period; найдено: «period1», значение «6»." in sentence


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        ('<period start="0010" end="0040"><value>5</value></period>', "«0010–0040», значение «5»"),
        ('<period start="2500" end="2530"><value>5</value></period>', "«2500–2530», значение «5»"),
        ('<period start="" end="0030"><value>5</value></period>', "«–0030», значение «5»"),
        ('<period start="0000" end="0100"><value>5</value></period>', "повторён"),
    ],
)
def test_a_period_that_has_no_place_in_the_day_is_rejected(tmp_path: Path, extra: str, found: str) -> None:
    answer = read(tmp_path, one(f"{periods(DAY)}\n{extra}"))
    [(rule, sentence)] = rejections(answer)
    assert rule == "energy_period"
    assert found in sentence or "«0000–0100», значение «5»" in sentence
    assert wh(answer) == [value * 1000 for value in range(1, 49)]


def test_a_period_said_twice_counts_once_when_equal_and_not_at_all_when_not(tmp_path: Path) -> None:
    for value, first in (("1", 1000), ("2", None)):
        answer = read(tmp_path, one(f'{periods(DAY)}\n<period start="0000" end="0030"><value>{value}</value></period>'))
        assert wh(answer) == [first, *(value * 1000 for value in range(2, 49))]
        assert [rule for rule, _ in rejections(answer)] == ["energy_period"]


def test_a_period_with_two_values_or_text_beside_the_value_is_rejected(tmp_path: Path) -> None:
    answer = read(tmp_path, one(periods(["<value>1</value><value>2</value>", "<b>3</b>", *DAY[2:]])))
    assert wh(answer)[:3] == [None, None, 3000]
    assert [rule for rule, _ in rejections(answer)] == ["row_number", "energy_period"]
    assert rejections(read(tmp_path, one(periods(["<!-- x -->5<value>1</value>", *DAY[1:]]))))[0][0] == "row_number"


def test_hours_are_taken_as_hours(tmp_path: Path) -> None:
    [row] = taken(read(tmp_path, one(periods(DAY[:24], 60), root='class="80040" version="2"'), "a.xml"))
    assert (row["interval_minutes"], row["message_class"]) == (60, "80040")
    assert row["wh"] == [value * 1000 for value in range(1, 25)]


def test_intervals_of_another_length_are_rejected_whole(tmp_path: Path) -> None:
    answer = read(tmp_path, one(periods(["1"] * 96, 15)))
    assert taken(answer) == []
    [(rule, sentence)] = rejections(answer)
    assert rule == "energy_period"
    assert "Ожидается: периоды по 30 или 60 минут; найдено: 96 других." in sentence
