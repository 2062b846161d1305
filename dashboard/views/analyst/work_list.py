"""Work list: what waits for a person, how long, where it came from; a payment is decided about here."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

import polars as pl
import streamlit as st

from dashboard import decisions, links, queries, reading_decisions, tables, work_desk, work_queries
from dashboard.context import Context
from dashboard.decisions import Decision
from dashboard.queries import Place
from dashboard.reading_decisions import ReadingDecision
from dashboard.tables import Column
from dashboard.text import Words
from dashboard.views import parts
from dashboard.views.analyst import decision_form, reading_form, work_form
from dashboard.work_desk import Taken
from pipelines.settings import Settings
from pipelines.vocabulary import CODE_SETS

TASKS = ("task_payments", "task_readings", "task_files", "task_bills")
"""Kinds of work, one shown at a time; names stand in the address and in TEXTS."""

UNITS = {
    "task_payments": "owner_collection",
    "task_readings": "owner_metering",
    "task_files": "owner_data",
    "task_bills": "owner_billing",
}
"""Whose work it is until somebody takes it."""

QUESTIONS = {
    "task_payments": "suspense_payments",
    "task_readings": "held_readings",
    "task_files": "refused_files",
    "task_bills": "implausible_bills",
}
"""The file of SQL behind each list."""

PAYMENT_COLUMNS = (
    Column("waits_days", "count", "waits_days", width="small"),
    Column("owner", "text", "work_owner", width=160),
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
    Column("owner", "text", "work_owner", width=160),
    Column("state", "text", "status", width=160),
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
    Column("owner", "text", "work_owner", width=160),
    Column("name", "text", "file_name"),
    Column("channel", "code", "channel", codes="channel"),
    Column("message", "text", "message", width="large"),
    Column("rows_received", "count", "rows_received"),
    Column("known_at", "instant", "received_at"),
    Column("run_id", "count", "run_number"),
)

BILL_COLUMNS = (
    Column("waits_days", "count", "waits_days", width="small"),
    Column("owner", "text", "work_owner", width=160),
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
    st.header(words("work_list"), anchor=False)
    with st.grid(6, min_column_width=150, gap="small"):
        period = parts.choose_period(context)
        place = parts.choose_place(context, period)
        channel = parts.choose_channel(context, list(CODE_SETS["channel"]))
    parts.of_channel(context, "channel_on_work")
    inbox = Settings.from_environment().inbox
    waiting, of_readings = decisions.waiting(inbox), reading_decisions.waiting(inbox)
    every = _work(context, period, place, channel, (waiting, of_readings))
    taken = {task: work_desk.steps(Settings.from_environment().desk, task) for task in TASKS}
    work = {task: _owned(words, task, frame, taken[task]) for task, frame in every.items()}
    with st.grid(4, min_column_width=164, gap="small"):
        for task, frame in work.items():
            _card(context, task, frame)
    task = links.pick(words("task"), "task", list(TASKS), words, default=TASKS[0])
    _list(context, task, work[task])
    decision_form.author(context)
    if task == "task_payments":
        decision_form.forms(context, work[task], waiting)
    elif task == "task_readings":
        reading_form.form(context, work[task], of_readings)
    work_form.form(context, task, work[task]["item"].to_list())
    work_form.settled(context, taken[task])
    if task == "task_payments":
        _decided(context, waiting)
    elif task == "task_readings":
        reading_form.taken(context, of_readings)


def _list(context: Context, task: str, frame: pl.DataFrame) -> None:
    words = context.words
    if not frame.height:
        st.success(words("task_none"), icon=":material/check_circle:")
    elif task == "task_payments":
        st.caption(words("payments_note"))
        tables.show(frame, PAYMENT_COLUMNS, words, key="payments", name=words(task), question=QUESTIONS[task])
    elif task == "task_readings":
        _of_accounts(context, task, frame, HELD_COLUMNS, "held_note")
    elif task == "task_bills":
        _of_accounts(context, task, frame, BILL_COLUMNS, "bills_note")
    else:
        st.caption(words("files_note"))
        tables.show(frame, FILE_COLUMNS, words, key="files", name=words(task), question=QUESTIONS[task])


def _owned(words: Words, task: str, frame: pl.DataFrame, taken: Mapping[str, Taken]) -> pl.DataFrame:
    """What is not settled, each with whoever has taken it, else the unit whose work it is."""
    unit = words(UNITS[task])
    settled = [item for item, step in taken.items() if step.step == "settle"]
    open_work = frame.filter(~pl.col("item").is_in(settled))
    owners = [
        taken[item].by if item in taken and taken[item].step == "take" else site or unit
        for item, site in zip(open_work["item"], _sites(open_work), strict=True)
    ]
    return open_work.with_columns(owner=pl.Series(owners, dtype=pl.String))


def _sites(frame: pl.DataFrame) -> list[str | None]:
    """The site that serves the account of each row, where the rows know it."""
    return frame["site"].to_list() if "site" in frame.columns else [None] * frame.height


def _work(
    context: Context,
    period: date,
    place: Place,
    channel: str | None,
    decided_about: tuple[list[Decision], list[ReadingDecision]],
) -> dict[str, pl.DataFrame]:
    """What waits, by kind, each row with the words that name it (`item`)."""
    words, snapshot = context.words, context.snapshot
    waiting, of_readings = decided_about
    held = work_queries.held_readings(snapshot, place, channel)
    said = [words.reason(rule, text) for rule, text in held.select("rule_id", "message_ru").iter_rows()]
    payments = queries.suspense_payments(snapshot, channel)
    closed_days = max((queries.on_day(snapshot) - queries.last_day(period)).days, 0)
    decided = {(decision.agent, decision.operation_id) for decision in waiting}
    states = [_state(words, payment in decided) for payment in payments.select("agent", "operation_id").iter_rows()]
    decided_readings = {decision.reading for decision in of_readings}
    reading_states = [_state(words, reading_form.named(row) in decided_readings) for row in held.iter_rows(named=True)]
    return {
        "task_payments": payments.with_columns(
            state=pl.Series(states, dtype=pl.String), item=pl.format("{} {}", "agent", "operation_id")
        ),
        "task_readings": held.with_columns(
            reason=pl.Series(said, dtype=pl.String),
            state=pl.Series(reading_states, dtype=pl.String),
            item=pl.format("{} {} {}", "account_number", "meter_serial", "reading_id"),
        ),
        "task_files": work_queries.refused_files(snapshot, channel).with_columns(item=pl.col("name")),
        "task_bills": work_queries.implausible_bills(snapshot, period, place).with_columns(
            waits_days=pl.lit(closed_days), item=pl.format("{} {}", "account_number", pl.lit(f"{period:%Y-%m}"))
        ),
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
        st.markdown(f"### {name}")
        frame = pl.DataFrame([asdict(decision) for decision in waiting], schema=WAITING_SCHEMA)
        tables.show(frame, WAITING_COLUMNS, words, key="decisions_waiting", name=name)
    taken = work_queries.decisions_taken(context.snapshot)
    if taken.height:
        name = words("decisions_taken")
        st.markdown(f"### {name}")
        tables.show(taken, TAKEN_COLUMNS, words, key="decisions_taken", name=name)
