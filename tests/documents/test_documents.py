"""Documents of a business say what the ledger says, are numbered without gaps, and never change once issued."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import duckdb
import pypdfium2
import pytest

from pipelines.documents import DocumentError, DocumentReport, issue_documents
from pipelines.documents.ukd import ukd_xml
from pipelines.documents.upd import upd_xml
from pipelines.russian import rubles
from pipelines.settings import REFERENCE
from tests.business.little import APRIL, FEBRUARY, JANUARY, MARCH
from tests.documents.structure import faults
from tests.documents.ukd_structure import SCHEMA as UKD

REGISTER = "select kind::varchar, year, number, period, service_period, part, total_kopecks from intake.document_fact order by all"


def issue(connection: duckdb.DuckDBPyConnection, folder: Path, period: object = JANUARY) -> DocumentReport:
    return issue_documents(connection, folder, period, reference=REFERENCE)  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*/*"))}


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in document).replace("\xa0", " "))


def parsed(content: bytes | str) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 (our own file)


def spaced(kopecks: int) -> str:
    return rubles(kopecks).replace("\xa0", " ")


def dotted(kopecks: int) -> str:
    """A sum as the tax service's files write it."""
    return f"{kopecks // 100}.{kopecks % 100:02d}"


def test_a_closed_month_has_each_of_its_documents_once(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    report = issue(warehouse, tmp_path / "out")
    [(total,)] = warehouse.execute("select total_kopecks from business.bill where period = ?", [JANUARY]).fetchall()
    assert report.is_closed
    kinds = [(row[0], row[2], row[6]) for row in warehouse.execute(REGISTER).fetchall() if row[0] != "advance_invoice"]
    [(closing,)] = warehouse.execute(
        "select closing_kopecks from business.balance where period = ?", [JANUARY]
    ).fetchall()
    assert sorted(kinds) == [
        ("act", 1, total),
        ("invoice", 1, total),
        ("reconciliation", 1, closing),
        ("tax_invoice", 1, total),
        ("volumes", 1, 0),
    ]


def test_numbers_run_on_without_a_gap_within_kind_and_year(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for period in (FEBRUARY, JANUARY, FEBRUARY, MARCH):
        issue(warehouse, tmp_path / "out", period)
    numbers: dict[tuple[str, int], list[int]] = {}
    for kind, year, number, *_ in warehouse.execute(REGISTER).fetchall():
        numbers.setdefault((kind, year), []).append(number)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert len(numbers["invoice", 2026]) >= 2


def test_issued_again_everything_is_as_it_was(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    first = issue(warehouse, tmp_path / "out")
    before, register = files(tmp_path / "out"), warehouse.execute(REGISTER).fetchall()
    again = issue(warehouse, tmp_path / "out")
    assert (again.issued, again.stood) == (0, first.issued)
    assert (files(tmp_path / "out"), warehouse.execute(REGISTER).fetchall()) == (before, register)
    issue(warehouse, tmp_path / "elsewhere")
    assert files(tmp_path / "elsewhere") == before


def test_what_was_issued_stays_when_the_ledger_changes(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    issue(warehouse, tmp_path / "out")
    before = files(tmp_path / "out")
    warehouse.execute("update business.charge_line set amount_kopecks = amount_kopecks + 1")
    (tmp_path / "out" / "2026-01" / "invoice-2026-000001.pdf").write_bytes(b"somebody wrote here")
    issue(warehouse, tmp_path / "out")
    assert files(tmp_path / "out") == before


def test_the_register_keeps_the_hash_of_every_file(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    issue(warehouse, tmp_path / "out")
    kept = warehouse.execute("select unnest(files, recursive := true) from intake.document_fact").fetchall()
    assert dict(kept) == files(tmp_path / "out")


def test_the_invoice_shows_the_lines_and_sums_of_the_ledger(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    issue(warehouse, tmp_path / "out", FEBRUARY)
    shown = pdf_text(tmp_path / "out" / "2026-02" / "invoice-2026-000001.pdf")
    [(net, vat, total)] = warehouse.execute(
        "select net_kopecks, vat_kopecks, total_kopecks from business.bill where period = ?", [FEBRUARY]
    ).fetchall()
    [(rest,)] = warehouse.execute(
        "select amount_kopecks from business.advance where period = ? and share_pct is null", [FEBRUARY]
    ).fetchall()
    for kopecks in (net, vat, total, max(rest, 0)):
        assert spaced(kopecks) in shown
    lines = warehouse.execute(
        "select amount_kopecks from business.charge_line where posting_period = ? and component = 'energy'", [FEBRUARY]
    ).fetchall()
    assert lines
    assert "перерасчёт: электроэнергия январь 2026" in shown


def test_a_correction_shows_before_after_and_difference_and_names_the_first_invoice(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    issue(warehouse, tmp_path / "out", JANUARY)
    issue(warehouse, tmp_path / "out", FEBRUARY)
    shown = pdf_text(tmp_path / "out" / "2026-02" / "correction-2026-000001.pdf")
    sums = warehouse.execute(
        "select posting_period, sum(amount_kopecks), sum(vat_kopecks) from business.charge_line"
        " where service_period = ? group by posting_period order by posting_period",
        [JANUARY],
    ).fetchall()
    (_, was, was_vat), (_, change, change_vat) = sums
    for kopecks in (was, was_vat, was + change, was_vat + change_vat, change, change_vat, change + change_vat):
        assert spaced(int(kopecks)) in shown
    assert "К счёту-фактуре № 1 от 31.01.2026" in shown


def test_the_reconciliation_starts_and_ends_with_the_balance(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    issue(warehouse, tmp_path / "out", MARCH)
    shown = pdf_text(tmp_path / "out" / "2026-03" / "reconciliation-2026-000001.pdf")
    [(closing,)] = warehouse.execute(
        "select closing_kopecks from business.balance where period = ?", [MARCH]
    ).fetchall()
    assert f"Сальдо на конец: {spaced(closing)}, в пользу поставщика" in shown
    assert "Сальдо на 01.01.2026: 0,00 ₽" in shown
    assert "20.02.2026 Оплата, документ № 17" in shown
    [(content,)] = warehouse.execute(
        "select content from intake.document_fact where kind = 'reconciliation' and period = ?", [MARCH]
    ).fetchall()
    told = json.loads(content)
    assert told["opening_kopecks"] + sum(row["kopecks"] for row in told["rows"]) == told["closing_kopecks"]


def test_the_tax_services_file_follows_its_schema_and_adds_up(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    issue(warehouse, tmp_path / "out")
    [path] = (tmp_path / "out").rglob("*.xml")
    content = path.read_bytes()
    assert content.startswith(b'<?xml version="1.0" encoding="windows-1251"?>')
    file = parsed(content)
    assert faults(file) == []
    assert file.attrib["ИдФайл"] == path.stem
    assert re.fullmatch(
        r"ON_NSCHFDOPPR_6164000001616401001_6168002922616401001_20260131_[0-9a-f-]{36}_0_0_0_0_0_00", path.stem
    )
    [(net, vat)] = warehouse.execute(
        "select sum(amount_kopecks), sum(vat_kopecks) from business.charge_line where posting_period = ?", [JANUARY]
    ).fetchall()
    [total] = file.iter("ВсегоОпл")
    assert (total.attrib["СтТовБезНДСВсего"], total.attrib["СтТовУчНалВсего"]) == (
        f"{net // 100}.{net % 100:02d}",
        f"{(net + vat) // 100}.{(net + vat) % 100:02d}",
    )
    assert [row.attrib["НалСт"] for row in file.iter("СведТов")] == ["22%"]


def test_a_fault_in_the_tax_services_file_is_seen() -> None:
    file = parsed("<Файл ИдФайл='a' ВерсФорм='5.02'><Документ КНД='1'/></Файл>")
    found = faults(file)
    assert "/Файл: no attribute ВерсПрог" in found
    assert "/Файл: attribute ВерсФорм='5.02'" in found
    assert "/Файл/Документ: СвСчФакт 0 times" in found


def test_a_person_with_a_business_is_named_by_his_names(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    issue(warehouse, tmp_path / "out")
    [(content,)] = warehouse.execute("select content from intake.document_fact where kind = 'tax_invoice'").fetchall()
    told = json.loads(content)
    told["buyer"] |= {"inn": "616400000177", "kpp": "", "name": "ИП Мельник Иван Петрович"}
    file = parsed(upd_xml(told, "5", MARCH, JANUARY))
    assert faults(file) == []
    [person] = file.iter("СвИП")
    assert person[0].attrib == {"Фамилия": "Мельник", "Имя": "Иван", "Отчество": "Петрович"}


def correction(warehouse: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What the only correction says."""
    [(content,)] = warehouse.execute("select content from intake.document_fact where kind = 'correction'").fetchall()
    found: dict[str, Any] = json.loads(content)
    return found


def test_the_tax_services_file_of_a_correction_follows_its_schema_and_says_what_the_ledger_says(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    issue(warehouse, tmp_path / "out", JANUARY)
    issue(warehouse, tmp_path / "out", FEBRUARY)
    [path] = (tmp_path / "out").rglob("ON_NKORSCHFDOPPR*.xml")
    file = parsed(path.read_bytes())
    assert faults(file, UKD) == []
    assert file.attrib["ИдФайл"] == path.stem
    assert re.fullmatch(r"ON_NKORSCHFDOPPR_6164000001616401001_6168002922616401001_20260228_[0-9a-f-]{36}", path.stem)
    [invoice] = file.iter("СчФ")
    assert invoice.attrib == {"НомерСчФ": "1", "ДатаСчФ": "31.01.2026"}
    [(was, was_vat, change, change_vat)] = warehouse.execute(
        """
        select
            sum(amount_kopecks) filter (posting_period < $now)::bigint,
            sum(vat_kopecks) filter (posting_period < $now)::bigint,
            sum(amount_kopecks) filter (posting_period = $now)::bigint,
            sum(vat_kopecks) filter (posting_period = $now)::bigint
        from business.charge_line where service_period = $then
        """,
        {"now": FEBRUARY, "then": JANUARY},
    ).fetchall()
    [goods] = file.iter("СведТов")
    assert goods.attrib["ПорНомТовВСЧФ"] == "1", "the row of the tax invoice it is about"
    assert goods.find("СтТовБезНДС").attrib == {  # type: ignore[union-attr]
        "СтоимДоИзм": dotted(was),
        "СтоимПослеИзм": dotted(was + change),
        "СтоимУвел": dotted(change),
    }
    [more] = file.iter("ВсегоУвел")
    assert more.attrib == {"СтТовБезНДСВсего": dotted(change), "СтТовУчНалВсего": dotted(change + change_vat)}
    assert [one.text for one in file.iter("СумНДС")] == [
        dotted(was_vat), dotted(was_vat + change_vat), dotted(change_vat),
    ]  # fmt: skip
    assert list(file.iter("ВсегоУм")) == []


def test_a_correction_keeps_more_and_less_apart(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    issue(warehouse, tmp_path / "out", JANUARY)
    issue(warehouse, tmp_path / "out", FEBRUARY)
    told = correction(warehouse)
    [row] = told["rows"]
    told["rows"] = [row, {**row, "point": "q", "before": row["after"], "after": row["before"], "line": None}]
    file = parsed(ukd_xml(told, "7", MARCH, JANUARY))
    assert faults(file, UKD) == []
    net, vat = (row["after"][key] - row["before"][key] for key in ("net_kopecks", "vat_kopecks"))
    for tag in ("ВсегоУвел", "ВсегоУм"):
        [total] = file.iter(tag)
        assert total.attrib == {"СтТовБезНДСВсего": dotted(net), "СтТовУчНалВсего": dotted(net + vat)}
    [_, less] = file.iter("СумНалРазн")
    assert (less[0].tag, less[0].text) == ("СумУм", dotted(vat))


def test_a_correction_of_what_was_invoiced_elsewhere_has_a_page_and_no_file(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    issue(warehouse, tmp_path / "out", FEBRUARY)
    assert (tmp_path / "out" / "2026-02" / "correction-2026-000001.pdf").is_file()
    assert list((tmp_path / "out").rglob("ON_NKORSCHFDOPPR*.xml")) == []


def test_a_correction_issued_before_there_was_a_file_stays_as_it_was(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    issue(warehouse, tmp_path / "out", JANUARY)
    issue(warehouse, tmp_path / "out", FEBRUARY)
    told = correction(warehouse)
    [pdf] = (tmp_path / "out").rglob("correction-*.pdf")
    warehouse.execute(
        "update intake.document_fact set content = ?, files = ? where kind = 'correction'",
        [
            json.dumps({key: value for key, value in told.items() if key not in {"rows", "invoice"}}),
            [{"name": pdf.name, "sha256": hashlib.sha256(pdf.read_bytes()).hexdigest()}],
        ],
    )
    before = pdf.read_bytes()
    pdf.unlink()
    issue(warehouse, tmp_path / "out", FEBRUARY)
    assert pdf.read_bytes() == before


def test_a_penalty_invoice_asks_for_what_the_month_posted_line_by_line(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for period in (JANUARY, FEBRUARY, MARCH):
        issue(warehouse, tmp_path / "out", period)
    posted = warehouse.execute(
        """
        select posting_period, sum(amount_kopecks)::bigint, list(amount_kopecks)
        from business.penalty_line where posting_period <= ? group by posting_period order by posting_period
        """,
        [MARCH],
    ).fetchall()
    asked = warehouse.execute(
        "select number, period, total_kopecks from intake.document_fact where kind = 'penalty_invoice' order by number"
    ).fetchall()
    assert asked == [(number, period, kopecks) for number, (period, kopecks, _) in enumerate(posted, 1)]
    shown = pdf_text(tmp_path / "out" / "2026-03" / "penalty_invoice-2026-000002.pdf")
    assert "Счёт на пени № 2 от 31.03.2026" in shown
    assert f"К оплате: {spaced(posted[1][1])} НДС не облагается." in shown
    for kopecks in posted[1][2]:
        assert spaced(kopecks) in shown


def test_penalties_that_were_taken_back_are_not_asked_for_again(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    [(march,)] = warehouse.execute(
        "select sum(amount_kopecks)::bigint from business.penalty_line where posting_period = ?", [MARCH]
    ).fetchall()
    warehouse.execute("update business.penalty_line set amount_kopecks = -150 where posting_period = ?", [FEBRUARY])
    for period in (FEBRUARY, MARCH):
        issue(warehouse, tmp_path / "out", period)
    [(period, kopecks)] = warehouse.execute(
        "select period, total_kopecks from intake.document_fact where kind = 'penalty_invoice'"
    ).fetchall()
    assert (period, kopecks) == (MARCH, march - 300), "two lines of February were 150 kopecks each"
    assert "Зачтено снятых раньше пеней: 3,00 ₽." in pdf_text(
        tmp_path / "out" / "2026-03" / "penalty_invoice-2026-000001.pdf"
    )


def test_of_a_month_that_is_not_closed_only_advances_are_asked_for(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    report = issue(warehouse, tmp_path / "out", APRIL)
    assert not report.is_closed
    assert {row[0] for row in warehouse.execute(REGISTER).fetchall()} <= {"advance_invoice"}


def test_an_unknown_contract_is_said(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="Договора 77 за 01.2026 нет"):
        issue_documents(warehouse, tmp_path, JANUARY, reference=REFERENCE, contracts=["77"])


def test_a_warehouse_derived_anew_goes_on_with_the_numbers_of_the_register_beside_the_documents(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    issue(warehouse, tmp_path / "out", JANUARY)
    before, register = files(tmp_path / "out"), warehouse.execute(REGISTER).fetchall()
    warehouse.execute("delete from intake.document_fact")
    with (tmp_path / "out" / "register.jsonl").open("a") as file:
        file.write('{"kind": "act", "year": 2026, "numb')
    issue(warehouse, tmp_path / "out", FEBRUARY)
    kept = [row for row in warehouse.execute(REGISTER).fetchall() if row[3] == JANUARY]
    assert kept == register
    assert before.items() <= files(tmp_path / "out").items()
    warehouse.execute("delete from intake.document_fact")
    issue(warehouse, tmp_path / "out", JANUARY)
    assert warehouse.execute(
        "select number from intake.document_fact where kind = 'invoice' and period = ?", [FEBRUARY]
    ).fetchall() == [(2,)]


def test_a_run_that_was_killed_leaves_no_gap(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.documents import make

    written: list[Path] = []

    def dying(path: Path, content: bytes) -> str:
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(path)
        return genuine(path, content)

    genuine = make._write
    monkeypatch.setattr(make, "_write", dying)
    with pytest.raises(KeyboardInterrupt):
        issue(warehouse, tmp_path / "out")
    assert warehouse.execute(REGISTER).fetchall() == []
    monkeypatch.setattr(make, "_write", genuine)
    issue(warehouse, tmp_path / "out")
    issue(warehouse, tmp_path / "undisturbed")
    assert files(tmp_path / "out") == files(tmp_path / "undisturbed")
