"""Tables as files: CSV as Excel of the reader's language opens it, XLSX with real numbers and dates.

Money leaves as exact decimals of rubles.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

Cell = str | int | Decimal | date | datetime | None

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run as a formula by a spreadsheet: it gets an apostrophe."""

KOPECKS = -2
"""Exponent of an exact sum of rubles."""

_WIDEST = 60


FORMATS = {
    "money": "#,##0.00",
    "decimal": "#,##0.0###",
    "whole": "#,##0",
    "day": "dd.mm.yyyy",
    "instant": "dd.mm.yyyy hh:mm",
}
"""Faces of numbers and dates in a workbook."""


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook: its title, the names of its columns, its rows."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def to_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]], *, decimal_comma: bool) -> bytes:
    """UTF-8 with a mark, so that Excel knows; semicolons and decimal commas for Russian, commas and points else."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if decimal_comma else ",", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_written(cell, decimal_comma=decimal_comma) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(
    sheets: Sequence[Sheet],
    *,
    origin: Sequence[tuple[str, str]] = (),
    origin_title: str = "Сведения",
    made_on: date | None = None,
) -> bytes:
    """Sheets with a frozen, filterable header, and a last one that says where they come from; text stays text.

    `made_on` stands in the file as its day of birth: the same rows then give the same bytes on any day.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        if made_on:
            book.set_properties({"created": datetime(made_on.year, made_on.month, made_on.day)})  # noqa: DTZ001
        formats = {name: book.add_format({"num_format": pattern}) for name, pattern in FORMATS.items()}
        title_format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.title[:31]), sheet, formats, title_format)
        if origin:
            about = book.add_worksheet(origin_title)
            for position, pair in enumerate(origin):
                for column, text in enumerate(pair):
                    about.write_string(position, column, text)
            about.set_column(0, 0, 30)
            about.set_column(1, 1, 2 * _WIDEST)
    return file.getvalue()


def _fill(
    page: xlsxwriter.worksheet.Worksheet,
    sheet: Sheet,
    formats: dict[str, xlsxwriter.format.Format],
    title_format: xlsxwriter.format.Format,
) -> None:
    page.write_row(0, 0, sheet.header, title_format)
    for position, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write(page, position, column, cell, formats)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), max(len(sheet.header) - 1, 0))
    for column, name in enumerate(sheet.header):
        longest = max([len(name), *(len(str(row[column] or "")) for row in sheet.rows)])
        page.set_column(column, column, min(_WIDEST, longest + 2))


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
