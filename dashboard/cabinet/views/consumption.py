"""Use: thirteen months against the year before, similar households of the district, and the next bill."""

import datetime as dt

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet import use_figures
from dashboard.cabinet.views.visit import Visit
from dashboard.palette import Look
from dashboard.views.parts import chart
from pipelines.whatif import months_before

MONTHS = 13

USE_COLUMNS = (
    tables.Column("period", "month", "statement_month"),
    tables.Column("kwh", "count", "use_now"),
    tables.Column("before_kwh", "count", "use_before"),
    tables.Column("estimated_kwh", "count", "use_estimated"),
)
SIMILAR_COLUMNS = (
    tables.Column("period", "month", "statement_month"),
    tables.Column("own_kwh", "count", "similar_own"),
    tables.Column("lower_kwh", "count", "lower_quartile"),
    tables.Column("median_kwh", "count", "similar_median"),
    tables.Column("upper_kwh", "count", "upper_quartile"),
    tables.Column("households", "count", "households_count"),
)


def page(visit: Visit) -> None:
    """Draw the page of one account."""
    st.header(visit.words("page_consumption"), anchor=False)
    look = Look(
        visit.words, dark=st.context.theme.type == "dark", narrow="Mobi" in st.context.headers.get("User-Agent", "")
    )
    open_period = visit.own.snapshot.open_period
    months = _months(visit, open_period)
    if months.is_empty():
        st.info(visit.words("use_none"))
        return
    _use(visit, months, look)
    _forecast(visit, open_period)
    _similar(visit, months, open_period, look)


def _months(visit: Visit, open_period: dt.date) -> pl.DataFrame:
    """The last thirteen closed months, each with the same month a year before where there is one."""
    since = months_before(open_period, MONTHS + 12)
    months = visit.own.ask("cabinet/use_months", visit.account, since=since, open_period=open_period)
    before = months.select(pl.col("period").dt.offset_by("1y"), pl.col("kwh").alias("before_kwh"))
    return (
        months.join(before, on="period", how="left")
        .filter(pl.col("period") >= months_before(open_period, MONTHS))
        .with_columns((pl.col("estimated_kwh") > 0).alias("is_estimated"))
        .sort("period")
    )


def _use(visit: Visit, months: pl.DataFrame, look: Look) -> None:
    words, last = visit.words, months.row(-1, named=True)
    month, kwh, before = words.month(last["period"]).capitalize(), words.kwh(last["kwh"]), last["before_kwh"]
    if before is None:
        st.markdown(words("use_only", month=month, kwh=kwh))
    else:
        change = words.growth(last["kwh"], before) if last["kwh"] != before else words("use_same")
        st.markdown(words("use_change", month=month, kwh=kwh, before=words.kwh(before), change=change))
    chart(use_figures.use(months, look), title=words("use_title"), key="use")
    st.caption(words("use_note"))
    with st.expander(words("table"), icon=":material/table_rows:"):
        tables.show(months.reverse(), USE_COLUMNS, words, key="use", name=words("use_title"))


def _similar(visit: Visit, own: pl.DataFrame, open_period: dt.date, look: Look) -> None:
    words = visit.words
    since = months_before(open_period, MONTHS)
    others = visit.own.ask("cabinet/similar_use", visit.account, since=since, open_period=open_period)
    if others.is_empty():
        st.markdown(f"##### {words('similar_title')}")
        st.caption(words("similar_none"))
        return
    months = others.join(own.select("period", pl.col("kwh").alias("own_kwh")), on="period", how="left").sort("period")
    chart(use_figures.similar(months, look), title=words("similar_title"), key="similar")
    last = months.row(-1, named=True)
    if last["own_kwh"] is not None:
        name = "similar_below" if last["own_kwh"] < last["median_kwh"] else "similar_above"
        month = words.month(last["period"]).capitalize()
        st.markdown(words(name, month=month, kwh=words.kwh(last["own_kwh"]), median=words.kwh(last["median_kwh"])))
    st.caption(words(f"similar_{last['likeness']}", households=words.count(last["households"])))
    with st.expander(words("table"), icon=":material/table_rows:"):
        tables.show(months.reverse(), SIMILAR_COLUMNS, words, key="similar", name=words("similar_title"))


def _forecast(visit: Visit, open_period: dt.date) -> None:
    """What the open month is charged by a reading that came; else what it is likely to cost, and costs without one."""
    words = visit.words
    lines = visit.own.ask("account_charges", visit.account, since=open_period).filter(
        pl.col("posting_period") == open_period, pl.col("kind") == "charge"
    )
    said = {"month": words.month(open_period), "amount": words.rubles(int(lines["amount_kopecks"].sum()))}
    with st.container(border=True):
        st.markdown(f"##### {words('forecast_title')}")
        if "reading" in lines["basis"]:
            st.subheader(words("forecast_charged", **said), anchor=False)
            st.markdown("\n".join(f"- {words(name, **said)}" for name in ("forecast_read", "forecast_without")))
            return
        _likely(visit, open_period)
        counted, ends_on, _ = visit.own.window()
        if counted == open_period and lines.height:
            st.markdown(words("forecast_unread", day=words.day(ends_on), **said))


def _likely(visit: Visit, open_period: dt.date) -> None:
    words, month = visit.words, visit.words.month(open_period)
    found = visit.own.forecast(visit.account)
    if found is None:
        st.markdown(words("forecast_none"))
        return
    st.subheader(words("forecast_sum", amount=words.rubles(found.kopecks), month=month), anchor=False)
    sentences = [
        words(
            f"forecast_{found.like}",
            from_month=words.month(found.from_period),
            to_month=words.month(found.to_period),
            kwh=words.kwh(found.kwh),
        )
    ]
    if found.house_kwh:
        sentences.append(words("forecast_house", kwh=words.kwh(found.house_kwh)))
    sentences += [words("forecast_prices", month=month), words("forecast_without")]
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
