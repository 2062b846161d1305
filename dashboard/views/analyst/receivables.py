"""Receivables: how old the debts are, where they move, whose supply may be restricted, what penalty they bear."""

from datetime import date

import polars as pl
import streamlit as st

from dashboard import figures, kpi, links, queries, receivable_figures, tables
from dashboard.context import Context
from dashboard.queries import Place
from dashboard.tables import Column
from dashboard.views import parts

AGE_COLUMNS = (
    Column("class", "text", "age"),
    Column("accounts", "count", "accounts"),
    Column("debts", "count", "debts"),
    Column("open_kopecks", "money", "debt_open"),
)

DISTRICT_COLUMNS = (
    Column("district", "text", "district"),
    Column("accounts", "count", "accounts"),
    Column("open_kopecks", "money", "open_debt"),
    Column("overdue_kopecks", "money", "overdue_debt"),
    *(Column(f"age_{age}_kopecks", "money", f"age_{age}") for age in receivable_figures.AGES),
)

DEBT_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("holder_name", "text", "holder_name"),
    Column("district", "text", "district"),
    Column("address", "text", "address"),
    Column("period", "month", "service_period"),
    Column("due_on", "day", "due_on"),
    Column("days_late", "count", "days_late"),
    Column("amount_kopecks", "money", "debt_amount"),
    Column("paid_kopecks", "money", "debt_paid"),
    Column("open_kopecks", "money", "debt_open"),
)

ROLL_COLUMNS = (
    Column("from", "text", "roll_from"),
    Column("to", "text", "roll_to"),
    Column("accounts", "count", "accounts"),
    Column("rolled_permille", "share", "rolled"),
    Column("from_kopecks", "money", "debt_before"),
    Column("to_kopecks", "money", "debt_after"),
)

CANDIDATE_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("holder_name", "text", "holder_name"),
    Column("district", "text", "district"),
    Column("address", "text", "address"),
    Column("overdue_kopecks", "money", "overdue_debt"),
    Column("month_kopecks", "money", "month_payment"),
    Column("full_months", "count", "full_months"),
    Column("oldest_due_on", "day", "oldest_due_on"),
    Column("may_restrict_from", "day", "may_restrict_from"),
    Column("normative_status", "code", "normative_status", codes="value_status"),
)

PENALTY_MONTH_COLUMNS = (
    Column("period", "month", "period"),
    Column("accounts", "count", "accounts"),
    Column("posted_kopecks", "money", "penalty_posted"),
    Column("taken_back_kopecks", "money", "penalty_back"),
    Column("penalty_kopecks", "money", "penalty"),
)

PENALTY_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("district", "text", "district"),
    Column("debts", "count", "debts"),
    Column("oldest_due_on", "day", "oldest_due_on"),
    Column("penalty_kopecks", "money", "penalty"),
    Column("closing_kopecks", "money", "closing"),
)


def page(context: Context) -> None:
    """Draw the page."""
    words, snapshot = context.words, context.snapshot
    period, span, place = parts.head(context, "receivables")
    parts.of_channel(context, "channel_not_here")
    st.caption(words("receivables_now", day=words.day(queries.on_day(snapshot))))
    ages = queries.debt_ages(snapshot, place)
    _cards(context, place, period, ages)
    _ages(context, place, ages)
    _debts(context, place)
    _roll(context, place, period)
    _candidates(context, place)
    _penalty(context, place, period, span)


def _cards(context: Context, place: Place, period: date, ages: pl.DataFrame) -> None:
    words, snapshot = context.words, context.snapshot
    total = int(ages["open_kopecks"].sum())
    overdue = int(ages.filter(pl.col("age") > 0)["open_kopecks"].sum())
    share = (overdue * 2000 + total) // (total * 2) if total else None
    candidates = queries.restriction_candidates(snapshot, place)
    dso = kpi.named("k10_dso")
    months = kpi.months(snapshot, dso, place, period, 12)
    days = months["value"].item(-1) if months.height else None
    with st.grid(5, min_column_width=164, gap="small"):
        parts.card(words("open_debt"), words.short_rubles(total), None, "", exact=words.rubles(total))
        parts.card(words("overdue_debt"), words.short_rubles(overdue), None, "", exact=words.rubles(overdue))
        parts.card(words("overdue_share"), words.share(share), None, "")
        parts.card(
            dso.name(words),
            dso.says(days, words),
            None,
            "",
            exact=dso.meaning(words),
            trend=figures.sparkline(months, "value"),
        )
        parts.card(
            words("candidates"),
            words.count(candidates["candidates"].item(0) if candidates.height else 0),
            None,
            "",
        )


def _ages(context: Context, place: Place, ages: pl.DataFrame) -> None:
    words, look = context.words, context.look
    districts = queries.debt_ages_by_district(context.snapshot, place)
    with st.grid(2, min_column_width=330, gap="medium"):
        with st.container():
            title = ", ".join([words("ages"), words("ages_axis")])
            parts.chart(receivable_figures.ages(ages, look), title=title, key="ages")
            named = ages.with_columns(pl.Series("class", [words(f"age_{age}") for age in ages["age"]], dtype=pl.String))
            parts.table_behind(context, named, AGE_COLUMNS, key="ages", name=words("ages"), question="debt_ages")
        with st.container():
            title = words("ages_by_district")
            parts.chart(receivable_figures.ages_by_district(districts, look), title=title, key="age_districts")
            parts.table_behind(
                context,
                districts,
                DISTRICT_COLUMNS,
                key="age_districts",
                name=title,
                question="debt_ages_by_district",
            )


def _debts(context: Context, place: Place) -> None:
    words = context.words
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.subheader(words("open_debts"), anchor=False, width="content")
        with st.container(width=220):
            ages = [str(age) for age in receivable_figures.AGES]
            chosen = links.choose(
                words("age"), "age", ages, lambda age: words(f"age_{age}"), default=None, placeholder=words("any")
            )
    debts = queries.open_debts(context.snapshot, place, None if chosen is None else int(chosen))
    if not debts.height:
        st.success(words("debtors_none"), icon=":material/check_circle:")
        return
    parts.first_rows(context, debts)
    tables.show(
        debts,
        DEBT_COLUMNS,
        words,
        key="open_debts",
        name=words("open_debts"),
        drill=parts.to_account("open_debts"),
        question="open_debts",
    )


def _roll(context: Context, place: Place, period: date) -> None:
    words = context.words
    pairs = queries.roll_rates(context.snapshot, place, period)
    if not pairs.height:
        return
    title = f"{words('roll')}: {words.month(period)}"
    parts.chart(receivable_figures.roll(pairs, context.look), title=title, key="roll")
    st.caption(" ".join([words("roll_hint"), words("roll_basis")]))
    named = pairs.with_columns(
        pl.Series(name, [words(f"age_{age}") for age in pairs[f"{name}_age"]], dtype=pl.String)
        for name in ("from", "to")
    )
    parts.table_behind(context, named, ROLL_COLUMNS, key="roll", name=words("roll"), question="roll_rates")


def _candidates(context: Context, place: Place) -> None:
    words = context.words
    st.subheader(words("candidates"), anchor=False)
    candidates = queries.restriction_candidates(context.snapshot, place)
    if not candidates.height:
        st.success(words("candidates_none"), icon=":material/check_circle:")
        return
    all_of_them = candidates.row(0, named=True)
    accounts = words.counted(all_of_them["candidates"], "accounts")
    amount = words.rubles(all_of_them["candidates_kopecks"])
    st.caption(" ".join([words("candidates_sum", accounts=accounts, amount=amount), words("candidates_law")]))
    parts.first_rows(context, candidates)
    tables.show(
        candidates,
        CANDIDATE_COLUMNS,
        words,
        key="candidates",
        name=words("candidates"),
        drill=parts.to_account("candidates"),
        question="restriction_candidates",
    )


def _penalty(context: Context, place: Place, period: date, span: int | None) -> None:
    words = context.words
    months = queries.penalty_months(context.snapshot, place, period, span)
    st.subheader(words("penalty_months"), anchor=False)
    if not months.height:
        st.info(words("penalty_none"), icon=":material/inbox:")
        return
    parts.chart(receivable_figures.penalty(months, context.look), title=words("penalty"), key="penalty")
    parts.table_behind(
        context,
        months.reverse(),
        PENALTY_MONTH_COLUMNS,
        key="penalty_months",
        name=words("penalty_months"),
        question="penalty_months",
    )
    accounts = queries.penalties(context.snapshot, place, period)
    if accounts.height:
        title = f"{words('penalties')}: {words.month(period)}"
        st.markdown(f"### {title}")
        parts.first_rows(context, accounts)
        tables.show(
            accounts,
            PENALTY_COLUMNS,
            words,
            key="penalties",
            name=words("penalties"),
            drill=parts.to_account("penalties"),
            question="penalties",
        )
