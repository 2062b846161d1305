"""Documents issued to a contract, by year and month: each as PDF, tax invoices as XML too."""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from dashboard.cabinet.views.contract.parts import BEGINNING
from dashboard.cabinet.views.visit import ContractVisit

MEDIA_TYPES = {"pdf": "application/pdf", "xml": "application/xml"}


def page(visit: ContractVisit) -> None:
    """Draw the page of one contract."""
    words = visit.words
    st.header(words("page_papers"), anchor=False)
    issued = visit.own.ask("contract/papers", visit.contract, since=BEGINNING)
    if issued.is_empty():
        st.info(words("papers_none"))
        return
    may_get = visit.own.may(visit.contract, "documents")
    if not may_get:
        st.info(words("papers_look_only"))
    months = issued["period"].unique().sort(descending=True).to_list()
    month = st.selectbox(words("papers_month"), months, format_func=words.month, key=f"papers_{visit.contract}")
    for paper in issued.filter(pl.col("period") == month).iter_rows(named=True):
        _paper(visit, paper, may_get=may_get)


def _paper(visit: ContractVisit, paper: dict[str, Any], *, may_get: bool) -> None:
    words = visit.words
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="stretch"):
            kind = words.code("document_kind", paper["kind"])
            title = words("paper_title", kind=kind.capitalize() if kind != "УПД" else kind, number=paper["number"])
            st.markdown(f"**{title}**")
            told = [words("paper_of", day=words.day(paper["drawn_on"]))]
            if paper["service_period"] != paper["period"]:
                told.append(words("paper_about", month=words.month(paper["service_period"])))
            if paper["total_kopecks"]:
                told.append(words.rubles(paper["total_kopecks"]))
            st.caption(" · ".join(told))
        for file in paper["files"] if may_get else ():
            ending = file["name"].rpartition(".")[2]
            st.download_button(
                ending.upper(),
                partial(_file, visit, file["name"]),
                file["name"],
                MEDIA_TYPES[ending],
                key=f"paper_{file['name']}",
                icon=":material/download:",
                on_click="ignore",
            )


def _file(visit: ContractVisit, name: str) -> bytes:
    return visit.own.paper(visit.contract, name)
