"""The pages of those signed in; `dashboard/cabinet/asgi.py` serves them."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access import sessions
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.sessions import Visitor
from dashboard.cabinet.front.guard import session_cookie
from dashboard.cabinet.own import ForeignAccountError, Own, published_snapshot
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store import open_store
from dashboard.cabinet.texts import CabinetWords
from dashboard.cabinet.views import account, consumption, guide, payments, readings, receipts, tariffs
from dashboard.cabinet.views.visit import Visit, link
from dashboard.store import SnapshotError

ICON = Path(__file__).parent / "static" / "icon.svg"
PAGES: dict[str, Callable[[Visit], None]] = {
    "account": account.page,
    "readings": readings.page,
    "payments": payments.page,
    "tariffs": tariffs.page,
    "consumption": consumption.page,
    "receipts": receipts.page,
    "guide": guide.page,
}
ICONS = {
    "account": ":material/home:",
    "readings": ":material/speed:",
    "payments": ":material/payments:",
    "tariffs": ":material/sell:",
    "consumption": ":material/bar_chart:",
    "receipts": ":material/receipt_long:",
    "guide": ":material/help:",
}
ELSEWHERE = {"appeals": "✉", "settings": "⚙"}
"""Pages of the front that stand in the same row."""
LANGUAGES = {"ru": "Русский", "en": "English"}


def main() -> None:
    """Draw one rerun: who is it, then the page the address names."""
    words = _words()
    st.set_page_config(page_title=words("cabinet"), page_icon=str(ICON), layout="centered")
    settings = CabinetSettings.from_environment()
    store, now = open_store(settings.store), datetime.now(UTC)
    # The gate has let the connection in; whether its session still lives is asked at every rerun.
    visitor = sessions.visitor(store, st.context.cookies.get(session_cookie(settings)), now)
    if visitor is None:
        _signed_out(words)
        return
    snapshot = published_snapshot()
    own = None if snapshot is None else Own(store, snapshot, visitor.person_id, now)
    pages = [
        st.Page(
            partial(_draw, draw, own, words),
            title=words(f"page_{name}"),
            url_path=name,
            icon=ICONS[name],
            default=name == "account",
        )
        for name, draw in PAGES.items()
    ]
    shown = st.navigation(pages, position="hidden")
    _head(words, visitor, pages)
    if own is not None:
        _choose(own, words)
    shown.run()


def _words() -> CabinetWords:
    said = st.session_state.get("language") or st.context.cookies.get("lang")
    return CabinetWords("en" if said == "en" else "ru")


def _signed_out(words: CabinetWords) -> None:
    st.header(words("signed_out"), anchor=False)
    st.markdown(words("signed_out_how"))
    st.html(link(f"/sign-in?lang={words.language}", words("sign_in")), width="content")


def _head(words: CabinetWords, visitor: Visitor, pages: list[st.Page]) -> None:
    """The pages stand in sight on a telephone too, where a menu would fold away behind a button."""
    with st.container(horizontal=True, gap="small"):
        for page in pages:
            st.page_link(page, width="content")
        for place, icon in ELSEWHERE.items():
            st.html(link(f"/{place}?lang={words.language}", f"{icon} {words(f'page_{place}')}"), width="content")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.session_state.setdefault("language", words.language)
        st.segmented_control(
            "Язык / Language",
            list(LANGUAGES),
            key="language",
            format_func=LANGUAGES.__getitem__,
            required=True,
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            st.button(words("leave"), icon=":material/logout:", on_click=_leave, args=(visitor,))


def _leave(visitor: Visitor) -> None:
    """End the session: the cookie that stays in the browser is worth nothing from now on."""
    now = datetime.now(UTC)
    with Work(open_store(CabinetSettings.from_environment().store)) as work:
        sessions.end(work, visitor.session_id, now)
        note(work, "signed_out", now, address="", person_id=visitor.person_id)
        work.commit()


def _draw(draw: Callable[[Visit], None], own: Own | None, words: CabinetWords) -> None:
    if own is None:
        st.info(words("not_published"))
        return
    accounts = own.accounts()
    if not accounts:
        st.info(words("no_account"))
        return
    try:
        draw(Visit(own, _account(accounts), words, bool(CabinetSettings.from_environment().payment_url)))
    except ForeignAccountError:
        st.error(words("foreign"))
    except SnapshotError:
        logging.getLogger(__name__).exception("a page could not be drawn")
        st.info(words("not_published"))


def _choose(own: Own, words: CabinetWords) -> None:
    """Several accounts: which one the pages show. The address may name one, whosever it is."""
    held = {one.account_number: one for one in own.held()}
    asked = st.query_params.get("account", "")
    if st.session_state.get("account") not in held:
        st.session_state.pop("account", None)
    if len(held) > 1:
        if asked.isascii() and asked.isdecimal() and int(asked) in held:
            st.session_state.setdefault("account", int(asked))
        st.selectbox(
            words("choose_account"),
            list(held),
            key="account",
            format_func=lambda number: " · ".join(filter(None, [held[number].alias, str(number)])),
        )


def _account(accounts: list[int]) -> int:
    """The account chosen, else the one the address names: below the pages nobody gets a foreign one."""
    asked = st.query_params.get("account", "")
    if asked.isascii() and asked.isdecimal() and int(asked) not in accounts:
        return int(asked)
    return int(st.session_state.get("account") or accounts[0])


main()
