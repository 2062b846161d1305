"""The contract: what is to be paid and by when, its points of supply, how it is charged."""

import streamlit as st

from dashboard.cabinet.views.visit import ContractVisit
from dashboard.text import plain


def page(visit: ContractVisit) -> None:
    """Draw the page of one contract."""
    words, own = visit.words, visit.own
    card = own.ask("contract_card", visit.contract, on_day=own.today).row(0, named=True)
    st.header(words("contract_title", contract=visit.contract), anchor=False)
    st.caption(plain(card["name"]))
