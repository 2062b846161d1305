"""The night after: a tenth of the accounts send a reading and a payment."""

import csv
import datetime as dt
import shutil
from pathlib import Path

from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from tests.bench.measure import LAST_MONTH, Bench
from tests.bench.nights import run_night

DAY = dt.date(LAST_MONTH.year, LAST_MONTH.month + 1, 20)
"""Of the month that the region leaves open."""

ONE_IN = 10


def run(bench: Bench) -> None:
    """Deliver to a copy of the installation and run its second night."""
    done = bench.installation()
    settings = bench.empty_home("home-incremental")
    for folder in ("warehouse", "published"):
        shutil.copytree(done.home / folder, settings.home / folder)
    with bench.stage("write the deliveries"):
        readings, payments = deliver(settings)
    bench.note("readings", readings)
    bench.note("payments", payments)
    run_night(bench, settings)


def deliver(settings: Settings) -> tuple[int, int]:
    """Readings 150 kWh on, and payments of what the account last owed; how many of each."""
    with open_warehouse(settings) as connection:
        rows = connection.execute(
            """
            with newest as (
                select
                    readings.account_number, readings.meter_serial, readings.zone::varchar as zone,
                    (max(readings.value) + 150)::decimal(15, 3) as value
                from metering.reading as readings
                inner join marts.meter as meters
                    on meters.account_number = readings.account_number and meters.meter_serial = readings.meter_serial
                where readings.verdict = 'accepted' and meters.removed_on is null
                group by all
            )

            select newest.*, months.closing_kopecks
            from newest
            inner join marts.account_month as months on months.account_number = newest.account_number
            where newest.account_number % ? = 0
            qualify months.period = max(months.period) over (partition by newest.account_number)
            order by all
            """,
            [ONE_IN],
        ).fetchall()
    folder = settings.inbox / DAY.isoformat()
    _write(
        folder / "cabinet" / "readings.csv",
        ["account_number", "meter_serial", "zone", "read_on", "received_at", "value"],
        [[account, serial, zone, DAY, f"{DAY} 10:00", value] for account, serial, zone, value, _ in rows],
    )
    owed = {account: kopecks for account, _, _, _, kopecks in rows if kopecks > 0}
    _write(
        folder / "cash" / "receipts.csv",
        ["receipt_number", "paid_at", "account_number", "period", "amount", "desk"],
        [
            [f"B-{number}", f"{DAY} 11:00", account, "", f"{kopecks // 100}.{kopecks % 100:02d}", 1]
            for number, (account, kopecks) in enumerate(owed.items())
        ],
    )
    return len(rows), len(owed)


def _write(path: Path, header: list[str], rows: list[list[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *rows])
