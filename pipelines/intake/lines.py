"""Files as lines in memory-sized portions: UTF-8, numbered as in the file, handed to DuckDB without a copy.

A portion is one buffer. Its line ends are found by NumPy and overwritten with the separator, so that every field of a
line is followed by one and the split needs no trimming; Arrow sees the same buffer as a column of texts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.intake.content import LINE_LIMIT
from pipelines.intake.recognition import Body

_CHUNK = 1 << 20
_PORTION = 1 << 20
_SCHEMA = pa.schema([("source_file_id", pa.int32()), ("source_line", pa.int64()), ("text", pa.string())])


@dataclass(frozen=True)
class Source:
    """A file to read: its id, where it lies, where its data lines stand, its time of change when it was recognised."""

    source_file_id: int
    path: Path
    body: Body
    modified_ns: int


@dataclass(frozen=True)
class _Piece:
    """Whole lines of one file, in UTF-8 with LF."""

    source_file_id: int
    first_line: int
    text: bytes


@dataclass
class LineReader:
    """The data lines of some files, for one reading.

    Attributes:
        sources: the files, read one after another.
        separator: their separator.
        changed: filled while reading: files that are not what they were when they were recognised.
    """

    sources: Sequence[Source]
    separator: str
    changed: set[int] = field(default_factory=set)

    def arrow(self) -> pa.RecordBatchReader:
        """A stream of (source_file_id, source_line, text), every text ending with the separator."""
        return pa.RecordBatchReader.from_batches(_SCHEMA, self._portions())

    def _portions(self) -> Iterator[pa.RecordBatch]:
        pieces: list[_Piece] = []
        size = 0
        for source in self.sources:
            for piece in self._pieces(source):
                pieces.append(piece)
                size += len(piece.text)
                if size >= _PORTION:
                    yield _portion(pieces, self.separator)
                    pieces, size = [], 0
        if size:
            yield _portion(pieces, self.separator)

    def _pieces(self, source: Source) -> Iterator[_Piece]:
        try:
            yield from _read(source)
            is_changed = source.path.stat().st_mtime_ns != source.modified_ns
        except (OSError, UnicodeDecodeError, EOFError):
            is_changed = True
        if is_changed:
            self.changed.add(source.source_file_id)


def _read(source: Source) -> Iterator[_Piece]:
    """The data lines of a file, some at a time.

    Raises:
        EOFError: the file ends before its data lines did when it was recognised.
        UnicodeDecodeError: it holds other bytes than then.
    """
    body = source.body
    left, line, rest = body.end - body.start, body.first_line, b""
    with source.path.open("rb", buffering=0) as file:
        file.seek(body.start)
        while left:
            chunk = file.read(min(left, _CHUNK))
            if not chunk or len(rest) > LINE_LIMIT:
                raise EOFError
            left -= len(chunk)
            cut = chunk.rfind(b"\n") + 1
            text, rest = rest + chunk[:cut], (chunk[cut:] if cut else rest + chunk)
            if cut:
                text = _normalised(text, body.encoding)
                yield _Piece(source.source_file_id, line, text)
                line += text.count(b"\n")
    if rest:
        raise EOFError


def _normalised(text: bytes, encoding: str) -> bytes:
    text = text.replace(b"\r\n", b"\n")
    return text if encoding == "utf-8" or text.isascii() else text.decode(encoding).encode()


def _portion(pieces: Sequence[_Piece], separator: str) -> pa.RecordBatch:
    buffer = np.frombuffer(bytearray().join(piece.text for piece in pieces), np.uint8)
    ends = np.flatnonzero(buffer == ord("\n"))
    buffer[ends] = ord(separator)
    offsets = np.zeros(len(ends) + 1, np.int32)
    offsets[1:] = ends + 1
    counts = np.diff(np.searchsorted(ends, np.cumsum([0] + [len(piece.text) for piece in pieces])))
    first_rows = np.cumsum(counts) - counts
    files = np.repeat(np.array([piece.source_file_id for piece in pieces], np.int32), counts)
    shifts = np.array([piece.first_line for piece in pieces], np.int64) - first_rows
    lines = np.arange(len(ends), dtype=np.int64) + np.repeat(shifts, counts)
    rows = len(ends)
    return pa.RecordBatch.from_arrays(
        [
            pa.Array.from_buffers(pa.int32(), rows, [None, pa.py_buffer(files)]),
            pa.Array.from_buffers(pa.int64(), rows, [None, pa.py_buffer(lines)]),
            pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(buffer)),
        ],
        schema=_SCHEMA,
    )
