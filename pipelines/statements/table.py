"""A month's statements as one table: CSV for programs, XLSX for people."""

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from pipelines.statements.month import Statement, Terms, open_snapshot, read_statements, read_terms

HEADER = (
    "Лицевой счёт", "Плательщик", "Район", "Адрес", "кВт·ч", "На начало, ₽", "Начислено, ₽", "Перерасчёт, ₽", "Пени, ₽",
    "Оплачено, ₽", "На конец, ₽", "К оплате, ₽", "Срок оплаты",
)  # fmt: skip
MONEY = (
    "opening_kopecks", "charged_kopecks", "corrected_kopecks", "penalty_kopecks", "paid_kopecks", "closing_kopecks",
)  # fmt: skip
AT_ONCE = 5000
"""Accounts read at once: what keeps the memory of a table of a million rows bounded."""


def write_tables(snapshot: Path, folder: Path, period: dt.date, accounts: list[int]) -> None:
    """Write `month.csv` (`;`, decimal comma, for Excel too) and `month.xlsx` beside the pages."""
    with (
        open_snapshot(snapshot) as connection,
        (folder / "month.csv").open("w", encoding="utf-8-sig", newline="") as file,
        xlsxwriter.Workbook(folder / "month.xlsx", {"constant_memory": True}) as book,
    ):
        # The same month gives the same bytes, whenever it is written.
        book.set_properties({"created": dt.datetime.combine(period, dt.time())})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet(f"{period:%Y-%m}")
        sheet.write_row(0, 0, HEADER, book.add_format({"bold": True}))
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 3, 26)
        sheet.set_column(4, 12, 14)
        sheet.freeze_panes(1, 1)
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        terms = read_terms(connection, period)
        line = 0
        for start in range(0, len(accounts), AT_ONCE):
            for statement in read_statements(connection, period, accounts[start : start + AT_ONCE]):
                line += 1
                row = list(_row(statement, terms))
                writer.writerow([_text(value) for value in row])
                for column, value in enumerate(row):
                    if isinstance(value, Decimal):
                        sheet.write_number(line, column, value, money)
                    elif isinstance(value, int) and column:
                        sheet.write_number(line, column, value)
                    else:
                        sheet.write_string(line, column, _text(value))


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


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)
