"""Where files go once their outcome is recorded: byte-identical, never over another file, never twice."""

import contextlib
import errno
import filecmp
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipelines.intake.inbox import day_of
from pipelines.intake.known import Known
from pipelines.settings import Settings


def put_away(settings: Settings, path: Path, one: Known, status: str) -> bool:
    """Move a file of the inbox to the archive, or to the refused ones.

    Returns:
        False when the same bytes lay there already, and the file was dropped.
    """
    if not path.is_relative_to(settings.inbox) or not path.exists():
        return True
    places = _places(settings, one, status)
    taken = [place for place in places if place.exists()]
    is_new = not any(filecmp.cmp(path, place, shallow=False) for place in taken)
    if is_new:
        _move(path, next(place for place in places if place not in taken))
    else:
        path.unlink()
    return is_new


def is_put_away(settings: Settings, path: Path, one: Known) -> bool:
    """Whether the bytes of a file lie where its outcome put it."""
    places = (place for place in _places(settings, one, one.status) if place.exists())
    return any(filecmp.cmp(path, place, shallow=False) for place in places)


def drop_empty_days(settings: Settings, folders: Iterable[Path]) -> None:
    """Remove folders of days, made for one delivery, that have become empty; channel folders of the inbox stay."""
    below = {folder for folder in folders if folder.is_relative_to(settings.inbox)}
    below |= {parent for folder in below for parent in folder.parents if parent.is_relative_to(settings.inbox)}
    for folder in sorted(below - {settings.inbox}, reverse=True):
        if day_of(folder.relative_to(settings.inbox).parts[0]):
            with contextlib.suppress(OSError):
                folder.rmdir()


def archived_at(settings: Settings, one: Known) -> list[Path]:
    """Every place where a file may have been put away."""
    places = [*_places(settings, one, "accepted"), *_places(settings, one, "refused")]
    return [place for place in places if place.is_file()]


def _places(settings: Settings, one: Known, status: str) -> list[Path]:
    """`<day>/<channel>/<file>` and, where another file has that name, the same with numbers."""
    root = settings.archive if status == "accepted" else settings.refused
    place = root / one.name if day_of(Path(one.name).parts[0]) else root / one.known_at.date().isoformat() / one.name
    numbers = [f"{one.source_file_id}", f"{one.source_file_id}-{one.sha256[:8]}"]
    return [place, *(place.with_name(f"{place.stem}.{number}{place.suffix}") for number in numbers)]


def _move(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.rename(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy = place.with_name(f"{place.name}.part")
        shutil.copy2(path, copy)
        copy.replace(place)
        path.unlink()
