"""Receipts and the history of a month."""

import base64
import datetime as dt
from typing import Any

import polars as pl

from dashboard.cabinet.access import limits
from dashboard.cabinet.mobile import tokens
from dashboard.cabinet.mobile.answers import NOT_FOUND, ApiError, long_day, rubles, short_day, zone_name
from dashboard.cabinet.mobile.asked import Asked
from dashboard.cabinet.mobile.counters import BEGINNING, read_together
from pipelines.russian import MONTHS

PAYMENT, READING, RECEIPT = 1, 2, 3
FILTERS = ((PAYMENT, "Платежи"), (READING, "Показания"), (RECEIPT, "Квитанции"))


def settings(asked: Asked) -> Any:
    """Where receipts are sent, and whether."""
    found = asked.own.receipt_subscription(asked.account)
    return {"email": found.email, "status": found.is_on and found.is_confirmed}


def invoices(asked: Asked) -> Any:
    """Receipts of a year, newest first."""
    number, year = asked.account, asked.number("year", 2000, 2999)
    return [_receipt(number, month, long_day(month)) for month in _billed(asked, number) if month.year == year]


def _billed(asked: Asked, number: int) -> list[dt.date]:
    """Months with a bill, newest first: the open one has none yet."""
    months = asked.own.ask("account_months", number, since=BEGINNING)["period"].to_list()
    return [month for month in reversed(months) if month < asked.own.snapshot.open_period]


def _receipt(number: int, month: dt.date, day: str) -> dict[str, Any]:
    name = f"{MONTHS[month.month - 1].capitalize()} {month.year}"
    return {"type": RECEIPT, "title": f"Квитанция за {name}", "date": day, "description": f"Лицевой счет {number}"}


def file(asked: Asked) -> Any:
    """One receipt as PDF, made now; base64."""
    number, month = asked.account, asked.day("date").replace(day=1)
    if month not in _billed(asked, number):
        raise ApiError(404, NOT_FOUND)
    tokens.count(asked.front.store, limits.MOBILE_FILES, asked.caller, str(asked.who.session_id))
    return {"file": base64.b64encode(asked.own.statement(number, month)).decode()}


def history(asked: Asked) -> Any:
    """What happened in a month, newest first: payments, readings, those that still wait, the receipt."""
    number = asked.account
    month = dt.date(asked.number("year", 2000, 2999), asked.number("month", 1, 12), 1)
    items = [*_readings(asked, number, month), *_waiting(asked, number, month), *_payments(asked, number, month)]
    if month in _billed(asked, number):
        items.append((month, _receipt(number, month, short_day(month))))
    items.sort(key=lambda item: item[0], reverse=True)
    return {
        "filters": [{"type": kind, "title": title} for kind, title in FILTERS],
        "items": [item for _, item in items],
    }


Dated = list[tuple[dt.date, dict[str, Any]]]


def _readings(asked: Asked, number: int, month: dt.date) -> Dated:
    read = asked.own.ask("cabinet/history", number, since=BEGINNING, open_period=asked.own.snapshot.open_period).filter(
        pl.col("verdict") == "accepted", pl.col("on_day").dt.truncate("1mo") == month
    )
    return [(day, _indications("Показания", day, rows)) for day, rows in read_together(read)]


def _indications(title: str, day: dt.date, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": READING, "title": title, "date": short_day(day), "indications": rows}


def _waiting(asked: Asked, number: int, month: dt.date) -> Dated:
    return [
        (
            one.read_on,
            _indications(
                "Показания приняты, ждут ночного расчёта",
                one.read_on,
                [
                    {"title": f"{zone_name(zone)} ПУ {one.meter_serial}", "value": value // 1000, "consumption": None}
                    for zone, value in one.values.items()
                ],
            ),
        )
        for one in asked.own.sent(number)
        if one.is_waiting and one.read_on.replace(day=1) == month
    ]


def _payments(asked: Asked, number: int, month: dt.date) -> Dated:
    paid = asked.own.ask("account_payments", number, since=BEGINNING).filter(
        pl.col("paid_on").dt.truncate("1mo") == month, pl.col("status") == "posted"
    )
    return [
        (
            row["paid_on"],
            {
                "type": PAYMENT,
                "title": f"Платеж от {short_day(row['paid_on'])}",
                "date": short_day(row["paid_on"]),
                "description": f"Лицевой счет {number}",
                "amount": rubles(int(row["amount_kopecks"])),
            },
        )
        for row in paid.iter_rows(named=True)
    ]
