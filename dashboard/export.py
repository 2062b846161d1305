"""Tables as files: CSV as Excel of the reader's language opens it, XLSX with real numbers and dates.

Money leaves as exact decimals of rubles.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

Cell = str | int | Decimal | date | datetime | None

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run as a formula by a spreadsheet: it gets an apostrophe."""

KOPECKS = -2
"""Exponent of an exact sum of rubles."""

_WIDEST = 60


def to_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]], *, decimal_comma: bool) -> bytes:
    """UTF-8 with a mark, so that Excel knows; semicolons and decimal commas for Russian, commas and points else."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if decimal_comma else ",", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_written(cell, decimal_comma=decimal_comma) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    origin: Sequence[tuple[str, str]] = (),
    origin_title: str = "Сведения",
) -> bytes:
    """One sheet with a frozen, filterable header, and a second one that says where it comes from; text stays text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title[:31])
        formats = {
            name: book.add_format({"num_format": pattern})
            for name, pattern in (
                ("money", "#,##0.00"),
                ("decimal", "#,##0.0###"),
                ("whole", "#,##0"),
                ("day", "dd.mm.yyyy"),
                ("instant", "dd.mm.yyyy hh:mm"),
            )
        }
        sheet.write_row(0, 0, header, book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}))
        for position, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, position, column, cell, formats)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), max(len(header) - 1, 0))
        for column, name in enumerate(header):
            sheet.set_column(
                column, column, min(_WIDEST, max([len(name), *(len(str(row[column] or "")) for row in rows)]) + 2)
            )
        if origin:
            about = book.add_worksheet(origin_title)
            for position, pair in enumerate(origin):
                for column, text in enumerate(pair):
                    about.write_string(position, column, text)
            about.set_column(0, 0, 30)
            about.set_column(1, 1, 2 * _WIDEST)
    return file.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: Cell,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, formats["instant"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["day"])
    elif isinstance(cell, Decimal):
        is_money = cell.as_tuple().exponent == KOPECKS
        sheet.write_number(row, column, cell, formats["money" if is_money else "decimal"])
    elif cell is not None:
        sheet.write_number(row, column, cell, formats["whole"])


def _written(cell: Cell, *, decimal_comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y %H:%M}" if decimal_comma else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}" if decimal_comma else cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",") if decimal_comma else f"{cell:f}"
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
    return str(cell)
