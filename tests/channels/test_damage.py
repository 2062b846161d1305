"""Whatever becomes of a message or a statement: every value is taken or named, or the file is refused with line and sentence."""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.channels import bank_statement
from pipelines.channels.askue.format import ENERGY, read_askue
from pipelines.channels.askue.message import CLASSES
from pipelines.channels.bank_statement import BALANCES, DOCUMENTS
from pipelines.channels.exchange import encoding_of
from pipelines.channels.rules import FILE_RULES, MESSAGE_RULES, ROW_RULES
from pipelines.channels.whole import Parsed, Refusal
from tests.channels.damage import PAIRS, XML, Damage, damaged, damages, written_message, written_statement, zipped

RULES = {**FILE_RULES, **MESSAGE_RULES, **ROW_RULES}
NODES = {"measuringpoint", "accountpoint", "deliverypoint", "deliverygroup", "peretok"}
LOCAL = settings(
    max_examples=200,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def message(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A message of three points."""
    return written_message(tmp_path_factory.mktemp("message"))


@pytest.fixture(scope="module")
def statement(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A statement of several payments."""
    return written_statement(tmp_path_factory.mktemp("statement"))


def told(name: str, content: bytes, answer: Parsed | Refusal) -> None:
    """What every answer holds to: a rule, a line of the file, a sentence; rows and rejections on lines of their own."""
    lines = content.count(b"\n") + content.count(b"\r") + 2
    said = (answer,) if isinstance(answer, Refusal) else answer.rejections
    for one in said:
        assert one.rule_id in RULES
        assert one.line >= 1
        assert one.message.endswith("."), one.message
        assert "Ожидается" in one.message or ":" in one.message, one.message
        assert one.message.replace("\xa0", " ").isprintable(), one.message
        assert one.raw_text.replace("\xa0", " ").isprintable(), one.raw_text
        assert len(one.message) < 2000
        assert len(one.raw_text) <= 1000
    if isinstance(answer, Refusal):
        assert answer.line <= lines or name.endswith(".zip")
    else:
        places = [one.line for one in answer.rejections]
        for table in answer.facts.values():
            places += table["source_line"].to_pylist()
        assert len(places) == len(set(places)), "two rows on one line"


def values(content: bytes) -> dict[tuple[str, str], list[Decimal]] | None:
    """Every number that stands in a channel of a message, by point and channel; None where another parser gives up."""
    try:
        root = ET.fromstring(content)  # noqa: S314 (our own file, damaged by us)
    except (ET.ParseError, ValueError, LookupError):
        return None
    found: dict[tuple[str, str], list[Decimal]] = {}
    for node, channel in _channels(root, ""):
        for one in channel.iter():
            if _name(one) == "value" and (one.text or "").strip():
                text = (one.text or "").strip().replace(",", ".")
                number = Decimal(text) if text.replace(".", "", 1).isdecimal() else Decimal(0)
                code = next((value for key, value in channel.attrib.items() if key.lower() == "code"), "").strip()
                found.setdefault((node, code), []).append(number)
    return found


def _channels(element: ET.Element, node: str) -> Iterator[tuple[str, ET.Element]]:
    if _name(element) in NODES:
        node = next((value for key, value in element.attrib.items() if key.lower() == "code"), "").strip()
    if _name(element) == "measuringchannel":
        yield node, element
        return
    for child in element:
        yield from _channels(child, node)


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def accounted(content: bytes, answer: Parsed | Refusal) -> None:
    """Of every channel as many numbers are taken as stand in it, or a sentence says what of it is not."""
    if isinstance(answer, Refusal) or (expected := values(content)) is None:
        return
    rows: list[dict[str, Any]] = answer.facts[ENERGY].to_pylist() if ENERGY in answer.facts else []
    assert all(row["message_class"] in CLASSES and row["sender_inn"] and row["day"] for row in rows)
    taken: Counter[tuple[str, str]] = Counter()
    energy: Counter[tuple[str, str]] = Counter()
    for row in rows:
        key = (row["point_code"], row["channel_code"])
        known = [wh for wh in (*row["wh"], *(row["noncommercial_wh"] or ())) if wh is not None]
        taken[key] += len(known)
        energy[key] += sum(known)
    for key, numbers in expected.items():
        if taken[key] == len(numbers):
            assert abs(energy[key] - 1000 * sum(numbers, Decimal(0))) <= 1, key
        else:
            point, channel = key
            words = f"Точка {point[:32] or 'без кода'}, канал {channel[:32] or 'без кода'}. "
            assert any(words in one.message for one in answer.rejections), (key, channel, len(numbers), taken[key])
    assert taken.keys() <= expected.keys() | {key for key in taken if not taken[key] or not key[1]}


@LOCAL
@given(done=damages(XML))
def test_every_value_of_a_damaged_message_is_taken_or_named(message: bytes, tmp_path: Path, done: list[Damage]) -> None:
    content = damaged(message, done)
    path = tmp_path / "message"
    path.write_bytes(content)
    answer = read_askue(path, "a.xml")
    told("a.xml", content, answer)
    accounted(content, answer)


@LOCAL
@given(done=damages(XML), outside=st.lists(damages(("put", "drop", "cut")).map(tuple), max_size=1))
def test_a_damaged_archive_is_taken_named_or_refused(
    message: bytes, tmp_path: Path, done: list[Damage], outside: list[tuple[Damage, ...]]
) -> None:
    content = zipped("inner.xml", damaged(message, done))
    for some in outside:
        content = damaged(content, some)
    path = tmp_path / "message"
    path.write_bytes(content)
    told("a.zip", content, read_askue(path, "a.zip"))


@LOCAL
@given(done=damages(PAIRS))
def test_a_damaged_statement_is_taken_whole_or_refused_with_its_line(
    statement: bytes, tmp_path: Path, done: list[Damage]
) -> None:
    content = damaged(statement, done)
    path = tmp_path / "statement"
    path.write_bytes(content)
    answer = bank_statement.read(path, "kl_to_1c.txt")
    told("kl_to_1c.txt", content, answer)
    if isinstance(answer, Parsed):
        text = content.decode(encoding_of(content) or "", "replace")
        sections = Counter(line.split("=")[0].strip() for line in text.replace("\r", "").split("\n"))
        assert len(answer.facts[DOCUMENTS]) == sections["СекцияДокумент"]
        assert len(answer.facts[BALANCES]) == sections["СекцияРасчСчет"]
