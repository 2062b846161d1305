"""A smart meter sends a value every day: the month is what the dial moved, fractions carried over (decision 9)."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.replay import replay
from tests.intake.deliveries import Deliveries, deliveries

ACCOUNT = (
    "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating\n"
    "610000000001;2026-02-01;;;Азов;Иванов И. И.;г. Азов, ул. Мира, д. 1;urban;gas;none\n"
)
METER = (
    "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
    "verified_until;opening_t1;opening_t2;opening_t3\n610000000001;7;two_zone;6;3;1;2020-01-01;;;450;100;\n"
)
DAY, NIGHT = Decimal("5.417"), Decimal("2.333")
"""What the day and the night take of every day, kWh."""


@pytest.fixture
def inbox(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> Deliveries:
    """A smart meter of two zones that showed 450 and 100 when it was taken over."""
    made = deliveries(tmp_path, empty_warehouse)
    made.put("2026-02-01/customers/accounts.csv", ACCOUNT)
    made.put("2026-02-01/customers/meters.csv", METER)
    return made


def value(day: dt.date, per_day: Decimal, opening: int) -> Decimal:
    """The dial on a day of 2026, the first value being that of 1 February."""
    return opening + per_day * (day - dt.date(2026, 1, 31)).days


def send(inbox: Deliveries, day: dt.date, more_by_day: Decimal = Decimal(0), name: str = "d") -> None:
    """The message of one day."""
    t1, t2 = value(day, DAY, 450) + more_by_day, value(day, NIGHT, 100)
    inbox.put(
        f"{day}/smart_meter/{name}.csv",
        f"account_number;meter_serial;read_on;received_at;t1;t2;t3\n610000000001;7;{day};{day} 06:00;{t1};{t2};\n",
    )


def send_all(inbox: Deliveries, last: dt.date, skipped: frozenset[int] = frozenset()) -> None:
    """Every day from 1 February on, but for some days of each month."""
    day = dt.date(2026, 2, 1)
    while day <= last:
        if day.day not in skipped:
            send(inbox, day)
        day += dt.timedelta(days=1)


def months(inbox: Deliveries) -> list[tuple[int, str, int]]:
    """kWh by month and zone."""
    inbox.ingest()
    replay(inbox.connection)
    return inbox.query(
        "select month(service_period), zone::varchar, sum(kwh)::bigint from ledger.charge_line group by all order by all"
    )


def moved(first: dt.date, last: dt.date) -> list[int]:
    """Whole kWh the dials moved by day and by night between two values."""
    return [
        int(value(last, per_day, opening)) - int(value(first, per_day, opening))
        for per_day, opening in ((DAY, 450), (NIGHT, 100))
    ]


def test_daily_values_add_up_to_what_the_dial_moved_and_lose_no_fraction(inbox: Deliveries) -> None:
    send_all(inbox, dt.date(2026, 3, 25))
    february = moved(dt.date(2026, 1, 31), dt.date(2026, 2, 25))
    march = moved(dt.date(2026, 2, 25), dt.date(2026, 3, 25))
    assert months(inbox) == [
        (2, "day", february[0]), (2, "night", february[1]), (3, "day", march[0]), (3, "night", march[1]),
    ]  # fmt: skip


def test_days_without_a_value_cost_nothing_more_or_less(inbox: Deliveries) -> None:
    send_all(inbox, dt.date(2026, 3, 25), skipped=frozenset({2, 3, 10, 11, 12, 20}))
    march = moved(dt.date(2026, 2, 25), dt.date(2026, 3, 25))
    assert months(inbox)[2:] == [(3, "day", march[0]), (3, "night", march[1])]


def test_a_message_sent_again_counts_once_and_another_value_of_the_same_day_is_held(inbox: Deliveries) -> None:
    send_all(inbox, dt.date(2026, 2, 25))
    send(inbox, dt.date(2026, 2, 25), more_by_day=Decimal(30), name="other")
    february = moved(dt.date(2026, 1, 31), dt.date(2026, 2, 25))
    assert months(inbox) == [(2, "day", february[0]), (2, "night", february[1])]
    assert inbox.query("select zone::varchar, rule_id from metering.reading where verdict = 'held'") == [
        ("day", "two_values_for_one_day")
    ]
