"""Forms with files: read with a limit on all of it, files judged by their content."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from dashboard.cabinet.front.pages import Front, is_ours
from dashboard.cabinet.uploads import LARGEST_FILE, LARGEST_UPLOAD, MOST_FILES, Upload, UploadError, accept

MOST_FIELDS = 30
LARGEST_FIELD = 16_384


@dataclass(frozen=True)
class Sent:
    """A form as it came: its fields, the files that will do, and what is wrong with one that will not."""

    fields: dict[str, str]
    files: tuple[Upload, ...]
    problem: str = ""


async def sent(request: Request, front: Front) -> Sent | None:
    """The fields and files of a form that one of our pages made for this browser; None for any other.

    Too much is not read to its end: the answer is a form again.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPLOAD:
            return Sent({}, (), "file_large")

    async def again() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(
        request.headers, again(), max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD
    )
    try:
        form = await parser.parse()
    except (MultiPartException, UnicodeDecodeError):
        return Sent({}, (), "file_many")
    try:
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        if not is_ours(request, front, fields.pop("form", "")):
            return None
        return await _files(fields, form)
    finally:
        await form.close()


async def _files(fields: dict[str, str], form: FormData) -> Sent:
    files: list[Upload] = []
    for _, value in form.multi_items():
        if isinstance(value, UploadFile) and value.filename:
            try:
                files.append(accept(value.filename, await value.read(LARGEST_FILE + 1)))
            except UploadError as error:
                return Sent(fields, (), str(error))
    return Sent(fields, tuple(files))
