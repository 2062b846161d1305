"""Tariffs and norms: each dated value a bill rests on, as steps, and behind each step its decree and how sure it is."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import streamlit as st

from dashboard import links, tables, tariff_figures, tariff_queries
from dashboard.context import Context
from dashboard.tables import Column
from dashboard.text import Words
from dashboard.views import parts
from pipelines.vocabulary import CODE_SETS, SURE_STATUSES

SHELVES = ("shelf_prices", "shelf_norm", "shelf_ranges", "shelf_normative", "shelf_due", "shelf_penalty")
"""Kinds of values, one shown at a time; names stand in the address and in TEXTS."""

DRAWN_PERSONS = 5
FOREVER = date(9999, 12, 31)

IN_FORCE = (
    Column("valid_from", "day", "valid_from"),
    Column("last_day", "day", "last_day"),
    Column("certainty", "text", "certainty", width=230),
    Column("source", "text", "source", width="large"),
)
"""The columns every table here ends with."""

PRICE_COLUMNS = (
    Column("zone", "code", "zone", codes="zone"),
    Column("band", "code", "band", codes="band"),
    Column("price_rub_per_kwh", "price", "price"),
    *IN_FORCE,
)
NORM_COLUMNS = (
    Column("said", "text", "component", width=280),
    Column("persons", "count", "persons"),
    Column("kwh", "count", "kwh"),
    Column("coefficient", "decimal", "coefficient"),
    *IN_FORCE,
)
RANGE_COLUMNS = (
    Column("band", "code", "band", codes="band"),
    Column("heating", "code", "heating", codes="heating"),
    Column("said", "text", "season"),
    Column("from_kwh", "count", "from_kwh"),
    Column("to_kwh", "count", "to_kwh"),
    *IN_FORCE,
)
NORMATIVE_COLUMNS = (
    Column("said", "text", "dwelling"),
    Column("rooms", "count", "rooms"),
    Column("persons", "count", "persons"),
    Column("stove", "code", "stove", codes="stove"),
    Column("heating", "code", "heating", codes="heating"),
    Column("kwh_per_person_month", "decimal", "kwh_per_person"),
    *IN_FORCE,
)
DUE_COLUMNS = (Column("due_day", "count", "due_day"), *IN_FORCE)
RATE_COLUMNS = (Column("rate_pct", "decimal", "rate_pct"), *IN_FORCE)
SCALE_COLUMNS = (
    Column("day_from", "count", "day_from"),
    Column("day_to", "count", "day_to"),
    Column("said", "text", "fraction"),
    *IN_FORCE,
)


def page(context: Context) -> None:
    """Draw the page."""
    words = context.words
    st.header(words("tariffs"), anchor=False)
    shelf = links.pick(words("shelf"), "shelf", list(SHELVES), words, default=SHELVES[0])
    draw = {
        "shelf_prices": _prices,
        "shelf_norm": _norm,
        "shelf_ranges": _ranges,
        "shelf_normative": _normative,
        "shelf_due": _due,
        "shelf_penalty": _penalty,
    }
    draw[shelf](context)


def _choose(context: Context, code_set: str) -> str:
    """A code of a closed set, the first of it unless the address says otherwise."""
    codes, words = CODE_SETS[code_set], context.words
    with st.container(width=360):
        chosen = links.choose(
            words(code_set), code_set, codes, lambda code: words.code(code_set, code), default=codes[0]
        )
    return chosen or codes[0]


def _prices(context: Context) -> None:
    words = context.words
    with st.container(horizontal=True):
        category, plan = _choose(context, "category"), _choose(context, "zone_plan")
    rows = tariff_queries.tariff_history(context.snapshot, category, plan)
    series = [
        f"{words.code('zone', zone)}, {words.code('band', band)}" for zone, band in rows.select("zone", "band").rows()
    ]
    figure = tariff_figures.steps(
        rows.with_columns(series=pl.Series(series, dtype=pl.String)),
        "price_rub_per_kwh",
        context.look,
        say=words.price,  # type: ignore[arg-type]
        unit=words("price"),
        until=_until(context),
    )
    parts.chart(figure, title=words("shelf_prices"), key="steps", hint=words("steps_hint"))
    _table(context, rows, PRICE_COLUMNS, "prices_rows")


def _norm(context: Context) -> None:
    words = context.words
    settlement = _choose(context, "settlement")
    rows = tariff_queries.norm_history(context.snapshot, settlement)
    drawn = rows.filter((pl.col("component") == "norm_total") & (pl.col("persons") <= DRAWN_PERSONS))
    series = [words.counted(persons, "persons") for persons in drawn["persons"]]
    figure = tariff_figures.steps(
        drawn.with_columns(series=pl.Series(series, dtype=pl.String)),
        "kwh",
        context.look,
        say=lambda kwh: words.kwh(int(kwh)),
        unit=words("kwh"),
        until=_until(context),
    )
    parts.chart(figure, title=words("by_persons"), key="steps", hint=words("steps_hint"))
    _table(context, _said(words, rows, "component"), NORM_COLUMNS, "shelf_norm")


def _ranges(context: Context) -> None:
    rows = tariff_queries.range_history(context.snapshot, _choose(context, "category"))
    _table(context, _said(context.words, rows, "season"), RANGE_COLUMNS, "shelf_ranges")


def _normative(context: Context) -> None:
    rows = tariff_queries.normative_history(context.snapshot)
    _table(context, _said(context.words, rows, "dwelling"), NORMATIVE_COLUMNS, "shelf_normative")


def _due(context: Context) -> None:
    _table(context, tariff_queries.due_day_history(context.snapshot), DUE_COLUMNS, "shelf_due")


def _penalty(context: Context) -> None:
    words = context.words
    rates = tariff_queries.penalty_rate_history(context.snapshot)
    figure = tariff_figures.steps(
        rates.with_columns(series=pl.lit(words("rate_pct"))),
        "rate_pct",
        context.look,
        say=words.number,  # type: ignore[arg-type]
        unit="%",
        until=_until(context),
    )
    parts.chart(figure, title=words("rate_pct"), key="steps", hint=words("steps_hint"))
    _table(context, rates, RATE_COLUMNS, "rate_pct")
    scale = tariff_queries.penalty_scale_history(context.snapshot)
    said = [words("free_day") if divisor is None else f"1/{divisor}" for divisor in scale["fraction_divisor"]]
    _table(context, scale.with_columns(said=pl.Series(said, dtype=pl.String)), SCALE_COLUMNS, "penalty_scale")


def _until(context: Context) -> date:
    """The end of what is drawn: a year into what holds without end."""
    return date(context.snapshot.open_period.year + 1, 1, 1)


def _said(words: Words, rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows with what a code of theirs is called."""
    said = [words(f"{column}_{code}") for code in rows[column]]
    return rows.with_columns(said=pl.Series(said, dtype=pl.String))


def _table(context: Context, rows: pl.DataFrame, columns: Sequence[Column], title: str) -> None:
    """The rows behind the steps, with the last day they hold and how sure they are."""
    words = context.words
    st.markdown(f"### {words(title)}")
    unsure = rows.filter(~pl.col("status").is_in(list(SURE_STATUSES))).height
    if unsure:
        st.caption(words("unsure_rows", unsure=words.count(unsure), all=words.count(rows.height)))
    certainty = [
        ("" if status in SURE_STATUSES else "⚠ ") + words.code("value_status", status) for status in rows["status"]
    ]
    last_days = [None if end >= FOREVER else end - timedelta(days=1) for end in rows["valid_to"]]
    shown = rows.with_columns(
        certainty=pl.Series(certainty, dtype=pl.String), last_day=pl.Series(last_days, dtype=pl.Date)
    )
    tables.show(shown, columns, words, key=title, name=words(title), rows=20)
