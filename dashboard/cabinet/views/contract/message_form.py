"""Messages of the customer's own metering system, read before they are sent."""

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from dashboard.cabinet.energy.own import CheckedMessage, Energy
from dashboard.cabinet.texts import CabinetWords
from dashboard.cabinet.uploads import UploadError
from dashboard.cabinet.views.contract import offering
from dashboard.cabinet.views.visit import ContractVisit


def draw(visit: ContractVisit, energy: Energy) -> None:
    """A file, what it says, what is wrong with it."""
    words, key = visit.words, f"{visit.contract}_message"
    st.caption(words("message_how"))
    file = offering.upload(words("message_file"), ["xml", "zip"], words, key)
    if file is not None:
        offering.forget(key)
        try:
            checked = energy.check_message(file.name, file.getvalue())
        except UploadError as error:
            st.session_state[f"unread_{key}"] = str(error)
        else:
            st.session_state[f"checked_{key}"] = (checked, file.name, file.getvalue())
    looked: tuple[CheckedMessage, str, bytes] | None = st.session_state.get(f"checked_{key}")
    if looked:
        _offer(words, energy, key, *looked)
    offering.outcome(words, key)


def _offer(words: CabinetWords, energy: Energy, key: str, checked: CheckedMessage, name: str, content: bytes) -> None:
    if checked.problems:
        offering.problems(checked.problems, words, key)
        return
    days = days_told(checked.days, words)
    st.success(words("message_will_do", points=checked.points, days=days, kwh=words.kwh(checked.kwh)))
    if checked.left_out:
        st.warning(words("message_left_out"))
        offering.table(checked.left_out, words, key)
    offering.send_button(energy, lambda now, form: now.send_message(name, content, form), words, key)


def days_told(days: Sequence[dt.date], words: CabinetWords) -> str:
    """The first and the last of some days."""
    return words.day(days[0]) if days[0] == days[-1] else f"{words.day(days[0])}–{words.day(days[-1])}"
