"""District: how a part of the region moves, who owes most, and where it lies."""

from dataclasses import replace
from datetime import date

import polars as pl
import streamlit as st

from dashboard import figures, links, queries, tables
from dashboard.borders import borders
from dashboard.context import Context
from dashboard.district_map import district_map
from dashboard.measures import MEASURES
from dashboard.queries import Place
from dashboard.tables import Column
from dashboard.text import plain
from dashboard.views import parts
from dashboard.views.analyst import houses
from dashboard.views.analyst.overview import DISTRICT_COLUMNS

DEBTOR_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("holder_name", "text", "holder_name"),
    Column("district", "text", "district"),
    Column("address", "text", "address"),
    Column("closing_kopecks", "money", "debt"),
    Column("charged_kopecks", "money", "charged"),
    Column("paid_kopecks", "money", "paid"),
    Column("last_paid_period", "month", "last_paid_period"),
)

CLASS_COLUMNS = (
    Column("class", "text", "class"),
    Column("accounts", "count", "accounts"),
    Column("closing_kopecks", "money", "amount"),
)

MAP = "chart_map"


def page(context: Context) -> None:
    """Draw the page."""
    words, snapshot = context.words, context.snapshot
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        title = st.container(width="content")
        with st.container(width="content"):
            span = parts.choose_span(context)
    with st.grid(5, min_column_width=170, gap="small"):
        period = parts.choose_period(context)
        place = parts.choose_place(context, period)
    parts.of_channel(context, "channel_not_here")
    title.header(plain(place.district or place.site or place.branch or words("region")), anchor=False)
    months = queries.month_totals(snapshot, place, period)
    left, right = st.columns([6, 7], gap="medium")
    with left:
        _map(context, place, period)
    if not months.height:
        right.info(words("no_rows"), icon=":material/inbox:")
        return
    shown, look = queries.latest_months(months, span), context.look
    with right:
        parts.chart(figures.charged_and_paid(shown, look), title=words("charged_and_paid"), key="charged_and_paid")
        parts.chart(figures.collection(shown, look), title=words("collected"), key="collected")
    _balances(context, place, period, shown)
    if place.district:
        houses.draw(context, place.district, period, place.category)
    _debtors(context, place, period)


def _map(context: Context, place: Place, period: date) -> None:
    words = context.words
    districts = queries.district_totals(context.snapshot, replace(place, district=None), period)
    measure = links.pick(words("measure"), "measure", list(MEASURES), words, default="collected")
    lines = borders(districts["district"].to_list(), words)
    figure = district_map(districts, measure, context.look, selected=place.district, borders=lines)
    parts.chart(figure, title=words("map"), key="map", on_select=_choose_on_map, hint=words("map_hint"))
    parts.table_behind(
        context, districts, DISTRICT_COLUMNS, key="map", name=words("by_district"), question="district_totals"
    )


def _choose_on_map() -> None:
    """A click on a circle chooses its district; a click beside all circles changes nothing."""
    points = st.session_state[MAP]["selection"]["points"]
    if points:
        links.put("district", points[0]["customdata"][0])


def _balances(context: Context, place: Place, period: date, shown: pl.DataFrame) -> None:
    words, look = context.words, context.look
    with st.grid(2, min_column_width=360, gap="medium"):
        with st.container():
            parts.chart(figures.balance_trend(shown, look), title=words("balance_trend"), key="balance_trend")
            parts.table_behind(
                context,
                shown.reverse(),
                parts.MONTH_COLUMNS,
                key="months",
                name=words("months_table"),
                question="month_totals",
            )
        with st.container():
            buckets = queries.debt_distribution(context.snapshot, place, period)
            parts.chart(figures.debt_distribution(buckets, look), title=words("distribution"), key="distribution")
            names = pl.Series([words(f"bucket_{bucket}") for bucket in buckets["bucket"]], dtype=pl.String)
            parts.table_behind(
                context,
                buckets.with_columns(names.alias("class")),
                CLASS_COLUMNS,
                key="classes",
                name=words("distribution"),
                question="debt_distribution",
            )


def _debtors(context: Context, place: Place, period: date) -> None:
    words = context.words
    st.subheader(words("debtors"), anchor=False)
    debtors = queries.top_debtors(context.snapshot, place, period)
    if not debtors.height:
        st.success(words("debtors_none"), icon=":material/check_circle:")
        return
    drill = tables.Drill("open_account", "account_number", lambda number: links.go("account", account=str(number)))
    tables.show(
        debtors, DEBTOR_COLUMNS, words, key="debtors", name=words("debtors"), drill=drill, question="top_debtors"
    )
