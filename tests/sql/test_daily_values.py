"""A smart meter that tells its registers every day is billed like one that is read once: fractions carry over."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.warehouse.replay import replay
from tests.intake.deliveries import READINGS, deliveries

DAILY, ONCE = 610000000001, 610000000002
DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=day) for day in range(56)]
ACCOUNTS = "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating\n"
METERS = (
    "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
    "verified_until;opening_t1;opening_t2;opening_t3\n"
)


def shown(day: dt.date) -> Decimal:
    """The register at the end of a day: 5.3 kWh more than the day before."""
    return Decimal("5.3") * ((day - DAYS[0]).days + 1)


def test_daily_values_add_up_to_the_whole_kilowatt_hours_of_a_month(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    made = deliveries(tmp_path, empty_warehouse)
    both = (DAILY, ONCE)
    accounts = "".join(f"{one};2026-01-01;;;Азов;Иванов И. И.;г. Азов;urban;gas;none\n" for one in both)
    made.put("2026-01-01/customers/accounts.csv", ACCOUNTS + accounts)
    meters = "".join(f"{one};{one % 10};one_rate;5;1;1;2025-12-31;;;0;;\n" for one in both)
    made.put("2026-01-01/customers/meters.csv", METERS + meters)
    for day in DAYS:
        line = f"{DAILY};1;{day};{day} 23:50;{shown(day)};;\n"
        made.put(f"{day}/smart_meter/day.csv", f"account_number;meter_serial;read_on;received_at;t1;t2;t3\n{line}")
        if day.day == 25:
            made.put(f"{day}/cabinet/readings.csv", f"{READINGS}\n{ONCE};2;all;{day};{day} 20:00;{shown(day)}\n")
    made.ingest()
    replay(made.connection, businesses=False)
    lines = made.query(
        "select service_period, sum(kwh)::bigint, sum(amount_kopecks)::bigint from ledger.charge_line"
        " where account_number = $1 group by all order by all",
        [DAILY],
    )
    # The register shows 132.5 on 25 January and 296.8 on 25 February; what comes after the 25th counts for the next month.
    assert [(month, kwh) for month, kwh, _ in lines] == [(dt.date(2026, 1, 1), 132), (dt.date(2026, 2, 1), 164)]
    assert lines == made.query(
        "select service_period, sum(kwh)::bigint, sum(amount_kopecks)::bigint from ledger.charge_line"
        " where account_number = $1 group by all order by all",
        [ONCE],
    )
