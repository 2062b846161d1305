"""Formats of files that are not lines (XML, ZIP, the text of 1C): a pure function from a file to rows of fact tables.

A format is data and one function. The function reads the file and nothing else, so that files can be read side by side;
the intake keeps what holds for every file: numbers, transactions, repetitions, accounting, the archive.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipelines.channels.layout import Identity
from pipelines.russian import NO_BREAK

RAW_LIMIT = 1000
"""Characters kept of a line that was not taken."""


def readable(text: str) -> str:
    """A text of a file as a person reads it: a sign for what no screen shows, such as NUL, no line ends."""
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() or one == NO_BREAK else " " if one.isspace() else "\N{REPLACEMENT CHARACTER}"
        for one in text
    )


class _Readable:
    """What is said to a person: whatever the file holds, the sentence can be stored, sent and shown."""

    message: str
    raw_text: str

    def __post_init__(self) -> None:
        for name in ("message", "raw_text"):
            object.__setattr__(self, name, readable(getattr(self, name)))


@dataclass(frozen=True)
class Refusal(_Readable):
    """Why a file is not taken: the rule, the line that broke it, a sentence, the line as sent, data lines not taken."""

    rule_id: str
    line: int
    message: str
    raw_text: str
    rows: int


@dataclass(frozen=True)
class Rejection(_Readable):
    """Why one row of a file is not taken: its line, the rule, a sentence, the row as sent."""

    line: int
    rule_id: str
    message: str
    raw_text: str


@dataclass(frozen=True)
class Parsed:
    """What a file says, read to its end.

    Attributes:
        facts: fact table -> its rows, with the columns of the table but those that the intake adds (source_file_id,
            known_at, known_period). `source_line` is among them, and no two rows of a file have the same, of any table.
        rejections: rows that are not taken, on lines of their own; the others are.
    """

    facts: Mapping[str, pa.Table]
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """What a person reads of a row that contradicts a known fact.

    In `message`, `{column}` stands for what the row says, `{file}` and `{line}` for where the known fact came from.
    """

    rule_id: str
    message: str


@dataclass(frozen=True)
class WholeRows:
    """Rows of a fact table that a format makes, what makes two of them the same fact, what is said when they differ.

    `conflict` is there where the identity has content.
    """

    table: str
    identity: Identity
    conflict: Conflict | None = None


@dataclass(frozen=True)
class WholeFormat:
    """One format of whole files.

    Attributes:
        kind: its name; `source_file.kind` keeps it.
        rows: the fact tables it fills.
        read: a file and the name it was delivered under -> what it says, or why it is refused whole. It is a function
            of a module (another process may run it), and raises nothing but OSError.
    """

    kind: str
    rows: tuple[WholeRows, ...]
    read: Callable[[Path, str], Parsed | Refusal]
