"""Energy of a contract in a month: by point, by the hour, against the plan, and what each part of the price cost."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import contract_columns, contract_figures, tables
from dashboard.cabinet.views.contract.parts import BEGINNING
from dashboard.cabinet.views.visit import ContractVisit
from dashboard.palette import Look
from dashboard.views.parts import chart


def page(visit: ContractVisit) -> None:
    """Draw the page of one contract."""
    words = visit.words
    st.header(words("page_use"), anchor=False)
    months = visit.own.ask("contract/months", visit.contract, since=BEGINNING)
    if months.is_empty():
        st.info(words("bills_not_yet"))
        return
    billed = months.filter(pl.col("kwh").is_not_null())["period"].to_list()
    choice = months["period"].to_list()
    at = choice.index(billed[0]) if billed else 0
    period = st.selectbox(words("papers_month"), choice, at, format_func=words.month, key=f"use_{visit.contract}")
    look = Look(words, dark=st.context.theme.type == "dark", narrow="Mobi" in st.context.headers.get("User-Agent", ""))
    points = visit.own.ask("contract_points", visit.contract, period=period)
    if points.height:
        st.markdown(f"##### {words('points_of_contract')}")
        tables.show(points, contract_columns.POINTS, words, key="use_points", name=_name(visit, "points_of_contract"))
    energy = visit.own.ask("contract_hours", visit.contract, period=period)
    if energy.height:
        _drawn(
            visit,
            contract_figures.hours(energy, look),
            "hours_map",
            contract_columns.hours(energy),
            contract_columns.HOURS,
        )
    else:
        st.caption(words("hours_none"))
    days = visit.own.ask("contract_plan", visit.contract, period=period)
    if days.height:
        _drawn(
            visit,
            contract_figures.plan_and_fact(days, look),
            "plan_and_fact",
            contract_columns.plan(days),
            contract_columns.PLAN,
        )
    else:
        st.caption(words("plan_none"))
    lines = visit.own.ask("contract_components", visit.contract, since=min(choice), period=period)
    if lines.height:
        figure = contract_figures.components(lines, look)
        _drawn(visit, figure, "components", lines.reverse(), contract_columns.COMPONENTS)


def _drawn(
    visit: ContractVisit, figure: go.Figure, title: str, rows: pl.DataFrame, columns: Sequence[tables.Column]
) -> None:
    """A chart, and the numbers behind it to look at and to take."""
    words = visit.words
    chart(figure, title=words(title), key=title)
    with st.expander(words("table"), icon=":material/table_rows:"):
        tables.show(rows, columns, words, key=title, name=_name(visit, title))


def _name(visit: ContractVisit, title: str) -> str:
    return f"{visit.words(title)} {visit.contract}"
