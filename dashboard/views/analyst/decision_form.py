"""Two forms by which a person decides about a payment: one that waits for an account, and one that is posted."""

from datetime import UTC, date, datetime

import polars as pl
import streamlit as st

from dashboard import queries
from dashboard.context import Context
from dashboard.decisions import Decision, DecisionError, submit
from dashboard.inbox import COMMENT_CHARACTERS
from pipelines.settings import Settings

OF_WAITING = ("assign", "reverse")
OF_POSTED = ("move", "reverse", "name_period")
"""What may be decided about a payment without an account, and about one that is posted (data/README.md)."""

AUTHOR = "decision_author"
_DONE = "decision_done"


def forms(context: Context, payments: pl.DataFrame, waiting: list[Decision]) -> None:
    """Draw both forms; payments already decided about are not on offer."""
    words = context.words
    decided = {(decision.agent, decision.operation_id) for decision in waiting}
    open_payments = [
        row for row in payments.iter_rows(named=True) if (row["agent"], row["operation_id"]) not in decided
    ]
    if open_payments:
        with st.expander(words("decide_waiting"), icon=":material/gavel:"):
            _of_waiting(context, open_payments)
    with st.expander(words("decide_posted"), icon=":material/swap_horiz:"):
        _of_posted(context)


def author(context: Context) -> None:
    """Draw the field for who decides, below what came of the last decision."""
    if st.session_state.pop(_DONE, False):
        st.success(context.words("decide_done"), icon=":material/check_circle:")
    # The key of a field that is not drawn is forgotten: the name outlives its field here.
    st.session_state[AUTHOR] = st.session_state.get(AUTHOR, "")
    st.text_input(context.words("decided_by"), key=AUTHOR, max_chars=200, width=360)


def author_named() -> str:
    """Who decides, as typed."""
    return str(st.session_state[AUTHOR]).strip()


def done() -> None:
    """Draw the page anew, and say there that the decision is written."""
    st.session_state[_DONE] = True
    st.rerun()


def _of_waiting(context: Context, payments: list[dict[str, object]]) -> None:
    words = context.words
    labels = {
        f"{row['agent']} {row['operation_id']}": " · ".join(
            [
                words.day(row["paid_on"]),  # type: ignore[arg-type]
                words.rubles(int(str(row["amount_kopecks"]))),
                str(row["account_as_written"]),
                f"{row['agent']} {row['operation_id']}",
            ]
        )
        for row in payments
    }
    named = {f"{row['agent']} {row['operation_id']}": (row["agent"], row["operation_id"]) for row in payments}
    with st.form("decide_waiting", border=False, enter_to_submit=False):
        chosen = st.selectbox(
            words("payment"),
            list(labels),
            index=None,
            format_func=lambda key: labels[key],
            placeholder=words("payment_choose"),
        )
        agent, operation = named[chosen] if chosen else ("", "")
        _finish(context, "waiting", OF_WAITING, str(agent), str(operation))


def _of_posted(context: Context) -> None:
    words = context.words
    with st.form("decide_posted", border=False, enter_to_submit=False):
        with st.grid(2, min_column_width=200, gap="small"):
            agent = st.text_input(words("agent"), key="posted_agent", max_chars=64)
            operation = st.text_input(words("operation_id"), key="posted_operation", max_chars=64)
        _finish(context, "posted", OF_POSTED, agent.strip(), operation.strip())


def _finish(context: Context, form: str, offered: tuple[str, ...], agent: str, operation: str) -> None:
    """The fields both forms end with, and what happens when they are sent."""
    words = context.words
    with st.grid(3, min_column_width=200, gap="small"):
        what = st.selectbox(
            words("decision"),
            offered,
            format_func=lambda code: words.code("payment_decision", code),
            key=f"{form}_what",
        )
        account = st.text_input(words("decision_account"), key=f"{form}_account", max_chars=12).strip()
        month = st.selectbox(
            words("decision_month"),
            queries.periods(context.snapshot),
            index=None,
            format_func=words.month,
            placeholder=words("month_as_before"),
            key=f"{form}_month",
        )
    comment = st.text_input(words("comment"), key=f"{form}_comment", max_chars=COMMENT_CHARACTERS)
    if st.form_submit_button(words("decide"), type="primary"):
        _hand_over(context, agent, operation, what, account, month, author_named(), comment.strip())


def _hand_over(
    context: Context,
    agent: str,
    operation: str,
    what: str,
    account: str,
    month: date | None,
    decided_by: str,
    comment: str,
) -> None:
    words = context.words
    known = account.isdecimal() and queries.account_card(context.snapshot, int(account)).height
    if account and not known:
        st.error(words("decide_unknown_account"))
        return
    decision = Decision(agent, operation, what, int(account) if account else None, month, decided_by, comment)
    try:
        submit(Settings.from_environment().inbox, decision, datetime.now(UTC))
    except DecisionError as error:
        st.error(words(str(error)))
        return
    done()
