"""Laying a decision into the inbox of the coming night: whole, signed with its moment, never over another one."""

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from pipelines.settings import MOSCOW

COMMENT_CHARACTERS = 370
"""What a comment may hold: the layouts allow 400, and the moment of the decision is written behind it."""


def lay(folder: Path, prefix: str, about: Sequence[object], content: str) -> Path:
    """Write a file that bears the name of what it is about; returns it.

    Raises:
        FileExistsError: one about the same already lies there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    named = hashlib.sha256("/".join(map(str, about)).encode()).hexdigest()[:16]
    target = folder / f"{prefix}{named}.csv"
    unfinished = target.with_name(f"{target.name}.{uuid4().hex}.part")
    unfinished.write_text(content, encoding="utf-8")
    try:
        # Unlike a rename, a link never takes the place of what another person has just decided.
        os.link(unfinished, target)
    finally:
        unfinished.unlink()
    return target


def lying(folder: Path, prefix: str) -> list[str]:
    """What lies there, in the order of the files' names."""
    found = []
    for path in sorted(folder.glob(f"{prefix}*.csv")):
        try:
            found.append(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue  # The night has just taken it.
    return found


def signed(author: str, comment: str, at: datetime) -> tuple[str, str]:
    """Author and comment as a line of a file holds them: the same decision taken again later is another fact."""
    # A field of a layout ends on its line.
    author, comment = (" ".join(text.split()) for text in (author, comment))
    return author, f"{comment} ({at.astimezone(MOSCOW):%d.%m.%Y %H:%M:%S})"
