"""Navigation and the run shown: `streamlit run dashboard/app.py`."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Literal

import streamlit as st

from dashboard import links, provenance, store, style
from dashboard.context import Context
from dashboard.palette import Look
from dashboard.store import Snapshot, SnapshotError
from dashboard.text import Freshness, Words, freshness
from dashboard.views import nothing
from dashboard.views.analyst import (
    account,
    appeals,
    contracts,
    district,
    kpis,
    night,
    overview,
    payments,
    readings,
    receivables,
    tariffs,
    whatif,
    work_list,
)

ICON = Path(__file__).parent / "icon.svg"

HOME = "overview"

# How soon a page notices a new publication: a read of one small file.
LOOK_EVERY_SECONDS = 5

PAGES: dict[str, ModuleType] = {
    "overview": overview,
    "district": district,
    "receivables": receivables,
    "payments": payments,
    "readings": readings,
    "work_list": work_list,
    "appeals": appeals,
    "account": account,
    "contracts": contracts,
    "tariffs": tariffs,
    "whatif": whatif,
    "night": night,
    "kpis": kpis,
}

TITLES = {"readings": "readings_page", "night": "night_page", "appeals": "appeals_page"}
"""Pages whose title in TEXTS is not their own name, which says something else there."""

BADGES: dict[Freshness, tuple[Literal["green", "orange", "red"], str]] = {
    "fresh": ("green", ":material/check:"),
    "late": ("orange", ":material/schedule:"),
    "stale": ("red", ":material/warning:"),
}


def main() -> None:
    """Draw one rerun: read the pointer, then the page the address names."""
    words = Words(links.language())
    st.set_page_config(page_title=words("app"), page_icon=str(ICON), layout="wide")
    style.apply()
    snapshot, problem = _current()
    pages: dict[str, st.Page] = {}
    for name, module in PAGES.items():
        title = TITLES.get(name, name)
        draw = partial(_draw, title, module.page, snapshot, problem)
        pages[name] = st.Page(draw, title=words(title), url_path=name, default=name == HOME)
    going = links.going()
    if going:
        st.switch_page(pages[going[0]], query_params=going[1])
    shown = st.navigation(list(pages.values()), position="top")
    links.arrive(shown.url_path or HOME)
    shown.run()


def _current() -> tuple[Snapshot | None, str | None]:
    """The snapshot to show, or what is wrong with it; neither before the first publication."""
    try:
        return store.current(store.published()), None
    except SnapshotError as error:
        return None, str(error)


def _draw(title: str, page: Callable[[Context], None], snapshot: Snapshot | None, problem: str | None) -> None:
    words, now = Words(links.language()), datetime.now(UTC)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if snapshot:
            _run_shown(snapshot, words, now)
        _language()
    if snapshot is None:
        nothing.page(words, problem)
    else:
        look = Look(
            words, dark=st.context.theme.type == "dark", narrow="Mobi" in st.context.headers.get("User-Agent", "")
        )
        provenance.begin(
            provenance.Origin(title, st.query_params.to_dict(), snapshot.path.name, snapshot.run_id, snapshot.as_of)
        )
        try:
            page(Context(snapshot, look))
        except SnapshotError as error:
            nothing.page(words, str(error))
    _follow(None if snapshot is None else snapshot.path.name, words)


def _run_shown(snapshot: Snapshot, words: Words, now: datetime) -> None:
    state = freshness(snapshot.published_at, now)
    colour, icon = BADGES[state]
    sentence = [
        words("run", run_id=snapshot.run_id),
        words("run_as_of", as_of=words.instant(snapshot.as_of)),
        words("run_published", at=words.instant(snapshot.published_at), ago=words.ago(snapshot.published_at, now)),
    ]
    with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
        st.badge(words(state), icon=icon, color=colour)
        st.caption(" · ".join(sentence), width="content")


def _language() -> None:
    names = {"ru": "Русский", "en": "English"}
    links.pick("Язык / Language", "lang", list(names), lambda code: names[code], default="ru")


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _follow(shown: str | None, words: Words) -> None:
    """Notice a publication while the page stands open, and show it."""
    try:
        latest = store.current(store.published())
    except SnapshotError:
        return
    if latest and latest.path.name != shown:
        st.rerun()
    before, st.session_state["snapshot_shown"] = st.session_state.get("snapshot_shown"), shown
    if latest and before not in {None, shown}:
        st.toast(words("updated", run_id=latest.run_id), icon=":material/sync:")


main()
