"""Registers of a contract's meters: typed in, or a workbook filled in; looked at before they are sent."""

import datetime as dt
from functools import partial

import polars as pl
import streamlit as st

from dashboard.cabinet.energy import registers
from dashboard.cabinet.energy.own import CheckedRegisters, Energy, Lines, Way
from dashboard.cabinet.texts import CabinetWords
from dashboard.cabinet.views.contract import offering
from dashboard.cabinet.views.visit import ContractVisit
from dashboard.text import plain


def draw(visit: ContractVisit, energy: Energy) -> None:
    """The registers of one month."""
    words = visit.words
    period = st.selectbox(words("energy_month"), energy.periods(), format_func=words.month, key="energy_period")
    next_month = (period + dt.timedelta(days=31)).replace(day=1)
    st.caption(words("energy_read_at", day=words.day(next_month)))
    known = energy.registers(period)
    if known.is_empty():
        st.info(words("energy_no_meters"))
        return
    _typed(visit, energy, period, known)
    with st.expander(words("energy_by_file"), icon=":material/table:"):
        _by_file(visit, energy, period)


def _typed(visit: ContractVisit, energy: Energy, period: dt.date, known: pl.DataFrame) -> None:
    words = visit.words
    addresses = dict(known.select("point_code", "address").iter_rows())
    point = st.selectbox(
        words("energy_point"),
        list(addresses),
        format_func=lambda code: " · ".join(filter(None, [code, addresses[code]])),
        key=f"energy_point_{visit.contract}",
    )
    key = f"{visit.contract}_{point}_{period:%Y%m}"
    rows = known.filter(pl.col("point_code") == point)
    with st.form(f"registers_{key}", border=True):
        values = [_value(row, words, key) for row in rows.iter_rows(named=True)]
        is_asked = st.form_submit_button(words("energy_check"), width="stretch")
    if is_asked:
        offering.forget(key)
        lines = [
            [point, row["meter_serial"], row["zone"], f"{period:%Y-%m}", "".join(value.split())]
            for row, value in zip(rows.iter_rows(named=True), values, strict=True)
            if value.strip()
        ]
        _look(energy, key, [list(registers.TITLES), *lines], "form", "")
    _offer(energy, words, key)


def _value(row: dict[str, object], words: CabinetWords, key: str) -> str:
    zone = words.code("zone", str(row["zone"]))
    told = [words("energy_last", value=words.number(row["last_value"]), day=words.day(row["last_read_on"]))]  # type: ignore[arg-type]
    if row["known_value"] is not None:
        told.append(words("energy_known", value=words.number(row["known_value"])))  # type: ignore[arg-type]
    return st.text_input(
        f"{words('energy_register', serial=plain(str(row['meter_serial'])), zone=zone)} ({'; '.join(told)})",
        key=f"register_{key}_{row['meter_serial']}_{row['zone']}",
        max_chars=20,
        autocomplete="off",
    )


def _by_file(visit: ContractVisit, energy: Energy, period: dt.date) -> None:
    words, key = visit.words, f"{visit.contract}_xlsx"
    st.caption(words("energy_file_rule"))
    st.download_button(
        words("energy_template"),
        partial(energy.registers_template, period),
        f"pokazaniya-{visit.contract}-{period:%Y-%m}.xlsx",
        key=f"template_{key}",
        icon=":material/download:",
        on_click="ignore",
    )
    filled = offering.workbook(words, key, registers.from_sheet)
    if filled is not None:
        _look(energy, key, *filled)
    _offer(energy, words, key)


def _look(energy: Energy, key: str, lines: Lines, way: Way, name: str) -> None:
    st.session_state[f"checked_{key}"] = (energy.check_registers(lines), lines, way, name)


def _offer(energy: Energy, words: CabinetWords, key: str) -> None:
    looked = st.session_state.get(f"checked_{key}")
    if looked:
        checked: CheckedRegisters
        checked, lines, way, name = looked
        if checked.problems:
            offering.problems(checked.problems, words, key, is_form=way == "form")
        else:
            st.success(words("energy_will_do", kwh=words.kwh(sum(one.kwh for one in checked.reached))))
            for one in checked.reached:
                if one.is_much:
                    serial = plain(one.register.meter_serial)
                    st.warning(f"{serial}: {words.kwh(one.kwh)}, {words('energy_is_much')}")
            offering.send_button(energy, lambda now, form: now.send_registers(lines, way, name, form), words, key)
    offering.outcome(words, key)
