"""A small CSV file read whole: its header, its lines, and the values in them; the first thing wrong refuses it."""

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipelines.channels.layout import normalised
from pipelines.channels.whole import RAW_LIMIT, Refusal

SIZE_LIMIT = 16 << 20
"""Bytes of the largest file of prices (16 MiB)."""

_PRICE = re.compile("(-?)[0-9]{1,7}([.,][0-9]{1,5})?")
_AGAIN = "Исправьте файл и передайте его снова целиком."


class RefusedError(Exception):
    """The file is not taken."""

    def __init__(self, rule_id: str, line: int, expected: str, found: str, raw_text: str = "") -> None:
        super().__init__(expected)
        self.rule_id, self.line, self.raw_text = rule_id, line, raw_text
        self.sentence = f"Строка {line}. Ожидается: {expected}; найдено: {found}. {_AGAIN}"

    def refusal(self, rows: int) -> Refusal:
        """What the register keeps of it."""
        return Refusal(self.rule_id, self.line, self.sentence, self.raw_text[:RAW_LIMIT], rows)


@dataclass(frozen=True)
class Line:
    """A line: its number, its text, its fields by the English name of their column."""

    number: int
    text: str
    fields: Mapping[str, str]

    def wrong(self, title: str, expected: str, column: str) -> RefusedError:
        """A field that cannot be read."""
        found = self.fields[column]
        return RefusedError(
            "price_value", self.number, f"{title}: {expected}", f"«{found[:100]}»" if found else "пусто", self.text
        )

    def price(self, column: str, title: str, *, signed: bool = False, places: int = 5) -> Decimal:
        """A number with a few decimals."""
        match = _PRICE.fullmatch(self.fields[column])
        if match is None or (match[1] and not signed) or len(match[2] or ".") > places + 1:
            bound = "" if signed else " от 0"
            raise self.wrong(title, f"число{bound}, после запятой не больше {places} знаков", column)
        return Decimal(match[0].replace(",", "."))

    def day(self, column: str, title: str) -> dt.date:
        """A date."""
        return self._date(column, title, ("%Y-%m-%d", "%d.%m.%Y"), "дата вида ГГГГ-ММ-ДД или ДД.ММ.ГГГГ")

    def period(self, column: str, title: str) -> dt.date:
        """A month, as its first day."""
        return self._date(column, title, ("%Y-%m", "%m.%Y"), "месяц вида ГГГГ-ММ или ММ.ГГГГ")

    def _date(self, column: str, title: str, patterns: Sequence[str], expected: str) -> dt.date:
        for pattern in patterns:
            try:
                return dt.datetime.strptime(self.fields[column], pattern).date()  # noqa: DTZ007
            except ValueError:
                continue
        raise self.wrong(title, expected, column)

    def whole(self, column: str, title: str, highest: int) -> int:
        """A whole number from 0."""
        text = self.fields[column]
        if not (text.isascii() and text.isdecimal()) or int(text[:9]) > highest:
            raise self.wrong(title, f"целое число от 0 до {highest}", column)
        return int(text)

    def code(self, column: str, title: str, words: Mapping[str, str]) -> str:
        """One of a closed set."""
        found = words.get(normalised(self.fields[column]))
        if found is None:
            raise self.wrong(title, f"одно из: {', '.join(words)}", column)
        return found


@dataclass(frozen=True)
class Sheet:
    """A file of lines with a header: the English names of its columns."""

    columns: frozenset[str]
    lines: tuple[Line, ...]


def read_sheet(path: Path, titles: Mapping[str, str]) -> Sheet:
    """Read a file.

    Args:
        path: where it lies.
        titles: English name of every column that is known -> its Russian name.

    Raises:
        RefusedError: it is no such file.
        OSError: it cannot be read.
    """
    if path.stat().st_size > SIZE_LIMIT:
        raise RefusedError("price_file", 1, f"файл цен не больше {SIZE_LIMIT >> 20} МиБ", "больше")
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", "replace")
    if "\0" in text or "\ufffd" in text:
        raise RefusedError("price_file", 1, "текст CSV в кодировке UTF-8 или Windows-1251", "двоичный файл")
    if not text.endswith("\n"):
        raise RefusedError("file_unfinished", text.count("\n") + 1, "конец строки", "файл передан не полностью")
    return _sheet(text.splitlines(), titles)


def _sheet(texts: Sequence[str], titles: Mapping[str, str]) -> Sheet:
    names = {normalised(word): name for name, title in titles.items() for word in (name, title)}
    separator = ";" if ";" in texts[0] else ","
    header = next(csv.reader([texts[0]], delimiter=separator), [])
    columns = [names.get(normalised(one), "") for one in header]
    if "" in columns or len(set(columns)) < len(columns):
        found = f"«{texts[0][:200]}»"
        raise RefusedError("file_header", 1, f"колонки из: {', '.join(titles)}", found, texts[0])
    return Sheet(frozenset(columns), tuple(_lines(texts[1:], columns, separator)))


def _lines(texts: Sequence[str], columns: Sequence[str], separator: str) -> Iterator[Line]:
    for number, text in enumerate(texts, 2):
        if not text.strip(f"{separator} \t"):
            continue
        fields = [one.strip(" \t\u00a0") for one in next(csv.reader([text], delimiter=separator))]
        if len(fields) != len(columns):
            raise RefusedError("row_columns", number, f"полей в строке: {len(columns)}", str(len(fields)), text)
        yield Line(number, text, dict(zip(columns, fields, strict=True)))
