"""Messages as the market sends them, and what of a bad one is not taken, with the sentence a person reads."""

import random
import re
from pathlib import Path

import pytest

from pipelines.channels.askue import bodies
from pipelines.channels.askue.format import read_askue
from pipelines.channels.whole import Parsed, Refusal
from tests.askue.messages import NAME, SAMPLES, channel, message, periods, point, read, taken

DAY = [str(value) for value in range(1, 49)]


def one(body: str, **options: object) -> str:
    """A message of one point and one channel."""
    return message(point(channel(body)), **options)  # type: ignore[arg-type]


def wh(answer: Parsed | Refusal) -> list[int | None]:
    [row] = taken(answer)
    energy: list[int | None] = row["wh"]
    return energy


def rejections(answer: Parsed | Refusal) -> list[tuple[str, str]]:
    assert isinstance(answer, Parsed), answer
    return [(one.rule_id, one.message) for one in answer.rejections]


def refusal(answer: Parsed | Refusal) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer


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


def test_names_are_read_in_any_case_and_children_in_any_order(tmp_path: Path) -> None:
    text = one(periods(DAY))
    for name in (
        "message",
        "datetime",
        "day",
        "sender",
        "area",
        "inn",
        "measuringpoint",
        "measuringchannel",
        "period",
        "value",
    ):
        text = re.sub(rf"(</?){name}\b", rf"\1{name.title()}", text)
    text = text.replace(" code=", " CODE=").replace(" start=", " Start=")
    expected = [value * 1000 for value in range(1, 49)]
    assert wh(read(tmp_path, text)) == expected
    turned = one(periods(DAY))
    head, body = turned.split("<area>", 1)
    root, children = head.split("<datetime>", 1)
    area, end = body.split("</area>")
    late = (
        f"{root}<area>{area.replace('<inn>6100000600</inn>', '')}<inn>6100000600</inn></area><datetime>{children}{end}"
    )
    [row] = taken(read(tmp_path, late))
    assert (row["wh"], row["area_code"], row["sender_inn"]) == (expected, "6100000600", "6100000001")


def test_prefixes_of_names_and_comments_before_the_root_do_no_harm(tmp_path: Path) -> None:
    text = one(periods(DAY), head='<?xml version="1.0" encoding="windows-1251"?><!--App=АльфаЦЕНТР; > <message -->\n')
    assert len(wh(read(tmp_path, text))) == 48
    text = one(periods(DAY)).replace("<message ", '<m:message xmlns:m="x" ').replace("</message>", "</m:message>")
    assert len(wh(read(tmp_path, text))) == 48


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("WINDOWS-1251", "cp1251"),
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("koi8-r", "koi8-r"),
        ("cp866", "cp866"),
        ("", "utf-8"),
    ],
)
def test_the_declared_encoding_is_believed(tmp_path: Path, declared: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    text = message(point(channel(periods(DAY))) + point(channel(periods(DAY)), "610000000000002"), head=head)
    rows = taken(read(tmp_path, text.encode(encoding)))
    assert [(row["point_name"], row["area_name"], row["wh"]) for row in rows] == [
        ("Ввод 1", "Область", [value * 1000 for value in range(1, 49)])
    ] * 2


BROKEN = [
    (lambda text: text[:-40], "message_xml", "XML не закончен, файл передан не полностью"),
    (lambda text: text.replace("</period>", "", 1), "message_xml", "закрывается не тот элемент, который открыт"),
    (lambda text: text + "<more/>", "message_xml", "после конца сообщения стоит что-то ещё"),
    (lambda text: text.replace("windows-1251", "utf-8"), "message_xml", "не в той кодировке, которая объявлена"),
    (lambda text: text.replace("windows-1251", "klingon"), "message_xml", "кодировка"),
    (lambda text: text.replace("<value>1<", "<value>&boom;<"), "message_xml", "сущности (&…;) не принимаются"),
    (lambda _: "номер;день\n", "message_xml", "Строка 1"),
    (
        lambda text: text.replace("<message", '<!DOCTYPE m [<!ENTITY a "1">]>\n<message', 1),
        "message_dtd",
        "Ожидается: XML без DOCTYPE и сущностей; найдено: DOCTYPE.",
    ),
    (
        lambda text: text.replace("<message", '<!DOCTYPE m SYSTEM "file:///etc/passwd"><message'),
        "message_dtd",
        "DOCTYPE",
    ),
    (
        lambda text: text.replace("message", "package"),
        "message_header",
        "Ожидается: элемент message; найдено: «package».",
    ),
    (lambda text: text.replace('"80020"', '"80025"'), "message_header", "класс 80020 или 80040; найдено: «80025»"),
    (lambda text: text.replace('version="2"', 'version="9"'), "message_header", "версия 2; найдено: «9»"),
    (lambda text: text.replace('number="7"', 'number="7a"'), "message_header", "номер сообщения (number) из цифр"),
    (
        lambda text: text.replace("<day>20261031", "<day>20261032"),
        "message_header",
        "сутки (day) вида ГГГГММДД; найдено: «20261032»",
    ),
    (
        lambda text: text.replace("<day>20261031</day>", ""),
        "message_header",
        "сутки данных (datetime/day); найдено: их нет",
    ),
    (lambda text: text.replace("<day>", "<day>20261030</day><day>"), "message_header", "одни сутки"),
    (
        lambda text: text.replace("<inn>6100000001</inn>", ""),
        "message_header",
        "отправителя (sender/inn); найдено: пусто",
    ),
    (lambda text: text.replace("<area>", "<area>" + "<a>" * 40 + "</a>" * 40), "message_xml", "не больше 32 вложенных"),
]


@pytest.mark.parametrize(
    ("change", "rule_id", "sentence"), BROKEN, ids=[f"{case[1]} {case[2][:30]}" for case in BROKEN]
)
def test_a_message_that_is_none_is_refused_with_a_sentence(
    tmp_path: Path, change: "object", rule_id: str, sentence: str
) -> None:
    answer = refusal(read(tmp_path, change(one(periods(DAY))), "any.xml"))  # type: ignore[operator]
    assert answer.rule_id == rule_id
    assert sentence in answer.message
    assert "Передайте исправленный файл." in answer.message
    assert f"Строка {answer.line}" in answer.message


def test_the_line_of_a_mistake_is_the_line_of_the_file_however_many_channels_stand_before(tmp_path: Path) -> None:
    text = message("".join(point(channel(periods(DAY)), f"6100000000000{number:02d}") for number in range(20)))
    place = text.rindex("</measuringpoint>")
    answer = refusal(read(tmp_path, f"{text[:place]}<broken>{text[place:]}"))
    assert answer.line == text[:place].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [
        (NAME, True),
        ("80020_6100000001_20261031_7_6100000600.xml", True),
        ("sender__80020_6100000001_20261031_07.XML", True),
        ("energy.xml", True),
        ("80040_6100000001_20261031_7.xml", False),
        ("80020_6100000002_20261031_7.xml", False),
        ("80020_6100000001_20261030_7.xml", False),
        ("80020_6100000001_20261031_8.xml", False),
    ],
)
def test_a_name_that_contradicts_the_message_is_refused(tmp_path: Path, name: str, is_taken: bool) -> None:  # noqa: FBT001
    answer = read(tmp_path, one(periods(DAY)), name)
    if is_taken:
        assert len(taken(answer)) == 1
    else:
        found = refusal(answer)
        assert (found.rule_id, found.rows) == ("message_name", 1)
        assert "в сообщении «80020_6100000001_20261031_7»" in found.message


def test_a_channel_of_nobody_is_rejected_with_the_number_of_its_values(tmp_path: Path) -> None:
    body = channel(periods(DAY)) + point(channel(periods(DAY)), "") + point(channel(periods(DAY)), "6" * 33)
    answer = read(tmp_path, message(body))
    assert [rule for rule, _ in rejections(answer)] == ["energy_channel"] * 3
    assert all("48 значений" in sentence for _, sentence in rejections(answer))
    assert taken(answer) == []


@pytest.mark.parametrize("name", ["area", "measuringpoint", "measuringchannel", "period", "value"])
def test_a_file_whose_root_is_another_element_is_no_message(tmp_path: Path, name: str) -> None:
    text = one(periods(DAY)).replace("<message ", f'<{name} code="1" ').replace("</message>", f"</{name}>")
    assert "Ожидается: элемент message; найдено: «" in refusal(read(tmp_path, text)).message


def test_a_sentence_shows_what_no_screen_can_and_no_more_of_a_text_than_is_needed(tmp_path: Path) -> None:
    text = one(periods(DAY)).replace('start="0000"', f'start="&#x10FFFF;{"9" * 5000}"', 1)
    [(_, sentence)] = rejections(read(tmp_path, text))
    assert "найдено: «\N{REPLACEMENT CHARACTER}9999999999999999999–0030»" in sentence
    long = one(periods(DAY)).replace("610000000000001", "6" * 5000)
    [(_, sentence)] = rejections(read(tmp_path, long))
    assert len(sentence) < 500


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


def random_message(random_: random.Random) -> str:
    """Channels of a few shapes, some of them a little broken."""
    odd = [
        "<value/>",
        '<value status="1"/>',
        '<value status="1">3</value>',
        "<value>x</value>",
        "<value>1,25</value>",
        '<value extendedstatus="1114" param1="610000000000009">4</value>',
        "<!-- <measuringchannel> -->",
        "</value>",
    ]
    points = []
    for number in range(random_.randint(1, 12)):
        hours = random_.random() < 0.3
        values = [str(random_.randint(0, 10 ** random_.randint(1, 6))) for _ in range(24 if hours else 48)]
        if random_.random() < 0.4:
            values[random_.randrange(24)] = random_.choice(odd[:-1])
        lines = periods(values, 60 if hours else 30).split("\n")
        if random_.random() < 0.3:
            del lines[random_.randrange(len(lines))]
        points.append(point(channel("\n".join(lines)), f"6100000000000{number:02d}"))
    text = message("".join(points), day=random_.choice(["20261031", "20141026", "20110327"]))
    return text.replace("\n", "") if random_.random() < 0.2 else text


def test_a_channel_read_by_its_skeleton_says_what_it_says_element_by_element(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random_ = random.Random(7)
    for size in (1 << 20, 1 << 20, 3000, 997):
        for _ in range(25):
            text = random_message(random_)
            with monkeypatch.context() as patch:
                patch.setattr(bodies, "_CHUNK", size)
                quick = read(tmp_path, text, "a.xml")
                patch.setattr(bodies, "_SKELETONS", 0)
                slow = read(tmp_path, text, "a.xml")
            assert quick == slow, text


def test_no_damage_to_a_real_file_goes_unnoticed_or_stops_the_reader(tmp_path: Path) -> None:
    [path] = SAMPLES.glob("*_600004_20080227_810.xml")
    whole = path.read_bytes()
    random_ = random.Random(61)
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(random_.randint(1, 4)):
            place = random_.randrange(len(damaged))
            damaged[place : place + random_.choice([0, 1, 1, 5, 60])] = random_.choice(
                [b"", b"<", b">", b"&", b"\0", b"\xff", b"7", b'"', b"<?x?>", b"]]>"]
            )
        answer = read(tmp_path, bytes(damaged), "a.xml")
        assert isinstance(answer, Refusal) or len(taken(answer)) + len(answer.rejections) > 0


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    text = one(periods(DAY))
    for end in range(0, len(text) - len("\n</message>"), 97):
        assert isinstance(read(tmp_path, text[:end]), Refusal)


def test_reading_takes_the_bytes_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with pytest.raises(OSError, match=r"a\.xml"):
        read_askue(path, "a.xml")
