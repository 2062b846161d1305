"""Reads the first sheet of a workbook (XLSX) as texts, in bounded memory: nothing is computed, nothing is fetched.

The workbook comes from outside. It is a ZIP of XML (ECMA-376): its sizes are counted before anything is unpacked
(`uploads`), entities refuse it, and a cell far away from the others costs no more than any other.
"""

import io
import re
import zipfile
from xml.parsers import expat

from dashboard.cabinet.uploads import UploadError

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 200
"""Characters; no cell of a template needs more."""

_SHEET = "xl/worksheets/sheet1.xml"
_SHARED = "xl/sharedStrings.xml"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DIGITS = 15
"""A workbook keeps numbers in binary; spreadsheets show, and mean, so many digits of them."""


def read_rows(content: bytes) -> list[list[str]]:
    """The cells of the first sheet, row by row from the first; an empty row is an empty list.

    A formula is worth what the workbook says it came to. Raises:
        UploadError: it has entities, is no workbook inside, or has more rows or columns than any form of ours.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if _SHEET not in names:
            raise UploadError("sheet_missing")
        shared = _Shared()
        if _SHARED in names:
            _parse(archive.read(_SHARED), shared)
        rows = _Rows(shared.texts)
        _parse(archive.read(_SHEET), rows)
    return rows.filled()


class _Follower:
    """Follows elements by their local names."""

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters inside."""


def _parse(xml: bytes, follower: _Follower) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, said: follower.start(name.rpartition(" ")[2], said)
    parser.EndElementHandler = lambda name: follower.end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = follower.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)  # noqa: FBT003
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UploadError("file_broken") from error


def _refuse(*_: object) -> None:
    raise UploadError("sheet_entities")


class _Shared(_Follower):
    """The texts that cells refer to by number; how a text is to be pronounced (`rPh`) is no part of it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._is_text = False
        self._is_spoken = False

    def start(self, name: str, said: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._parts = []
        self._is_spoken = self._is_spoken or name == "rPh"
        self._is_text = name == "t" and not self._is_spoken

    def end(self, name: str) -> None:
        self._is_text = False
        self._is_spoken = self._is_spoken and name != "rPh"
        if name == "si":
            self.texts.append(_plain("".join(self._parts)))

    def text(self, data: str) -> None:
        if self._is_text:
            self._parts.append(data)


class _Rows(_Follower):
    """The cells of a sheet, each where it says it stands, else after the one before."""

    def __init__(self, shared: list[str]) -> None:
        self._shared = shared
        self._cells: dict[int, dict[int, str]] = {}
        self._row = self._column = 0
        self._kind = ""
        self._parts: list[str] | None = None

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "row":
            self._row = _number(said.get("r", ""), self._row + 1)
            self._column = 0
        elif name == "c":
            self._row, self._column = _place(said.get("r", ""), self._row, self._column + 1)
            self._kind = said.get("t", "n")
        elif name in {"v", "t"} and self._kind:
            self._parts = []

    def end(self, name: str) -> None:
        if name in {"v", "t"} and self._parts is not None:
            self._keep("".join(self._parts))
            self._parts = None
        elif name == "c":
            self._kind = ""

    def text(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(data)

    def _keep(self, said: str) -> None:
        text = self._text(said)
        if not text:
            return
        if self._row > MOST_ROWS or self._column > MOST_COLUMNS:
            raise UploadError("sheet_large")
        row = self._cells.setdefault(self._row, {})
        row[self._column] = f"{row.get(self._column, '')}{text}"[:LONGEST_CELL]

    def _text(self, said: str) -> str:
        if self._kind == "s":
            number = _number(said, len(self._shared))
            return self._shared[number] if number < len(self._shared) else ""
        return _figure(said) if self._kind == "n" else _plain(said)

    def filled(self) -> list[list[str]]:
        """Every row up to the last, every cell up to the last of its row."""
        return [
            [cells.get(column, "") for column in range(1, max(cells, default=0) + 1)]
            for cells in (self._cells.get(row, {}) for row in range(1, max(self._cells, default=0) + 1))
        ]


def _place(said: str, row: int, column: int) -> tuple[int, int]:
    match = _PLACE.fullmatch(said)
    if match is None:
        return row, column
    letters = 0
    for letter in match[1]:
        letters = letters * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), letters


def _number(said: str, else_: int) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else else_


def _figure(said: str) -> str:
    """A number as a spreadsheet shows it in full: 0.30000000000000004 is 0.3."""
    try:
        return f"{float(said):.{_DIGITS}g}"
    except ValueError:
        return _plain(said)


def _plain(said: str) -> str:
    """A text on one line, without signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())[:LONGEST_CELL]
