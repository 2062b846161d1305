"""The inbox: which files lie there, whose they are, when they were delivered."""

import datetime as dt
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.intake.content import Content, read_content
from pipelines.settings import MOSCOW, Settings
from pipelines.vocabulary import CODE_SETS

COPYING = (".part", ".tmp", ".filepart", ".crdownload")
"""Endings of names under which programs copy: such a file is left until it gets its own name."""

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EPOCH = dt.datetime.fromtimestamp(0, MOSCOW)


@dataclass(frozen=True)
class Delivery:
    """One file of the inbox.

    Attributes:
        path: where it lies.
        name: its path below the inbox, with `/`.
        channel: the channel whose folder it lies in; None when that is no channel's folder.
        delivered_at: end of the day of its day folder, or the time of its last change.
        content: what its bytes say.
    """

    path: Path
    name: str
    channel: str | None
    delivered_at: dt.datetime
    content: Content


@dataclass(frozen=True)
class Inbox:
    """What lay in the inbox, in the order of names, and the names of files that were still being copied."""

    deliveries: tuple[Delivery, ...]
    left: tuple[str, ...]


def look(settings: Settings) -> Inbox:
    """Read every file of the inbox once; one that disappears meanwhile, or cannot be read, waits for the next night."""
    paths = sorted(_files(settings.inbox), key=lambda path: path.relative_to(settings.inbox).as_posix())
    left = {path for path in paths if _is_left(path.relative_to(settings.inbox))}
    ready = [path for path in paths if path not in left]
    with ThreadPoolExecutor(settings.threads) as pool:
        contents = list(pool.map(content_of, ready))
    left |= {path for path, content in zip(ready, contents, strict=True) if content is None}
    return Inbox(
        tuple(
            deliver(path, settings.inbox, content)
            for path, content in zip(ready, contents, strict=True)
            if content is not None
        ),
        tuple(printable(path.relative_to(settings.inbox)) for path in paths if path in left),
    )


def deliver(path: Path, inbox: Path, content: Content) -> Delivery:
    """Say whose a file is and when it came, from the folders it lies in."""
    relative = path.relative_to(inbox)
    day = day_of(relative.parts[0])
    folders = relative.parts[1:-1] if day else relative.parts[:-1]
    is_channel = len(folders) == 1 and folders[0] in CODE_SETS["channel"]
    delivered_at = (
        dt.datetime.combine(day, dt.time(23, 59, 59), MOSCOW)
        if day
        else _EPOCH + dt.timedelta(microseconds=content.modified_ns // 1000)
    )
    return Delivery(path, printable(relative), folders[0] if is_channel else None, delivered_at, content)


def day_of(folder: str) -> dt.date | None:
    """The day a folder of the inbox is named after."""
    try:
        return dt.date.fromisoformat(folder) if _DAY.fullmatch(folder) else None
    except ValueError:
        return None


def content_of(path: Path) -> Content | None:
    """What the bytes of a file say; None when it cannot be read."""
    try:
        return read_content(path)
    except OSError:
        return None


def printable(name: PurePosixPath | Path) -> str:
    """A file's name as text; bytes that are no UTF-8 are written out, so that it can be stored and shown."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")


def _files(folder: Path) -> Iterator[Path]:
    """Regular files below a folder; links are not followed, so that nothing outside the inbox is read."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _is_left(name: Path) -> bool:
    return name.name.casefold().endswith(COPYING) or any(part.startswith(".") for part in name.parts)
