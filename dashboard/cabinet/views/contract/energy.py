"""Energy of a contract: registers, plans and messages sent by form and file, and what became of each."""

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet.energy import plans, registers
from dashboard.cabinet.energy.own import Energy, Sent
from dashboard.cabinet.texts import CabinetWords
from dashboard.cabinet.views.contract import message_form, plan_form, register_form
from dashboard.cabinet.views.visit import ContractVisit

SENT_COLUMNS = (
    tables.Column("receipt", "text", "receipt"),
    tables.Column("sent_at", "text", "sent_at"),
    tables.Column("what", "text", "sent_what"),
    tables.Column("status", "text", "status"),
    tables.Column("reason", "text", "reason"),
)


def page(visit: ContractVisit) -> None:
    """Draw the page of one contract."""
    words, energy = visit.words, Energy(visit.own, visit.contract)
    st.header(words("page_energy"), anchor=False)
    sent = energy.sent()
    if visit.own.may(visit.contract, "consumption"):
        by_register, by_plan, by_message = st.tabs(
            [words("energy_registers"), words("energy_plans"), words("energy_message")]
        )
        with by_register:
            register_form.draw(visit, energy)
        with by_plan:
            plan_form.draw(visit, energy, sent)
        with by_message:
            message_form.draw(visit, energy)
    else:
        st.caption(words("energy_look_only"))
    _sent(sent, words)


def _sent(sent: list[Sent], words: CabinetWords) -> None:
    st.markdown(f"##### {words('energy_all_sent')}")
    if not sent:
        st.caption(words("energy_nothing_sent"))
        return
    rows = [
        {
            "receipt": one.receipt,
            "sent_at": words.instant(one.received_at),
            "what": f"{_what(one, words)} ({words(f'sent_way_{one.way}')})",
            "status": words(f"sent_{one.status}"),
            "reason": " ".join(words.reason(problem.rule_id, problem.message) for problem in one.not_taken),
        }
        for one in sent
    ]
    tables.show_wrapped(pl.DataFrame(rows), SENT_COLUMNS, words, key="energy_sent", name=words("energy_all_sent"))


def _what(one: Sent, words: CabinetWords) -> str:
    if one.channel == "askue":
        return one.name
    if one.channel == "plans":
        days = sorted({version.day for version in plans.versions_of(one.content)})
        return words("sent_plans", days=message_form.days_told(days, words))
    months = sorted({register.period for register in registers.waiting_of([one.content])})
    return words("sent_registers", months=", ".join(words.month(month) for month in months))
