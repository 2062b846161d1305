"""KPIs: the whole catalogue for a month and a place; one of them at length."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

from dashboard import figures, kpi, links, tables
from dashboard.context import Context
from dashboard.kpi import Kpi
from dashboard.queries import Place, first_of_span
from dashboard.tables import Column
from dashboard.views import parts

YEAR = 13
"""Months a card looks back: the month, and the twelve before it."""

TABLE_COLUMNS = (
    Column("code", "text", "kpi_code"),
    Column("name", "text", "kpi"),
    Column("value", "decimal", "kpi_value"),
    Column("unit", "text", "kpi_unit"),
    Column("before", "decimal", "kpi_before"),
    Column("year_before", "decimal", "kpi_year_before"),
    Column("better", "text", "kpi_better"),
    Column("owner", "text", "kpi_owner"),
    Column("meaning", "text", "kpi_meaning", width="large"),
)

VALUE_COLUMN = Column("exact", "decimal", "kpi_value")
PERIOD_COLUMN = Column("period", "month", "period")
RATE_COLUMNS = (Column("part", "count", "kpi_part"), Column("whole", "count", "kpi_whole"))


@dataclass(frozen=True)
class Read:
    """A KPI with its values: by month of the last year, whole numbers of the unit's last place."""

    kpi: Kpi
    months: pl.DataFrame
    values: Mapping[date, int | None]


def page(context: Context) -> None:
    """Draw the page."""
    period, span, place = parts.head(context, "kpis")
    parts.of_channel(context, "channel_not_here")
    st.caption(context.words("open_month" if period >= context.snapshot.open_period else "closed_month"))
    read = [_read(context, one, place, period) for one in kpi.catalogue()]
    for group in kpi.GROUPS:
        st.subheader(context.words(f"kpi_group_{group}"), anchor=False)
        with st.grid(5, min_column_width=164, gap="small"):
            for one in read:
                if one.kpi.group == group:
                    _card(context, one, period, narrowed=place != Place())
    _at_length(context, place, period, span)
    _table(context, read, period)


def _read(context: Context, one: Kpi, place: Place, period: date) -> Read:
    months = kpi.months(context.snapshot, one, place, period, YEAR)
    return Read(one, months, dict(months.select("period", "value").iter_rows()))


def _card(context: Context, read: Read, period: date, *, narrowed: bool) -> None:
    words, one = context.words, read.kpi
    now, before = read.values.get(period), read.values.get(first_of_span(period, 2))
    settled = period < context.snapshot.open_period
    says = [one.meaning(words)]
    if narrowed and one.scope == "region":
        says.append(words("kpi_region"))
    parts.card(
        one.name(words),
        one.says(now, words),
        one.change(now, before, words),
        words.against_month(first_of_span(period, 2)),
        exact=" ".join(says),
        trend=figures.sparkline(read.months, "value"),
        good=one.better if settled and one.better != "none" else "neither",
    )


def _at_length(context: Context, place: Place, period: date, span: int | None) -> None:
    words, by_name = context.words, {one.question: one for one in kpi.catalogue()}
    st.subheader(words("kpi_at_length"), anchor=False)
    usual = "k05_collected"
    chosen = links.choose(
        words("kpi"),
        "kpi",
        list(by_name),
        lambda name: f"{by_name[name].code} · {by_name[name].name(words)}",
        default=usual,
    )
    one = kpi.named(chosen or usual)
    months = kpi.months(context.snapshot, one, place, period, span)
    st.markdown(f"**{one.name(words)}.** {one.meaning(words)}")
    facts = {"kpi_unit": f"unit_{one.unit}", "kpi_better": f"better_{one.better}", "kpi_owner": f"owner_{one.owner}"}
    said = [f"{words(title)}: {words(fact)}" for title, fact in facts.items()]
    st.caption(" · ".join([*said, words("kpi_file", name=f"sql/kpi/{one.question}.sql")]))
    if not months.height:
        st.info(words("no_rows"), icon=":material/inbox:")
        return
    figure = figures.kpi_months(months, words(f"unit_{one.unit}"), lambda value: one.says(value, words), context.look)
    parts.chart(figure, title=one.name(words), key="kpi")
    numbers = pl.Series("exact", [kpi.exact(one, value) for value in months["value"]], dtype=pl.Decimal(20, 4))
    columns = (PERIOD_COLUMN, VALUE_COLUMN, *(RATE_COLUMNS if "part" in months.columns else ()))
    parts.table_behind(
        context,
        months.with_columns(numbers).reverse(),
        columns,
        key="kpi",
        name=one.name(words),
        question=one.question,
    )


def _table(context: Context, read: list[Read], period: date) -> None:
    words = context.words
    st.subheader(words("kpi_table"), anchor=False)

    def value(one: Read, back: int) -> object:
        return kpi.exact(one.kpi, one.values.get(first_of_span(period, back)))

    rows = [
        {
            "code": one.kpi.code,
            "name": one.kpi.name(words),
            "value": value(one, 1),
            "unit": words(f"unit_{one.kpi.unit}"),
            "before": value(one, 2),
            "year_before": value(one, YEAR),
            "better": words(f"better_{one.kpi.better}"),
            "owner": words(f"owner_{one.kpi.owner}"),
            "meaning": one.kpi.meaning(words),
        }
        for one in read
    ]
    numbers = dict.fromkeys(("value", "before", "year_before"), pl.Decimal(20, 4))
    frame = pl.DataFrame(rows, schema_overrides=numbers)
    tables.show(frame, TABLE_COLUMNS, words, key="kpis", name=words("kpi_table"), rows=len(rows))
