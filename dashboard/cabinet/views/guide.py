"""Help: questions and answers, services with the dated price list, partners."""

from decimal import Decimal

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet import guidance
from dashboard.cabinet.views.visit import Visit
from dashboard.text import plain
from pipelines.settings import Settings

SERVICE_COLUMNS = (
    tables.Column("service", "text", "service"),
    tables.Column("price", "text", "service_price"),
    tables.Column("unit", "text", "unit"),
    tables.Column("more", "text", "service_more"),
    tables.Column("certainty", "text", "certainty"),
)
PARTNER_COLUMNS = (
    tables.Column("name", "text", "partner"),
    tables.Column("does", "text", "partner_does"),
    tables.Column("certainty", "text", "certainty"),
)


def page(visit: Visit) -> None:
    """Draw the page; it says nothing of any account, yet only owners come here."""
    visit.own.check(visit.account)
    words = visit.words
    st.header(words("page_guide"), anchor=False)
    asked, services, partners = st.tabs([words("help_questions"), words("help_services"), words("help_partners")])
    with asked:
        _questions(visit)
    with services:
        _services(visit)
    with partners:
        _partners(visit)


def _questions(visit: Visit) -> None:
    language = visit.words.language
    rows = guidance.questions(Settings.from_environment().reference)
    for (topic,), asked in rows.group_by(f"topic_{language}", maintain_order=True):
        st.markdown(f"##### {topic}")
        for row in asked.iter_rows(named=True):
            with st.expander(row[f"question_{language}"]):
                st.markdown(row[f"answer_{language}"])
                st.caption(f"{visit.words.code('value_status', row['status']).capitalize()}: {plain(row['source'])}")


def _services(visit: Visit) -> None:
    words, today = visit.words, visit.own.today
    audience = st.segmented_control(
        words("audience"),
        guidance.AUDIENCES,
        default=guidance.AUDIENCES[0],
        format_func=lambda one: words(f"audience_{one}"),
        key="audience",
        required=True,
    )
    rows = guidance.services(Settings.from_environment().reference, audience, today)
    st.caption(words("services_on", day=words.day(today)))
    shown = pl.DataFrame(
        [
            {
                "service": row[f"service_{words.language}"],
                "price": _price(visit, row["price_rub"], row["price"]),
                "unit": row[f"unit_{words.language}"],
                "more": row[f"more_{words.language}"],
                "certainty": words.code("value_status", row["status"]),
            }
            for row in rows.iter_rows(named=True)
        ]
    )
    for row in shown.iter_rows(named=True):
        with st.container(border=True):
            st.markdown(f"**{row['service']}**")
            is_free = row["price"] == words("price_free")
            st.markdown(row["price"] if is_free else words("service_per", price=row["price"], unit=row["unit"]))
            st.caption(" · ".join(filter(None, (row["more"], row["certainty"]))))
    tables.downloads(shown, SERVICE_COLUMNS, words, key="services", name=words("help_services"))
    if "assumed" in rows["status"]:
        st.caption(words("services_assumed"))


def _price(visit: Visit, rubles: Decimal, kind: str) -> str:
    words = visit.words
    if not rubles:
        return words("price_free")
    price = words.scaled(int(rubles.scaleb(2)), 2)
    return words("price_at_most", price=price) if kind == "at_most" else price


def _partners(visit: Visit) -> None:
    words = visit.words
    rows = guidance.partners(Settings.from_environment().reference)
    shown = pl.DataFrame(
        [
            {
                "name": row["name"],
                "does": row[f"does_{words.language}"],
                "certainty": words.code("value_status", row["status"]),
            }
            for row in rows.iter_rows(named=True)
        ]
    )
    tables.show_wrapped(shown, PARTNER_COLUMNS, words, key="partners", name=words("help_partners"))
