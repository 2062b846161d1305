"""The messages of a file: the file itself, or those that a ZIP holds; nothing is unpacked to disk."""

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from pipelines.channels.askue.bodies import Reader
from pipelines.channels.askue.words import expected
from pipelines.channels.whole import Refusal

MEMBERS_LIMIT = 5_000
SIZE_LIMIT = 2 << 30
"""Bytes of all messages of an archive, unpacked (2 GiB): a region's month is half of that."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What unpacking says of bytes that are no archive's."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class BrokenArchiveError(Exception):
    """A file of an archive that cannot be unpacked."""


class _Member:
    """A file of an archive, opened when it is read; what unpacking stumbles over is one kind of error."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self.archive, self.info = archive, info
        self.file: IO[bytes] | None = None

    def read(self, size: int, /) -> bytes:
        """The next bytes, unpacked."""
        try:
            self.file = self.file or self.archive.open(self.info)
            return self.file.read(size)
        except _BROKEN as error:
            raise BrokenArchiveError from error
        except OSError as error:
            # A place before the beginning of the file: the archive says it, the disk has nothing to do with it.
            if error.errno != errno.EINVAL:
                raise
            raise BrokenArchiveError from error


@dataclass(frozen=True)
class Part:
    """One message of a file: its name, its bytes, whether it is one of several."""

    name: str
    file: Reader
    is_member: bool


def open_parts(path: Path, name: str) -> Iterator[Part] | Refusal:
    """The messages of a file, one open at a time.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        if not file.read(4).startswith(_ZIP):
            return _one(path, name)
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN:
        return _refused("file_unfinished", "целый архив ZIP", "его конца нет или он испорчен")
    members = [one for one in archive.infolist() if not one.is_dir()]
    refusal = _unsafe(members)
    if refusal:
        archive.close()
        return refusal
    return _members(archive, members)


def _one(path: Path, name: str) -> Iterator[Part]:
    with path.open("rb") as file:
        yield Part(name, file, is_member=False)


def _members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[Part]:
    with archive:
        for one in members:
            yield Part(PurePosixPath(one.filename).name, _Member(archive, one), is_member=True)


def _unsafe(members: list[zipfile.ZipInfo]) -> Refusal | None:
    """Why an archive is not opened at all."""
    size = sum(one.file_size for one in members)
    if not members:
        return _refused("file_empty", "архив с сообщениями .xml", "пустой архив")
    if len(members) > MEMBERS_LIMIT:
        return _refused("archive_limit", f"не больше {MEMBERS_LIMIT} файлов в архиве", str(len(members)))
    if size > SIZE_LIMIT:
        found = f"{size >> 20} МиБ"
        return _refused("archive_limit", f"не больше {SIZE_LIMIT >> 20} МиБ после распаковки", found)
    return None


def _refused(rule_id: str, what: str, found: str) -> Refusal:
    return Refusal(rule_id, 1, expected(what, found, 1), "", 0)
