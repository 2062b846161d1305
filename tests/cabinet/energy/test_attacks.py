"""Nobody sends for a contract that is not his, by whatever route; evil files keep nothing and cost nothing."""

import datetime as dt
import inspect
import io
import time
import zipfile
from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import appeals
from dashboard.cabinet.chat import Chat
from dashboard.cabinet.energy.own import Energy, read_workbook
from dashboard.cabinet.own_contracts import ForeignContractError
from dashboard.cabinet.store.tables import EnergySending, Representative, SecurityEvent
from dashboard.cabinet.uploads import UploadError
from tests.cabinet.energy.conftest import MARCH, NOW, OURS, POINT, THEIR_POINT, THEIRS, Acting
from tests.cabinet.energy.test_sending import last_value, typed
from tests.cabinet.energy.workbooks import workbook
from tests.cabinet.energy.xml import message
from tests.cabinet.test_attacks import SCRIPT

DAY = dt.date(2026, 4, 18)
GIVEN: Mapping[str, object] = {
    "period": MARCH,
    "lines": typed("1"),
    "name": "a.xml",
    "content": message(POINT, day=DAY),
    "way": "form",
    "form": "token",
    "days": [dt.date(2026, 4, 25)],
    "point_code": "",
}
WAYS = [name for name, _ in inspect.getmembers(Energy, inspect.isfunction) if not name.startswith("_")]
TELLING_NOTHING = {"periods", "anew"}
"""Of no contract."""
LOOKING = {"registers", "points", "terms", "sent", "registers_template", "plans_template"}


def call(energy: Energy, name: str) -> object:
    method: Callable[..., object] = getattr(energy, name)
    return method(**{one: GIVEN[one] for one in inspect.signature(method).parameters})


@pytest.mark.parametrize("name", [name for name in WAYS if name not in TELLING_NOTHING])
@pytest.mark.parametrize("contract", [THEIRS, "61-999999", "' or 1=1 --"])
def test_no_way_leads_to_the_energy_of_a_foreign_contract(
    name: str, contract: str, acting: Acting, people: Engine
) -> None:
    with pytest.raises(ForeignContractError):
        call(acting(contract), name)
    with Work(people) as work:
        assert not work.scalars(select(EnergySending)).all()
        assert set(work.scalars(select(SecurityEvent.kind))) == {"foreign_contract"}


def test_who_may_only_look_sends_nothing_and_who_was_let_does_until_it_is_taken_back(
    acting: Acting, people: Engine
) -> None:
    for name in WAYS:
        if name in LOOKING:
            call(acting(person=3), name)
        elif name not in TELLING_NOTHING:
            with pytest.raises(ForeignContractError):
                call(acting(person=3), name)
    employee = acting(person=4)
    lines = typed(f"{last_value(employee) + 1}")
    assert employee.send_registers(lines, "form", "", "1")
    with Work(people) as work:
        work.execute(update(Representative).where(Representative.person_id == 4).values(removed_at=NOW))
        work.commit()
    with pytest.raises(ForeignContractError):
        employee.send_registers(lines, "form", "", "2")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (message(THEIR_POINT, day=DAY), "message_point"),
        (message(POINT, day=DAY, more=f' extendedstatus="1114" param1="{THEIR_POINT}"'), "message_point"),
        (message(POINT, day=DAY, inn="6100000001"), "message_sender"),
        (message(POINT, day=dt.date(2026, 4, 20)), "message_day"),
        (message(POINT, day=dt.date(2020, 1, 1)), "message_point"),
        (b'<!DOCTYPE m [<!ENTITY a "b">]>' + message(POINT, day=DAY).partition(b"?>")[2], "message_dtd"),
        (b'<!DOCTYPE m SYSTEM "file:///etc/passwd">' + message(POINT, day=DAY).partition(b"?>")[2], "message_dtd"),
        (message(POINT, day=DAY)[:-20], "message_xml"),
        (b"<html/>", "message_header"),
        (b"MZ\x90\0", "message_xml"),
    ],
    ids=["point", "bypass", "sender", "today", "before-supply", "entity", "external", "cut", "page", "program"],
)
def test_a_message_of_somebody_elses_or_an_evil_one_is_refused_with_a_sentence(
    content: bytes, rule: str, acting: Acting, people: Engine
) -> None:
    energy = acting()
    problems = energy.check_message("a.xml", content).problems
    assert {problem.rule_id for problem in problems} == {rule}
    assert all("жида" in problem.message or "XML" in problem.message for problem in problems)
    with pytest.raises(Exception, match=rule):
        energy.send_message("a.xml", content, "token")
    with Work(people) as work:
        assert not work.scalars(select(EnergySending)).all()


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.xml", content)
    return made.getvalue()


def test_an_archive_is_weighed_before_it_is_unpacked_and_every_message_of_it_is_looked_at(acting: Acting) -> None:
    energy = acting()
    for evil in (zipped(a=b"<" * 41_000_000), zipped(**{f"m{number}": b"" for number in range(501)})):
        with pytest.raises(UploadError, match="file_bomb"):
            energy.check_message("a.zip", evil)
    with pytest.raises(UploadError, match="file_large"):
        energy.check_message("a.xml", b"<" * 5_000_001)
    mixed = zipped(a=message(POINT, day=DAY), b=message(THEIR_POINT, day=DAY, number=8))
    assert {one.rule_id for one in energy.check_message("a.zip", mixed).problems} == {"message_point"}


ROW = '<sheetData><row r="1"><c r="{place}" t="{kind}"><v>{value}</v></c></row></sheetData>'


def sheet(place: str = "A1", kind: str = "str", value: str = "x", before: str = "") -> bytes:
    return workbook(f"{before}<worksheet>{ROW.format(place=place, kind=kind, value=value)}</worksheet>")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (sheet(before='<!DOCTYPE a [<!ENTITY b "c">]>'), "sheet_entities"),
        (sheet(before='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', value="&b;"), "sheet_entities"),
        (sheet(place="XFD1048576"), "sheet_large"),
        (sheet(place="A5001"), "sheet_large"),
        (workbook("<worksheet><sheetData>"), "file_broken"),
        (workbook("<a/>", **{"xl/worksheets/sheet2.xml": b" " * 39_000_000}), "file_bomb"),
        (workbook("<a/>", **{"xl/vbaProject.bin": b"macro"}), "file_macros"),
        (b"%PDF-1.7\n%%EOF", "sheet_missing"),
        (zipped(a=b"<a/>"), "file_kind"),
        (b"point_code;value\n1;2", "file_kind"),
    ],
    ids=["entity", "external", "far-cell", "many-rows", "cut", "bomb", "macros", "pdf", "zip", "csv"],
)
def test_an_evil_workbook_is_refused_at_once(content: bytes, why: str) -> None:
    began = time.process_time()
    with pytest.raises(UploadError, match=f"^{why}$"):
        read_workbook("a.xlsx", content)
    assert time.process_time() - began < 2


def test_a_formula_is_worth_what_it_came_to_and_text_stays_text(acting: Acting, people: Engine) -> None:
    rows = read_workbook("a.xlsx", sheet(value='=HYPERLINK(&quot;http://evil&quot;)&#10;;"&lt;script>'))
    assert rows == [['=HYPERLINK("http://evil") ;"<script>']]
    number = workbook(
        "<worksheet><sheetData><row><c><f>1+1</f><v>0.30000000000000004</v></c></row></sheetData></worksheet>"
    )
    assert read_workbook("a.xlsx", number) == [["0.3"]]
    problems = acting().check_registers(typed('=1+1;"<script>alert(1)</script>')).problems
    assert [problem.rule_id for problem in problems] == ["row_number"]
    with Work(people) as work:
        assert not work.scalars(select(EnergySending)).all()


def test_a_name_of_a_file_is_no_path(acting: Acting, people: Engine) -> None:
    acting().send_message("../../../etc/80020\x00_x\n.xml.part", message(POINT, day=DAY), "token")
    with Work(people) as work:
        [name] = work.scalars(select(EnergySending.name))
    assert name == "80020__x_.xml.part.xml"


def test_one_contract_of_a_person_does_not_open_another_of_his(acting: Acting) -> None:
    assert acting("61-000005").check_registers(typed("99000")).problems[0].rule_id == "register_foreign"
    assert acting(OURS).check_registers(typed("99000")).reached


def test_a_talk_is_the_contracts_and_goes_on_until_it_is_closed(people: Engine, acting: Acting) -> None:
    mine, theirs = Chat(acting().own, OURS), Chat(acting(THEIRS, 2).own, THEIRS)
    mine.say(SCRIPT, (), "1")
    mine.say("Ещё", (), "2")
    theirs.say("Другое", (), "3")
    [talk] = mine.talks()
    assert ([said.body for said in talk.said], talk.due_on) == ([SCRIPT, "Ещё"], dt.date(2026, 4, 21))
    appeals.say(people, talk.number, "Готово", (), NOW, operator="Петрова", status="closed")
    mine.say("Новое", (), "4")
    assert [one.is_closed for one in mine.talks()] == [False, True]
    for foreign in (Chat(acting().own, THEIRS), Chat(acting(person=3).own, OURS), Chat(acting(person=4).own, OURS)):
        for way in (foreign.talks, lambda foreign=foreign: foreign.say("x", (), "5")):
            with pytest.raises(ForeignContractError):
                way()
    assert [said.body for talk in theirs.talks() for said in talk.said] == ["Другое"]
