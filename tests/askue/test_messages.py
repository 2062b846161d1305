"""Messages as the market sends them, and the sentence a person reads of one that is none."""

import random
import re
from pathlib import Path

import pytest

from pipelines.channels.askue import bodies
from pipelines.channels.askue.format import read_askue
from pipelines.channels.whole import Refusal
from tests.askue.messages import (
    DAY,
    NAME,
    SAMPLES,
    channel,
    message,
    one,
    periods,
    point,
    read,
    refusal,
    rejections,
    taken,
    wh,
)


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
