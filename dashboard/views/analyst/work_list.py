"""Work list: what waits for a person, how long, where it came from; a payment is decided about here."""

from dataclasses import asdict
from datetime import date

import polars as pl
import streamlit as st

from dashboard import decisions, links, queries, reading_decisions, tables, work_queries
from dashboard.context import Context
from dashboard.decisions import Decision
from dashboard.reading_decisions import ReadingDecision
from dashboard.tables import Column
from dashboard.text import Words
from dashboard.views import parts
from dashboard.views.analyst import decision_form, reading_form
from pipelines.settings import Settings

TASKS = ("task_payments", "task_readings", "task_files", "task_bills")
"""Kinds of work, one shown at a time; names stand in the address and in TEXTS."""

QUESTIONS = {
    "task_payments": "suspense_payments",
    "task_readings": "held_readings",
    "task_files": "refused_files",
    "task_bills": "implausible_bills",
}
"""The file of SQL behind each list."""

PAYMENT_COLUMNS = (
    Column("waits_days", "count", "waits_days", width="small"),
    Column("state", "text", "status"),
    Column("paid_on", "day", "paid_on"),
    Column("amount_kopecks", "money", "amount"),
    Column("account_as_written", "text", "account_as_written"),
    Column("channel", "code", "channel", codes="channel"),
    Column("agent", "text", "agent"),
    Column("operation_id", "text", "operation_id"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line", width="small"),
)

HELD_COLUMNS = (
    Column("waits_days", "count", "waits_days", width="small"),
    Column("state", "text", "status", width=160),
    Column("site", "text", "site"),
    Column("account_number", "id", "account_number"),
    Column("reason", "text", "rule", width=240),
    Column("value", "decimal", "reading_value"),
    Column("previous_value", "decimal", "previous_value"),
    Column("zone", "code", "zone", codes="zone"),
    Column("meter_serial", "text", "meter_serial"),
    Column("received_at", "instant", "received_at"),
    Column("channel", "code", "channel", codes="channel"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line", width="small"),
)

FILE_COLUMNS = (
    Column("waits_days", "count", "waits_days", width="small"),
    Column("name", "text", "file_name"),
    Column("channel", "code", "channel", codes="channel"),
    Column("message", "text", "message", width="large"),
    Column("rows_received", "count", "rows_received"),
    Column("known_at", "instant", "received_at"),
    Column("run_id", "count", "run_number"),
)

BILL_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("district", "text", "district"),
    Column("bill_kopecks", "money", "bill"),
    Column("usual_kopecks", "money", "usual_bill"),
    Column("times_usual", "count", "times_usual"),
    Column("kwh", "count", "kwh"),
)

WAITING_COLUMNS = (
    Column("agent", "text", "agent"),
    Column("operation_id", "text", "operation_id"),
    Column("decision", "code", "decision", codes="payment_decision"),
    Column("account_number", "id", "account_number"),
    Column("named_period", "month", "named_period"),
    Column("decided_by", "text", "decided_by"),
    Column("comment", "text", "comment", width="large"),
)

TAKEN_COLUMNS = (
    Column("known_at", "instant", "decided_at"),
    *WAITING_COLUMNS,
    Column("message", "text", "decision_refused", width="large"),
    Column("file_name", "text", "file_name"),
)

WAITING_SCHEMA = {
    "agent": pl.String,
    "operation_id": pl.String,
    "decision": pl.String,
    "account_number": pl.Int64,
    "named_period": pl.Date,
    "decided_by": pl.String,
    "comment": pl.String,
}


def page(context: Context) -> None:
    """Draw the page."""
    words = context.words
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.header(words("work_list"), anchor=False, width="content")
        with st.container(width=190):
            period = parts.choose_period(context)
    inbox = Settings.from_environment().inbox
    waiting, of_readings = decisions.waiting(inbox), reading_decisions.waiting(inbox)
    work = _work(context, period, waiting, of_readings)
    with st.grid(4, min_column_width=164, gap="small"):
        for task, frame in work.items():
            _card(context, task, frame)
    task = links.pick(words("task"), "task", list(TASKS), words, default=TASKS[0])
    if not work[task].height:
        st.success(words("task_none"), icon=":material/check_circle:")
    elif task == "task_payments":
        tables.show(work[task], PAYMENT_COLUMNS, words, key="payments", name=words(task), question=QUESTIONS[task])
    elif task == "task_readings":
        _of_accounts(context, task, work[task], HELD_COLUMNS, "held_note")
    elif task == "task_bills":
        _of_accounts(context, task, work[task], BILL_COLUMNS, "bills_note")
    else:
        st.caption(words("files_note"))
        tables.show(work[task], FILE_COLUMNS, words, key="files", name=words(task), question=QUESTIONS[task])
    if task == "task_payments":
        decision_form.forms(context, work[task], waiting)
        _decided(context, waiting)
    elif task == "task_readings":
        reading_form.form(context, work[task], of_readings)
        reading_form.taken(context, of_readings)


def _work(
    context: Context, period: date, waiting: list[Decision], of_readings: list[ReadingDecision]
) -> dict[str, pl.DataFrame]:
    """What waits, by kind."""
    words, snapshot = context.words, context.snapshot
    held = work_queries.held_readings(snapshot)
    said = [words.reason(rule, text) for rule, text in held.select("rule_id", "message_ru").iter_rows()]
    payments = queries.suspense_payments(snapshot)
    decided = {(decision.agent, decision.operation_id) for decision in waiting}
    states = [_state(words, payment in decided) for payment in payments.select("agent", "operation_id").iter_rows()]
    decided_readings = {decision.reading for decision in of_readings}
    reading_states = [_state(words, reading_form.named(row) in decided_readings) for row in held.iter_rows(named=True)]
    return {
        "task_payments": payments.with_columns(state=pl.Series(states, dtype=pl.String)),
        "task_readings": held.with_columns(
            reason=pl.Series(said, dtype=pl.String), state=pl.Series(reading_states, dtype=pl.String)
        ),
        "task_files": work_queries.refused_files(snapshot),
        "task_bills": work_queries.implausible_bills(snapshot, period),
    }


def _state(words: Words, is_decided: bool) -> str:  # noqa: FBT001 - the one thing it says
    return words("state_decided" if is_decided else "state_waits")


def _card(context: Context, task: str, frame: pl.DataFrame) -> None:
    words = context.words
    longest = frame["waits_days"].max() if frame.height and "waits_days" in frame.columns else None
    note = None if longest is None else words("oldest_waits", days=words.counted(int(str(longest)), "days"))
    with st.container(border=True, height="stretch"):
        st.metric(words(task), words.count(frame.height))
        if note:
            st.caption(note)


def _of_accounts(context: Context, task: str, frame: pl.DataFrame, columns: tuple[Column, ...], note: str) -> None:
    words = context.words
    st.caption(words(note))
    drill = tables.Drill("open_work", "account_number", lambda number: links.go("account", account=str(number)))
    tables.show(frame, columns, words, key=task, name=words(task), drill=drill, question=QUESTIONS[task])


def _decided(context: Context, waiting: list[Decision]) -> None:
    words = context.words
    if waiting:
        name = words("decisions_waiting")
        st.markdown(f"##### {name}")
        frame = pl.DataFrame([asdict(decision) for decision in waiting], schema=WAITING_SCHEMA)
        tables.show(frame, WAITING_COLUMNS, words, key="decisions_waiting", name=name)
    taken = work_queries.decisions_taken(context.snapshot)
    if taken.height:
        name = words("decisions_taken")
        st.markdown(f"##### {name}")
        tables.show(taken, TAKEN_COLUMNS, words, key="decisions_taken", name=name)
