"""A message (макет 80020 or 80040): what it says of itself, and its rows."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.channels.askue.rows import Area, Rows
from pipelines.channels.askue.words import expected, quoted
from pipelines.channels.whole import Rejection

CLASSES = ("80020", "80040")
VERSION = "2"

_NUMBER = re.compile("[0-9]{1,18}")
_SENDER = re.compile("[0-9A-Za-z_-]{1,20}")


class BrokenMessageError(Exception):
    """A message that is not taken: the rule, its line in the file, what a person reads."""

    def __init__(self, rule_id: str, line: int, message: str) -> None:
        super().__init__(message)
        self.rule_id, self.line, self.message = rule_id, line, message


@dataclass
class Message:
    """What a message says.

    Attributes:
        line: of its root.
        class_: `80020` or `80040`.
        number: the sender's running number; a correction has a larger one.
        day: the day of the data.
        made_at: when it was made, by the sender's clock.
        sender: who sent it.
        rows: what was measured.
        rejections: what of it is not taken; no line of theirs is a line of a row.
        lines: lines of the file.
        last_place: the last line that a row or a rejection of it is kept under.
    """

    line: int = 1
    class_: str = ""
    number: int = 0
    day: dt.date | None = None
    made_at: dt.datetime | None = None
    sender: Area = field(default_factory=Area)
    rows: Rows = field(default_factory=Rows)
    rejections: list[Rejection] = field(default_factory=list)
    lines: int = 0
    last_place: int = 0

    def begin(self, element: str, attributes: Mapping[str, str], line: int) -> None:
        """Read the root.

        Raises:
            BrokenMessageError: it is no message, or of an unknown class.
        """
        self.line = line
        if element != "message":
            raise self.broken("элемент message", quoted(element))
        self.class_, version = attributes.get("class", "").strip(), attributes.get("version", "").strip()
        number = attributes.get("number", "").strip()
        if self.class_ not in CLASSES:
            raise self.broken(f"класс {' или '.join(CLASSES)}", quoted(self.class_))
        if version != VERSION:
            raise self.broken(f"версия {VERSION}", quoted(version))
        if not _NUMBER.fullmatch(number):
            raise self.broken("номер сообщения (number) из цифр", quoted(number))
        self.number = int(number)

    def set_day(self, text: str, line: int) -> None:
        """Read the day of the data; it must not be said twice in two ways.

        Raises:
            BrokenMessageError: it is no day.
        """
        day = _day(text)
        if day is None or self.day not in {None, day}:
            raise BrokenMessageError(
                "message_header", line, expected("одни сутки (day) вида ГГГГММДД", quoted(text), line)
            )
        self.day = day

    def set_made_at(self, text: str) -> None:
        """Read when the message was made; who writes it otherwise is not asked."""
        day = _day(text[:8])
        if day and re.fullmatch("([01][0-9]|2[0-3])([0-5][0-9]){2}", text[8:]):
            self.made_at = dt.datetime.combine(day, dt.time(int(text[8:10]), int(text[10:12]), int(text[12:14])))

    def finish(self) -> None:
        """Say what is missing at the end.

        Raises:
            BrokenMessageError: the day or the sender is.
        """
        if self.day is None:
            raise self.broken("сутки данных (datetime/day)", "их нет")
        if not _SENDER.fullmatch(self.sender.inn):
            raise self.broken("ИНН или код отправителя (sender/inn)", quoted(self.sender.inn))

    def broken(self, what: str, found: str) -> BrokenMessageError:
        """The header is not what it should be."""
        return BrokenMessageError("message_header", self.line, expected(what, found, self.line))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if re.fullmatch("(19|20)[0-9]{6}", text) else None
    except ValueError:
        return None
