"""A month's statements as one table: CSV for programs, XLSX for people."""

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from pipelines.statements.month import Statement, Terms, open_snapshot, read_statements, read_terms
from pipelines.table_files import FORMULA_SIGNS

HEADER = (
    "Лицевой счёт", "Плательщик", "Район", "Адрес", "кВт·ч", "На начало, ₽", "Начислено, ₽", "Перерасчёт, ₽", "Пени, ₽",
    "Оплачено, ₽", "На конец, ₽", "К оплате, ₽", "Срок оплаты",
)  # fmt: skip
MONEY = (
    "opening_kopecks", "charged_kopecks", "corrected_kopecks", "penalty_kopecks", "paid_kopecks", "closing_kopecks",
)  # fmt: skip
AT_ONCE = 5000
"""Accounts read at once: what keeps the memory of a table of a million rows bounded."""

SHEET_ROWS = 1_000_000
"""A sheet of Excel holds 1 048 576 rows; what is beyond would be left out without a word."""


def write_tables(
    snapshot: Path, folder: Path, period: dt.date, accounts: list[int], district: str | None
) -> dict[str, str]:
    """Write the month, or a district's, as CSV (`;`, decimal comma, for Excel too) and XLSX beside the pages.

    Returns the name of each file with its SHA-256; all of a file stands under its name, or nothing.
    """
    name = "month" if district is None else f"month-{district.replace('/', '-')}"
    parts = {ending: folder / f"{name}.{ending}.unfinished" for ending in ("csv", "xlsx")}
    _write(snapshot, parts, period, accounts)
    hashes = {}
    for ending, part in parts.items():
        hashes[f"{name}.{ending}"] = hashlib.sha256(part.read_bytes()).hexdigest()
        part.replace(folder / f"{name}.{ending}")
    return hashes


def _write(snapshot: Path, parts: dict[str, Path], period: dt.date, accounts: list[int]) -> None:
    with (
        open_snapshot(snapshot) as connection,
        parts["csv"].open("w", encoding="utf-8-sig", newline="") as file,
        xlsxwriter.Workbook(parts["xlsx"], {"constant_memory": True}) as book,
    ):
        # The same month gives the same bytes, whenever it is written.
        book.set_properties({"created": dt.datetime.combine(period, dt.time())})
        money, bold = book.add_format({"num_format": "#,##0.00"}), book.add_format({"bold": True})
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        terms = read_terms(connection, period)
        for sheet_number, first in enumerate(range(0, len(accounts), SHEET_ROWS), start=1):
            sheet = _sheet(book, f"{period:%Y-%m}" + (f" ({sheet_number})" if sheet_number > 1 else ""), bold)
            line = 0
            rows = accounts[first : first + SHEET_ROWS]
            for start in range(0, len(rows), AT_ONCE):
                for statement in read_statements(connection, period, rows[start : start + AT_ONCE]):
                    line += 1
                    row = list(_row(statement, terms))
                    writer.writerow([_safe(_text(value)) for value in row])
                    for column, value in enumerate(row):
                        if isinstance(value, Decimal):
                            sheet.write_number(line, column, value, money)
                        elif isinstance(value, int) and column:
                            sheet.write_number(line, column, value)
                        else:
                            sheet.write_string(line, column, _text(value))


def _sheet(book: xlsxwriter.Workbook, title: str, bold: xlsxwriter.format.Format) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(title)
    sheet.write_row(0, 0, HEADER, bold)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 3, 26)
    sheet.set_column(4, 12, 14)
    sheet.freeze_panes(1, 1)
    return sheet


def _row(statement: Statement, terms: Terms) -> Iterator[object]:
    account = statement.account
    yield from (
        account["account_number"],
        account["holder_name"],
        account["district"],
        account["address"],
        account["kwh"],
    )
    for column in MONEY:
        yield Decimal(int(account[column])).scaleb(-2)
    yield Decimal(statement.to_pay_kopecks).scaleb(-2)
    yield terms.due_on


def _safe(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe; a number below zero is none."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and not re.fullmatch(r"-\d+(,\d+)?", text) else text


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)
