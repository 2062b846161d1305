"""Who takes a piece of the work list, and what came of it: lines in a file, of which the last of an item holds.

No fact for the night: what it has to know (a payment assigned, a reading rejected) goes into its inbox by a decision.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

Step = Literal["take", "settle", "give_back"]
STEPS: tuple[Step, ...] = ("take", "settle", "give_back")
"""What a person does with an item: takes it, says that nothing is left to do, gives it back to its unit."""

FILE = "work_list.jsonl"


class WorkError(Exception):
    """The step cannot be kept; the message is a key of TEXTS."""


@dataclass(frozen=True)
class Taken:
    """One step: of which kind of work and item, by whom, when and why."""

    task: str
    item: str
    step: Step
    by: str
    comment: str
    at: datetime


def keep(folder: Path, taken: Taken) -> None:
    """Write a step behind the earlier ones; several people may do so at once.

    Raises:
        WorkError: nobody says who does it, or an item is settled or given back without a reason.
    """
    if not taken.by:
        raise WorkError("decide_no_author")
    if taken.step != "take" and not taken.comment:
        raise WorkError("decide_no_comment")
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(taken) | {"at": taken.at.isoformat()}, ensure_ascii=False) + "\n"
    # One write of a few hundred bytes to a file opened for appending: lines of two people do not mix.
    file = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, line.encode())
    finally:
        os.close(file)


def steps(folder: Path, task: str) -> Mapping[str, Taken]:
    """The last step of each item of a kind of work; a line that a crash cut short is left out."""
    try:
        lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    last: dict[str, Taken] = {}
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if said["task"] == task:
            last[said["item"]] = Taken(**said | {"at": datetime.fromisoformat(said["at"])})
    return last
