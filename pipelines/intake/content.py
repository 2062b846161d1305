"""One pass over the bytes of a file: what it is, before anybody asks what it says. One chunk in memory at a time."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

LINE_LIMIT = 1 << 20
"""Longest line that is read, in bytes (1 MiB)."""

HEAD_LIMIT = 1 << 16
"""Bytes kept of the beginning of a file: the header and a little more."""

_CHUNK = 1 << 20
_UNDEFINED_IN_CP1251 = b"\x98"

MAGIC = {
    b"PK\x03\x04": "архив ZIP или книга Excel",
    b"PK\x05\x06": "пустой архив ZIP",
    b"\xd0\xcf\x11\xe0": "документ Excel или Word старого вида",
    b"%PDF": "документ PDF",
    b"\x1f\x8b": "архив GZIP",
    b"Rar!": "архив RAR",
    b"7z\xbc\xaf": "архив 7-Zip",
    b"\x89PNG": "картинка PNG",
    b"\xff\xd8\xff": "картинка JPEG",
    b"\xff\xfe": "текст в кодировке UTF-16",
    b"\xfe\xff": "текст в кодировке UTF-16",
}
"""First bytes that no delimited text has, and what they are a sign of."""


@dataclass(frozen=True)
class Content:
    """What the bytes say.

    Attributes:
        sha256: of all bytes, hexadecimal.
        size: in bytes.
        modified_ns: time of the last change as the file system tells it, to see a change between two readings.
        lines: line ends in the file.
        head: the first bytes, at most HEAD_LIMIT.
        encoding: utf-8 or cp1251; None when it can be neither.
        unfinished: bytes after the last line end; 0 when the last line has its end.
        binary_line: line of the first NUL byte.
        long_line: first line over LINE_LIMIT, and the offset it begins at.
    """

    sha256: str
    size: int
    modified_ns: int
    lines: int
    head: bytes
    encoding: str | None
    unfinished: int
    binary_line: int | None
    long_line: tuple[int, int] | None

    @property
    def magic(self) -> str | None:
        """What kind of binary file the first bytes belong to; None for a text."""
        return next((words for first, words in MAGIC.items() if self.head.startswith(first)), None)


class _Encoding:
    """Tells UTF-8 from Windows-1251 chunk by chunk; plain ASCII costs a glance."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_utf8 = True
        self._is_cp1251 = True

    def feed(self, chunk: bytes) -> None:
        if chunk.isascii() and not self._decoder.getstate()[0]:
            return
        self._is_cp1251 = self._is_cp1251 and _UNDEFINED_IN_CP1251 not in chunk
        if self._is_utf8:
            self._decode(chunk)

    def _decode(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            self._is_utf8 = False
            self._decoder.reset()

    def verdict(self) -> str | None:
        if self._is_utf8:
            self._decode(b"", final=True)
        return "utf-8" if self._is_utf8 else "cp1251" if self._is_cp1251 else None


class _Lines:
    """Counts line ends, finds the first line over the limit and the first NUL; no chunk is longer than the limit."""

    def __init__(self) -> None:
        self.ended = 0
        self.pending = 0
        self.read = 0
        self.long: tuple[int, int] | None = None
        self.binary: int | None = None

    def feed(self, chunk: bytes) -> None:
        if self.binary is None and (place := chunk.find(b"\0")) >= 0:
            self.binary = self.ended + chunk.count(b"\n", 0, place) + 1
        first = chunk.find(b"\n")
        if self.long is None and self.pending + (len(chunk) if first < 0 else first) > LINE_LIMIT:
            self.long = (self.ended + 1, self.read - self.pending)
        self.ended += chunk.count(b"\n")
        self.read += len(chunk)
        self.pending = self.pending + len(chunk) if first < 0 else len(chunk) - chunk.rfind(b"\n") - 1


def read_content(path: Path) -> Content:
    """Read a file once.

    Raises:
        OSError: it cannot be read.
    """
    digest, encoding, lines = hashlib.sha256(), _Encoding(), _Lines()
    head = b""
    with path.open("rb", buffering=0) as file:
        modified_ns = path.stat().st_mtime_ns
        while chunk := file.read(_CHUNK):
            head = head or chunk[:HEAD_LIMIT]
            digest.update(chunk)
            encoding.feed(chunk)
            lines.feed(chunk)
    return Content(
        sha256=digest.hexdigest(),
        size=lines.read,
        modified_ns=modified_ns,
        lines=lines.ended,
        head=head,
        encoding=encoding.verdict(),
        unfinished=lines.pending,
        binary_line=lines.binary,
        long_line=lines.long,
    )
