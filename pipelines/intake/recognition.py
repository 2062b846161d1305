"""What a file is: the layout its lines follow, or the reason why nobody can read it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from re import IGNORECASE, fullmatch

from pipelines.channels.catalogue import AGENTS, FORMATS, LAYOUTS, UnknownHeader, read_header
from pipelines.channels.layout import Layout, Totals
from pipelines.channels.whole import RAW_LIMIT, Refusal, WholeFormat
from pipelines.intake.content import LINE_LIMIT, Content
from pipelines.vocabulary import CODE_SETS

_BOM = b"\xef\xbb\xbf"
_TAIL = 1 << 16
_EMPTY = Refusal(
    "file_empty",
    1,
    "Файл пуст: 0 байт. Ожидается хотя бы заголовок или итоговая строка. Передайте файл заново.",
    "",
    0,
)
_AGAIN = "Сохраните данные как CSV в кодировке UTF-8 или Windows-1251 и передайте файл снова."


@dataclass(frozen=True)
class Shape:
    """What files read together have in common.

    Attributes:
        channel: their channel.
        layout: their layout.
        positions: for each field of the layout its column, from 1; None when the file leaves it out.
        separator: `;` or `,`.
        agent: whose operation numbers they hold; None for files without payments.
    """

    channel: str
    layout: Layout
    positions: tuple[int | None, ...]
    separator: str
    agent: str | None

    @property
    def columns(self) -> int:
        """Fields in a line."""
        return sum(position is not None for position in self.positions)


@dataclass(frozen=True)
class Body:
    """Where the data lines of a file stand: bytes [start, end), the first of them being line `first_line`."""

    encoding: str
    start: int
    end: int
    first_line: int
    totals: Totals | None
    footer_line: int
    footer_text: str


def recognise(
    path: Path, channel: str | None, name: str, content: Content
) -> tuple[Shape, Body] | WholeFormat | Refusal:
    """Find the layout of a file of lines, or the format of another.

    Args:
        path: where it lies; only its last lines are read again.
        channel: of its folder, None when no channel's.
        name: its path below the inbox.
        content: what its bytes say.
    """
    if channel is None:
        return Refusal("file_channel", 1, _foreign_folder(name), "", _lines(content))
    if channel in FORMATS:
        return _EMPTY if content.size == 0 else FORMATS[channel]
    layouts = LAYOUTS[channel]
    refusal = _unreadable(path, content, has_header=layouts[0].has_header)
    if refusal is not None:
        return refusal
    encoding = content.encoding or ""
    if not layouts[0].has_header:
        return _without_header(path, channel, name, content, layouts[0])
    header = content.head.split(b"\n", 1)[0]
    text = header.removeprefix(_BOM).decode(encoding, "replace").rstrip("\r")
    separator = ";" if ";" in text else ","
    columns = read_header(tuple(next(csv.reader([text], delimiter=separator), [])), channel)
    if isinstance(columns, UnknownHeader):
        return Refusal("file_header", 1, _foreign_header(columns, separator), text[:RAW_LIMIT], _lines(content) - 1)
    shape = Shape(channel, columns.layout, columns.positions, separator, columns.layout.agent)
    return _with_body(path, shape, content, encoding, len(header) + 1)


def _without_header(
    path: Path, channel: str, name: str, content: Content, layout: Layout
) -> tuple[Shape, Body] | Refusal:
    match = fullmatch(layout.name_pattern or ".*", Path(name).name, IGNORECASE)
    agent = match["agent"].casefold() if match else ""
    if not match or agent in AGENTS:
        message = (
            f"Имя файла «{Path(name).name}». Ожидается: {layout.name_expected}; имена {', '.join(sorted(AGENTS))}"
            " заняты другими каналами. Переименуйте файл и передайте его снова."
        )
        return Refusal("file_name", 1, message, "", _lines(content))
    shape = Shape(channel, layout, tuple(range(1, len(layout.fields) + 1)), ";", agent)
    start = len(_BOM) if content.head.startswith(_BOM) else 0
    return _with_body(path, shape, content, content.encoding or "", start)


def _with_body(path: Path, shape: Shape, content: Content, encoding: str, start: int) -> tuple[Shape, Body] | Refusal:
    first_line = 2 if shape.layout.has_header else 1
    footer = shape.layout.footer
    if footer is None:
        return shape, Body(encoding, start, content.size, first_line, None, 0, "")
    offset, line, text = last_line(path, content, encoding)
    totals = footer.read(text.split(shape.separator)) if offset >= start else None
    if totals is None:
        message = (
            f"Нет итоговой строки: реестр передан не полностью. Ожидается: {footer.expected}; найдено:"
            f" «{text[:100]}». Передайте файл заново."
        )
        return Refusal("file_unfinished", line, message, text[:RAW_LIMIT], content.lines - first_line + 1)
    return shape, Body(encoding, start, offset, first_line, totals, line, text)


def last_line(path: Path, content: Content, encoding: str) -> tuple[int, int, str]:
    """Offset, number and text of the last line that is not empty."""
    begin = max(0, content.size - _TAIL)
    with path.open("rb") as file:
        file.seek(begin)
        tail = file.read(_TAIL)
    text = tail.rstrip(b"\r\n")
    empty = tail[len(text) :].count(b"\n") - 1
    start = text.rfind(b"\n") + 1
    return begin + start, content.lines - empty, text[start:].removeprefix(_BOM).decode(encoding, "replace")


def _unreadable(path: Path, content: Content, *, has_header: bool) -> Refusal | None:
    """A reason that lies in the bytes alone, whatever the layout."""
    if content.size == 0:
        return _EMPTY
    if content.magic:
        return Refusal("file_binary", 1, f"Ожидается текст CSV, найдено: {content.magic}. {_AGAIN}", "", 0)
    return _unreadable_text(path, content, max(0, _lines(content) - has_header))


def _unreadable_text(path: Path, content: Content, rows: int) -> Refusal | None:
    if content.binary_line:
        found = f"нулевой байт в строке {content.binary_line}, так бывает в двоичном файле и в UTF-16"
        return Refusal("file_binary", content.binary_line, f"Ожидается текст CSV, найдено: {found}. {_AGAIN}", "", rows)
    if content.long_line:
        line, offset = content.long_line
        message = (
            f"Строка {line} длиннее {LINE_LIMIT >> 20} МиБ. Ожидаются строки короче: проверьте, что в файле есть"
            " переводы строк, и передайте его снова."
        )
        return Refusal("line_too_long", line, message, line_at(path, offset, content.encoding), rows)
    if content.encoding is None:
        return Refusal("file_encoding", 1, f"Текст не читается ни как UTF-8, ни как Windows-1251. {_AGAIN}", "", rows)
    if content.unfinished:
        message = (
            "Последняя строка не закончена, после неё нет перевода строки: файл передан не полностью. Передайте его"
            " заново; пока файл копируется, его имя должно кончаться на .part."
        )
        raw_text = line_at(path, content.size - content.unfinished, content.encoding)
        return Refusal("file_unfinished", content.lines + 1, message, raw_text, rows)
    return None


def line_at(path: Path, offset: int, encoding: str | None) -> str:
    """The beginning of the line that starts at an offset, as text."""
    with path.open("rb") as file:
        file.seek(offset)
        line = file.read(4 * RAW_LIMIT).split(b"\n", 1)[0]
    return (
        line.removeprefix(_BOM).decode(encoding or "utf-8", "replace").replace("\0", "\ufffd")[:RAW_LIMIT].rstrip("\r")
    )


def _lines(content: Content) -> int:
    """Lines of a text, the unfinished one included; a binary file has none."""
    return 0 if content.magic else content.lines + bool(content.unfinished)


def _foreign_folder(name: str) -> str:
    return (
        f"Папка «{Path(name).parent.as_posix()}» не принадлежит ни одному каналу. Ожидается: ГГГГ-ММ-ДД/канал/файл или"
        f" канал/файл, каналы: {', '.join(CODE_SETS['channel'])}. Переложите файл в папку его канала."
    )


def _foreign_header(header: UnknownHeader, separator: str) -> str:
    def listed(words: str, names: Sequence[str]) -> str:
        return f" {words}: {', '.join(name[:60] for name in names[:20])}." if names else ""

    expected = separator.join(one.header for one in header.layout.fields if not one.may_be_absent)
    return (
        "Заголовок не подходит ни к одному формату канала."
        + listed("Нет колонок", header.missing)
        + listed("Неизвестные колонки", header.unknown)
        + listed("Повторяются колонки", header.repeated)
        + f" Ближайший формат: {expected}. Исправьте заголовок и передайте файл снова."
    )
