"""One bill of an account: why it differs from another, and what every kopeck of it rests on."""

from datetime import date
from pathlib import Path

import polars as pl
import streamlit as st

from dashboard import figures, links, queries
from dashboard.context import Context
from dashboard.tables import Column
from dashboard.text import Words, plain
from dashboard.views import parts
from pipelines.explain import ExplanationError, explain, explanation_in_words
from pipelines.settings import Settings

AGAINST = ("against_previous", "against_year")
"""What a bill is compared with; names stand in the address and in TEXTS."""

CHANGE_COLUMNS = (Column("cause", "text", "bill_cause"), Column("kopecks", "money", "amount"))


def draw(context: Context, number: int, since: date) -> None:  # noqa: ARG001 - drawn like the other shelves
    """The bill of the month chosen."""
    period = parts.choose_period(context)
    _change(context, number, period)
    _explanation(context, number, period)


def _change(context: Context, number: int, period: date) -> None:
    words = context.words
    st.markdown(f"### {words('bill_change')}")
    against = links.pick(words("bill_change"), "against", AGAINST, words, default=AGAINST[0])
    before = period.replace(year=period.year - 1) if against == "against_year" else _month_before(period)
    bills = {
        month: charged + corrected + penalty
        for month, charged, corrected, penalty in queries.account_months(context.snapshot, number, before)
        .select("period", "charged_kopecks", "corrected_kopecks", "penalty_kopecks")
        .iter_rows()
    }
    if before not in bills or period not in bills:
        st.info(words("bill_not_known", before=words.month(before)), icon=":material/inbox:")
        return
    effects = queries.bill_change(context.snapshot, number, period, before)
    st.markdown(plain(_sentence(words, effects, before)))
    figure = figures.bill_change(bills[before], effects, period, before, context.look)
    st.plotly_chart(figure, theme=None, key="chart_bill_change", config=parts.CHART, alt=words("bill_change"))
    named = pl.Series([words(f"effect_{effect}") for effect in effects["effect"]], dtype=pl.String)
    parts.table_behind(
        context,
        effects.with_columns(named.alias("cause")),
        CHANGE_COLUMNS,
        key="bill_change",
        name=f"{number} {words('bill_change')}",
        question="bill_change",
    )


def _month_before(period: date) -> date:
    return (
        period.replace(year=period.year - 1, month=12) if period.month == 1 else period.replace(month=period.month - 1)
    )


def _sentence(words: Words, effects: pl.DataFrame, before: date) -> str:
    """By how much the bill changed, and the three largest causes."""
    total = int(effects["kopecks"].sum())
    largest = sorted(effects.select("effect", "kopecks").iter_rows(), key=lambda row: -abs(row[1]))[:3]
    causes = "; ".join(
        f"{words(f'effect_{effect}').lower()} {words.signed(kopecks, 2)} ₽" for effect, kopecks in largest if kopecks
    )
    if not total:
        return words("bill_same", before=words.month(before))
    return words(
        "bill_grew" if total > 0 else "bill_shrank",
        before=words.month(before),
        sum=words.rubles(abs(total)),
        causes=causes,
    )


def _explanation(context: Context, number: int, period: date) -> None:
    """Replay the account, once a month and snapshot: price, limit, reading and file behind each kopeck."""
    words = context.words
    st.markdown(f"### {words('explanation')}")
    try:
        said = _explained(context.snapshot.path, number, period)
    except (ExplanationError, ValueError) as error:
        st.error(words("explanation_failed", error=plain(str(error))), icon=":material/error:")
        return
    st.caption(words("explanation_note"))
    st.code(said, language=None, wrap_lines=True)


@st.cache_data(max_entries=64)
def _explained(snapshot: Path, number: int, period: date) -> str:
    return explanation_in_words(explain(snapshot, Settings.from_environment(), number, period))
