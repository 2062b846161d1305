"""Contracts of businesses: bills of a month, and of one contract its hours, plan, components, points and payments."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboard import contract_columns, contract_figures, contract_queries, links, queries, tables
from dashboard.context import Context
from dashboard.tables import Column
from dashboard.text import NOTHING, plain
from dashboard.views import parts

MONTHS_SHOWN = 12

CONTRACT_COLUMNS = (
    Column("contract_number", "text", "contract_number"),
    Column("name", "text", "customer_name", width="large"),
    Column("inn", "text", "inn"),
    Column("customer_kind", "code", "customer_kind", codes="customer_kind"),
    Column("points", "count", "supply_points", width="small"),
    Column("kwh", "count", "kwh"),
    Column("net_kopecks", "money", "net_sum"),
    Column("vat_kopecks", "money", "vat_sum"),
    Column("total_kopecks", "money", "bill_total"),
    Column("corrected_kopecks", "money", "of_it_corrected"),
    Column("hours_lacking", "count", "hours_lacking", width="small"),
)

MONTH_COLUMNS = (
    Column("period", "month", "period"),
    Column("contracts", "count", "contracts"),
    Column("kwh", "count", "kwh"),
    Column("net_kopecks", "money", "net_sum"),
    Column("vat_kopecks", "money", "vat_sum"),
    Column("total_kopecks", "money", "bill_total"),
    Column("corrected_kopecks", "money", "of_it_corrected"),
)

KIND_COLUMNS = (
    Column("customer_kind", "code", "customer_kind", codes="customer_kind"),
    Column("contracts", "count", "contracts", width="small"),
    Column("open_kopecks", "money", "debt"),
    Column("age_0_kopecks", "money", "age_0"),
    Column("age_1_kopecks", "money", "age_1"),
    Column("age_2_kopecks", "money", "age_2"),
    Column("age_3_kopecks", "money", "age_3"),
    Column("older_kopecks", "money", "longer_overdue"),
    Column("penalty_kopecks", "money", "penalty"),
)

DEBT_COLUMNS = (
    Column("period", "month", "period"),
    Column("part", "count", "part_number", width="small"),
    Column("due_on", "day", "due_on"),
    Column("days_overdue", "count", "days_late", width="small"),
    Column("open_kopecks", "money", "debt"),
    Column("amount_kopecks", "money", "amount"),
    Column("paid_kopecks", "money", "paid"),
    Column("customer_kind", "code", "customer_kind", codes="customer_kind"),
)

BALANCE_COLUMNS = (
    Column("period", "month", "period"),
    Column("opening_kopecks", "money", "opening"),
    Column("charged_kopecks", "money", "charged"),
    Column("penalty_kopecks", "money", "penalty"),
    Column("paid_kopecks", "money", "paid"),
    Column("closing_kopecks", "money", "closing"),
)

PAYMENT_COLUMNS = (
    Column("period", "month", "period"),
    Column("part", "count", "part_number", width="small"),
    Column("due_on", "day", "due_on"),
    Column("amount_kopecks", "money", "amount"),
    Column("share_permille", "share", "share_of_base"),
    Column("base_kopecks", "money", "base_of_part"),
)


def page(context: Context) -> None:
    """Draw the page: all contracts, or the one the address names."""
    words = context.words
    st.header(words("contracts"), anchor=False)
    with st.grid(4, min_column_width=200, gap="small"):
        period = parts.choose_period(context)
        bills = contract_queries.contracts(context.snapshot, period)
        chosen = _choose(context, dict(bills.select("contract_number", "name").iter_rows()))
    if chosen:
        _contract(context, chosen, period)
    else:
        _all(context, bills)


def _choose(context: Context, named: dict[str, str | None]) -> str | None:
    """One of the contracts billed in the month, or the one that the address names."""
    words, asked = context.words, links.value("contract")
    return links.choose(
        words("contract"),
        "contract",
        [*named, *([asked] if asked and asked not in named else [])],
        lambda number: f"{number} · {named.get(number) or NOTHING}",
        default=None,
        placeholder=words("contract_any"),
    )


def _all(context: Context, bills: pl.DataFrame) -> None:
    words = context.words
    months = contract_queries.business_months(context.snapshot)
    if months.height:
        title = words("bills_by_month")
        parts.chart(contract_figures.bills(months, context.look), title=title, key="business_months")
        parts.table_behind(context, months.reverse(), MONTH_COLUMNS, key="business_months", name=title)
    owed = contract_queries.business_debts(context.snapshot)
    if owed.height:
        _table(context, owed, KIND_COLUMNS, "debts_by_kind")
    if not bills.height:
        st.info(words("bills_none"), icon=":material/inbox:")
        return
    name = words("bills_of_month")
    st.markdown(f"### {name}")
    drill = tables.Drill("open_contract", "contract_number", lambda number: links.put("contract", number))
    tables.show(bills, CONTRACT_COLUMNS, words, key="contracts", name=name, drill=drill, question="contracts")
    parts.first_rows(context, bills)


def _contract(context: Context, number: str, period: date) -> None:
    words, snapshot = context.words, context.snapshot
    card = contract_queries.contract_card(snapshot, number)
    if not card.height:
        st.warning(words("contract_unknown", number=number), icon=":material/search_off:")
        return
    _facts(context, card.row(0, named=True))
    since = queries.first_of_span(period, MONTHS_SHOWN)
    _receivable(context, number, since)
    lines = contract_queries.contract_components(snapshot, number, since, period)
    if lines.height:
        title = words("components")
        figure = contract_figures.components(lines, context.look)
        parts.chart(figure, title=title, key="components", hint=words("components_hint"))
        parts.table_behind(context, lines.reverse(), contract_columns.COMPONENTS, key="components", name=title)
    _hours(context, number, period)
    _plan(context, number, period)
    points = contract_queries.contract_points(snapshot, number, period)
    if points.height:
        _table(context, points, contract_columns.POINTS, "points_of_contract")
    payments = contract_queries.contract_payments(snapshot, number, since)
    if payments.height:
        shares = payments.with_columns(share_permille=pl.col("share_pct") * 10)
        _table(context, shares, PAYMENT_COLUMNS, "payment_parts")


def _facts(context: Context, card: dict[str, Any]) -> None:
    """Who the customer is, in a row of short notes."""
    words = context.words
    st.subheader(plain(f"{card['contract_number']} · {card['name']}"), anchor=False)
    numbers = "tax_numbers" if card["kpp"] else "no_tax_reason"
    said = [card["representative"], card["position"], card["authority"], card["email"], card["phone"]]
    until = "contract_until" if card["ended_on"] else "contract_from"
    facts = {
        "customer_kind": words.code("customer_kind", card["customer_kind"]),
        "inn": words(numbers, inn=card["inn"], kpp=card["kpp"]),
        "representative": ", ".join(one for one in said if one),
        "payment_schedule": words.code("payment_schedule", card["payment_schedule"]),
        "contract_runs": words(until, day=words.day(card["valid_from"]), end=words.day(card["ended_on"])),
    }
    with st.grid(5, min_column_width=200, gap="small"):
        for title, fact in facts.items():
            with st.container(gap="xxsmall"):
                st.caption(words(title))
                st.markdown(plain(fact or NOTHING))


def _receivable(context: Context, number: str, since: date) -> None:
    """What the contract owes now and which parts are overdue, over how its balance came about."""
    words, snapshot = context.words, context.snapshot
    debts = contract_queries.contract_debts(snapshot, number)
    overdue = debts.filter(pl.col("days_overdue") > 0)
    with st.grid(3, min_column_width=164, gap="small"):
        for title, frame in (("debt", debts), ("overdue_debt", overdue)):
            kopecks = int(frame["open_kopecks"].sum())
            parts.card(words(title), words.short_rubles(kopecks), None, "", exact=words.rubles(kopecks))
        longest = overdue["days_overdue"].to_list()[:1]
        parts.card(words("days_late"), words.count(longest[0]) if longest else NOTHING, None, "")
    if debts.height:
        _table(context, debts, DEBT_COLUMNS, "contract_debts")
    balances = contract_queries.contract_balances(snapshot, number, since)
    if balances.height:
        with st.expander(words("contract_balances"), icon=":material/table_rows:", type="compact"):
            name = f"{number} {words('contract_balances')}"
            tables.show(balances, BALANCE_COLUMNS, words, key="contract_balances", name=name)


def _hours(context: Context, number: str, period: date) -> None:
    words, energy = context.words, contract_queries.contract_hours(context.snapshot, number, period)
    if not energy.height:
        st.info(words("hours_none"), icon=":material/inbox:")
        return
    title = words("hours_map")
    figure = contract_figures.hours(energy, context.look)
    parts.chart(figure, title=title, key="hours_map", hint=words("hours_map_hint"))
    rows = contract_columns.hours(energy)
    parts.table_behind(context, rows, contract_columns.HOURS, key="hours_map", name=title, question="contract_hours")


def _plan(context: Context, number: str, period: date) -> None:
    words, days = context.words, contract_queries.contract_plan(context.snapshot, number, period)
    if not days.height:
        st.caption(words("plan_none"))
        return
    title = words("plan_and_fact")
    parts.chart(contract_figures.plan_and_fact(days, context.look), title=title, key="plan_and_fact")
    rows = contract_columns.plan(days)
    parts.table_behind(context, rows, contract_columns.PLAN, key="plan_and_fact", name=title, question="contract_plan")


def _table(context: Context, frame: pl.DataFrame, columns: tuple[Column, ...], title: str) -> None:
    name = context.words(title)
    st.markdown(f"### {name}")
    tables.show(frame, columns, context.words, key=title, name=name)
