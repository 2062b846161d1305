"""Channels that look like one read before: only their numbers are read.

A message is thousands of channels that differ in their numbers alone. The text between `<measuringchannel …>` and its
end, with the numbers taken out, is its skeleton. The first channel of a skeleton is read element by element; when there
was nothing wrong with it, the places of its numbers are learned, and the next bodies with that skeleton do not go
through the parser at all: a processing instruction stands for them. What such a body consists of is thus the same XML
that the parser has found well-formed before, digits apart.
"""

import re
import secrets
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from pipelines.channels.askue.energy import NUMBER

_START = re.compile(rb"""<[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(/?)>""")
_NAME = re.compile(rb"<(measuringchannel)[\s>]", re.IGNORECASE)
_NUMBER = re.compile(f">({NUMBER})<".encode())
_CHUNK = 1 << 20
_BODY_LIMIT = 1 << 17
"""Bytes of the longest body that is looked at; a longer one goes to the parser as it is."""
_SKELETONS = 1000


class Reader(Protocol):
    """A file, open."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, none at the end."""
        ...


class Learned(NamedTuple):
    """Where the numbers of a skeleton belong: minutes of an interval, intervals of the day, a place for each number."""

    minutes: int
    size: int
    places: tuple[int, ...]


@dataclass
class Bodies:
    """The bodies of one message.

    Attributes:
        target: of the processing instructions; drawn by lot, so that no file can hold one. Each has the number of its
            body, and the line ends that have been cut out so far.
        cut: bodies that were cut out and not yet asked for: their skeleton's places, their numbers.
    """

    target: str = field(default_factory=lambda: f"body-{secrets.token_hex(8)}")
    cut: dict[int, tuple[Learned, list[bytes]]] = field(default_factory=dict)
    _learned: dict[bytes, Learned] = field(default_factory=dict)
    _met: dict[int, tuple[bytes, int]] = field(default_factory=dict)
    _count: int = 0
    _lines: int = 0

    def learn(self, body: int, learned: Learned) -> None:
        """Keep the places of a skeleton, if every number of it has one."""
        skeleton, numbers = self._met.pop(body)
        if numbers == len(learned.places) and len(self._learned) < _SKELETONS:
            self._learned[skeleton] = learned

    def forget(self, body: int) -> None:
        """Nothing can be learned from this one."""
        self._met.pop(body, None)

    def pieces(self, file: Reader) -> Iterator[bytes]:
        """The text of a message for the parser, known bodies cut out of it."""
        name: bytes | None = None
        rest = b""
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            if name is None and (match := _NAME.search(text)):
                name = match[1]
            if name is None:
                done = max(0, len(text) - len(_NAME.pattern))
                yield text[:done]
            else:
                done = yield from self._shortened(text, name)
            rest = text[done:]
        yield rest

    def _shortened(self, text: bytes, name: bytes) -> Generator[bytes, None, int]:
        """Pieces of a text; returns where they end: what follows needs more of the file to be understood."""
        opening, closing = b"<" + name, b"</" + name
        told = 0
        while (start := text.find(opening, told)) >= 0:
            tag = _START.match(text, start)
            end = text.find(closing, tag.end(), tag.end() + _BODY_LIMIT) if tag else -1
            if end < 0 and len(text) - start < _BODY_LIMIT:
                break
            if tag is None or end < 0 or tag[1]:
                after = tag.end() if tag else start + len(opening)
                yield text[told:after]
                told = after
                continue
            body = text[tag.end() : end]
            yield text[told : tag.end()]
            yield from self._body(body)
            told = end
        safe = max(told, start if start >= 0 else len(text) - len(opening))
        yield text[told:safe]
        return safe

    def _body(self, body: bytes) -> Iterator[bytes]:
        """A body, or what stands for it."""
        parts = _NUMBER.split(body)
        skeleton, numbers = b"\0".join(parts[::2]), parts[1::2]
        learned = self._learned.get(skeleton)
        self._count += 1
        if learned:
            self.cut[self._count] = (learned, numbers)
            self._lines += body.count(b"\n")
        else:
            self._met[self._count] = (skeleton, len(numbers))
        yield f"<?{self.target} {self._count} {self._lines}?>".encode()
        if not learned:
            yield body
