"""Documents of a business say what the ledger says, are numbered without gaps, and never change once issued."""

import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import duckdb
import pypdfium2
import pytest

from pipelines.documents import DocumentError, DocumentReport, issue_documents
from pipelines.documents.upd import upd_xml
from pipelines.russian import rubles
from pipelines.settings import REFERENCE
from tests.business.little import APRIL, FEBRUARY, JANUARY, MARCH
from tests.documents.structure import faults

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
