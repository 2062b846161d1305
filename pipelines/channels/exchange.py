"""Bank statements 1CClientBankExchange (kl_to_1c.txt) as sections: each line accounted for, nothing guessed.

A statement is whole or it is not taken: the first line that breaks it is named. What a section means stands in
`pipelines.channels.statement`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MAGIC = "1CClientBankExchange"
END_OF_FILE = "КонецФайла"
BALANCE, END_OF_BALANCE = "СекцияРасчСчет", "КонецРасчСчет"
DOCUMENT, END_OF_DOCUMENT = "СекцияДокумент", "КонецДокумента"
VERSIONS = ("1.01", "1.02", "1.03")
REPEATED = frozenset({"РасчСчет", "Документ"})
"""Keys of the header that may stand more than once."""

HEADER_KEYS = (
    "ВерсияФормата", "Кодировка", "Отправитель", "Получатель", "ДатаСоздания", "ВремяСоздания", "ДатаНачала",
    "ДатаКонца", "РасчСчет", "Документ",
)  # fmt: skip
ENCODINGS = ("utf-8", "cp1251", "cp866")
"""Told from the bytes: the key Кодировка is often wrong."""

_BOM = b"\xef\xbb\xbf"


class BrokenStatementError(ValueError):
    """A statement that cannot be taken: the line that breaks it, what should stand there and what does."""

    def __init__(self, line: int, expected: str, found: str, rule_id: str = "statement_line") -> None:
        super().__init__(f"Строка {line}. Ожидается: {expected}; найдено: {found}.")
        self.line = line
        self.rule_id = rule_id
        self.raw_text = found


@dataclass(frozen=True)
class Pair:
    """A line `Ключ=Значение`: its number, the key, the value as written."""

    line: int
    key: str
    value: str


@dataclass(frozen=True)
class Section:
    """A part of a statement: `name` is empty for the header, `kind` is what follows `СекцияДокумент=`."""

    name: str
    kind: str
    line: int
    pairs: tuple[Pair, ...]

    def find(self, key: str) -> Pair | None:
        """The first line with a key; one whose value is empty counts for nothing."""
        return next((pair for pair in self.pairs if pair.key == key and pair.value.strip()), None)

    def text(self, *keys: str) -> str | None:
        """The value of the first of these keys that has one, without spaces around it."""
        found = next((pair for pair in map(self.find, keys) if pair), None)
        return found.value.strip() if found else None


def encoding_of(head: bytes) -> str | None:
    """The encoding under which a line of the header begins with a key that the format names."""
    for line in head.split(b"\n")[1:]:
        key = line.split(b"=", 1)[0].strip()
        for encoding in ENCODINGS:
            if key in {name.encode(encoding) for name in (*HEADER_KEYS, BALANCE, DOCUMENT)}:
                return encoding
    return None


def read_sections(lines: Iterable[bytes], encoding: str | None) -> Iterator[Section]:
    """The header, then every section in the order of the file; one section in memory at a time.

    Args:
        lines: the lines as bytes, with or without their ends.
        encoding: as `encoding_of` tells it.

    Raises:
        BrokenStatementError: at the first line that does not belong where it stands.
    """
    reader = _Reader(encoding)
    for number, line in enumerate(lines, 1):
        yield from reader.take(number, line)
    reader.end()


@dataclass
class _Reader:
    """Where the reading stands: which section is open, and what it holds so far."""

    encoding: str | None
    name: str = ""
    kind: str = ""
    opened: int = 1
    is_between: bool = False
    is_ended: bool = False
    last: int = 0
    pairs: list[Pair] = field(default_factory=list)

    def take(self, number: int, raw: bytes) -> Iterator[Section]:
        self.last = number
        text = self._decode(number, raw)
        if number == 1:
            if text.strip() != MAGIC:
                raise BrokenStatementError(1, MAGIC, _shown(text), "file_header")
        elif text.strip():
            if self.encoding is None:
                expected = f"ключ заголовка, например {HEADER_KEYS[0]}, в кодировке Windows-1251, cp866 или UTF-8"
                raise BrokenStatementError(number, expected, _shown(text), "file_encoding")
            yield from self._take_line(number, text)

    def end(self) -> None:
        """Say that no line follows."""
        if not self.last:
            raise BrokenStatementError(1, MAGIC, "пустой файл", "file_empty")
        if not self.is_ended:
            raise BrokenStatementError(
                self.last + 1, END_OF_FILE, "конец файла: он передан не полностью", "file_unfinished"
            )

    def _decode(self, number: int, raw: bytes) -> str:
        line = raw.removeprefix(_BOM) if number == 1 else raw
        try:
            return line.rstrip(b"\r\n").decode(self.encoding or "utf-8", "strict" if self.encoding else "replace")
        except UnicodeDecodeError:
            shown = _shown(line.decode(self.encoding or "utf-8", "replace"))
            raise BrokenStatementError(number, f"текст в кодировке {self.encoding}", shown, "file_encoding") from None

    def _take_line(self, number: int, text: str) -> Iterator[Section]:
        key, equals, value = text.partition("=")
        key = key.strip()
        if self.is_ended:
            raise BrokenStatementError(number, f"конец файла после {END_OF_FILE}", _shown(text))
        if key in {BALANCE, DOCUMENT, END_OF_FILE}:
            yield from self._leave_header(number, text)
            self.is_ended = key == END_OF_FILE
            self.is_between = self.is_ended
            self.name, self.kind, self.opened = key, value.strip(), number
        elif not self.is_between and key == self._closing:
            yield Section(self.name, self.kind, self.opened, tuple(self.pairs))
            self.is_between, self.pairs = True, []
        elif self.is_between or not equals or not key:
            expected = f"{BALANCE}, {DOCUMENT} или {END_OF_FILE}" if self.is_between else "строка вида Ключ=Значение"
            raise BrokenStatementError(number, expected, _shown(text))
        else:
            self._keep(Pair(number, key, value))

    @property
    def _closing(self) -> str:
        return {BALANCE: END_OF_BALANCE, DOCUMENT: END_OF_DOCUMENT}.get(self.name, "")

    def _leave_header(self, number: int, text: str) -> Iterator[Section]:
        if self.is_between:
            return
        if self.name:
            expected = f"{self._closing}: {self.name} открыта в строке {self.opened}"
            raise BrokenStatementError(number, expected, _shown(text))
        yield Section("", "", 1, tuple(self.pairs))
        self.pairs = []

    def _keep(self, pair: Pair) -> None:
        may_repeat = not self.name and pair.key in REPEATED
        earlier = next((one for one in self.pairs if one.key == pair.key and not may_repeat), pair)
        if earlier.value.strip() != pair.value.strip():
            expected = f"одно значение ключа {pair.key[:100]}: он уже стоит в строке {earlier.line}"
            raise BrokenStatementError(pair.line, expected, _shown(f"{pair.key}={pair.value}"))
        self.pairs.append(pair)


def _shown(text: str) -> str:
    return f"«{text.strip()[:100]}»" if text.strip() else "пустая строка"
