"""Where the rows of an export come from: page, filters, run, and the command that asks the same question again."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import streamlit as st

from dashboard.text import Words

Parameter = str | int | date | None

_ORIGIN = "export_origin"


@dataclass(frozen=True)
class Origin:
    """What one rerun shows: page (its title in TEXTS), address, run, and the questions asked with their parameters."""

    page: str
    filters: Mapping[str, str]
    snapshot: str
    run_id: int
    as_of: datetime
    asked: dict[str, Mapping[str, Parameter]] = field(default_factory=dict)

    def command(self, question: str) -> str:
        """The command that repeats a question of this rerun."""
        given = [
            shlex.quote(f"{name}={value}") for name, value in sorted(self.asked[question].items()) if value is not None
        ]
        return " ".join(["energosbyt ask", question, *given, "--snapshot", self.snapshot])


def begin(origin: Origin) -> None:
    """Say what is shown from here on."""
    st.session_state[_ORIGIN] = origin


def remember(question: str, parameters: Mapping[str, Parameter]) -> None:
    """Note a question and what it was asked with; outside of a page nothing is noted."""
    origin = current()
    if origin:
        origin.asked[question] = parameters


def current() -> Origin | None:
    """What the page on screen shows; None outside of one."""
    origin: Origin | None = st.session_state.get(_ORIGIN)
    return origin


def sheet(origin: Origin, question: str | None, words: Words) -> list[tuple[str, str]]:
    """Rows of the second sheet of a workbook: what it is of and how to get it again."""
    rows = [
        (words("origin_page"), words(origin.page)),
        (words("origin_run"), str(origin.run_id)),
        (words("origin_as_of"), words.instant(origin.as_of)),
        (words("origin_snapshot"), origin.snapshot),
    ]
    rows += [(words("origin_filter", name=name), value) for name, value in sorted(origin.filters.items())]
    if question in origin.asked:
        rows.append((words("origin_command"), origin.command(question)))
    return rows
