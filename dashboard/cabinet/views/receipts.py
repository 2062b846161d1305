"""Receipts: the archive by year, each made when it is asked for, and the choice to have them by e-mail."""

import datetime as dt
from functools import partial
from typing import Any

import streamlit as st

from dashboard.cabinet import mail
from dashboard.cabinet.front import forms
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.views.visit import Visit
from dashboard.text import plain

BEGINNING = dt.date(2014, 1, 1)


def page(visit: Visit) -> None:
    """Draw the page of one account."""
    st.header(visit.words("page_receipts"), anchor=False)
    _by_email(visit)
    _archive(visit)


def _archive(visit: Visit) -> None:
    words = visit.words
    months = [
        row
        for row in visit.own.ask("account_months", visit.account, since=BEGINNING).reverse().iter_rows(named=True)
        if row["period"] < visit.own.snapshot.open_period
    ]
    if not months:
        st.info(words("receipts_none"))
        return
    years = list(dict.fromkeys(row["period"].year for row in months))
    year = st.segmented_control(
        words("receipts_year"), years, default=years[0], key=f"year_{visit.account}", required=True
    )
    for row in months:
        if row["period"].year == year:
            _receipt(visit, row)


def _receipt(visit: Visit, row: dict[str, Any]) -> None:
    words, month = visit.words, row["period"]
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="stretch"):
            st.markdown(f"**{words('receipt_of', month=words.month(month))}**")
            name = "receipt_ahead" if row["closing_kopecks"] < 0 else "receipt_sum"
            sums = {
                "charged": words.rubles(row["charged_kopecks"]),
                "closing": words.rubles(abs(row["closing_kopecks"])),
            }
            st.caption(words(name, **sums))
        st.download_button(
            words("receipt_get", month=words.month(month)),
            partial(visit.own.statement, visit.account, month),
            f"{visit.account}-{month:%Y-%m}.pdf",
            "application/pdf",
            key=f"receipt_{month:%Y-%m}",
            icon=":material/download:",
            on_click="ignore",
        )


def _by_email(visit: Visit) -> None:
    words, key = visit.words, f"email_{visit.account}"
    chosen = visit.own.receipt_subscription(visit.account)
    with st.form(f"subscription_{visit.account}"):
        st.markdown(f"##### {words('by_email')}")
        st.caption(words("by_email_how"))
        if chosen.is_on and not chosen.is_confirmed:
            st.warning(words("by_email_waits", email=plain(chosen.email)), icon=":material/mark_email_unread:")
        is_on = st.toggle(words("by_email_on"), chosen.is_on, key=f"{key}_on")
        typed = st.text_input(
            words("by_email_address"), chosen.email, key=key, max_chars=forms.LONGEST_EMAIL, autocomplete="email"
        )
        if not st.form_submit_button(words("by_email_save"), width="stretch"):
            return
        email = forms.email(typed)
        if email is None:
            st.error(words("bad_email"))
            return
        letter = visit.own.subscribe(visit.account, email, is_on=is_on)
        mail.send(letter, CabinetSettings.from_environment())
        is_asked = is_on and not visit.own.receipt_subscription(visit.account).is_confirmed
        saved = "by_email_saved_asked" if is_asked else "by_email_saved_on" if is_on else "by_email_saved_off"
        st.success(words(saved, email=plain(email)))
