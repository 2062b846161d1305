"""Payments: which channel brought how much on which day, whether registries agree, what waits, what was decided."""

from datetime import date

import polars as pl
import streamlit as st

from dashboard import payment_figures, queries, tables
from dashboard.context import Context
from dashboard.queries import Place
from dashboard.tables import Column
from dashboard.views import parts

CHANNEL_COLUMNS = (
    Column("channel", "code", "channel", codes="channel"),
    Column("payments", "count", "payments_count"),
    Column("accounts", "count", "accounts"),
    Column("amount_kopecks", "money", "amount"),
    Column("usual_kopecks", "money", "usual_payment"),
    Column("days_to_arrive", "count", "days_to_arrive"),
    Column("paid_earlier_kopecks", "money", "paid_earlier"),
)

DAY_COLUMNS = (
    Column("paid_on", "day", "paid_on"),
    Column("channel", "code", "channel", codes="channel"),
    Column("payments", "count", "payments_count"),
    Column("amount_kopecks", "money", "amount"),
)

PAYMENT_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("district", "text", "district"),
    Column("paid_on", "day", "paid_on"),
    Column("amount_kopecks", "money", "amount"),
    Column("channel", "code", "channel", codes="channel"),
    Column("agent", "text", "agent"),
    Column("operation_id", "text", "operation_id"),
    Column("named_period", "month", "named_period"),
    Column("status", "code", "status", codes="payment_status"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line"),
)

REGISTRY_COLUMNS = (
    Column("name", "text", "file_name"),
    Column("channel", "code", "channel", codes="channel"),
    Column("known_at", "instant", "received_at"),
    Column("agrees", "text", "registry_agrees"),
    Column("control_rows", "count", "control_rows"),
    Column("rows_received", "count", "rows_received"),
    Column("rows_difference", "count", "rows_difference"),
    Column("control_kopecks", "money", "control_sum"),
    Column("received_kopecks", "money", "received_sum"),
    Column("difference_kopecks", "money", "difference"),
    Column("rows_rejected", "count", "rows_rejected"),
    Column("rows_duplicate", "count", "rows_duplicate"),
)

SUSPENSE_COLUMNS = (
    Column("paid_on", "day", "paid_on"),
    Column("amount_kopecks", "money", "amount"),
    Column("account_as_written", "text", "account_as_written"),
    Column("why", "text", "rule"),
    Column("waits_since", "day", "waits_since"),
    Column("waits_days", "count", "waits_days"),
    Column("agent", "text", "agent"),
    Column("operation_id", "text", "operation_id"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line"),
)

DECISION_COLUMNS = (
    Column("known_period", "month", "period"),
    Column("decision", "code", "decision", codes="payment_decision"),
    Column("outcome", "text", "outcome"),
    Column("agent", "text", "agent"),
    Column("operation_id", "text", "operation_id"),
    Column("account_number", "id", "account_number"),
    Column("named_period", "month", "named_period"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line"),
)


def page(context: Context) -> None:
    """Draw the page."""
    period, place, channel = parts.head_with_channel(context, "payments", payment_figures.CHANNELS)
    parts.of_channel(context, "channel_on_payments" if channel else "channel_not_among")
    registries = queries.registries(context.snapshot, period, channel)
    decisions = queries.payment_decisions(context.snapshot, period)
    channels = queries.payment_channels(context.snapshot, place, period, channel)
    _cards(context, channels, registries, decisions, channel)
    _channels(context, place, period, channels, channel)
    _registries(context, registries, period)
    _suspense(context, channel)
    _decisions(context, decisions)


def _cards(
    context: Context,
    channels: pl.DataFrame,
    registries: pl.DataFrame,
    decisions: pl.DataFrame,
    channel: str | None,
) -> None:
    words = context.words
    waiting = queries.suspense(context.snapshot, channel).row(0, named=True)
    paid, waits = int(channels["amount_kopecks"].sum()), waiting["amount_kopecks"]
    with st.grid(5, min_column_width=164, gap="small"):
        parts.card(words("paid"), words.short_rubles(paid), None, "", exact=words.rubles(paid))
        parts.card(words("payments_count"), words.count(int(channels["payments"].sum())), None, "")
        parts.card(words("suspense"), words.short_rubles(waits), None, "", exact=words.rubles(waits))
        parts.card(words("registries_broken"), words.count(_broken(registries).height), None, "")
        refused = decisions.drop_nulls("refusal").height
        parts.card(words("decisions_refused"), words.count(refused), None, "")


def _broken(registries: pl.DataFrame) -> pl.DataFrame:
    return registries.filter((pl.col("rows_difference") != 0) | (pl.col("difference_kopecks") != 0))


def _channels(context: Context, place: Place, period: date, channels: pl.DataFrame, channel: str | None) -> None:
    words, snapshot = context.words, context.snapshot
    if not channels.height:
        st.info(words("no_rows"), icon=":material/inbox:")
        return
    days = queries.payment_days(snapshot, place, period, channel)
    title = f"{words('payments_by_day')}: {words.month(period)}"
    parts.chart(payment_figures.by_day(days, period, context.look), title=title, key="payment_days")
    earlier = int(channels["paid_earlier_kopecks"].sum())
    if earlier:
        st.caption(words("paid_earlier_note", amount=words.rubles(earlier)))
    parts.table_behind(
        context, days, DAY_COLUMNS, key="payment_days", name=words("payments_by_day"), question="payment_days"
    )
    st.markdown(f"### {words('payments_by_channel')}")
    tables.show(
        channels,
        CHANNEL_COLUMNS,
        words,
        key="payment_channels",
        name=words("payments_by_channel"),
        question="payment_channels",
    )
    _posted(context, place, period, channel)


def _posted(context: Context, place: Place, period: date, channel: str | None) -> None:
    words = context.words
    st.subheader(words("payments_by_account"), anchor=False)
    posted = queries.payments_posted(context.snapshot, place, period, channel)
    parts.first_rows(context, posted)
    tables.show(
        posted,
        PAYMENT_COLUMNS,
        words,
        key="payments_posted",
        name=words("payments_by_account"),
        drill=parts.to_account("payments"),
        question="payments_posted",
    )


def _registries(context: Context, registries: pl.DataFrame, period: date) -> None:
    words = context.words
    st.subheader(f"{words('registries')}: {words.month(period)}", anchor=False)
    if not registries.height:
        st.info(words("no_rows"), icon=":material/inbox:")
        return
    broken = _broken(registries)
    if broken.height:
        st.warning(words("registries_differ", files=words.counted(broken.height, "files")), icon=":material/error:")
    else:
        st.success(words("registries_agree"), icon=":material/check_circle:")
    said = [
        words("registry_silent" if rows is None else "registry_no" if rows or kopecks else "registry_yes")
        for rows, kopecks in registries.select("rows_difference", "difference_kopecks").iter_rows()
    ]
    tables.show(
        registries.with_columns(pl.Series("agrees", said, dtype=pl.String)),
        REGISTRY_COLUMNS,
        words,
        key="registries",
        name=words("registries"),
        question="registries",
    )


def _suspense(context: Context, channel: str | None) -> None:
    words = context.words
    st.subheader(words("suspense"), anchor=False)
    waiting = queries.suspense_waiting(context.snapshot, channel)
    if not waiting.height:
        st.success(words("suspense_none"), icon=":material/check_circle:")
        return
    parts.first_rows(context, waiting)
    why = pl.Series("why", [words(f"waits_{reason}") for reason in waiting["reason"]], dtype=pl.String)
    tables.show(
        waiting.with_columns(why),
        SUSPENSE_COLUMNS,
        words,
        key="suspense_waiting",
        name=words("suspense"),
        question="suspense_waiting",
    )


def _decisions(context: Context, decisions: pl.DataFrame) -> None:
    words = context.words
    st.subheader(words("decisions"), anchor=False)
    if not decisions.height:
        st.info(words("decisions_none"), icon=":material/inbox:")
        return
    outcomes = [words(f"refusal_{refusal}" if refusal else "decision_done") for refusal in decisions["refusal"]]
    tables.show(
        decisions.with_columns(pl.Series("outcome", outcomes, dtype=pl.String)),
        DECISION_COLUMNS,
        words,
        key="decisions",
        name=words("decisions"),
        question="payment_decisions",
    )
