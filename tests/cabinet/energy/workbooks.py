"""Workbooks as people fill them in, and as attackers make them."""

import io
import zipfile
from collections.abc import Mapping

import fastexcel
import xlsxwriter


def filled(template: bytes, values: Mapping[str, str]) -> bytes:
    """A template with the empty cells of some rows filled: the row's first cell -> the number in them."""
    rows = fastexcel.read_excel(template).load_sheet(0, header_row=None, dtypes="string").to_polars().rows()
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write_string(place, column, cell.removesuffix(" 00:00:00"))
                elif place and (row[0] or "") in values and rows[0][column] != "Код точки поставки":
                    sheet.write_number(place, column, float(values[row[0] or ""]))
    return made.getvalue()


def workbook(sheet: str, **parts: bytes) -> bytes:
    """A workbook whose first sheet is this XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        members = {
            "[Content_Types].xml": b"<a/>",
            "xl/workbook.xml": b"<a/>",
            "xl/worksheets/sheet1.xml": sheet.encode(),
        }
        for name, content in {**members, **parts}.items():
            archive.writestr(name, content)
    return made.getvalue()
