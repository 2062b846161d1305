"""Bills and payments: what was asked for and what of it is paid, what each payment went to, the code to pay by."""

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet.front.forms import kopecks
from dashboard.cabinet.views.contract.parts import BEGINNING, part_name
from dashboard.cabinet.views.visit import CODE_PIXELS, ContractVisit, drawn_code
from dashboard.tables import Column

PART_COLUMNS = (
    Column("what", "text", "bill_what"),
    Column("said", "text", "bill_state"),
    Column("due_on", "day", "due_on"),
    Column("open_kopecks", "money", "left_to_pay"),
    Column("kopecks", "money", "amount"),
    Column("paid_kopecks", "money", "paid"),
    Column("document_number", "text", "bill_number"),
)
MONTH_COLUMNS = (
    Column("period", "month", "period"),
    Column("opening_kopecks", "money", "opening"),
    Column("kwh", "count", "kwh"),
    Column("charged_kopecks", "money", "bill_total"),
    Column("vat_kopecks", "money", "vat_of_it"),
    Column("penalty_kopecks", "money", "penalty"),
    Column("paid_kopecks", "money", "paid"),
    Column("closing_kopecks", "money", "closing"),
)
RECEIPT_COLUMNS = (
    Column("paid_on", "day", "on_day"),
    Column("document_number", "text", "payment_order", width="small"),
    Column("amount_kopecks", "money", "amount"),
    Column("used_kopecks", "money", "credited_sum"),
    Column("unused_kopecks", "money", "not_used_yet"),
    Column("purpose", "text", "purpose", width="large"),
)
CREDITING_COLUMNS = (
    Column("paid_on", "day", "on_day"),
    Column("document_number", "text", "payment_order", width="small"),
    Column("what", "text", "credited_to", width="large"),
    Column("kopecks", "money", "amount"),
)


def page(visit: ContractVisit) -> None:
    """Draw the page of one contract."""
    words = visit.words
    st.header(words("page_bills"), anchor=False)
    parts = visit.own.ask("contract/parts", visit.contract, since=BEGINNING)
    _pay(visit, parts)
    name = words("your_bills")
    st.markdown(f"##### {name}")
    if parts.is_empty():
        st.caption(words("bills_not_yet"))
    else:
        tables.show(_worded(visit, parts), PART_COLUMNS, words, key="parts", name=_file(visit, name))
    for question, columns, title in (
        ("receipts", RECEIPT_COLUMNS, "your_payments"),
        ("crediting", CREDITING_COLUMNS, "credited_how"),
        ("months", MONTH_COLUMNS, "balance_by_month"),
    ):
        rows = visit.own.ask(f"contract/{question}", visit.contract, since=BEGINNING)
        st.markdown(f"##### {words(title)}")
        if rows.is_empty():
            st.caption(words("nothing_here_yet"))
            continue
        shown = _named(visit, rows) if question == "crediting" else rows
        tables.show(shown, columns, words, key=question, name=_file(visit, words(title)))


def _file(visit: ContractVisit, name: str) -> str:
    return f"{name} {visit.contract}"


def _named(visit: ContractVisit, rows: pl.DataFrame) -> pl.DataFrame:
    """With the part of the month in words."""
    named = [part_name(visit.words, row) for row in rows.iter_rows(named=True)]
    return rows.with_columns(what=pl.Series(named, dtype=pl.String))


def _worded(visit: ContractVisit, parts: pl.DataFrame) -> pl.DataFrame:
    words, today = visit.words, visit.own.today
    late = words("bill_late")
    said = [
        words(f"bill_{row['state']}") + (f", {late}" if row["open_kopecks"] > 0 and row["due_on"] < today else "")
        for row in parts.iter_rows(named=True)
    ]
    return _named(visit, parts).with_columns(said=pl.Series(said, dtype=pl.String))


def _pay(visit: ContractVisit, parts: pl.DataFrame) -> None:
    """The code to pay by: for what is overdue and due next, or for any other sum."""
    words, today = visit.words, visit.own.today
    still = parts.filter(pl.col("open_kopecks") > 0).sort("due_on", "period", "part")
    late, coming = still.filter(pl.col("due_on") < today), still.filter(pl.col("due_on") >= today)
    asked = pl.concat([late, coming.head(1)])
    owed = int(asked["open_kopecks"].sum())
    period = max(asked["period"].to_list(), default=visit.own.snapshot.open_period)
    with st.container(border=True):
        st.subheader(words("pay"), anchor=False)
        text = f"{owed // 100},{owed % 100:02d}" if owed else ""
        typed = st.text_input(words("pay_sum"), text, key=f"sum_{visit.contract}", max_chars=16)
        amount = kopecks(typed)
        if not amount:
            st.caption(words("bad_sum"))
            return
        picture = drawn_code(visit.own.payment_code(visit.contract, period, amount))
        st.image(picture, caption=words("pay_code", amount=words.rubles(amount)), width=CODE_PIXELS)
        st.caption(words("contract_pay_how", contract=visit.contract))
