"""Appeals: what customers ask, until when it is answered, the conversation; access restored for who came in person."""

import datetime as dt
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import polars as pl
import streamlit as st
from sqlalchemy import Engine
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import appeal_desk, links, tables
from dashboard.cabinet.appeals import LONGEST_BODY, ClosedError, Followed, Status
from dashboard.cabinet.uploads import LARGEST_FILE, TYPES, UploadError, accept_all
from dashboard.context import Context
from dashboard.tables import Column
from dashboard.text import Words, plain
from pipelines.settings import MOSCOW

QUEUES = ("appeals_open", "appeals_overdue", "appeals_all")
NEXT: tuple[Status, ...] = ("closed", "asked", "work")
NEXT_OF_BUSINESS: tuple[Status, ...] = ("work", "asked", "accepted", "refused", "closed")
"""A document or request of a business is taken or refused."""
LISTEN_EVERY_SECONDS = 5
"""How often an open page asks whether there is news: one short question of the store."""
SOON = dt.timedelta(days=3)
OPERATOR = "appeal_operator_name"
_SENT = "appeal_answer_sent"

COLUMNS = (
    Column("number", "text", "appeal_number"),
    Column("due_on", "day", "appeal_due"),
    Column("status", "text", "status"),
    Column("kind", "text", "appeal_kind"),
    Column("about", "text", "appeal_about"),
    Column("opened_at", "instant", "appeal_opened"),
)
NOTICE_COLUMNS = (
    Column("received_at", "instant", "received_at"),
    Column("order_id", "text", "card_order"),
    Column("operation_id", "text", "card_operation"),
    Column("amount_kopecks", "money", "amount"),
    Column("outcome", "text", "card_outcome"),
)
OWNERLESS_COLUMNS = (Column("number", "text", "owner_off_contract"), Column("since", "instant", "ownerless_since"))
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "number": pl.String,
    "due_on": pl.Date,
    "status": pl.String,
    "kind": pl.String,
    "about": pl.String,
    "opened_at": pl.Datetime("us", "UTC"),
}


def page(context: Context) -> None:
    """Draw the page."""
    words = context.words
    st.header(words("appeals_page"), anchor=False)
    store = appeal_desk.store()
    if store is None:
        st.info(words("appeals_none"))
        return
    # The key of a field that is not drawn is forgotten: the name outlives its field here.
    st.session_state[OPERATOR] = st.session_state.get(OPERATOR, "")
    heard = appeal_desk.newest(store)
    found = appeal_desk.every(store)
    today = datetime.now(MOSCOW).date()
    queues = {
        "appeals_open": [one for one in found if not one.is_closed],
        "appeals_overdue": [one for one in found if not one.is_closed and one.due_on < today],
        "appeals_all": found,
    }
    with st.grid(3, min_column_width=164, gap="small"):
        for name in ("appeals_open", "appeals_overdue"):
            with st.container(border=True):
                st.metric(words(name), words.count(len(queues[name])))
        with st.container(border=True):
            soon = [one for one in queues["appeals_open"] if today <= one.due_on <= today + SOON]
            st.metric(words("appeals_due_soon"), words.count(len(soon)))
    st.text_input(words("appeal_operator"), key=OPERATOR, max_chars=200, width=360)
    queue = links.pick(words("appeals_page"), "queue", list(QUEUES), words, default=QUEUES[0])
    _queue(context, store, queues[queue])
    _disputed(context, store)
    with st.expander(words("restore_for"), icon=":material/lock_reset:"):
        _restore(context, store)
    with st.expander(words("owner_off_for"), icon=":material/person_remove:"):
        _take_owner_off(context, store)
    _ownerless(context, store)
    _listen(store, heard)


@st.fragment(run_every=LISTEN_EVERY_SECONDS)
def _listen(store: Engine, heard: int) -> None:
    """Draw the page again when somebody has written; what the operator is typing stays where it is."""
    if appeal_desk.newest(store) != heard:
        st.rerun()


def _queue(context: Context, store: Engine, queue: list[Followed]) -> None:
    words = context.words
    if not queue:
        st.success(words("appeals_none"), icon=":material/check_circle:")
        return
    rows = [
        {
            "number": one.number,
            "due_on": one.due_on,
            "status": words(f"appeal_status_{one.status}"),
            "kind": words(f"appeal_kind_{one.kind}"),
            "about": str(one.about),
            "opened_at": one.opened_at,
        }
        for one in queue
    ]
    frame = pl.DataFrame(rows, schema=SCHEMA)
    drill = tables.Drill("open_appeal", "number", lambda number: links.put("appeal", str(number)))
    tables.show(frame, COLUMNS, words, key="appeals", name=words("appeals_page"), drill=drill)
    chosen = st.query_params.get("appeal", queue[0].number)
    one = appeal_desk.read(store, chosen)
    if one is not None:
        _conversation(context, store, one)


def _conversation(context: Context, store: Engine, one: Followed) -> None:
    words = context.words
    kind = words(f"appeal_kind_{one.kind}")
    st.markdown(f"### № {one.number} · {kind} · {words('appeal_due')} {words.day(one.due_on)}")
    st.caption(" · ".join([str(one.about), *(_written(name, value, words) for name, value in one.fields.items())]))
    for place, said in enumerate(one.said):
        with st.chat_message("assistant" if said.operator else "user"):
            who = said.operator or words("appeal_customer")
            became = [words(f"appeal_status_{said.status}")] if said.status else []
            st.caption(" · ".join([words("appeal_wrote", who=plain(who), at=words.instant(said.at)), *became]))
            st.text(said.body)
            for file in said.files:
                st.download_button(
                    plain(file.label or file.name),
                    partial(appeal_desk.file, store, file.key),
                    file.name,
                    "application/octet-stream",
                    key=f"file_{place}_{file.key}",
                    icon=":material/attach_file:",
                    on_click="ignore",
                )
    if st.session_state.pop(_SENT, False):
        st.success(words("appeal_sent"), icon=":material/check_circle:")
    if one.is_closed:
        st.info(words("appeal_is_closed"))
        return
    # An answer is written anew after the last one, and stays as far as it is when the customer writes meanwhile.
    answers = sum(bool(said.operator) for said in one.said)
    with st.form(f"answer_{one.number}", border=True, enter_to_submit=False):
        body = st.text_area(words("appeal_answer"), max_chars=LONGEST_BODY, key=f"body_{one.number}_{answers}")
        status = st.selectbox(
            words("appeal_next"),
            NEXT if isinstance(one.about, int) else NEXT_OF_BUSINESS,
            format_func=lambda code: words(f"appeal_status_{code}"),
            key=f"next_{one.number}",
        )
        files = st.file_uploader(
            words("appeal_files"),
            type=list(TYPES),
            accept_multiple_files=True,
            max_upload_size=LARGEST_FILE // 1_000_000,
            key=f"files_{one.number}_{answers}",
        )
        if st.form_submit_button(words("appeal_send"), type="primary"):
            _answer(context, store, one, body.strip(), status, files)


def _written(name: str, value: str, words: Words) -> str:
    return words(f"document_kind_{value}") if name == "document_kind" else plain(value)


def _answer(
    context: Context,
    store: Engine,
    one: Followed,
    body: str,
    status: Status,
    files: Sequence[UploadedFile],
) -> None:
    words, operator = context.words, _operator()
    if not (operator and body):
        st.error(words("appeal_needs"))
        return
    try:
        taken = accept_all([(file.name, file.getvalue()) for file in files])
    except UploadError as error:
        st.error(words(str(error)))
        return
    try:
        appeal_desk.answer(store, one, operator, body, status, datetime.now(UTC), taken)
    except ClosedError:
        st.error(words("appeal_is_closed"))
        return
    st.session_state[_SENT] = True
    st.rerun()


def _disputed(context: Context, store: Engine) -> None:
    words = context.words
    rows = [{**row, "outcome": words(f"card_outcome_{row['outcome']}")} for row in appeal_desk.disputed(store)]
    if rows:
        name = words("payments_disputed")
        st.markdown(f"### {name}")
        tables.show(pl.DataFrame(rows), NOTICE_COLUMNS, words, key="disputed", name=name)


def _ownerless(context: Context, store: Engine) -> None:
    words = context.words
    rows = [{"number": one.contract_number, "since": one.since} for one in appeal_desk.ownerless(store)]
    if rows:
        name = words("ownerless")
        st.markdown(f"##### {name}")
        st.caption(words("ownerless_how"))
        tables.show(pl.DataFrame(rows), OWNERLESS_COLUMNS, words, key="ownerless", name=name)


def _take_owner_off(context: Context, store: Engine) -> None:
    words = context.words
    st.caption(words("owner_off_for_how"))
    with st.form("owner_off", border=False, enter_to_submit=False):
        asked = {
            "number": st.text_input(words("owner_off_contract"), key="owner_off_contract", max_chars=32),
            "email": st.text_input(words("owner_off_email"), key="owner_off_email", max_chars=254),
        }
        proof = _proof("owner_off", words)
        if st.form_submit_button(words("owner_off_do")):
            done = bool(proof) and appeal_desk.take_owner_off(store, asked | proof, _operator(), datetime.now(UTC))
            (st.success if done else st.error)(words("owner_off_done" if done else "owner_off_wrong"))


def _restore(context: Context, store: Engine) -> None:
    words = context.words
    st.caption(words("restore_for_how"))
    with st.form("restore", border=False, enter_to_submit=False):
        asked = {
            "number": st.text_input(words("restore_number"), key="restore_account", max_chars=32),
            "email": st.text_input(words("restore_email"), key="restore_email", max_chars=254),
            "former": st.text_input(words("restore_former"), key="restore_former", max_chars=254),
        }
        proof = _proof("restore", words)
        if st.form_submit_button(words("restore_send")):
            done = bool(proof) and appeal_desk.restore(store, asked | proof, _operator(), datetime.now(UTC))
            (st.success if done else st.error)(words("restore_sent" if done else "restore_wrong"))


def _proof(form: str, words: Words) -> dict[str, str]:
    """The basis the operator writes down; nothing unless he has seen what proves it."""
    basis = st.text_input(
        words("restore_basis"),
        key=f"{form}_basis",
        max_chars=appeal_desk.LONGEST_BASIS,
        placeholder=words("restore_basis_such"),
    )
    is_seen = st.checkbox(words("restore_seen"), key=f"{form}_seen")
    return {"basis": basis} if is_seen else {}


def _operator() -> str:
    return str(st.session_state[OPERATOR]).strip()
