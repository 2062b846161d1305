"""Bank statements 1CClientBankExchange: real samples of three projects, broken ones, and another parser beside ours."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import odin_palace_py
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.channels.exchange import BrokenStatementError, encoding_of, read_sections
from pipelines.channels.statement import Balance, Document, Header, read_statement

SAMPLES = Path(__file__).parent / "exchange"
BROKEN = {
    "odin_palace__invalid": (1, "file_header"),
    "odin_palace__no_end_of_account": (20, "statement_line"),
    "odin_palace__no_end_of_document": (46, "statement_line"),
    "odin_palace__no_end_of_file": (47, "file_unfinished"),
    "odin_palace__statement-131911": (2, "file_encoding"),
}
SOUND = sorted(path.stem for path in SAMPLES.glob("*.txt") if path.stem not in BROKEN)
STATEMENT = """1CClientBankExchange
ВерсияФормата=1.03
Кодировка=Windows
ДатаНачала=01.10.2026
ДатаКонца=02.10.2026
РасчСчет=40702810000000000001
РасчСчет=40702810000000000009
СекцияРасчСчет
НачальныйОстаток=-10.5
РасчСчет=40702810000000000001
ДатаНачала=01.10.2026
КонецРасчСчет
СекцияДокумент=Платежное поручение
Сумма=100.5
Дата=01.10.2026
Номер=0017
ПлательщикСчет=40702810000000000555
ПолучательСчет=40702810000000000001
НазначениеПлатежа1=Оплата
НазначениеПлатежа2=по договору 12
НовыйКлюч=новое=значение
КонецДокумента
КонецФайла
"""


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.txt").read_bytes()


def read(content: bytes) -> list[Header | Balance | Document]:
    return list(read_statement(content.splitlines(keepends=True), encoding_of(content)))


def documents(content: bytes) -> list[Document]:
    return [item for item in read(content) if isinstance(item, Document)]


def refusal(content: bytes) -> tuple[int, str]:
    with pytest.raises(BrokenStatementError) as refused:
        read(content)
    return refused.value.line, refused.value.rule_id


@pytest.mark.parametrize("name", SOUND)
def test_every_line_of_a_sound_sample_is_a_mark_or_stands_in_a_section(name: str) -> None:
    content = sample(name)
    encoding = encoding_of(content)
    assert encoding is not None
    sections = list(read_sections(content.splitlines(keepends=True), encoding))
    kept = {pair.line: f"{pair.key}={pair.value}" for section in sections for pair in section.pairs}
    marks = Counter[str]()
    for number, line in enumerate(content.decode(encoding).splitlines(), 1):
        if number in kept:
            assert kept[number] == line
        elif line.strip():
            marks[line.partition("=")[0].strip()] += 1
    balances = sum(section.name == "СекцияРасчСчет" for section in sections)
    papers = sum(section.name == "СекцияДокумент" for section in sections)
    assert marks == +Counter(
        {
            "1CClientBankExchange": 1,
            "СекцияРасчСчет": balances,
            "КонецРасчСчет": balances,
            "СекцияДокумент": papers,
            "КонецДокумента": papers,
            "КонецФайла": 1,
        }
    )


@pytest.mark.parametrize("name", SOUND)
def test_another_parser_reads_the_same_documents_and_days(name: str) -> None:
    other = odin_palace_py.parse(sample(name))
    assert other.warnings == []
    ours = read(sample(name))
    assert [
        (
            paper.number,
            paper.drawn_on.isoformat(),
            paper.kopecks,
            paper.payer.account,
            paper.payee.account,
            paper.purpose,
        )
        for paper in ours
        if isinstance(paper, Document)
    ] == [
        (
            paper.doc_number,
            paper.doc_date,
            int(Decimal(paper.amount) * 100),
            paper.counterparty_account,
            paper.payee_account,
            paper.purpose.strip(),
        )
        for paper in other.documents
    ]
    days = {(one.account, one.first_day.isoformat(), one.opening_kopecks) for one in ours if isinstance(one, Balance)}
    assert days == {
        (number, interval.date_start, int(Decimal(interval.start_amount) * 100))
        for number, account in other.accounts.items()
        for interval in account.intervals
    }


@pytest.mark.parametrize(("name", "line", "rule_id"), [(name, *why) for name, why in BROKEN.items()])
def test_a_broken_sample_is_refused_at_the_line_that_breaks_it(name: str, line: int, rule_id: str) -> None:
    assert refusal(sample(name)) == (line, rule_id)


def test_the_large_sample_holds_the_sums_of_its_document() -> None:
    found = documents(sample("odin_palace__statement-137442"))
    sums = {
        side: sum(one.kopecks for one in found if one.direction == side) for side in {one.direction for one in found}
    }
    assert (len(found), sums) == (129, {"incoming": 102_735_616, "outgoing": 64_226_831})


def test_direction_is_told_by_the_accounts_and_not_by_the_dates() -> None:
    [incoming] = documents(sample("odin_palace__one_document_utf"))
    assert (incoming.direction, incoming.spent_on is not None, incoming.received_on) == ("incoming", True, None)
    directions = Counter(one.direction for one in documents(sample("kilylabs__one_day")))
    assert directions == {"incoming": 3, "unknown": 10}
    assert Counter(one.direction for one in documents(sample("odin_palace__two_accounts"))) == {
        "outgoing": 4,
        "internal": 2,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "cp866"])
def test_the_encoding_is_told_from_the_bytes_whatever_the_key_says(encoding: str) -> None:
    header, balance, paper = read(STATEMENT.encode(encoding))
    assert isinstance(header, Header)
    assert header.accounts == ("40702810000000000001", "40702810000000000009")
    assert isinstance(balance, Balance)
    assert (balance.opening_kopecks, balance.closing_kopecks, balance.last_day) == (-1050, None, balance.first_day)
    assert isinstance(paper, Document)
    assert (paper.number, paper.kopecks, paper.purpose) == ("0017", 10050, "Оплата по договору 12")
    assert ("НовыйКлюч", "новое=значение") in [(pair.key, pair.value) for pair in paper.other]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("ВерсияФормата=1.03", "ВерсияФормата=2.0", 2),
        ("Сумма=100.5", "Сумма=100,50", 14),
        ("Сумма=100.5", "Сумма=-100.50", 14),
        ("Сумма=100.5", "Сумма=1e3", 14),
        ("Сумма=100.5", "Сумма=", 13),
        ("Дата=01.10.2026", "Дата=31.09.2026", 15),
        ("Дата=01.10.2026", "Дата=2026-10-01", 15),
        ("Номер=0017", "без знака равенства", 16),
        ("Номер=0017", "Сумма=7", 16),
        ("РасчСчет=40702810000000000001\nРасчСчет=40702810000000000009", "Документ=все", 1),
        ("КонецДокумента\nКонецФайла", "КонецФайла\nКонецДокумента", 22),
        ("КонецРасчСчет\n", "КонецРасчСчет\nлишняя строка\n", 13),
        ("КонецФайла\n", "КонецФайла\nхвост\n", 24),
        ("КонецФайла\n", "", 23),
    ],
)
def test_the_line_that_breaks_a_statement_is_named(old: str, new: str, line: int) -> None:
    assert old in STATEMENT
    assert refusal(STATEMENT.replace(old, new).encode("cp1251"))[0] == line


def test_a_refusal_says_what_was_expected_and_what_was_found() -> None:
    with pytest.raises(BrokenStatementError) as refused:
        read(STATEMENT.replace("Сумма=100.5", "Сумма=сто").encode())
    assert str(refused.value) == (
        "Строка 14. Ожидается: Сумма: рубли с копейками через точку, например 100.50; найдено: «сто»."
    )


@settings(deadline=None, database=None)
@given(st.integers(0, len(STATEMENT.encode("cp1251")) - len("КонецФайла\n")))
def test_a_statement_cut_anywhere_is_refused(length: int) -> None:
    refusal(STATEMENT.encode("cp1251")[:length])


@settings(deadline=None, database=None)
@given(st.randoms(use_true_random=False))
def test_keys_of_a_section_may_stand_in_any_order(random: Random) -> None:
    lines = STATEMENT.splitlines()
    shuffled = lines[13:21]
    random.shuffle(shuffled)
    text = "\n".join([*lines[:13], *shuffled, *lines[21:]])
    [before], [after] = documents(STATEMENT.encode()), documents(text.encode())
    assert (before.kopecks, before.purpose, before.number) == (after.kopecks, after.purpose, after.number)
