"""A message of a metering system (80020, 80040) or a ZIP of them: whether the night takes it, and of whose points."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.cabinet.uploads import LARGEST_FILE, MOST_MEMBERS, MOST_UNPACKED, UploadError
from pipelines.explain import NotTaken, trial
from pipelines.russian import day
from pipelines.settings import Settings

CONSUMPTION = "01"
"""The channel of a point that is billed (A+)."""
LONGEST_NAME = 80
_UNSAFE = re.compile(r"[^0-9A-Za-z_.-]+")
_FACTS = "intake.energy_day_fact"


@dataclass(frozen=True)
class CheckedMessage:
    """What came of looking at a file.

    Attributes:
        problems: why it is not taken at all.
        left_out: parts of it that the night will leave out; the others it takes.
        points: how many points it speaks of.
        days: the days it speaks of.
        kwh: consumption (A+) of its known intervals.
    """

    problems: Sequence[NotTaken]
    left_out: Sequence[NotTaken] = ()
    points: int = 0
    days: Sequence[dt.date] = ()
    kwh: int = 0


def safe_name(label: str, content: bytes) -> str:
    """The name a file is delivered under: what it was called, as far as that is letters and digits, by its content."""
    ending = ".zip" if content.startswith(b"PK") else ".xml"
    stem = _UNSAFE.sub("_", label.replace("\\", "/").rpartition("/")[2].removesuffix(ending)).strip("._")
    return f"{stem[:LONGEST_NAME] or 'message'}{ending}"


def check(
    settings: Settings, points: pl.DataFrame, inn: str, today: dt.date, name: str, content: bytes
) -> CheckedMessage:
    """Read a file as the night will: every point of it must be the contract's, its sender the customer himself.

    Raises:
        UploadError: it is too large, or unpacks to too much.
    """
    _weigh(content)
    tried = trial(settings, "askue", name, content)
    facts = tried.facts.get(_FACTS)
    if tried.is_refused or facts is None:
        nothing = NotTaken(1, "file_nothing", "Ожидается хотя бы один канал с периодами; не найдено ни одного.")
        return CheckedMessage(tried.not_taken or [nothing])
    problems = _foreign(facts, points, inn, today)
    if problems:
        return CheckedMessage(problems)
    billed = facts.filter(pl.col("channel_code") == CONSUMPTION)
    kwh = sum(wh for one in billed["wh"] for wh in one if wh is not None) // 1000
    days = sorted(set(facts["day"]))
    return CheckedMessage((), tried.not_taken, facts["point_code"].n_unique(), days, kwh)


def _weigh(content: bytes) -> None:
    """Refuse what is too much before any of it is unpacked."""
    if not content:
        raise UploadError("file_empty")
    if len(content) > LARGEST_FILE:
        raise UploadError("file_large")
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UploadError("file_broken") from error
        if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
            raise UploadError("file_bomb")


def _foreign(facts: pl.DataFrame, points: pl.DataFrame, inn: str, today: dt.date) -> list[NotTaken]:
    problems = []
    own = {on_day: _supplied(points, on_day) for on_day in facts["day"].unique()}
    for row in facts.iter_rows(named=True):
        # A bypass takes energy off the point it names: that one must be the contract's too.
        codes = {row["point_code"], *(code for code in row["bypass_of"] or () if code)}
        foreign = sorted(codes - own[row["day"]])
        if foreign:
            expected = "точки, которые договор питает в эти сутки"
            found = f"{', '.join(foreign)} за {day(row['day'])}"
            problems.append(_problem(row["source_line"], "message_point", expected, found))
        if row["sender_inn"] != inn:
            expected = f"отправитель (sender/inn) с ИНН договора, {inn}"
            problems.append(_problem(row["source_line"], "message_sender", expected, row["sender_inn"]))
        if row["day"] >= today:
            expected = "сутки, которые уже прошли"
            problems.append(_problem(row["source_line"], "message_day", expected, day(row["day"])))
    return problems


def _supplied(points: pl.DataFrame, on_day: dt.date) -> set[str]:
    rows = points.filter((pl.col("supplied_from") <= on_day) & (pl.col("supplied_to") >= on_day))
    return set(rows["point_code"])


def _problem(line: int, rule_id: str, expected: str, found: str) -> NotTaken:
    message = f"Ожидается: {expected}; найдено: {found}. Уберите лишнее и передайте файл снова."
    return NotTaken(line, rule_id, message)
