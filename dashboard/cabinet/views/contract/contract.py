"""The contract: what is owed or paid ahead, what is to be paid by when, where and how energy is supplied."""

import datetime as dt
from typing import Any

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet.views.contract.parts import BEGINNING, part_name
from dashboard.cabinet.views.visit import ContractVisit
from dashboard.tables import Column
from dashboard.text import NOTHING, plain

POINT_COLUMNS = (
    Column("point_code", "text", "point_code"),
    Column("price_category", "count", "price_category"),
    Column("network_variant", "code", "network_variant", "network_variant"),
    Column("voltage", "code", "voltage", "voltage"),
    Column("max_power_kw", "decimal", "max_power_kw"),
    Column("power_group", "code", "power_group", "power_group"),
    Column("zone_plan", "code", "zone_plan", "zone_plan"),
    Column("address", "text", "address", width="large"),
)
METER_COLUMNS = (
    Column("point_code", "text", "point_code"),
    Column("meter_serial", "text", "meter_serial"),
    Column("zone_plan", "code", "zone_plan", "zone_plan"),
    Column("transformer_ratio", "count", "transformer_ratio", width="small"),
    Column("installed_on", "day", "installed_on"),
    Column("verified_until", "day", "verified_by"),
)


def page(visit: ContractVisit) -> None:
    """Draw the page of one contract."""
    words, own = visit.words, visit.own
    card = own.ask("contract_card", visit.contract, on_day=own.today).row(0, named=True)
    st.header(words("contract_title", contract=visit.contract), anchor=False)
    st.caption(plain(card["name"]))
    _balance(visit)
    _to_pay(visit)
    _about(visit, card)
    _supply(visit)


def _balance(visit: ContractVisit) -> None:
    words = visit.words
    rows = visit.own.ask("contract/balance", visit.contract, on_day=visit.own.today)
    with st.container(border=True):
        if rows.is_empty():
            st.subheader(words("you_are_even"), anchor=False)
            return
        row = rows.row(0, named=True)
        st.subheader(_headline(visit, row), anchor=False)
        for name in ("overdue", "late_advance"):
            if row[f"{name}_kopecks"] > 0:
                st.markdown(words(f"{name}_sum", amount=words.rubles(row[f"{name}_kopecks"])))
        made_of = {name: row[f"{name}_kopecks"] for name in ("billed", "penalty", "advance", "unused")}
        said = [words(f"made_of_{name}", amount=words.rubles(sum_)) for name, sum_ in made_of.items() if sum_]
        if said:
            st.caption(" · ".join(said))
        st.caption(words("balance_as_of", day=words.day(visit.own.snapshot.as_of.date())))


def _headline(visit: ContractVisit, row: dict[str, Any]) -> str:
    """Debt, advance or overpayment: money for a month not yet billed is an advance, what pays nothing is overpaid."""
    balance = row["balance_kopecks"]
    if balance > 0:
        name = "contract_owes"
    elif balance < 0:
        name = "contract_ahead" if row["unused_kopecks"] <= 0 else "you_are_ahead"
    else:
        name = "you_are_even"
    return visit.words(name, amount=visit.words.rubles(abs(balance)))


def _to_pay(visit: ContractVisit) -> None:
    """Every part that is still open, the first due first."""
    words, today = visit.words, visit.own.today
    st.markdown(f"##### {words('to_pay_when')}")
    parts = visit.own.ask("contract/parts", visit.contract, since=BEGINNING).filter(pl.col("open_kopecks") > 0)
    if parts.is_empty():
        st.markdown(words("nothing_to_pay"))
        return
    for part in parts.sort("due_on", "period", "part").iter_rows(named=True):
        late = (today - part["due_on"]).days
        name = "part_late" if late > 0 else "part_due"
        st.markdown(
            words(
                name,
                day=words.day(part["due_on"]),
                what=part_name(words, part),
                amount=words.rubles(part["open_kopecks"]),
                days=words.counted(max(late, 0), "days"),
            )
        )


def _about(visit: ContractVisit, card: dict[str, Any]) -> None:
    words = visit.words
    st.markdown(f"##### {words('about_contract')}")
    until = "contract_until" if card["ended_on"] else "contract_from"
    signs = [card["representative"], card["position"], card["authority"]]
    said = {
        "customer_kind": words.code("customer_kind", card["customer_kind"]),
        "inn": card["inn"],
        "kpp": card["kpp"] or NOTHING,
        "representative": ", ".join(one for one in signs if one) or NOTHING,
        "payment_schedule": words.code("payment_schedule", card["payment_schedule"]),
        "contract_runs": words(until, day=words.day(card["valid_from"]), end=words.day(card["ended_on"])),
    }
    st.markdown("  \n".join(f"{words(name)}: **{plain(value)}**" for name, value in said.items()))


def _supply(visit: ContractVisit) -> None:
    words, month = visit.words, visit.own.today.replace(day=1)
    for question, columns, title in (
        ("supply", POINT_COLUMNS, "points_of_contract"),
        ("meters", METER_COLUMNS, "your_meters"),
    ):
        rows = visit.own.ask(f"contract/{question}", visit.contract, period=_shown(visit, month))
        if rows.height:
            st.markdown(f"##### {words(title)}")
            tables.show(rows, columns, words, key=question, name=words(title))


def _shown(visit: ContractVisit, month: dt.date) -> dt.date:
    """The month of today, or the last one the snapshot knows of."""
    return min(month, visit.own.snapshot.open_period)
