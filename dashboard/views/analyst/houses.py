"""From a district to its streets and settlements, to the houses of one, to the accounts of a house."""

from datetime import date
from functools import partial

import streamlit as st

from dashboard import links, queries, tables
from dashboard.context import Context
from dashboard.tables import Column
from dashboard.views import parts

SUM_COLUMNS = (
    Column("accounts", "count", "accounts"),
    Column("debt_kopecks", "money", "debt"),
    Column("collected_permille", "share", "collected"),
    Column("charged_kopecks", "money", "charged"),
    Column("paid_kopecks", "money", "paid"),
    Column("kwh", "count", "kwh"),
)
STREET_COLUMNS = (Column("name", "text", "street"), Column("houses", "count", "houses"), *SUM_COLUMNS)
HOUSE_COLUMNS = (Column("name", "text", "house"), *SUM_COLUMNS)
ACCOUNT_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("holder_name", "text", "holder_name"),
    Column("address", "text", "address"),
    Column("closing_kopecks", "money", "balance"),
    Column("charged_kopecks", "money", "charged"),
    Column("paid_kopecks", "money", "paid"),
    Column("kwh", "count", "kwh"),
)


def draw(context: Context, district: str, period: date, category: str | None) -> None:
    """Draw the level the address names, with what leads back above it."""
    words, snapshot = context.words, context.snapshot
    st.subheader(words("streets_and_houses"), anchor=False)
    streets = queries.houses(snapshot, district, period, None, category)
    with st.grid(2, min_column_width=240, gap="small"):
        street = links.choose(
            words("street"), "street", sorted(streets["name"]), str, default=None, placeholder=words("any")
        )
        houses = queries.houses(snapshot, district, period, street, category) if street else None
        house = (
            links.choose(words("house"), "house", sorted(houses["name"]), str, default=None, placeholder=words("any"))
            if houses is not None
            else None
        )
    if house:
        accounts = queries.house_accounts(snapshot, district, period, house, category)
        drill = parts.to_account("house")
        tables.show(accounts, ACCOUNT_COLUMNS, words, key="house", name=house, drill=drill, question="house_accounts")
        parts.first_rows(context, accounts)
    elif houses is not None:
        drill = tables.Drill("open_house", "name", partial(links.put, "house"))
        tables.show(houses, HOUSE_COLUMNS, words, key="houses", name=str(street), drill=drill, question="houses")
    else:
        drill = tables.Drill("open_street", "name", partial(links.put, "street"))
        name = f"{district}: {words('streets_and_houses')}"
        tables.show(streets, STREET_COLUMNS, words, key="streets", name=name, drill=drill, question="houses")
