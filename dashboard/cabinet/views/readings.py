"""Readings: the window, a check and the charge before sending, what was sent, the history."""

import datetime as dt
import secrets
from collections.abc import Mapping
from decimal import Decimal

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet.front.forms import milli
from dashboard.cabinet.views.visit import Visit
from dashboard.text import plain
from pipelines.explain import Preview

BEGINNING = dt.date(2014, 1, 1)

SENT_COLUMNS = (
    tables.Column("receipt", "text", "receipt"),
    tables.Column("sent_at", "text", "sent_at"),
    tables.Column("values", "text", "values"),
    tables.Column("status", "text", "status"),
    tables.Column("reason", "text", "reason"),
)
HISTORY_COLUMNS = (
    tables.Column("on_day", "day", "on_day"),
    tables.Column("meter_serial", "text", "meter_serial"),
    tables.Column("zone", "code", "zone", "zone"),
    tables.Column("value", "decimal", "value"),
    tables.Column("kwh", "count", "kwh_used"),
    tables.Column("origin", "text", "origin"),
    tables.Column("verdict", "code", "status", "verdict"),
    tables.Column("message_ru", "text", "reason"),
)


def page(visit: Visit) -> None:
    """Draw the page of one account."""
    words = visit.words
    st.header(words("page_readings"), anchor=False)
    month, ends_on, days = visit.own.window()
    left = words("window_left", days=words.counted(days, "days")) if days else words("window_last")
    st.info(f"{words('window', day=words.day(ends_on), month=words.month(month))} {left}", icon=":material/event:")
    registers = visit.own.ask("cabinet/registers", visit.account)
    if registers.is_empty():
        st.markdown(words("no_meters"))
    if not visit.own.may(visit.account, "readings"):
        st.caption(words("look_only"))
        registers = registers.clear()
    for (serial,), zones in registers.group_by("meter_serial", maintain_order=True):
        _meter(visit, str(serial), zones)
    _sent(visit)
    _history(visit)


def _meter(visit: Visit, serial: str, zones: pl.DataFrame) -> None:
    """One meter: its form, then what the check said and the button that sends."""
    words, key = visit.words, f"{visit.account}_{serial}"
    with st.container(border=True):
        plan = words.code("zone_plan", zones["zone_plan"].item(0))
        st.markdown(f"##### {words('meter_title', serial=plain(serial), plan=plan)}")
        with st.form(f"form_{key}", border=False):
            typed = {row["zone"]: _value(visit, key, row) for row in zones.iter_rows(named=True)}
            asked = st.form_submit_button(words("check"), width="stretch")
        if asked:
            st.session_state[f"checked_{key}"] = _checked(visit, serial, typed)
        checked = st.session_state.get(f"checked_{key}")
        if checked:
            _offer(visit, serial, key, *checked)
        receipt = st.session_state.get(f"receipt_{key}")
        if receipt:
            st.success(words("sent", receipt=receipt))


def _value(visit: Visit, key: str, row: dict[str, object]) -> str:
    words, last, day = visit.words, row["last_value"], row["last_read_on"]
    told = words("no_last_value")
    if isinstance(day, dt.date):
        told = words("last_value", value=words.number(last), day=words.day(day))  # type: ignore[arg-type]
    zone = words.code("zone", str(row["zone"]))
    return st.text_input(
        f"{words('zone_value', zone=zone)} ({told})", key=f"value_{key}_{row['zone']}", max_chars=16, autocomplete="off"
    )


def _checked(visit: Visit, serial: str, typed: Mapping[str, str]) -> tuple[dict[str, int], Preview, str] | None:
    """Values, what the night would say of them, and the number of this form; None when a field is no number."""
    values = {zone: milli(text) for zone, text in typed.items()}
    good = {zone: value for zone, value in values.items() if value is not None}
    if len(good) < len(values):
        st.error(visit.words("bad_value"))
        return None
    st.session_state.pop(f"receipt_{visit.account}_{serial}", None)
    return good, visit.own.preview(visit.account, serial, good), secrets.token_urlsafe(24)


def _offer(visit: Visit, serial: str, key: str, values: dict[str, int], seen: Preview, form: str) -> None:
    words = visit.words
    verdicts = {one.verdict for one in seen.readings}
    worst = "rejected" if "rejected" in verdicts else "held" if "held" in verdicts else "accepted"
    show = {"accepted": st.success, "held": st.warning, "rejected": st.error}[worst]
    reasons = sorted({words.reason(one.rule_id, one.message_ru) for one in seen.readings if one.rule_id})
    show(" ".join([words(f"checked_{worst}"), *reasons]))
    if worst == "accepted":
        for one in seen.readings:
            zone = words.code("zone", one.zone).capitalize()
            st.markdown(words("used", zone=zone, kwh=words.kwh(one.consumption_kwh or 0)))
        _charge(visit, seen)
    if worst != "rejected":
        st.button(
            words("send_reading"),
            key=f"send_{key}",
            type="primary",
            width="stretch",
            on_click=_send,
            args=(visit, serial, key, values, form),
        )


def _charge(visit: Visit, seen: Preview) -> None:
    words = visit.words
    own = [line for line in seen.lines if line["service_period"] == seen.period]
    month = words.month(seen.period)
    charged = sum(line["amount_kopecks"] for line in own)
    st.markdown(f"**{words('will_cost', month=month, amount=words.rubles(charged))}**")
    others = sum(line["amount_kopecks"] for line in seen.lines) - charged
    if others:
        st.markdown(words("will_correct", amount=words.rubles(others)))
    st.caption(words("will_cost_note"))


def _send(visit: Visit, serial: str, key: str, values: dict[str, int], form: str) -> None:
    st.session_state[f"receipt_{key}"] = visit.own.send(visit.account, serial, values, form)
    st.session_state.pop(f"checked_{key}", None)


def _sent(visit: Visit) -> None:
    words = visit.words
    st.markdown(f"##### {words('your_sent')}")
    rows = [
        {
            "receipt": one.receipt,
            "sent_at": words.instant(one.received_at),
            "values": ", ".join(
                f"{words.code('zone', zone)} {words.number(Decimal(value).scaleb(-3))}"
                for zone, value in one.values.items()
            ),
            "status": words(f"status_{one.status}"),
            "reason": one.reason,
        }
        for one in visit.own.sent(visit.account)
    ]
    if not rows:
        st.caption(words("nothing_sent"))
        return
    tables.show_wrapped(pl.DataFrame(rows), SENT_COLUMNS, words, key="sent", name=words("your_sent"))


def _history(visit: Visit) -> None:
    words = visit.words
    open_period = visit.own.snapshot.open_period
    rows = visit.own.ask("cabinet/history", visit.account, since=BEGINNING, open_period=open_period)
    st.markdown(f"##### {words('your_history')}")
    told = rows.with_columns(
        pl.col("origin").map_elements(lambda origin: words(f"origin_{origin}"), return_dtype=pl.String)
    )
    tables.show(told, HISTORY_COLUMNS, words, key="history", name=words("your_history"))
