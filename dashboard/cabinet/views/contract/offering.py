"""What forms of energy share: problems row by row, a button that sends once, the receipt."""

import secrets
from collections.abc import Callable, Sequence
from typing import Literal

import polars as pl
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import tables
from dashboard.cabinet.energy.own import Energy, Lines, NotSentError, read_workbook
from dashboard.cabinet.texts import CabinetWords
from dashboard.cabinet.uploads import LARGEST_FILE, UploadError
from dashboard.text import plain
from pipelines.explain import NotTaken

PROBLEM_COLUMNS = (
    tables.Column("line", "count", "energy_row"),
    tables.Column("problem", "text", "energy_problem"),
)
SHOWN_PROBLEMS = 50


def problems(found: Sequence[NotTaken], words: CabinetWords, key: str, *, is_form: bool = False) -> None:
    """Everything that will not do: what was expected, what was found, what to do; of a file, in which row."""
    if is_form:
        st.error("\n\n".join(plain(words.reason(one.rule_id, one.message)) for one in found))
        return
    st.error(words("energy_not_sent"))
    table(found, words, key)


def table(found: Sequence[NotTaken], words: CabinetWords, key: str) -> None:
    """Rows that are not taken, and why."""
    rows = [{"line": one.line, "problem": words.reason(one.rule_id, one.message)} for one in found[:SHOWN_PROBLEMS]]
    name = words("energy_problem")
    tables.show_wrapped(pl.DataFrame(rows), PROBLEM_COLUMNS, words, key=f"problems_{key}", name=name)


def upload(label: str, kinds: Sequence[str], words: CabinetWords, key: str) -> UploadedFile | None:
    """A file to look at, once its button is pressed; it is not looked at anew with every rerun."""
    with st.form(f"upload_{key}", border=False):
        file = st.file_uploader(label, type=list(kinds), max_upload_size=LARGEST_FILE // 1_000_000, key=f"file_{key}")
        is_asked = st.form_submit_button(words("energy_check_file"))
    return file if is_asked else None


def workbook(
    words: CabinetWords, key: str, from_sheet: Callable[[Lines], Lines]
) -> tuple[Lines, Literal["xlsx"], str] | None:
    """The lines of a workbook that was just uploaded, the way they came by, and what it was called."""
    file = upload(words("energy_file"), ["xlsx"], words, key)
    if file is None:
        return None
    forget(key)
    try:
        return from_sheet(read_workbook(file.name, file.getvalue())), "xlsx", file.name
    except UploadError as error:
        st.session_state[f"unread_{key}"] = str(error)
        return None


def send_button(energy: Energy, send: Callable[[Energy, str], str], words: CabinetWords, key: str) -> None:
    """The button that sends what was looked at: `send` takes the number of the form and gives a receipt."""
    form = st.session_state.setdefault(f"form_{key}", secrets.token_urlsafe(24))
    st.button(
        words("energy_send"),
        key=f"send_{key}",
        type="primary",
        width="stretch",
        on_click=_send,
        args=(energy, send, key, form),
    )


def _send(energy: Energy, send: Callable[[Energy, str], str], key: str, form: str) -> None:
    forget(key)
    try:
        st.session_state[f"receipt_{key}"] = send(energy.anew(), form)
    except NotSentError as error:
        st.session_state[f"refused_{key}"] = error.problems
    except UploadError as error:
        st.session_state[f"unread_{key}"] = str(error)


def forget(key: str) -> None:
    """Leave what was looked at before."""
    for name in ("checked", "form", "receipt", "refused", "unread"):
        st.session_state.pop(f"{name}_{key}", None)


def outcome(words: CabinetWords, key: str) -> None:
    """What became of the last sending here."""
    if receipt := st.session_state.get(f"receipt_{key}"):
        st.success(words("energy_sent", receipt=receipt), icon=":material/check_circle:")
    if refused := st.session_state.get(f"refused_{key}"):
        problems(refused, words, key)
    if unread := st.session_state.get(f"unread_{key}"):
        st.error(words(unread))
