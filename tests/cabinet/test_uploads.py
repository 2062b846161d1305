"""Evil files: what they are called is not believed, what they unpack to is counted."""

import io
import struct
import zipfile
import zlib

import pytest

from dashboard.cabinet.uploads import LARGEST_FILE, UploadError, accept

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 50 + b"\xff\xd9"


def png(width: int = 10, height: int = 10) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 11)) + chunk(b"IEND", b"")
    )


def docx(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>", **members}.items():
            archive.writestr(name, content)
    return made.getvalue()


def lying(content: bytes) -> bytes:
    """A document whose directory says that every member is one byte."""
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content = content[: at + 24] + struct.pack("<I", 1) + content[at + 28 :]
        at = content.find(b"PK\x01\x02", at + 4)
    return content


@pytest.mark.parametrize(
    ("content", "extension"),
    [(PDF, "pdf"), (JPG, "jpg"), (png(), "png"), (docx(), "docx")],
    ids=("pdf", "jpg", "png", "docx"),
)
def test_a_file_is_what_its_content_is(content: bytes, extension: str) -> None:
    assert accept("harmless.exe", content).extension == extension


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file_empty"),
        (PDF + b"\0" * LARGEST_FILE, "file_large"),
        (b"MZ\x90\0" + b"\0" * 100, "file_kind"),
        (b"<html><script>alert(1)</script></html>", "file_kind"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "file_kind"),
        (b"GIF89a" + b"\0" * 50, "file_kind"),
        (b"%PDF-1.7\n<script>", "file_kind"),
        (b"#!/bin/sh\n%PDF-1.7\n%%EOF", "file_kind"),
        (b"\xff\xd8\xff\xe0 cut", "file_kind"),
        (png()[:-5], "file_broken"),
        (png(60_000, 60_000), "file_bomb"),
        (docx(**{"word/media/a.xml": b"\0" * 39_000_000}), "file_bomb"),
        (docx(**{f"word/{number}.xml": b"" for number in range(501)}), "file_bomb"),
        (lying(docx(**{"word/media/a.xml": b"\0" * 39_000_000})), "file_broken"),
        (docx(**{"word/vbaProject.bin": b"macro"}), "file_macros"),
        (docx()[:-30], "file_broken"),
    ],
    ids=["empty", "large", "program", "page", "svg", "gif", "script-in-pdf", "pdf-behind-script", "cut-jpeg", "cut-png", "wide-png", "bomb", "many-members", "lying-sizes", "macros", "cut-docx"],
)  # fmt: skip
def test_an_evil_file_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(UploadError, match=f"^{why}"):
        accept("document.pdf", content)


def test_an_archive_that_is_no_document_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("inner.zip", b"PK\x03\x04")
    with pytest.raises(UploadError, match="file_kind"):
        accept("a.docx", made.getvalue())


@pytest.mark.parametrize(
    ("label", "shown"),
    [("../../etc/passwd", "passwd"), ("C:\\dir\\a.pdf", "a.pdf"), ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf")],
)
def test_a_name_is_for_reading_only(label: str, shown: str) -> None:
    assert accept(label, PDF).label == shown
