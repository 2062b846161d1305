"""The pages of those signed in; `dashboard/cabinet/asgi.py` serves them."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session as Work

from dashboard import style
from dashboard.cabinet.access import sessions
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.sessions import Visitor
from dashboard.cabinet.front.guard import session_cookie
from dashboard.cabinet.own import ForeignAccountError, Own, published_snapshot
from dashboard.cabinet.own_contracts import OwnContracts
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store import open_store
from dashboard.cabinet.texts import CabinetWords
from dashboard.cabinet.views import account, consumption, guide, payments, readings, receipts, tariffs
from dashboard.cabinet.views.contract import bills, chat, contract, energy, papers, use
from dashboard.cabinet.views.visit import ContractVisit, Visit, link
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
CONTRACT_PAGES: dict[str, Callable[[ContractVisit], None]] = {
    "contract": contract.page,
    "energy": energy.page,
    "bills": bills.page,
    "use": use.page,
    "papers": papers.page,
    "chat": chat.page,
}
"""What stands in their place while a contract is looked at."""
ICONS = {
    "contract": ":material/contract:",
    "bills": ":material/receipt_long:",
    "use": ":material/bar_chart:",
    "papers": ":material/description:",
    "energy": ":material/bolt:",
    "chat": ":material/chat:",
    "account": ":material/home:",
    "readings": ":material/speed:",
    "payments": ":material/payments:",
    "tariffs": ":material/sell:",
    "consumption": ":material/bar_chart:",
    "receipts": ":material/receipt_long:",
    "guide": ":material/help:",
}
ELSEWHERE = {"appeals": "✉", "settings": "⚙"}
CONTRACT_ELSEWHERE = {"appeals": "✉", "contracts": "§", "settings": "⚙"}
"""Pages of the front that stand in the same row, of an account and of a contract."""
LANGUAGES = {"ru": "Русский", "en": "English"}


def main() -> None:
    """Draw one rerun: who is it, then the page the address names."""
    words = _words()
    st.set_page_config(page_title=words("cabinet"), page_icon=str(ICON), layout="centered")
    style.apply()
    settings = CabinetSettings.from_environment()
    store, now = open_store(settings.store), datetime.now(UTC)
    # The gate has let the connection in; whether its session still lives is asked at every rerun.
    token = st.context.cookies.get(session_cookie(settings))
    visitor = sessions.visitor(store, token, now)
    if visitor is None:
        _signed_out(words)
        return
    snapshot = published_snapshot()
    if snapshot is None:
        shown, pages = _pages({"account": partial(_say, words("not_published"))}, words)
        _head(words, visitor, pages, ELSEWHERE)
        shown.run()
        return
    own = Own(store, snapshot, visitor.person_id, now)
    contracts = OwnContracts(store, snapshot, visitor.person_id, now)
    chosen = _chosen(own, contracts)
    shown, pages = _pages(_drawn(own, contracts, chosen, words, partial(_is_in, store, token)), words)
    _head(words, visitor, pages, CONTRACT_ELSEWHERE if isinstance(chosen, str) else ELSEWHERE)
    _choose(own, contracts, words)
    shown.run()


Draws = dict[str, Callable[[], None]]
"""Page -> what draws it."""


def _is_in(store: Engine, token: str | None) -> bool:
    return sessions.lives(store, token, datetime.now(UTC))


def _drawn(
    own: Own, contracts: OwnContracts, chosen: int | str | None, words: CabinetWords, is_in: Callable[[], bool]
) -> Draws:
    """The pages there are for what is looked at: those of an account, or those of a contract."""
    if isinstance(chosen, str):
        visit = ContractVisit(contracts, chosen, words, is_in)
        return {name: partial(_draw, partial(draw, visit), words) for name, draw in CONTRACT_PAGES.items()}
    if chosen is None:
        return {"account": partial(_say, words("no_account"))}
    has_card = bool(CabinetSettings.from_environment().payment_url)
    own_visit = Visit(own, chosen, words, has_card)
    return {name: partial(_draw, partial(draw, own_visit), words) for name, draw in PAGES.items()}


def _pages(draws: Draws, words: CabinetWords) -> tuple[st.Page, list[st.Page]]:
    """The page the address names, and all of them; the first is there when it names none."""
    pages = [
        st.Page(draw, title=words(f"page_{name}"), url_path=name, icon=ICONS[name], default=place == 0)
        for place, (name, draw) in enumerate(draws.items())
    ]
    return st.navigation(pages, position="hidden"), pages


def _words() -> CabinetWords:
    said = st.session_state.get("language") or st.context.cookies.get("lang")
    return CabinetWords("en" if said == "en" else "ru")


def _signed_out(words: CabinetWords) -> None:
    st.header(words("signed_out"), anchor=False)
    st.markdown(words("signed_out_how"))
    st.html(link(f"/sign-in?lang={words.language}", words("sign_in")), width="content")


def _head(words: CabinetWords, visitor: Visitor, pages: list[st.Page], elsewhere: Mapping[str, str]) -> None:
    """The pages stand in sight on a telephone too, where a menu would fold away behind a button."""
    with st.container(horizontal=True, gap="small"):
        for page in pages:
            st.page_link(page, width="content")
        for place, icon in elsewhere.items():
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


def _say(text: str) -> None:
    st.info(text)


def _draw(draw: Callable[[], None], words: CabinetWords) -> None:
    try:
        draw()
    except ForeignAccountError as error:
        st.error(words(error.sentence))
    except SnapshotError:
        logging.getLogger(__name__).exception("a page could not be drawn")
        st.info(words("not_published"))


def _choose(own: Own, contracts: OwnContracts, words: CabinetWords) -> None:
    """Several accounts and contracts: which one the pages show."""
    names: dict[int | str, str] = {one.account_number: one.alias for one in own.held()}
    names |= {one.contract_number: one.alias for one in contracts.held()}
    if len(names) > 1:
        is_business = any(isinstance(one, str) for one in names)
        st.selectbox(
            words("choose_holding" if is_business else "choose_account"),
            list(names),
            key="chosen",
            format_func=lambda one: " · ".join(
                filter(None, [names[one], words("contract_of", contract=one) if isinstance(one, str) else str(one)])
            ),
        )


def _chosen(own: Own, contracts: OwnContracts) -> int | str | None:
    """The account or contract chosen, else what the address names: below the pages nobody gets a foreign one."""
    held: list[int | str] = [*own.accounts(), *contracts.contracts()]
    asked = _asked()
    if asked is not None and asked not in held:
        return asked
    if st.session_state.get("chosen") not in held:
        # A page opened anew by its own address is one of a contract or one of an account.
        is_contract = urlsplit(st.context.url or "").path.strip("/") in CONTRACT_PAGES
        fitting = [one for one in held if isinstance(one, str) == is_contract]
        st.session_state["chosen"] = asked if asked is not None else next(iter([*fitting, *held]), None)
    chosen: int | str | None = st.session_state["chosen"]
    return chosen


def _asked() -> int | str | None:
    """What the address names, whosever it is."""
    account, contract_number = st.query_params.get("account", ""), st.query_params.get("contract", "")
    if account.isascii() and account.isdecimal():
        return int(account)
    return contract_number or None


main()
