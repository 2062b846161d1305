"""A file that comes after its month was closed is known in the open month: posted is posted."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import open_warehouse
from tests.nights import night

ACCOUNT = "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating\n"
METER = (
    "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
    "verified_until;opening_t1;opening_t2;opening_t3\n"
)
READING = "account_number;meter_serial;zone;read_on;received_at;value\n"


def deliver(settings: Settings, name: str, text: str) -> None:
    path = settings.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(settings: Settings, as_of: dt.datetime | None = None) -> list[tuple[object, ...]]:
    with open_warehouse(settings) as connection:
        night(connection, settings, as_of)
        return connection.execute(
            "select service_period, posting_period, kind::varchar, basis::varchar, kwh from ledger.charge_line order by all"
        ).fetchall()


def test_a_file_of_a_closed_month_posts_its_difference_into_the_open_one(tmp_path: Path) -> None:
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    deliver(settings, "2025-03-01/customers/a.csv", ACCOUNT + "610000000001;2025-01-01;;;Азов;И;ул.;urban;gas;none\n")
    deliver(settings, "2025-03-01/customers/m.csv", METER + "610000000001;7;one_rate;5;1;1;2020-01-01;;;100;;\n")
    deliver(settings, "2025-03-20/cabinet/r.csv", READING + "610000000001;7;all;2025-03-20;2025-03-20 10:00;150\n")
    march, april, may = dt.date(2025, 3, 1), dt.date(2025, 4, 1), dt.date(2025, 5, 1)
    closed = run(settings, dt.datetime(2025, 5, 2, tzinfo=MOSCOW))
    assert closed == [
        (march, march, "charge", "reading", 50),
        # One person in a flat: 155 kWh by the normative, a norm of 86 in April (96 × 0.9) and of 96 in May.
        (april, april, "charge", "normative", 69),
        (april, april, "charge", "normative", 86),
        (may, may, "charge", "normative", 59),
        (may, may, "charge", "normative", 96),
    ]
    # Newer than every file so far, and yet of a month that is closed.
    deliver(settings, "2025-04-20/phone/r.csv", READING + "610000000001;7;all;2025-04-20;2025-04-20 10:00;180\n")
    assert run(settings) == [
        *closed[:3],
        (april, may, "correction", "reading", 30),
        (april, may, "storno", "normative", -86),
        (april, may, "storno", "normative", -69),
        *closed[3:],
    ]
