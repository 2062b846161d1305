"""One question of the dashboard asked from the command line: what the second sheet of an export names to repeat it."""

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.settings import SQL
from pipelines.warehouse.snapshot import connect_snapshot

FOLDERS = ("dashboard", "kpi")
"""Where questions stand: each file is one select over the published snapshot."""


def question_file(question: str) -> Path:
    """The file of a question.

    Raises:
        ValueError: there is no such question.
    """
    found = [SQL / folder / f"{question}.sql" for folder in FOLDERS if re.fullmatch(r"\w+", question)]
    for path in found:
        if path.is_file():
            return path
    raise ValueError(f"no question {question!r}; the files of sql/dashboard and sql/kpi name them")


def placeholders(sql: str) -> list[str]:
    """Names of the parameters of a question, in the order of the alphabet."""
    return sorted(set(re.findall(r"\$(\w+)", re.sub(r"--.*", "", sql))))


def answer_as_csv(snapshot: Path, question: str, given: Mapping[str, str]) -> str:
    """The answer of a published snapshot as CSV; amounts in whole kopecks, as in the snapshot.

    `given` names parameters; those left out are null, «not chosen».

    Raises:
        ValueError: no such question, or a parameter it does not have.
        RuntimeError: the snapshot cannot answer, or not with these values.
    """
    sql = question_file(question).read_text(encoding="utf-8")
    names = placeholders(sql)
    unknown = given.keys() - set(names)
    if unknown:
        raise ValueError(f"{question} has no {', '.join(sorted(unknown))}; it takes {', '.join(names) or 'nothing'}")
    with connect_snapshot(snapshot) as connection:
        connection.execute("set timezone = 'Europe/Moscow'")
        bound = {name: _typed(given[name]) if name in given else None for name in names}
        try:
            result = connection.execute(sql, bound)
            rows = result.fetchall()
        except duckdb.Error as error:
            raise RuntimeError(f"{question}: {error}") from error
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([column[0] for column in result.description or ()])
        writer.writerows(rows)
    return text.getvalue()


def _typed(text: str) -> str | int | dt.date:
    """A value as the question compares it: a day, a whole number, else words."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text)
    return int(text) if re.fullmatch(r"\d+", text) else text
