"""What one account asks for: its archive, its extract, its act; each says what the ledger says."""

import csv
import ctypes
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import fastexcel
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.russian import rubles
from pipelines.settings import REFERENCE, SQL, Settings
from pipelines.statements import (
    StatementError,
    account_archive,
    account_extract,
    make_statements,
    reconciliation,
    statement_pdf,
)
from pipelines.statements.archive import COLUMNS, TABLES
from pipelines.statements.history import BEGINNING, END
from tests.statements.conftest import Asked

FIRST, LAST = dt.date(2025, 11, 1), dt.date(2026, 2, 1)


@pytest.fixture(scope="module")
def account(asked: Asked) -> int:
    """One with charges, corrections, payments and penalty in the months looked at."""
    [(number,)] = asked(
        "select account_number from account_month where period between $first and $last group by account_number"
        " having sum(abs(corrected_kopecks)) > 0 and sum(paid_kopecks) > 0 and sum(penalty_kopecks) > 0"
        " order by account_number limit 1",
        first=FIRST,
        last=LAST,
    )
    return int(number)


def kopecks(text: str) -> int:
    return int(Decimal(text.replace(",", ".")) * 100)


def unpacked(archive: bytes) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]], str]:
    """The JSON, the CSV files by name, and the text that explains them."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        texts = {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}
    [whole] = [json.loads(text) for name, text in texts.items() if name.endswith(".json")]
    tables = {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(text)))
        for name, text in texts.items()
        if name.endswith(".csv")
    }
    return whole, tables, texts["ПРОЧТИТЕ.txt"]


def test_the_archive_holds_every_row_kept_of_the_account(snapshot: Path, asked: Asked, account: int) -> None:
    whole, tables, _ = unpacked(account_archive(snapshot, account))
    sources = {"months": "account_month", "charges": "charge_line", "penalties": "penalty_line"}
    assert set(tables) == set(TABLES)
    for name, rows in tables.items():
        source = sources.get(name, name.removesuffix("s"))
        [(count,)] = asked(f"select count(*) from {source} where account_number = $account", account=account)
        assert len(rows) == len(whole[name]) == count > 0, name


def test_the_archive_adds_up_to_the_ledger_in_both_forms(snapshot: Path, asked: Asked, account: int) -> None:
    whole, tables, _ = unpacked(account_archive(snapshot, account))
    [posted] = asked(
        "select sum(charged_kopecks + corrected_kopecks), sum(penalty_kopecks), sum(paid_kopecks) from account_month"
        " where account_number = $account",
        account=account,
    )
    for form in (whole, tables):
        sums = [sum(kopecks(row["amount_rub"]) for row in form[name]) for name in ("charges", "penalties", "payments")]
        assert sums == list(posted)
    for row, same in zip(tables["months"], whole["months"], strict=True):
        opening, charged, corrected, penalty, paid, closing = (
            kopecks(row[f"{name}_rub"]) for name in ("opening", "charged", "corrected", "penalty", "paid", "closing")
        )
        assert closing == opening + charged + corrected + penalty - paid
        assert {name: str(value) for name, value in same.items()} == row


def test_the_archive_explains_every_column_and_is_the_same_each_time(snapshot: Path, account: int) -> None:
    made = account_archive(snapshot, account)
    _, tables, explained = unpacked(made)
    for column in {column for rows in tables.values() for column in rows[0]}:
        assert f"  {column} — {COLUMNS[column]}" in explained
    assert "  average — по среднему" in explained
    assert account_archive(snapshot, account) == made


def test_a_table_without_rows_still_names_its_columns(snapshot: Path, asked: Asked) -> None:
    [(number,)] = asked(
        "select min(account_number) from account_month where account_number not in (select account_number from penalty_line)"
    )
    with zipfile.ZipFile(io.BytesIO(account_archive(snapshot, number))) as files:
        assert files.read("penalties.csv").decode("utf-8-sig").splitlines() == [
            "posting_period,debt_period,due_on,day_from,day_to,days,base_rub,fraction_divisor,rate_pct,amount_rub"
        ]


def test_nobody_learns_who_held_the_account_before() -> None:
    query = (SQL / "statements" / "history" / "account.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(
            "create table account as select 1::bigint as account_number, holder as holder_name, 'Азов' as district, 'д. 1' as"
            " address, 'urban' as settlement, 'gas' as stove, 'none' as heating, 2 as rooms, 'flat' as dwelling, 40 as area_m2,"
            " 'urban' as category, 2 as persons, 'h' as house_id, 'b' as branch, 's' as site, day as valid_from,"
            " date '9999-12-31' as valid_to from (values ('Прежняя П. П.', date '2014-01-01'),"
            " ('Новый Н. Н.', date '2020-05-01')) as holders (holder, day)"
        )
        [row] = connection.execute(query, {"account": 1}).fetchall()
    assert "Новый Н. Н." in row
    assert "Прежняя П. П." not in row


def sheets(book: bytes) -> dict[str, Any]:
    read = fastexcel.read_excel(book)
    return {name: read.load_sheet(name).to_polars() for name in read.sheet_names}


def test_the_extract_says_what_the_ledger_posted_in_its_months(snapshot: Path, asked: Asked, account: int) -> None:
    [(charged, corrected, penalty, paid)] = asked(
        "select sum(charged_kopecks), sum(corrected_kopecks), sum(penalty_kopecks), sum(paid_kopecks) from account_month"
        " where account_number = $account and period between $first and $last",
        account=account,
        first=FIRST,
        last=LAST,
    )
    [(opening, closing)] = asked(
        "select min_by(opening_kopecks, period), max_by(closing_kopecks, period) from account_month"
        " where account_number = $account and period between $first and $last",
        account=account,
        first=FIRST,
        last=LAST,
    )
    text = page_text(account_extract(snapshot, REFERENCE, account, FIRST, LAST))
    assert "Выписка: ноябрь 2025 — февраль 2026" in text
    for sum_ in (abs(opening), charged, corrected, penalty, paid, abs(closing)):
        assert rubles(sum_).replace("\u00a0", " ") in text
    book = sheets(account_extract(snapshot, REFERENCE, account, FIRST, LAST, "xlsx"))
    assert round(sum(book["Начисления"]["Сумма, ₽"]) * 100) == charged + corrected
    assert round(sum(book["Платежи"]["Сумма, ₽"]) * 100) == paid
    assert book["По месяцам"].height == 4
    months = rows_of(account_extract(snapshot, REFERENCE, account, FIRST, LAST, "csv"))
    assert [row[0] for row in months] == ["Месяц", "01.11.2025", "01.12.2025", "01.01.2026", "01.02.2026"]
    assert kopecks(months[-1][-1]) == closing


def rows_of(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))


def test_the_act_leads_from_the_opening_to_the_closing_balance_of_every_account(snapshot: Path, asked: Asked) -> None:
    numbers = [number for (number,) in asked("select distinct account_number from account_month order by 1")]
    for number in numbers[::7]:
        header, opening, *entries, turnover, closing = rows_of(
            reconciliation(snapshot, REFERENCE, number, FIRST, LAST, "csv")
        )
        debits, credits_ = ([kopecks(row[side] or "0") for row in entries] for side in (2, 3))
        begins, ends = (kopecks(row[2] or "0") - kopecks(row[3] or "0") for row in (opening, closing))
        assert begins + sum(debits) - sum(credits_) == ends
        assert [kopecks(cell) for cell in turnover[2:]] == [sum(debits), sum(credits_)]
        assert header[2:] == ["Дебет, ₽", "Кредит, ₽"]
        [expected] = asked(
            "select min_by(opening_kopecks, period), max_by(closing_kopecks, period) from account_month"
            " where account_number = $account and period between $first and $last",
            account=number,
            first=FIRST,
            last=LAST,
        )
        assert (begins, ends) == expected


def test_the_act_names_every_payment_once_by_its_day(snapshot: Path, asked: Asked, account: int) -> None:
    paid = asked(
        "select strftime(paid_on, '%d.%m.%Y'), amount_kopecks from payment where account_number = $account"
        " and posting_period between $first and $last order by all",
        account=account,
        first=FIRST,
        last=LAST,
    )
    act = rows_of(reconciliation(snapshot, REFERENCE, account, FIRST, LAST, "csv"))
    assert sorted((row[0], kopecks(row[3])) for row in act if row[1].startswith("Оплата: ")) == sorted(paid)
    text = page_text(reconciliation(snapshot, REFERENCE, account, FIRST, LAST))
    assert all(row[1] in text for row in act[1:])


def test_a_document_of_all_months_is_the_same_each_time(snapshot: Path, account: int) -> None:
    for make in (account_extract, reconciliation):
        for form in ("pdf", "csv", "xlsx"):
            first, second = (make(snapshot, REFERENCE, account, BEGINNING, END, form) for _ in range(2))
            assert first == second


def test_many_customers_of_one_server_get_their_pages_at_once(snapshot: Path, account: int) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: statement_pdf(snapshot, REFERENCE, account, LAST), range(24)))
    assert len(set(made)) == 1


def page_text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return pages.replace("\u00a0", " ").replace("\r\n", " ")


@pytest.mark.parametrize(
    ("make", "pictures"),
    [
        (lambda snapshot, number: statement_pdf(snapshot, REFERENCE, number, LAST), 2),
        (lambda snapshot, number: account_extract(snapshot, REFERENCE, number, FIRST, LAST), 1),
        (lambda snapshot, number: reconciliation(snapshot, REFERENCE, number, FIRST, LAST), 0),
    ],
    ids=["statement", "extract", "act"],
)
def test_a_page_can_be_read_without_seeing_it(
    make: Callable[[Path, int], bytes], pictures: int, snapshot: Path, account: int
) -> None:
    with pypdfium2.PdfDocument(make(snapshot, account)) as document:
        assert pdfium.FPDFCatalog_IsTagged(document)
        language = ctypes.create_string_buffer(20)
        pdfium.FPDFCatalog_GetLanguage(document, ctypes.cast(language, ctypes.POINTER(pdfium.FPDF_WCHAR)), 20)
        assert language.raw.decode("utf-16-le").startswith("ru")
        assert document.get_metadata_value("Title")
        fonts = {
            embedded(item) for page in document for item in page.get_objects() if item.type == pdfium.FPDF_PAGEOBJ_TEXT
        }
        assert fonts == {1}
        said = [text for page in document for text in alternatives(page)]
        assert len(said) == pictures
        assert all(len(text) > 20 for text in said)


def embedded(item: pypdfium2.PdfObject) -> int:
    return int(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item)))


def alternatives(page: pypdfium2.PdfPage) -> Iterator[str]:
    """What a screen reader says of each picture of a page."""

    def below(element: Any) -> Iterator[str]:
        size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            text = ctypes.create_string_buffer(size)
            pdfium.FPDF_StructElement_GetAltText(element, text, size)
            yield text.raw.decode("utf-16-le").rstrip("\0")
        for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                yield from below(child)

    tree = pdfium.FPDF_StructTree_GetForPage(page)
    for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place))
    pdfium.FPDF_StructTree_Close(tree)


@pytest.mark.parametrize(
    ("number", "first", "last", "said"),
    [
        (5, FIRST, LAST, "Лицевого счёта 5 нет"),
        (None, LAST, FIRST, "кончается раньше"),
        (None, dt.date(2014, 1, 1), dt.date(2014, 2, 1), "ничего нет"),
    ],
)
def test_what_cannot_be_made_is_answered_in_words(
    number: int | None, first: dt.date, last: dt.date, said: str, snapshot: Path, account: int
) -> None:
    for make in (account_extract, reconciliation):
        with pytest.raises(StatementError, match=said):
            make(snapshot, REFERENCE, number or account, first, last)


def test_the_commands_write_what_was_asked_for(
    night: Settings, snapshot: Path, account: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "published").symlink_to(night.published)
    monkeypatch.setenv("ENERGOSBYT_HOME", str(tmp_path))
    for command, made in (
        (["archive", str(account)], account_archive(snapshot, account)),
        (["extract", str(account), "--from", "2025-11", "--to", "2026-02", "--format", "csv"],
         account_extract(snapshot, REFERENCE, account, FIRST, LAST, "csv")),
        (["reconciliation", str(account)], reconciliation(snapshot, REFERENCE, account, BEGINNING, END)),
    ):  # fmt: skip
        ran = CliRunner().invoke(app, command)
        assert ran.exit_code == 0, ran.output
        assert Path(ran.output.strip().replace("\n", "")).read_bytes() == made


def test_a_statement_shows_the_penalty_and_stays_small(
    snapshot: Path, asked: Asked, tmp_path: Path, account: int
) -> None:
    [(penalty, month)] = asked(
        "select penalty_kopecks, period from account_month where account_number = $account and penalty_kopecks > 0"
        " order by penalty_kopecks desc, period limit 1",
        account=account,
    )
    make_statements(snapshot, tmp_path, month, accounts=[account], processes=1)
    pdf = (tmp_path / f"{month:%Y-%m}" / f"{account}.pdf").read_bytes()
    assert f"Пени {rubles(penalty)}".replace("\u00a0", " ") in page_text(pdf)
    assert len(pdf) < 100_000
