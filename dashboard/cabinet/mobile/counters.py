"""Meters and readings: what stands on them, what was read, and what is sent by telephone."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from dashboard.cabinet.front.forms import milli
from dashboard.cabinet.mobile.answers import NOT_FOUND, ApiError, long_day, short_day, zone_name
from dashboard.cabinet.mobile.asked import Asked
from dashboard.cabinet.submissions import Sent

BEGINNING = dt.date(2014, 1, 1)


def counters(asked: Asked) -> Any:
    """The meters in place, each with the last value of every zone: one that was sent and waits is the last."""
    number = asked.account
    until = {row["meter_serial"]: row["verified_until"] for row in _meters(asked, number).iter_rows(named=True)}
    waiting = waiting_by_meter(asked, number)
    registers = asked.own.ask("cabinet/registers", number)
    return [
        {
            "counterId": str(serial),
            "rowId": str(serial),
            "installationType": "",
            "tariff": zones.height,
            "checkingDate": long_day(until.get(serial)),
            "lastReadings": [_last(row, waiting.get(str(serial))) for row in zones.iter_rows(named=True)],
        }
        for (serial,), zones in registers.group_by("meter_serial", maintain_order=True)
    ]


def _meters(asked: Asked, number: int) -> pl.DataFrame:
    return asked.own.ask("account_meters", number)


def waiting_by_meter(asked: Asked, number: int) -> Mapping[str, Sent]:
    """What was sent last for each meter, where no night has seen it yet."""
    return {one.meter_serial: one for one in reversed(asked.own.sent(number)) if one.is_waiting}


def _last(row: Mapping[str, Any], waiting: Sent | None) -> dict[str, str]:
    zone, value, day = row["zone"], row["last_value"], row["last_read_on"]
    if waiting is not None and zone in waiting.values:
        value, day = Decimal(waiting.values[zone]).scaleb(-3), waiting.read_on
    return {"name": zone_name(zone), "value": "" if value is None else plain(value), "date": short_day(day)}


def plain(value: Decimal) -> str:
    """A register as on the display, without zeros it does not need: 18233.400 -> 18233.4."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def readings(asked: Asked) -> Any:
    """Accepted readings of one meter, newest first."""
    number = asked.account
    history = asked.own.ask(
        "cabinet/history", number, since=BEGINNING, open_period=asked.own.snapshot.open_period
    ).filter(pl.col("meter_serial") == asked.text("counter"), pl.col("verdict") == "accepted")
    if history.is_empty() and asked.text("counter") not in _meters(asked, number)["meter_serial"].to_list():
        raise ApiError(404, NOT_FOUND)
    return [{"date": short_day(day), "readings": rows} for day, rows in read_together(history)]


def read_together(history: pl.DataFrame) -> list[tuple[dt.date, list[dict[str, Any]]]]:
    """Readings of the same meter received at once, in the order of the rows."""
    return [
        (
            day,
            [
                {
                    "title": f"{zone_name(row['zone'])} ПУ {row['meter_serial']}",
                    "value": int(row["value"]),
                    "consumption": int(row["kwh"] or 0),
                }
                for row in rows.iter_rows(named=True)
            ],
        )
        for (day, _, _), rows in history.group_by("on_day", "received_at", "meter_serial", maintain_order=True)
    ]


def send(asked: Asked) -> Any:
    """Keep a reading for the night, which takes it as the channel `mobile`; what it would refuse is refused at once."""
    number, serial = asked.account, asked.text("rowId")
    zones = asked.own.ask("cabinet/registers", number).filter(pl.col("meter_serial") == serial)["zone"].to_list()
    given = asked.fields.get("readings")
    if not zones:
        raise ApiError(404, NOT_FOUND)
    values = _values(zones, given if isinstance(given, list) else [])
    if _is_sent(asked, number, serial, values):
        return []
    seen = asked.own.preview(number, serial, values)
    refused = [one for one in seen.readings if one.verdict == "rejected"]
    if refused:
        raise ApiError(400, refused[0].message_ru or "Показание не принято.")
    asked.own.send(number, serial, values, f"mobile {asked.own.today}")
    return []


def _values(zones: list[str], given: list[Any]) -> dict[str, int]:
    names = ", ".join(zone_name(zone) for zone in zones)
    if len(given) != len(zones):
        raise ApiError(400, f"Нужны показания: {names}.")
    values = {zone: milli(text) if isinstance(text, str) else None for zone, text in zip(zones, given, strict=True)}
    good = {zone: value for zone, value in values.items() if value is not None}
    if len(good) < len(zones):
        raise ApiError(400, "Показание должно быть числом с табло, не больше трёх знаков после запятой.")
    return good


def _is_sent(asked: Asked, number: int, serial: str, values: Mapping[str, int]) -> bool:
    """A client that heard no answer sends again: what it sent today already is not sent twice, nor refused for it."""
    return any(
        one.meter_serial == serial and one.read_on == asked.own.today and dict(one.values) == dict(values)
        for one in asked.own.sent(number)
    )
