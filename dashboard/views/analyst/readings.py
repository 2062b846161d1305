"""Readings: what came through which channel, what was not accepted, who is silent, which meters want verifying."""

from datetime import date

import polars as pl
import streamlit as st

from dashboard import links, operations_figures, queries, reading_queries, tables
from dashboard.context import Context
from dashboard.queries import Place
from dashboard.tables import Column
from dashboard.views import parts

DAY_COLUMNS = (
    Column("day", "day", "day"),
    Column("channel", "code", "channel", codes="channel"),
    Column("readings", "count", "readings_count"),
    Column("accepted", "count", "accepted"),
    Column("held", "count", "held"),
    Column("rejected", "count", "rejected"),
)

REFUSAL_COLUMNS = (
    Column("readings", "count", "count", width="small"),
    Column("verdict", "code", "verdict", codes="verdict", width="small"),
    Column("channel", "code", "channel", codes="channel"),
    Column("reason", "text", "rule", width="large"),
)

REFUSED_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("received_at", "instant", "received_at"),
    Column("verdict", "code", "verdict", codes="verdict"),
    Column("reason", "text", "rule", width=280),
    Column("value", "decimal", "reading_value"),
    Column("previous_value", "decimal", "previous_value"),
    Column("zone", "code", "zone", codes="zone"),
    Column("meter_serial", "text", "meter_serial"),
    Column("channel", "code", "channel", codes="channel"),
    Column("read_on", "day", "read_on"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line", width="small"),
)

UNREAD_COLUMNS = (
    Column("district", "text", "district"),
    Column("one", "count", "unread_1"),
    Column("two", "count", "unread_2"),
    Column("three", "count", "unread_3"),
    Column("four", "count", "unread_4"),
    Column("five", "count", "unread_5"),
)

SILENT_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("meter_serial", "text", "meter_serial"),
    Column("district", "text", "district"),
    Column("months", "count", "months_unread"),
    Column("last_read_period", "month", "last_read_period"),
)

ESTIMATED_COLUMNS = (
    Column("period", "month", "period"),
    Column("kwh", "count", "kwh"),
    Column("average_kwh", "count", "average_kwh"),
    Column("average_permille", "share", "average_share"),
    Column("normative_kwh", "count", "normative_kwh"),
    Column("normative_permille", "share", "normative_share"),
    Column("accounts", "count", "accounts"),
    Column("average_accounts", "count", "average_accounts"),
    Column("average_accounts_permille", "share", "average_accounts_share"),
    Column("normative_accounts", "count", "normative_accounts"),
    Column("normative_accounts_permille", "share", "normative_accounts_share"),
)

VERIFICATION_COLUMNS = (
    Column("district", "text", "district"),
    Column("expired", "count", "expired"),
    Column("expiring", "count", "expiring"),
)

METER_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("district", "text", "district"),
    Column("meter_serial", "text", "meter_serial"),
    Column("zone_plan", "code", "zone_plan", codes="zone_plan"),
    Column("verified_until", "day", "verified_until"),
    Column("days_late", "count", "days_late"),
)


def page(context: Context) -> None:
    """Draw the page."""
    period, span, place = parts.head(context, "readings_page")
    with st.grid(2, min_column_width=330, gap="medium"):
        with st.container():
            channel = _by_day(context, place, period)
        with st.container():
            _estimated(context, place, period, span)
    _refused(context, place, period, channel)
    _unread(context, place, period)
    _verification(context, place)


def _drill(key: str) -> tables.Drill:
    return tables.Drill(key, "account_number", lambda number: links.go("account", account=str(number)))


def _with_reason(context: Context, frame: pl.DataFrame) -> pl.DataFrame:
    said = [context.words.reason(rule, text) for rule, text in frame.select("rule_id", "message_ru").iter_rows()]
    return frame.with_columns(reason=pl.Series(said, dtype=pl.String))


def _by_day(context: Context, place: Place, period: date) -> str | None:
    """The readings of the month by day; returns the channel chosen, None for all."""
    words, days = context.words, reading_queries.reading_days(context.snapshot, place, period)
    channel = parts.choose_channel(context, days["channel"].unique().sort().to_list())
    parts.of_channel(context, "channel_on_readings" if channel else "channel_not_among")
    if channel:
        days = reading_queries.reading_days(context.snapshot, place, period, channel)
    if not days.height:
        st.info(words("no_rows"), icon=":material/inbox:")
        return channel
    title = words("readings_by_day")
    parts.chart(operations_figures.reading_days(days, context.look), title=title, key="reading_days")
    parts.table_behind(context, days, DAY_COLUMNS, key="reading_days", name=title, question="reading_days")
    return channel


def _estimated(context: Context, place: Place, period: date, span: int | None) -> None:
    words = context.words
    months = reading_queries.estimated_share(context.snapshot, place, queries.first_of_span(period, span), period)
    if months.height:
        title = words("estimated")
        parts.chart(operations_figures.estimated(months, context.look), title=title, key="estimated")
        parts.table_behind(
            context, months.reverse(), ESTIMATED_COLUMNS, key="estimated", name=title, question="estimated_share"
        )


def _refused(context: Context, place: Place, period: date, channel: str | None) -> None:
    words, refused = context.words, reading_queries.reading_refusals(context.snapshot, place, period, channel)
    if not refused.height:
        st.success(words("readings_all_accepted"), icon=":material/check_circle:")
        return
    title = words("refusals_by_rule")
    parts.chart(operations_figures.refusals(refused, context.look), title=title, key="refusals")
    parts.table_behind(
        context,
        _with_reason(context, refused),
        REFUSAL_COLUMNS,
        key="refusals",
        name=title,
        question="reading_refusals",
    )
    st.markdown(f"### {words('refused_readings')}")
    rows = _with_reason(context, reading_queries.refused_readings(context.snapshot, place, period, channel))
    tables.show(
        rows,
        REFUSED_COLUMNS,
        words,
        key="refused",
        name=words("refused_readings"),
        drill=_drill("open_refused"),
        question="refused_readings",
    )


def _unread(context: Context, place: Place, period: date) -> None:
    words, silent = context.words, reading_queries.unread_months(context.snapshot, place, period)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        title = words("unread")
        figure = operations_figures.unread(silent, context.look)
        parts.chart(figure, title=title, key="unread", hint=words("unread_hint"))
        parts.table_behind(
            context, _by_district(silent), UNREAD_COLUMNS, key="unread", name=title, question="unread_months"
        )
    with right:
        st.markdown(f"### {words('unread_meters')}")
        meters = reading_queries.unread_meters(context.snapshot, place, period)
        if meters.height:
            name = words("unread_meters")
            tables.show(
                meters,
                SILENT_COLUMNS,
                words,
                key="silent",
                name=name,
                drill=_drill("open_silent"),
                rows=8,
                question="unread_meters",
            )
        else:
            st.success(words("unread_none"), icon=":material/check_circle:")


def _by_district(silent: pl.DataFrame) -> pl.DataFrame:
    """One row a district, a column for each number of months."""
    names = ("one", "two", "three", "four", "five")
    counts = [
        pl.col("meters").filter(pl.col("months") == months).sum().alias(name) for months, name in enumerate(names, 1)
    ]
    return silent.group_by("district").agg(counts).sort("five", "four", "three", "two", "district", descending=True)


def _verification(context: Context, place: Place) -> None:
    words, snapshot = context.words, context.snapshot
    st.subheader(words("verification"), anchor=False)
    totals = reading_queries.verification_totals(snapshot, place)
    if not totals.height:
        st.success(words("verification_none"), icon=":material/check_circle:")
        return
    expired, expiring = (words.counted(int(totals[name].sum()), "meters_of") for name in ("expired", "expiring"))
    st.caption(words("verification_note", day=words.day(snapshot.as_of.date()), expired=expired, expiring=expiring))
    left, right = st.columns([5, 7], gap="medium")
    with left:
        name = words("by_district")
        st.markdown(f"### {name}")
        tables.show(
            totals, VERIFICATION_COLUMNS, words, key="verification", name=name, rows=8, question="verification_totals"
        )
    with right:
        name = words("verification_meters")
        st.markdown(f"### {name}")
        meters = reading_queries.verification_meters(snapshot, place)
        tables.show(
            meters,
            METER_COLUMNS,
            words,
            key="meters_late",
            name=name,
            drill=_drill("open_meter"),
            rows=8,
            question="verification_meters",
        )
