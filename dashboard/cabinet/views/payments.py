"""Payments: the code to pay by for any sum, card and СБП, what is under way, and the history since January 2014."""

import datetime as dt
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet.card.provider import METHODS
from dashboard.cabinet.front.forms import kopecks
from dashboard.cabinet.views.visit import CODE_PIXELS, Visit, drawn_code, link

BEGINNING = dt.date(2014, 1, 1)
FAILED_SHOWN = dt.timedelta(days=1)

COLUMNS = (
    tables.Column("paid_on", "day", "on_day"),
    tables.Column("amount_kopecks", "money", "paid"),
    tables.Column("channel", "code", "channel", "channel"),
    tables.Column("status", "code", "status", "payment_status"),
    tables.Column("operation_id", "text", "receipt"),
)


def page(visit: Visit) -> None:
    """Draw the page of one account."""
    st.header(visit.words("page_payments"), anchor=False)
    _pay(visit)
    _begun(visit)
    _history(visit)


def _pay(visit: Visit) -> None:
    words, month = visit.words, visit.own.snapshot.open_period
    rows = visit.own.ask("cabinet/balance", visit.account, open_period=month)
    owed = 0 if rows.is_empty() else max(int(rows["balance_kopecks"].item(0)), 0)
    period = month if rows.is_empty() else rows["period"].item(0)
    with st.container(border=True):
        st.markdown(f"##### {words('pay')}")
        wanted = f"{owed // 100},{owed % 100:02d}" if owed else ""
        typed = st.text_input(words("pay_sum"), wanted, key=f"sum_{visit.account}", max_chars=16)
        amount = kopecks(typed)
        if not amount:
            st.caption(words("bad_sum"))
            return
        drawing = drawn_code(visit.own.payment_code(visit.account, period, amount))
        st.image(drawing, caption=words("pay_code", amount=words.rubles(amount)), width=CODE_PIXELS)
        st.caption(words("pay_how"))
        if visit.has_card:
            with st.container(horizontal=True):
                for method in METHODS:
                    rubles = f"{amount // 100},{amount % 100:02d}"
                    place = urlencode({"account": visit.account, "sum": rubles, "method": method})
                    st.html(link(f"/pay?{place}", words(f"pay_by_{method}")), width="content")


def _begun(visit: Visit) -> None:
    """Payments by card at once; those the published history holds stand there."""
    words = visit.words
    published = visit.own.ask("account_payments", visit.account, since=BEGINNING)
    known = set(published.filter(pl.col("agent") == "card")["operation_id"])
    rows = [
        {
            "begun_at": words.instant(one.begun_at),
            "sum": words.rubles(one.kopecks),
            "method": words(f"method_{one.method}"),
            "state": words(f"card_{one.status}"),
        }
        for one in visit.own.card_payments(visit.account)
        if one.operation not in known and (one.status != "failed" or one.begun_at > visit.own.now - FAILED_SHOWN)
    ]
    if rows:
        st.markdown(f"##### {words('begun_payments')}")
        columns = [tables.Column(name, "text", name) for name in ("begun_at", "sum", "method", "state")]
        tables.show_wrapped(pl.DataFrame(rows), columns, words, key="begun", name=words("begun_payments"))


def _history(visit: Visit) -> None:
    words, today = visit.words, visit.own.today
    st.markdown(f"##### {words('your_payments')}")
    form = "DD.MM.YYYY" if words.is_russian else "YYYY-MM-DD"
    with st.container(horizontal=True):
        first = st.date_input(words("from_day"), BEGINNING, BEGINNING, today, key="from_day", format=form)
        last = st.date_input(words("to_day"), today, BEGINNING, today, key="to_day", format=form)
    paid = visit.own.ask("account_payments", visit.account, since=BEGINNING).filter(
        pl.col("paid_on").is_between(first, last)
    )
    if paid.is_empty():
        st.caption(words("no_payments"))
        return
    total = words.rubles(int(paid["amount_kopecks"].sum()))
    st.markdown(words("payments_total", payments=words.counted(paid.height, "payments"), amount=total))
    tables.show(paid, COLUMNS, words, key="payments", name=words("payments_file", account=visit.account))
