"""The form by which a specialist decides about a held reading, and the decisions taken so far."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import polars as pl
import streamlit as st

from dashboard import reading_decisions, tables, work_queries
from dashboard.context import Context
from dashboard.decisions import DecisionError
from dashboard.inbox import COMMENT_CHARACTERS
from dashboard.reading_decisions import DECISIONS, ReadingDecision
from dashboard.tables import Column
from dashboard.views.analyst import decision_form
from pipelines.settings import Settings

WAITING_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("meter_serial", "text", "meter_serial"),
    Column("zone", "code", "zone", codes="zone"),
    Column("received_at", "instant", "received_at"),
    Column("value", "decimal", "reading_value"),
    Column("decision", "code", "decision", codes="reading_decision"),
    Column("decided_value", "decimal", "decided_value"),
    Column("decided_by", "text", "decided_by"),
    Column("comment", "text", "comment", width="large"),
)

TAKEN_COLUMNS = (
    Column("known_at", "instant", "decided_at"),
    *WAITING_COLUMNS,
    Column("outcome", "text", "decision_outcome"),
    Column("file_name", "text", "file_name"),
)

WAITING_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "account_number": pl.Int64,
    "meter_serial": pl.String,
    "zone": pl.String,
    "received_at": pl.Datetime("us", "Europe/Moscow"),
    "value": pl.Decimal(15, 3),
    "decision": pl.String,
    "decided_value": pl.Decimal(15, 3),
    "decided_by": pl.String,
    "comment": pl.String,
}


def form(context: Context, held: pl.DataFrame, waiting: list[ReadingDecision]) -> None:
    """Draw the form; readings already decided about are not on offer."""
    words = context.words
    decided = {decision.reading for decision in waiting}
    on_offer = {row["reading_id"]: row for row in held.iter_rows(named=True) if named(row) not in decided}
    if not on_offer:
        return
    with (
        st.expander(words("decide_reading"), icon=":material/gavel:"),
        st.form("decide_reading", border=False, enter_to_submit=False),
    ):
        st.caption(words("decide_reading_note"))
        chosen = st.selectbox(
            words("reading"),
            list(on_offer),
            index=None,
            format_func=lambda number: _label(context, on_offer[number]),
            placeholder=words("reading_choose"),
        )
        with st.grid(2, min_column_width=200, gap="small"):
            what = st.selectbox(
                words("decision"), DECISIONS, format_func=lambda code: words.code("reading_decision", code)
            )
            typed = st.text_input(words("decided_value"), key="reading_value", max_chars=16).strip()
        comment = st.text_input(words("comment"), key="reading_comment", max_chars=COMMENT_CHARACTERS).strip()
        if st.form_submit_button(words("decide"), type="primary"):
            _hand_over(context, on_offer.get(chosen) if chosen is not None else None, what, typed, comment)


def named(row: dict[str, Any]) -> tuple[Any, ...]:
    """What names a reading of the list, as a decision names it."""
    return row["account_number"], row["meter_serial"], row["zone"], row["received_at"], row["value"]


def _label(context: Context, row: dict[str, Any]) -> str:
    words = context.words
    return " · ".join(
        [
            str(row["account_number"]),
            f"№ {row['meter_serial']}",
            words.code("zone", row["zone"]),
            words.number(row["value"]),
            words.instant(row["received_at"]),
        ]
    )


def _hand_over(context: Context, row: dict[str, Any] | None, what: str, typed: str, comment: str) -> None:
    words = context.words
    value = reading_decisions.register(typed)
    if row is None or (typed and value is None):
        st.error(words("decide_no_reading" if row is None else "decide_bad_value"))
        return
    decision = ReadingDecision(
        row["account_number"],
        row["meter_serial"],
        row["zone"],
        row["read_on"],
        row["received_at"],
        row["value"],
        what,
        value,
        decision_form.author_named(),
        comment,
    )
    try:
        reading_decisions.submit(Settings.from_environment().inbox, decision, datetime.now(UTC))
    except DecisionError as error:
        st.error(words(str(error)))
        return
    decision_form.done()


def taken(context: Context, waiting: list[ReadingDecision]) -> None:
    """Decisions that wait for the night, and those that nights took in, with what came of each."""
    words = context.words
    if waiting:
        name = words("decisions_waiting")
        st.markdown(f"### {name}")
        frame = pl.DataFrame(
            [{name: asdict(decision)[name] for name in WAITING_SCHEMA} for decision in waiting], schema=WAITING_SCHEMA
        )
        tables.show(frame, WAITING_COLUMNS, words, key="reading_decisions_waiting", name=name)
    settled = work_queries.reading_decisions_taken(context.snapshot)
    if settled.height:
        name = words("decisions_taken")
        st.markdown(f"### {name}")
        said = [_outcome(context, row) for row in settled.iter_rows(named=True)]
        tables.show(
            settled.with_columns(outcome=pl.Series(said, dtype=pl.String)),
            TAKEN_COLUMNS,
            words,
            key="reading_decisions_taken",
            name=name,
            question="reading_decisions_taken",
        )


def _outcome(context: Context, row: dict[str, Any]) -> str:
    """Why a decision changed nothing, or what it led to."""
    words = context.words
    if not row["is_found"]:
        return words("decision_no_reading")
    if row["decision"] == "reject":
        return words.code("verdict", "rejected")
    verdict = words.code("verdict", row["verdict"])
    return f"{verdict}: {words.reason(row['rule_id'], row['message_ru'])}" if row["rule_id"] else verdict
