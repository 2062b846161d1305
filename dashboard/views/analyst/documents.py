"""What a customer may be given of an account: the statement of a month to look at, and the documents to take away."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard import links, queries
from dashboard.context import Context
from dashboard.text import plain
from dashboard.views import parts
from pipelines.settings import Settings
from pipelines.statements import (
    StatementError,
    account_archive,
    account_extract,
    reconciliation,
    statement_pdf,
    statement_picture,
)

MIMES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def draw(context: Context, number: int, since: date) -> None:  # noqa: ARG001 - drawn like the other shelves
    """The statement of the month chosen beside the documents of any months."""
    sheet, rest = st.columns([7, 5], gap="large")
    with sheet:
        _statement(context, number)
    with rest:
        _others(context, number)


def _statement(context: Context, number: int) -> None:
    words, path = context.words, context.snapshot.path
    period = parts.choose_period(context)
    try:
        picture = _picture(path, number, period)
    except StatementError as error:
        st.info(plain(str(error)), icon=":material/inbox:")
        return
    _button(
        words("statement_pdf"),
        f"{number}-{period:%Y-%m}.pdf",
        lambda: statement_pdf(path, Settings.from_environment().reference, number, period),
    )
    st.image(picture, width="stretch", alt=words("statement_alt", month=words.month(period), account=number))


@st.cache_data(max_entries=32, show_spinner=False)
def _picture(snapshot: Path, number: int, period: date) -> str:
    """The statement as an address that holds it: a picture file of Streamlit is gone with the next rerun."""
    picture = statement_picture(snapshot, Settings.from_environment().reference, number, period)
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def _others(context: Context, number: int) -> None:
    words, path = context.words, context.snapshot.path
    reference = Settings.from_environment().reference
    months = queries.account_months(context.snapshot, number, queries.BEGINNING)["period"].to_list()
    if not months:
        return
    title = words("documents_span")
    st.markdown(f"### {title}")
    with st.grid(2, min_column_width=150, gap="small"):
        first = _month(context, "since", months, months[0])
        last = _month(context, "until", months[::-1], months[-1])
    if last < first:
        st.warning(words("documents_turned"), icon=":material/swap_vert:")
        return
    span = f"{first:%Y-%m}-{last:%Y-%m}"
    for text, name, make in (
        ("extract", "extract", account_extract),
        ("reconciliation", "reconciliation", reconciliation),
    ):
        st.markdown(words(text))
        with st.container(horizontal=True, gap="small"):
            for form in ("pdf", "xlsx", "csv"):
                _button(
                    form.upper(),
                    f"{number}-{name}-{span}.{form}",
                    lambda form=form, make=make: make(path, reference, number, first, last, form),  # type: ignore[misc]
                )
    st.markdown(words("archive"), help=words("archive_hint"))
    _button("ZIP", f"{number}-data.zip", lambda: account_archive(path, number))


def _month(context: Context, name: str, months: list[date], usual: date) -> date:
    """One end of the span of a document."""
    offered = {f"{month:%Y-%m}": month for month in months}
    chosen = links.choose(
        context.words(name),
        name,
        list(offered),
        lambda code: context.words.month(offered[code]),
        default=f"{usual:%Y-%m}",
    )
    return offered[chosen or f"{usual:%Y-%m}"]


def _button(label: str, name: str, make: Callable[[], bytes]) -> None:
    """A button that makes its file when it is pressed."""
    st.download_button(
        label,
        make,
        name,
        MIMES[name.rpartition(".")[2]],
        key=f"document_{name}",
        icon=":material/download:",
        on_click="ignore",
    )
