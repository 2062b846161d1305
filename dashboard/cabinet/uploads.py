"""Files people attach: taken for what their content is, never for what they are called; small, and no bombs."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

LARGEST_FILE = 5_000_000
MOST_FILES = 5
LARGEST_UPLOAD = 15_000_000
"""Bytes of one sending, all its files together."""
MOST_PIXELS = 60_000_000
MOST_MEMBERS = 500
MOST_UNPACKED = 40_000_000
MOST_RATIO = 200
"""A document of Office may unpack to so many times its size; a bomb unpacks to thousands."""

TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
"""The part that makes a package of Office what it is."""


class UploadError(Exception):
    """A file that is not taken; the message is the name of the sentence that says why."""


@dataclass(frozen=True)
class Upload:
    """A file that will do: its kind by content, its bytes, and what its owner called it, to be shown and no more."""

    extension: str
    content: bytes
    label: str

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def accept(label: str, content: bytes) -> Upload:
    """A file as it will be kept.

    Raises:
        UploadError: it is too large, empty, of no kind that is taken, damaged, or a bomb.
    """
    if not content:
        raise UploadError("file_empty")
    if len(content) > LARGEST_FILE:
        raise UploadError("file_large")
    shown = "".join(sign for sign in label.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return Upload(_kind(content), content, shown[:100])


def accept_all(files: Sequence[tuple[str, bytes]]) -> list[Upload]:
    """Files of one message as they will be kept: what their owner called them, and their bytes.

    Raises:
        UploadError: there are too many, or one will not do.
    """
    if len(files) > MOST_FILES:
        raise UploadError("file_many")
    return [accept(label, content) for label, content in files]


def _kind(content: bytes) -> str:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]:
        return "pdf"
    if content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    raise UploadError("file_kind")


def _png(content: bytes) -> str:
    """The header says how large the picture unpacks to."""
    if content[12:16] != b"IHDR" or not content.endswith(b"IEND\xaeB`\x82"):
        raise UploadError("file_broken")
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if not 0 < width * height <= MOST_PIXELS:
        raise UploadError("file_bomb")
    return "png"


def _office(content: bytes) -> str:
    """A Word document or a workbook without macros; the sizes it names are counted before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            kind = next((kind for kind, part in _MAIN_PARTS.items() if part in names), None)
            if kind is None or "[Content_Types].xml" not in names:
                raise UploadError("file_kind")
            if any("vbaproject" in name.casefold() or "activex" in name.casefold() for name in names):
                raise UploadError("file_macros")
            most = min(MOST_UNPACKED, len(content) * MOST_RATIO)
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > most:
                raise UploadError("file_bomb")
            # No member is unpacked beyond the size it names: one that lies about it is damaged.
            if archive.testzip() is not None:
                raise UploadError("file_broken")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UploadError("file_broken") from error
    return kind
