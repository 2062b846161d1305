"""Readings (показания): one register a line, or up to three registers of a smart meter (умный счётчик)."""

from collections.abc import Mapping

from pipelines.channels.kinds import ACCOUNT, DATE, INSTANT, REGISTER, ZONE, text
from pipelines.channels.layout import CHANNEL, FIRST_DAY, LAST_DAY, Claim, FactRows, Field, Identity, Layout

SERIAL = text(32)
"""A meter's serial number (заводской номер): kept as text, leading zeros are part of it."""

_ACCOUNT = Field("account_number", "account_number", "Лицевой счёт", ACCOUNT)
_SERIAL = Field("meter_serial", "meter_serial", "Номер счётчика", SERIAL)
_READ_ON = Field("read_on", "read_on", "Дата снятия", DATE)
_RECEIVED_AT = Field("received_at", "received_at", "Дата приёма", INSTANT)


def fact_id(ordinal: str) -> str:
    """SQL: the id of a fact from its file, its line and its place in the line, counted from 1 (0: the payment)."""
    return f"source_file_id::bigint * 68719476736 + source_line * 16 + {ordinal}"


def reading_columns(ordinal: str, zone: str, value: str) -> Mapping[str, str]:
    """Columns of a reading whose account, meter and dates stand in the line under their own names."""
    return {
        "reading_id": fact_id(ordinal),
        "account_number": "account_number",
        "meter_serial": "meter_serial",
        "zone": zone,
        "read_on": "read_on",
        "received_at": "received_at",
        "value": value,
        "channel": CHANNEL,
    }


READINGS = Layout(
    kind="readings",
    fields=(
        _ACCOUNT,
        _SERIAL,
        Field("zone", "zone", "Зона", ZONE),
        _READ_ON,
        _RECEIVED_AT,
        Field("value", "value", "Показание", REGISTER),
    ),
    facts=(FactRows("intake.reading_fact", reading_columns("1", "zone", "value")),),
    identity=Identity(
        columns=("account_number", "meter_serial", "zone", "read_on", "received_at", "value"),
        known=f"""
            select account_number, meter_serial, zone, read_on, received_at, value, source_file_id, source_line
            from intake.reading_fact
            where channel = {CHANNEL} and read_on between {FIRST_DAY} and {LAST_DAY}
        """,
        day="read_on",
    ),
)

SMART_METER = Layout(
    kind="smart_meter",
    fields=(
        _ACCOUNT,
        _SERIAL,
        _READ_ON,
        _RECEIVED_AT,
        Field("t1", "t1", "Т1", REGISTER),
        Field("t2", "t2", "Т2", REGISTER, may_be_empty=True),
        Field("t3", "t3", "Т3", REGISTER, may_be_empty=True),
    ),
    claims=(
        Claim(
            "row_zones",
            "t2 is not null or t3 is null",
            "Есть показание Т3 ({t3}), но нет Т2. Ожидается одно показание (сутки), два (день, ночь) или три"
            " (пик, полупик, ночь). Дополните строку и пришлите её снова.",
        ),
    ),
    facts=(
        FactRows(
            "intake.reading_fact",
            reading_columns(
                "1",
                "case when t2 is null then 'all'::zone when t3 is null then 'day'::zone else 'peak'::zone end",
                "t1",
            ),
        ),
        FactRows(
            "intake.reading_fact",
            reading_columns("2", "case when t3 is null then 'night'::zone else 'half_peak'::zone end", "t2"),
            source="(select * from accepted where t2 is not null)",
        ),
        FactRows(
            "intake.reading_fact",
            reading_columns("3", "'night'::zone", "t3"),
            source="(select * from accepted where t3 is not null)",
        ),
    ),
    identity=Identity(
        columns=("account_number", "meter_serial", "read_on", "received_at", "t1", "t2", "t3"),
        nullable=frozenset({"t2", "t3"}),
        # A line is known when all its registers are: the first leads, the others stand beside it under the next ids.
        known=f"""
            select
                lead.account_number, lead.meter_serial, lead.read_on, lead.received_at,
                lead.value as t1, second.value as t2, third.value as t3, lead.source_file_id, lead.source_line
            from intake.reading_fact as lead
            left join intake.reading_fact as second
                on second.reading_id = lead.reading_id + 1
                and second.channel = {CHANNEL} and second.read_on between {FIRST_DAY} and {LAST_DAY}
            left join intake.reading_fact as third
                on third.reading_id = lead.reading_id + 2
                and third.channel = {CHANNEL} and third.read_on between {FIRST_DAY} and {LAST_DAY}
            where
                lead.reading_id % 16 = 1
                and lead.channel = {CHANNEL} and lead.read_on between {FIRST_DAY} and {LAST_DAY}
        """,
        day="read_on",
    ),
)
