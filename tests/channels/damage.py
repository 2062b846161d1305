"""Damage to files, drawn by lot: what a bad line, a bad program or a bad neighbour makes of a good file."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from pipelines.simulate.bank_statements import write_bank_statements
from pipelines.simulate.businesses import Businesses, businesses
from pipelines.simulate.energy import write_energy
from pipelines.simulate.writing import Inbox

LAUGHS = (
    b'<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
)
"""Entities that grow when they are read, and one that would read a file of the machine."""

JUNK: Sequence[bytes] = (
    b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x98", b"\r", b"\n", b" ", b"<", b">", b"&", b'"', b"'", b"=", b"-->",
    b"]]>", b"<![CDATA[", b"<!--", b"<?x?>", b"&c;", b"&d;", b"&#0;", b"&#48;", b"&#x10FFFF;", b"&lt;", LAUGHS, b"-1",
    b"0", b"00", b"9" * 500, b"9" * 18, b"1e308", b"NaN", b"1,5", b"1.5.2", b"20270230", b"32.13.2026", b"2460", b"\t",
    "٣".encode(), "я".encode("cp1251"), "я".encode(), "😀".encode(), b"x" * 5000, b"/../../etc/passwd",
    "КонецФайла".encode("cp1251"), "\nКонецДокумента\n".encode("cp1251"), "СекцияДокумент".encode("cp1251"),
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp866", "koi8-r", "latin-1")


@dataclass(frozen=True)
class Damage:
    """One damage: how it is done, where (a thousandth of what could be chosen), and with which of the junk."""

    how: str
    where: int
    which: int

    def __call__(self, content: bytes) -> bytes:
        return HOW[self.how](content, self.where, self.which)


def _at(count: int, where: int) -> int:
    return min(count * where // 1000, max(count - 1, 0))


def _junk(which: int) -> bytes:
    return JUNK[which % len(JUNK)]


def _put(content: bytes, where: int, which: int) -> bytes:
    place = _at(len(content) + 1, where)
    return content[:place] + _junk(which) + content[place:]


def _drop(content: bytes, where: int, which: int) -> bytes:
    place = _at(len(content), where)
    return content[:place] + content[place + (1, 2, 5, 60, 700)[which % 5] :]


def _cut(content: bytes, where: int, _: int) -> bytes:
    return content[: _at(len(content), where)]


def _lines(content: bytes, where: int, which: int) -> bytes:
    """Lines go, come twice, or trade places."""
    lines = content.splitlines(keepends=True)
    place, length = _at(len(lines), where), (1, 2, 10)[which % 3]
    some = lines[place : place + length]
    lines[place : place + length] = {0: [], 1: some * 2, 2: some[::-1]}[which // 3 % 3]
    return b"".join(lines)


def _encoding(content: bytes, _: int, which: int) -> bytes:
    return content.decode("cp1251", "replace").encode(ENCODINGS[which % len(ENCODINGS)], "replace")


def _replaced(pattern: bytes) -> Callable[[bytes, int, int], bytes]:
    """What one place of a pattern says becomes junk, or what another place says."""

    def damage(content: bytes, where: int, which: int) -> bytes:
        found = [match.span(1) for match in re.finditer(pattern, content, re.DOTALL)]
        if not found:
            return content
        start, end = found[_at(len(found), where)]
        other = slice(*found[which % len(found)])
        return content[:start] + (_junk(which) if which % 4 else content[other]) + content[end:]

    return damage


def _element(content: bytes, where: int, which: int) -> bytes:
    """An element goes, comes twice, or is called otherwise."""
    found = [*re.finditer(rb"<([a-z]+)[^<>]*>(?:(?!<\1[ >]).)*?</\1>", content, re.DOTALL | re.IGNORECASE)]
    if not found:
        return content
    one = found[_at(len(found), where)]
    name = (b"area", b"period", b"measuringpoint", b"value", b"message", b"Inn", b"x")[which // 3 % 7]
    renamed = re.sub(rb"^<[a-z]+|[a-z]+(?=>$)", lambda match: (b"<" if match[0][:1] == b"<" else b"") + name, one[0])
    return content[: one.start()] + (b"", one[0] * 2, renamed)[which % 3] + content[one.end() :]


def _root(content: bytes, _: int, which: int) -> bytes:
    """The whole document is called otherwise, or stands in another element."""
    name = (b"area", b"measuringpoint", b"measuringchannel", b"period", b"Message", b"x:message")[which % 6]
    if which // 6 % 2:
        return re.sub(rb"(\?>)?(\s*<message.*)$", rb"\1<" + name + rb">\2</" + name + b">", content, flags=re.DOTALL)
    return re.sub(rb"(?<=<)message\b|(?<=</)message\b", name, content)


HOW = {
    "put": _put,
    "drop": _drop,
    "cut": _cut,
    "lines": _lines,
    "encoding": _encoding,
    "attribute": _replaced(rb'="([^"]*)"'),
    "text": _replaced(rb">([^<>]*)</"),
    "element": _element,
    "root": _root,
    "key": _replaced(rb"(?:^|\n)([^=\n]*)="),
    "value": _replaced(rb"=([^\r\n]*)"),
}
ANY = ("put", "drop", "cut", "lines", "encoding")
XML = (*ANY, "attribute", "attribute", "text", "text", "element", "element", "root")
PAIRS = (*ANY, "key", "value", "value", "value")


def damages(how: Sequence[str]) -> st.SearchStrategy[list[Damage]]:
    """One to four of these, one after the other."""
    one = st.builds(Damage, st.sampled_from(how), st.integers(0, 1000), st.integers(0, 999))
    return st.lists(one, min_size=1, max_size=4)


def damaged(content: bytes, done: Sequence[Damage]) -> bytes:
    """A file after all of it."""
    for one in done:
        content = one(content)
    return content


def zipped(path: str, content: bytes) -> bytes:
    """A ZIP of one file, the same bytes whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def written_message(folder: Path) -> bytes:
    """A message of three points, as our simulator writes it."""
    known = _few()
    hourly = np.where(np.arange(len(known.category)) < 3, 3, 1)
    write_energy(Inbox(folder), replace(known, category=hourly), dt.date(2026, 10, 1), "daily")
    return min(folder.glob("*/askue/*.xml")).read_bytes()


def written_statement(folder: Path) -> bytes:
    """A statement of several payments, as our simulator writes it."""
    write_bank_statements(Inbox(folder), _few(), dt.date(2026, 8, 1), 1)
    return max(folder.glob("*/bank_statement/*"), key=lambda path: path.stat().st_size).read_bytes()


def _few() -> Businesses:
    return businesses(12, 61)
