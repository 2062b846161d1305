"""Overview: how the region did in a month, and what needs a look."""

from datetime import date

import polars as pl
import streamlit as st

from dashboard import figures, links, queries, tables
from dashboard.context import Context
from dashboard.measures import MEASURES
from dashboard.queries import Place
from dashboard.tables import Column
from dashboard.views import parts
from pipelines.vocabulary import CODE_SETS

DISTRICT_COLUMNS = (
    Column("district", "text", "district"),
    Column("collected_permille", "share", "collected"),
    Column("debt_kopecks", "money", "debt"),
    Column("charged_kopecks", "money", "charged"),
    Column("paid_kopecks", "money", "paid"),
    Column("advance_kopecks", "money", "advance"),
    Column("debt_per_account_kopecks", "money", "debt_per_account"),
    Column("accounts", "count", "accounts"),
    Column("kwh", "count", "kwh"),
    Column("branch", "text", "branch"),
    Column("site", "text", "site"),
)

CHANNEL_COLUMNS = (
    Column("channel", "code", "channel", codes="channel"),
    Column("readings", "count", "readings_count"),
    Column("accepted", "count", "accepted"),
    Column("held", "count", "held"),
    Column("rejected", "count", "rejected"),
)

REASON_COLUMNS = (
    Column("readings", "count", "count", width=90),
    Column("verdict", "code", "verdict", codes="verdict", width=105),
    Column("reason", "text", "rule"),
)

FILE_COLUMNS = (
    Column("name", "text", "file_name"),
    Column("status", "text", "status"),
    Column("rows_received", "count", "rows_received"),
    Column("rows_accepted", "count", "rows_accepted"),
    Column("rows_rejected", "count", "rows_rejected"),
    Column("rows_duplicate", "count", "rows_duplicate"),
)

ROW_COLUMNS = (
    Column("name", "text", "file_name"),
    Column("source_line", "count", "source_line", width="small"),
    Column("message", "text", "message", width="large"),
    Column("raw_text", "text", "raw_text", width="large"),
)

SUSPENSE_COLUMNS = (
    Column("paid_on", "day", "paid_on"),
    Column("amount_kopecks", "money", "amount"),
    Column("account_as_written", "text", "account_as_written"),
    Column("channel", "code", "channel", codes="channel", width="medium"),
    Column("agent", "text", "agent"),
    Column("operation_id", "text", "operation_id"),
    Column("waits_days", "count", "waits_days", width="small"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line", width="small"),
)


def page(context: Context) -> None:
    """Draw the page."""
    words, snapshot = context.words, context.snapshot
    period, span, place = parts.head(context, "overview")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(words("open_month" if period >= snapshot.open_period else "closed_month"), width="content")
        _alerts(context)
    months = queries.month_totals(snapshot, place, period)
    if not months.height:
        st.info(words("no_rows"), icon=":material/inbox:")
        _attention(context, place, period)
        return
    _cards(context, months)
    shown = queries.latest_months(months, span)
    _charts(context, shown)
    _districts(context, place, period)
    _attention(context, place, period)


def _alerts(context: Context) -> None:
    """What needs a look, said where the page begins; the details stand at its end."""
    words, files = context.words, queries.files_to_look_at(context.snapshot).height
    waiting = queries.suspense(context.snapshot)["payments"].item()
    if files:
        st.badge(words("alert_files", files=words.counted(files, "files")), icon=":material/error:", color="orange")
    if waiting:
        st.badge(
            words("alert_suspense", payments=words.counted(waiting, "payments")), icon=":material/help:", color="orange"
        )


def _cards(context: Context, months: pl.DataFrame) -> None:
    words = context.words
    now = months.tail(1).row(0, named=True)
    year = queries.latest_months(months, 12)
    against = words.against_month(queries.first_of_span(now["period"], 2))

    settled = now["period"] < context.snapshot.open_period

    def money(name: str, help_text: str | None, good: parts.Good) -> None:
        column = f"{name}_kopecks"
        exact = words.rubles(now[column])
        change = words.growth_rubles if name == "corrected" else words.growth
        parts.card(
            words(name),
            words.short_rubles(now[column]),
            change(now[column], now[f"{column}_before"]),
            against,
            exact=exact if help_text is None else f"{exact}. {words(help_text)}",
            trend=figures.sparkline(year, column),
            good=good if settled else "neither",
        )

    with st.grid(4, min_column_width=164, gap="small"):
        money("charged", None, "neither")
        money("paid", None, "up")
        parts.card(
            words("collected"),
            words.share(now["collected_permille"]),
            words.growth_points(now["collected_permille"], now["collected_permille_before"]),
            against,
            exact=words("collected_help"),
            trend=figures.sparkline(year, "collected_permille"),
            good="up" if settled else "neither",
        )
        money("debt", "debt_help", "down")
        money("advance", "advance_help", "neither")
        money("corrected", "corrected_help", "neither")
        parts.card(
            words("accounts"),
            words.count(now["accounts"]),
            words.growth_count(now["accounts"], now["accounts_before"]),
            against,
            trend=figures.sparkline(year, "accounts"),
        )
        parts.card(
            words("energy"),
            words.short_kwh(now["kwh"]),
            words.growth(now["kwh"], now["kwh_before"]),
            against,
            exact=". ".join([words.kwh(now["kwh"]), words("energy_help")]),
            trend=figures.sparkline(year, "kwh"),
        )


def _charts(context: Context, months: pl.DataFrame) -> None:
    words, look = context.words, context.look
    with st.grid(3, min_column_width=330, gap="medium"):
        with st.container():
            parts.chart(figures.charged_and_paid(months, look), title=words("charged_and_paid"), key="charged_and_paid")
        with st.container():
            parts.chart(figures.balance_trend(months, look), title=words("balance_trend"), key="balance_trend")
        with st.container():
            parts.chart(figures.bridge(months.tail(1), look), title=words("bridge"), key="bridge")
    parts.table_behind(
        context,
        months.reverse(),
        parts.MONTH_COLUMNS,
        key="months",
        name=words("months_table"),
        question="month_totals",
    )


def _districts(context: Context, place: Place, period: date) -> None:
    words = context.words
    districts = queries.district_totals(context.snapshot, place, period).filter(pl.col("accounts") > 0)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.subheader(words("by_district"), anchor=False, width="content")
        measure = links.pick(words("measure"), "measure", list(MEASURES), words, default="collected")
    bars, table = st.columns([5, 7], gap="medium")
    with bars:
        figure = figures.district_bars(districts, measure, context.look)
        shown, total = min(figures.BARS, districts.height), districts.height
        title = words("by_district_all") if shown == total else words("by_district_top", shown=shown, all=total)
        parts.chart(figure, title=f"{words(measure)}: {title[0].lower()}{title[1:]}", key="districts")
    with table:
        st.markdown(f"### {words('by_district_all')}")
        drill = tables.Drill("open_district", "district", lambda name: links.go("district", district=name))
        worst = MEASURES[measure].worst_first(districts)
        tables.show(
            worst,
            DISTRICT_COLUMNS,
            words,
            key="districts",
            name=words("by_district"),
            drill=drill,
            rows=13,
            question="district_totals",
        )


def _attention(context: Context, place: Place, period: date) -> None:
    words, snapshot = context.words, context.snapshot
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.subheader(words("attention"), anchor=False, width="content")
        with st.container(width=220):
            channel = parts.choose_channel(context, list(CODE_SETS["channel"]))
    parts.of_channel(context, "channel_on_overview")
    left, right = st.columns(2, gap="medium")
    channels = queries.reading_channels(snapshot, place, period, channel)
    with left:
        if channels.height:
            title = words("readings_month", month=words.month(period))
            parts.chart(figures.reading_channels(channels, context.look), title=title, key="channels")
            parts.table_behind(
                context, channels, CHANNEL_COLUMNS, key="channels", name=title, question="reading_channels"
            )
    with right:
        reasons = queries.reading_reasons(snapshot, place, period, channel)
        if reasons.height:
            st.markdown(f"### {words('reasons')}")
            said = [
                words.reason(rule, message) for rule, message in reasons.select("rule_id", "message_ru").iter_rows()
            ]
            tables.show_wrapped(
                reasons.with_columns(reason=pl.Series(said)),
                REASON_COLUMNS,
                words,
                key="reasons",
                name=words("reasons"),
                question="reading_reasons",
            )
    _files(context, channel)
    _suspense(context, channel)


def _files(context: Context, channel: str | None) -> None:
    words, snapshot = context.words, context.snapshot
    st.markdown(f"### {words('files')}")
    for run in queries.run_shown(snapshot).iter_rows(named=True):
        st.caption(
            words(
                "run_rows",
                files=words.counted(run["files"], "files"),
                received=words.counted(run["rows_received"], "rows"),
                accepted=words.count(run["rows_accepted"]),
                rejected=words.count(run["rows_rejected"]),
                duplicate=words.count(run["rows_duplicate"]),
            )
        )
    files = queries.files_to_look_at(snapshot, channel)
    if not files.height:
        st.success(words("files_clean"), icon=":material/check_circle:")
        return
    states = [words("file_refused" if status == "refused" else "file_accepted") for status in files["status"]]
    tables.show(
        files.with_columns(status=pl.Series(states)),
        FILE_COLUMNS,
        words,
        key="files",
        name=words("files"),
        question="files_to_look_at",
    )
    rows = queries.rejected_rows(snapshot, channel)
    if rows.height:
        st.markdown(f"### {words('refused_rows')}")
        tables.show(rows, ROW_COLUMNS, words, key="rows", name=words("refused_rows"), question="rejected_rows")


def _suspense(context: Context, channel: str | None) -> None:
    words = context.words
    waiting = queries.suspense(context.snapshot, channel).row(0, named=True)
    st.markdown(f"### {words('suspense')}")
    if not waiting["payments"]:
        st.success(words("suspense_none"), icon=":material/check_circle:")
        return
    payments = words.counted(waiting["payments"], "payments")
    amount, day = words.rubles(waiting["amount_kopecks"]), words.day(waiting["oldest_on"])
    st.caption(words("suspense_since", payments=payments, amount=amount, day=day))
    tables.show(
        queries.suspense_payments(context.snapshot, channel),
        SUSPENSE_COLUMNS,
        words,
        key="suspense",
        name=words("suspense"),
        question="suspense_payments",
    )
