"""The account: what is to be paid and by when, who lives there, the meters, the tariff and why."""

import datetime as dt
from typing import Any

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet.views.visit import Visit
from dashboard.text import plain
from pipelines.vocabulary import SURE_STATUSES

BEGINNING = dt.date(2014, 1, 1)

PRICE_COLUMNS = (
    tables.Column("zone", "code", "zone", "zone"),
    tables.Column("band", "code", "band", "band"),
    tables.Column("price_rub_per_kwh", "price", "price"),
    tables.Column("valid_from", "day", "since"),
    tables.Column("price_status", "code", "price_status", "value_status"),
)


def page(visit: Visit) -> None:
    """Draw the page of one account."""
    words, own = visit.words, visit.own
    card = own.ask("account_card", visit.account, on_day=own.today, period=own.snapshot.open_period).row(0, named=True)
    st.header(words("account_number_title", account=visit.account), anchor=False)
    st.caption(plain(card["address"]))
    _balance(visit)
    _about(visit, card)
    _meters(visit)
    _tariff(visit, card)
    _statement(visit)


def _balance(visit: Visit) -> None:
    words = visit.words
    rows = visit.own.ask("cabinet/balance", visit.account, open_period=visit.own.snapshot.open_period)
    with st.container(border=True):
        if rows.is_empty():
            st.subheader(words("you_are_even"), anchor=False)
            return
        row = rows.row(0, named=True)
        balance, due_on = row["balance_kopecks"], row["due_on"]
        st.subheader(_headline(visit, balance), anchor=False)
        if balance > 0 and due_on:
            name = "you_owe_late" if due_on < visit.own.today else "you_owe_by"
            st.markdown(words(name, day=words.day(due_on)))
        else:
            st.markdown(words("nothing_to_pay"))
        st.caption(
            words(
                "how_balance",
                month=words.month(row["period"]),
                closing=_in_words(visit, row["closing_kopecks"]),
                paid=words.rubles(row["paid_kopecks"]),
            )
        )


def _headline(visit: Visit, kopecks: int) -> str:
    name = "you_owe" if kopecks > 0 else "you_are_ahead" if kopecks < 0 else "you_are_even"
    return visit.words(name, amount=visit.words.rubles(abs(kopecks)))


def _in_words(visit: Visit, kopecks: int) -> str:
    name = "debt_word" if kopecks > 0 else "advance_word" if kopecks < 0 else "even_word"
    return visit.words(name, amount=visit.words.rubles(abs(kopecks)))


def _about(visit: Visit, card: dict[str, Any]) -> None:
    words = visit.words
    st.markdown(f"##### {words('about_account')}")
    said = {
        "holder": plain(card["holder_name"]),
        "persons": words.counted(card["persons"], "persons"),
        "category": words.code("category", card["category"]),
    }
    st.markdown("  \n".join(f"{words(name)}: **{value}**" for name, value in said.items()))
    why = {name: words.code(name, card[name]) for name in ("settlement", "stove", "heating")}
    st.caption(words("category_why", **why))


def _meters(visit: Visit) -> None:
    words = visit.words
    st.markdown(f"##### {words('your_meters')}")
    meters = visit.own.ask("account_meters", visit.account).filter(pl.col("removed_on").is_null())
    if meters.is_empty():
        st.markdown(words("no_meters"))
    for meter in meters.iter_rows(named=True):
        until = meter["verified_until"]
        name = "verification_unknown"
        if until:
            name = "verified_until" if until >= visit.own.today else "verification_over"
        title = words(
            "meter_title", serial=plain(meter["meter_serial"]), plan=words.code("zone_plan", meter["zone_plan"])
        )
        st.markdown(f"{title}: {words(name, day=words.day(until))}")


def _tariff(visit: Visit, card: dict[str, Any]) -> None:
    words, month = visit.words, visit.own.snapshot.open_period
    prices = visit.own.ask("cabinet/prices", visit.account, period=month)
    if prices.is_empty():
        return
    st.markdown(f"##### {words('your_tariff')}")
    plan = words.code("zone_plan", prices["zone_plan"].item(0))
    category = words.code("category", card["category"])
    st.caption(words("tariff_why", category=category.capitalize(), plan=plan, month=words.month(month)))
    columns = PRICE_COLUMNS if not set(prices["price_status"]) <= SURE_STATUSES else PRICE_COLUMNS[:-1]
    tables.show(prices, columns, words, key="prices", name=words("your_tariff"))


def _statement(visit: Visit) -> None:
    words = visit.words
    months = visit.own.ask("account_months", visit.account, since=BEGINNING)["period"].to_list()
    closed = [month for month in reversed(months) if month < visit.own.snapshot.open_period]
    if not closed:
        return
    st.markdown(f"##### {words('your_statement')}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        month = st.selectbox(words("statement_month"), closed, format_func=words.month, key="statement_month")
        st.download_button(
            words("statement_get"),
            lambda: visit.own.statement(visit.account, month),
            f"{visit.account}-{month:%Y-%m}.pdf",
            "application/pdf",
            key="statement",
            icon=":material/download:",
            on_click="ignore",
        )
