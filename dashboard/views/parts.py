"""Pieces that pages share: a chart with its table, a card, the filters over time and place."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import links, queries, tables
from dashboard.context import Context
from dashboard.queries import Place
from dashboard.text import Words
from pipelines.vocabulary import CODE_SETS

Good = Literal["up", "down", "neither"]
"""Which way a number should go, if either."""

CHART = {"displayModeBar": False, "responsive": True, "showTips": False}
SPANS: dict[str, int | None] = {"12": 12, "36": 36, "all": None}
"""Depth of the charts in months, as it stands in the address."""

LONGEST = 500
"""Rows of a list at most; the limit stands in the SQL."""

MONTH_COLUMNS = (
    tables.Column("period", "month", "period"),
    tables.Column("accounts", "count", "accounts"),
    tables.Column("opening_kopecks", "money", "opening"),
    tables.Column("charged_kopecks", "money", "charged"),
    tables.Column("corrected_kopecks", "money", "corrected"),
    tables.Column("penalty_kopecks", "money", "penalty"),
    tables.Column("paid_kopecks", "money", "paid"),
    tables.Column("closing_kopecks", "money", "closing"),
    tables.Column("collected_permille", "share", "collected"),
    tables.Column("debt_kopecks", "money", "debt"),
    tables.Column("advance_kopecks", "money", "advance"),
    tables.Column("kwh", "count", "kwh"),
)


def chart(
    figure: go.Figure, *, title: str, key: str, on_select: Callable[[], None] | None = None, hint: str | None = None
) -> None:
    """A chart under its title; the title is also what a screen reader says."""
    st.markdown(f"### {title}", help=hint)
    st.plotly_chart(
        figure,
        theme=None,
        key=f"chart_{key}",
        config=CHART,
        alt=title,
        on_select=on_select or "ignore",
        selection_mode="points",
    )


def table_behind(
    context: Context,
    frame: pl.DataFrame,
    columns: Sequence[tables.Column],
    *,
    key: str,
    name: str,
    question: str | None = None,
) -> None:
    """The numbers behind a chart, folded away below it."""
    with st.expander(context.words("table"), icon=":material/table_rows:", type="compact"):
        tables.show(frame, columns, context.words, key=key, name=name, question=question)


def card(
    title: str,
    value: str,
    change: str | None,
    against: str,
    *,
    exact: str | None = None,
    trend: Sequence[float] = (),
    good: Good = "neither",
) -> None:
    """One number with its change against the month before and its last months as a small line."""
    rises = change is not None and change.startswith("+")
    falls = change is not None and not rises and change[0] not in "0123456789"
    colour: Any = "off" if good == "neither" or not (rises or falls) else "green" if rises == (good == "up") else "red"
    st.metric(
        title,
        value,
        change,
        delta_color=colour,
        delta_arrow="up" if rises else "down" if falls else "off",
        delta_description=against if change else None,
        help=exact,
        border=True,
        height="stretch",
        chart_data=list(trend) if len(trend) > 1 else None,
        chart_type="line",
    )


def choose_period(context: Context) -> date:
    """The month looked at; the newest closed one unless the address says otherwise."""
    words, months = context.words, {_name(period): period for period in queries.periods(context.snapshot)}
    usual = _name(queries.month_to_show(context.snapshot))
    chosen = links.choose(
        words("period"), "period", list(months), lambda name: words.month(months[name]), default=usual, pinned=True
    )
    return months[chosen or usual]


def _name(period: date) -> str:
    """A month as it stands in the address."""
    return period.isoformat()[:7]


def choose_span(context: Context) -> int | None:
    """How many months charts go back; None is all of them."""
    chosen = links.pick(
        context.words("months"), "months", list(SPANS), lambda name: context.words(f"months_{name}"), default="12"
    )
    return SPANS[chosen]


def choose_place(context: Context, period: date) -> Place:
    """Branch, site and district, each offering only what lies in the one before, and the category of the households."""
    words, frame = context.words, queries.places(context.snapshot, period)
    branch = _choose_unit(words, "branch", frame)
    frame = frame if branch is None else frame.filter(pl.col("branch") == branch)
    site = _choose_unit(words, "site", frame)
    frame = frame if site is None else frame.filter(pl.col("site") == site)
    district = _choose_unit(words, "district", frame)
    category = links.choose(
        words("category"),
        "category",
        list(CODE_SETS["category"]),
        lambda code: words.code("category", code),
        default=None,
        placeholder=words("any"),
    )
    return Place(branch, site, district, category)


def head(context: Context, page: str) -> tuple[date, int | None, Place]:
    """The title of a page over the filters of time and place; returns what they say: month, depth, place."""
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.header(context.words(page), anchor=False, width="content")
        with st.container(width="content"):
            span = choose_span(context)
    with st.grid(5, min_column_width=170, gap="small"):
        period = choose_period(context)
        place = choose_place(context, period)
    return period, span, place


def head_with_channel(context: Context, page: str, channels: Sequence[str]) -> tuple[date, Place, str | None]:
    """The title of a page over the filters of month, place and channel; returns what they say."""
    st.header(context.words(page), anchor=False)
    with st.grid(6, min_column_width=150, gap="small"):
        period = choose_period(context)
        place = choose_place(context, period)
        channel = choose_channel(context, channels)
    return period, place, channel


def choose_channel(context: Context, channels: Sequence[str]) -> str | None:
    """The channel looked at, one of those a page can narrow by."""
    words = context.words
    return links.choose(
        words("channel"),
        "channel",
        list(channels),
        lambda code: words.code("channel", code),
        default=None,
        placeholder=words("any"),
    )


def of_channel(context: Context, sentence: str) -> None:
    """Say what the channel does here, for the address carries it from page to page; nothing where it names none."""
    code = links.value("channel")
    if code in CODE_SETS["channel"]:
        st.caption(context.words(sentence, channel=context.words.code("channel", code)))


def first_rows(context: Context, frame: pl.DataFrame) -> None:
    """Say so where a list was cut at its limit."""
    if frame.height >= LONGEST:
        st.caption(context.words("first_rows", shown=LONGEST))


def to_account(table: str) -> tables.Drill:
    """A button in every row of a table that opens its account."""
    return tables.Drill(
        f"open_account_{table}", "account_number", lambda number: links.go("account", account=str(number))
    )


def _choose_unit(words: Words, column: str, frame: pl.DataFrame) -> str | None:
    names = sorted(frame[column].drop_nulls().unique().to_list(), key=_in_order)
    return links.choose(words(column), column, names, str, default=None, placeholder=words("any"))


def _in_order(name: str) -> tuple[str, int]:
    """«Участок 2» before «Участок 10»."""
    head, _, tail = name.rpartition(" ")
    return (head, int(tail)) if tail.isdigit() else (name, 0)
