"""The talk with an operator about a contract."""

import secrets

import streamlit as st

from dashboard.cabinet.chat import LONGEST_BODY, Chat, Followed, TooManyAttemptsError
from dashboard.cabinet.texts import CabinetWords
from dashboard.cabinet.uploads import LARGEST_FILE, TYPES, UploadError, accept_all
from dashboard.cabinet.views.visit import ContractVisit, link

LISTEN_EVERY_SECONDS = 4
"""How often an open page asks whether there is news: one short question of the store."""
SHOWN = 3
"""Talks shown: the one that is open, and those before it."""


def page(visit: ContractVisit) -> None:
    """Draw the page of one contract."""
    words = visit.words
    st.header(words("page_chat"), anchor=False)
    visit.own.check(visit.contract)
    if not visit.own.may(visit.contract, "documents"):
        st.caption(words("chat_not_let"))
        return
    said = st.chat_input(
        words("your_message"),
        max_chars=LONGEST_BODY,
        accept_file="multiple",
        file_type=list(TYPES),
        max_upload_size=LARGEST_FILE // 1_000_000,
        key=f"chat_{visit.contract}",
    )
    chat = Chat(visit.own, visit.contract)
    if said:
        _say(chat, said.text, [(file.name, file.getvalue()) for file in said.files], words)
    heard = chat.newest()
    talks = chat.talks()[:SHOWN]
    if not talks:
        st.caption(words("chat_empty"))
    for talk in reversed(talks):
        _talk(talk, words)
    _listen(visit, chat, heard)


@st.fragment(run_every=LISTEN_EVERY_SECONDS)
def _listen(visit: ContractVisit, chat: Chat, heard: int) -> None:
    """Draw the page again when somebody has written, or when its visitor may not see it any more."""
    if not visit.is_in() or chat.has_news(heard):
        st.rerun()


def _say(chat: Chat, text: str, files: list[tuple[str, bytes]], words: CabinetWords) -> None:
    body = "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip()
    if not (body or files):
        return
    try:
        chat.say(body, accept_all(files), secrets.token_hex(16))
    except UploadError as error:
        st.error(words(str(error)))
    except TooManyAttemptsError:
        st.error(words("limited"))


def _talk(talk: Followed, words: CabinetWords) -> None:
    for said in talk.said:
        with st.chat_message("assistant" if said.operator else "user"):
            who = words("retailer") if said.operator else words("you")
            st.caption(f"{who}, {words.instant(said.at)}")
            st.text(said.body)
            for file in said.files:
                st.html(link(f"/appeals/file/{file.key}", f"📎 {file.label or file.name}"))
    if talk.is_closed:
        st.caption(words("chat_over", number=talk.number))
    else:
        st.caption(words("answer_by", day=words.day(talk.due_on)))
