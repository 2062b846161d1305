"""Account: find one, and see what it owes, why, and what it rests on."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboard import figures, links, queries, tables
from dashboard.context import Context
from dashboard.tables import Column
from dashboard.text import NOTHING, plain
from dashboard.views import parts
from dashboard.views.analyst import bill, documents
from pipelines.settings import MOSCOW

FOUND_COLUMNS = (
    Column("account_number", "id", "account_number"),
    Column("holder_name", "text", "holder_name"),
    Column("district", "text", "district"),
    Column("address", "text", "address"),
)
METER_FOUND = Column("meter_serial", "text", "meter_serial")

MONTH_COLUMNS = (
    Column("period", "month", "period"),
    Column("opening_kopecks", "money", "opening"),
    Column("charged_kopecks", "money", "charged"),
    Column("corrected_kopecks", "money", "corrected"),
    Column("penalty_kopecks", "money", "penalty"),
    Column("paid_kopecks", "money", "paid"),
    Column("closing_kopecks", "money", "closing"),
    Column("kwh", "count", "kwh"),
)

CHARGE_COLUMNS = (
    Column("posting_period", "month", "posting_period"),
    Column("service_period", "month", "service_period"),
    Column("kind", "code", "kind", codes="line_kind"),
    Column("basis", "code", "basis", codes="basis"),
    Column("meter_serial", "text", "meter_serial"),
    Column("zone", "code", "zone", codes="zone"),
    Column("band", "code", "band", codes="band"),
    Column("kwh", "count", "kwh"),
    Column("price_rub_per_kwh", "price", "price"),
    Column("amount_kopecks", "money", "amount"),
    Column("mark", "text", "mark"),
    Column("tariff_source", "text", "tariff_source"),
)

PAYMENT_COLUMNS = (
    Column("paid_on", "day", "paid_on"),
    Column("posting_period", "month", "posting_period"),
    Column("amount_kopecks", "money", "amount"),
    Column("channel", "code", "channel", codes="channel"),
    Column("agent", "text", "agent"),
    Column("operation_id", "text", "operation_id"),
    Column("named_period", "month", "named_period"),
    Column("status", "code", "status", codes="payment_status"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line", width="small"),
)

READING_COLUMNS = (
    Column("received_at", "instant", "received_at"),
    Column("read_on", "day", "read_on"),
    Column("meter_serial", "text", "meter_serial"),
    Column("zone", "code", "zone", codes="zone"),
    Column("value", "decimal", "reading_value"),
    Column("previous_value", "decimal", "previous_value"),
    Column("consumption_kwh", "count", "kwh"),
    Column("verdict", "code", "verdict", codes="verdict"),
    Column("reason", "text", "rule", width=280),
    Column("channel", "code", "channel", codes="channel"),
    Column("period", "month", "service_period"),
    Column("file_name", "text", "file_name"),
    Column("source_line", "count", "source_line", width="small"),
)

METER_COLUMNS = (
    Column("meter_serial", "text", "meter_serial"),
    Column("zone_plan", "code", "zone_plan", codes="zone_plan"),
    Column("whole_digits", "count", "whole_digits"),
    Column("transformer_ratio", "count", "transformer_ratio"),
    Column("installed_on", "day", "installed_on"),
    Column("removed_on", "day", "removed_on"),
    Column("verified_until", "day", "verified_until"),
)

VERSION_COLUMNS = (
    Column("valid_from", "day", "valid_from"),
    Column("valid_to", "day", "valid_to"),
    Column("holder_name", "text", "holder_name"),
    Column("address", "text", "address"),
    Column("settlement", "code", "settlement", codes="settlement"),
    Column("stove", "code", "stove", codes="stove"),
    Column("heating", "code", "heating", codes="heating"),
    Column("category", "code", "category", codes="category"),
    Column("persons", "count", "persons"),
)

SHELVES = ("charges", "payments", "readings", "months_table", "explanation", "documents", "about")
"""The tables of an account, one shown at a time; names stand in the address and in TEXTS."""


def page(context: Context) -> None:
    """Draw the page."""
    words = context.words
    st.header(words("account"), anchor=False)
    typed = links.type_in(words("search"), "q", words("search_hint"))
    number = links.value("account")
    if typed:
        _found(context, typed)
    if number is None:
        if not typed:
            st.info(words("search_start"), icon=":material/search:")
        return
    card = (
        queries.account_card(context.snapshot, int(number))
        if number.isdecimal() and len(number) <= queries.ACCOUNT_DIGITS
        else None
    )
    if card is None or not card.height:
        st.warning(words("account_unknown", account=plain(number)), icon=":material/help:")
        return
    _account(context, int(number), card.row(0, named=True))


def _found(context: Context, typed: str) -> None:
    words = context.words
    found = queries.search(context.snapshot, typed)
    if not found.height:
        st.warning(words("search_none"), icon=":material/search_off:")
        return
    columns = (METER_FOUND, *FOUND_COLUMNS) if "meter_serial" in found.columns else FOUND_COLUMNS
    drill = tables.Drill("open_found", "account_number", _open)
    tables.show(found, columns, words, key="found", name=words("found"), drill=drill, rows=6)
    if found.height >= queries.FOUND_AT_MOST:
        st.caption(words("search_many"))


def _open(number: int) -> None:
    links.put("account", str(number))
    links.put("q", None)


def _account(context: Context, number: int, card: dict[str, Any]) -> None:
    words, snapshot = context.words, context.snapshot
    head, balance = st.columns([8, 4], gap="medium", vertical_alignment="center")
    with head:
        st.subheader(plain(f"{number} · {card['holder_name']}"), anchor=False)
        st.markdown(plain(f"{card['district']}, {card['address']}"))
    with balance:
        closing = card["closing_kopecks"]
        day = words.day(snapshot.as_of.astimezone(MOSCOW).date())
        st.metric(words("balance_on", day=day), NOTHING if closing is None else words.balance(closing), border=True)
    _facts(context, number, card)
    span = parts.choose_span(context)
    since = queries.first_of_span(snapshot.open_period, span)
    months = queries.account_months(snapshot, number, since)
    if months.height:
        parts.chart(figures.account_trend(months, context.look), title=words("account_trend"), key="account_trend")
        parts.table_behind(
            context,
            months.reverse(),
            MONTH_COLUMNS,
            key="account_trend",
            name=f"{number} {words('months_table')}",
            question="account_months",
        )
    shelf = links.pick(words("account"), "show", SHELVES, words, default=SHELVES[0])
    draw = {
        "charges": _charges,
        "payments": _payments,
        "readings": _readings,
        "months_table": _months,
        "explanation": bill.draw,
        "documents": documents.draw,
        "about": _about,
    }[shelf]
    draw(context, number, since)


def _facts(context: Context, number: int, card: dict[str, Any]) -> None:
    """What decides the price, and the meters, in a row of short notes."""
    words = context.words
    facts = {
        "category": f"{words.code('category', card['category'])}, {words.counted(card['persons'], 'persons')}",
        "equipment": f"{words.code('stove', card['stove'])}, {words.code('heating', card['heating'])}",
        "served_by": f"{card['branch'] or NOTHING}, {card['site'] or NOTHING}",
        "meters": "; ".join(
            _meter(context, meter) for meter in queries.account_meters(context.snapshot, number).iter_rows(named=True)
        ),
    }
    with st.grid(4, min_column_width=230, gap="small"):
        for title, fact in facts.items():
            with st.container(gap="xxsmall"):
                st.caption(words(title))
                st.markdown(plain(fact or NOTHING))


def _meter(context: Context, meter: dict[str, Any]) -> str:
    words = context.words
    said = [f"№ {meter['meter_serial']}", words.code("zone_plan", meter["zone_plan"])]
    if meter["removed_on"]:
        said.append(words("removed", day=words.day(meter["removed_on"])))
    elif meter["verified_until"]:
        late = meter["verified_until"] < context.snapshot.as_of.astimezone(MOSCOW).date()
        said.append(words("verified_late" if late else "verified", day=words.day(meter["verified_until"])))
    return ", ".join(said)


def _charges(context: Context, number: int, since: date) -> None:
    words = context.words
    lines = queries.account_charges(context.snapshot, number, since)
    marks = [words.price_mark(*statuses) for statuses in lines.select("price_status", "limit_status").iter_rows()]
    if any(marks):
        st.caption(words("uncertain_note"))
    _table(context, lines.with_columns(mark=pl.Series(marks, dtype=pl.String)), CHARGE_COLUMNS, number, "charges")


def _payments(context: Context, number: int, since: date) -> None:
    _table(context, queries.account_payments(context.snapshot, number, since), PAYMENT_COLUMNS, number, "payments")


def _readings(context: Context, number: int, since: date) -> None:
    readings = queries.account_readings(context.snapshot, number, since)
    said = [
        context.words.reason(rule, message) for rule, message in readings.select("rule_id", "message_ru").iter_rows()
    ]
    _table(context, readings.with_columns(reason=pl.Series(said, dtype=pl.String)), READING_COLUMNS, number, "readings")


def _months(context: Context, number: int, since: date) -> None:
    _table(
        context,
        queries.account_months(context.snapshot, number, since).reverse(),
        MONTH_COLUMNS,
        number,
        "months_table",
    )


def _about(context: Context, number: int, since: date) -> None:  # noqa: ARG001 - drawn like the other shelves
    st.markdown(f"### {context.words('meters')}")
    _table(context, queries.account_meters(context.snapshot, number), METER_COLUMNS, number, "meters")
    st.markdown(f"### {context.words('versions')}")
    _table(context, queries.account_versions(context.snapshot, number), VERSION_COLUMNS, number, "versions")


def _table(context: Context, frame: pl.DataFrame, columns: tuple[Column, ...], number: int, text: str) -> None:
    words = context.words
    if not frame.height:
        st.info(words("none_in_span"), icon=":material/inbox:")
        return
    question = f"account_{text.removesuffix('_table')}"
    tables.show(frame, columns, words, key=text, name=f"{number} {words(text)}", question=question)
