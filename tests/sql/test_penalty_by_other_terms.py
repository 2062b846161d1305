"""Terms of penalty that change the past change what closed months posted, also of debts paid since: by a difference, posted once."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.settings import MOSCOW, ROOT, Settings
from pipelines.warehouse.connection import open_warehouse
from tests.intake.deliveries import CASH
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run

DEBTOR, LATE_PAYER, SLOW_PAYER = 610000000001, 610000000002, 610000000003
"""Who never pays; who pays January's bill three months late and every other in time; who pays April's bill on 14 June, a day before it
bears penalty, and every other in time."""

BILL = 599
"""Rubles of 100 kWh in a town, January to September 2026."""

Posted = dict[int, list[tuple[dt.date, int]]]
"""Of each account the penalty each month posted, kopecks."""


def posted(settings: Settings) -> Posted:
    with open_warehouse(settings) as connection:
        found: Posted = {DEBTOR: [], LATE_PAYER: [], SLOW_PAYER: []}
        for account, *month in connection.execute(
            "select account_number, posting_period, sum(amount_kopecks)::bigint from ledger.penalty_line group by all order by all"
        ).fetchall():
            found[account].append((month[0], month[1]))
    return found


@pytest.fixture
def july(tmp_path: Path) -> Settings:
    """An installation at the end of July 2026, with reference data of its own."""
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "reference")
    settings = replace(Settings(), home=tmp_path / "home", reference=tmp_path / "reference", memory_limit="1GB")
    accounts = (DEBTOR, LATE_PAYER, SLOW_PAYER)
    lines = [f"{account};2025-12-01;;;Азов;И;ул.;urban;gas;none\n" for account in accounts]
    deliver(settings, "2025-12-20/customers/a.csv", ACCOUNT + "".join(lines))
    lines = [f"{account};{account % 10};one_rate;5;1;1;2025-12-31;;;0;;\n" for account in accounts]
    deliver(settings, "2025-12-20/customers/m.csv", METER + "".join(lines))
    for month in range(1, 8):
        day = f"2026-{month:02}-14"
        lines = [f"{one};{one % 10};all;{day};{day} 10:00;{month * 100}\n" for one in accounts]
        deliver(settings, f"{day}/cabinet/r.csv", READING + "".join(lines))
        late, slow = {1: 0, 2: 0, 3: 1, 4: 1, 5: 2}.get(month, 1), {1: 0, 5: 0, 6: 2}.get(month, 1)
        for account, bills in ((LATE_PAYER, late), (SLOW_PAYER, slow)):
            if bills:
                receipt = f"k-{month}-{account % 10},{day} 10:00,{account},,{bills * BILL}.00,1\n"
                deliver(settings, f"{day}/cash/{account % 10}.csv", f"{CASH}\n{receipt}")
        if month in {5, 7}:
            run(settings, dt.datetime(2026, month, 28, tzinfo=MOSCOW))
    return settings


def nights_of_august(settings: Settings) -> list[Posted]:
    """What is posted after each of two nights."""
    found = []
    for day in (1, 2):
        receipt = f"k-8{day},2026-08-0{day} 10:00,{LATE_PAYER},,1.00,1\n"
        deliver(settings, f"2026-08-{day:02}/cash/other.csv", f"{CASH}\n{receipt}")
        run(settings, dt.datetime(2026, 8, day + 1, tzinfo=MOSCOW))
        found.append(posted(settings))
    return found


def test_a_moratorium_that_reaches_back_takes_back_all_that_closed_months_posted(july: Settings) -> None:
    before = posted(july)
    assert sum(kopecks for _, kopecks in before[DEBTOR]) > 0
    assert sum(kopecks for _, kopecks in before[LATE_PAYER]) > 0
    assert max(period for period, _ in before[LATE_PAYER]) < dt.date(2026, 7, 1)
    with (july.reference / "moratorium.csv").open("a", encoding="utf-8", newline="\r\n") as table:
        table.write("2026-01-01,2026-10-01,,quoted,https://example.org/decree\n")
    for night in nights_of_august(july):
        for account in (DEBTOR, LATE_PAYER):
            assert sum(kopecks for _, kopecks in night[account]) == 0
            closed = [month for month in before[account] if month[0] < dt.date(2026, 7, 1)]
            assert night[account][: len(closed)] == closed


def test_an_earlier_due_day_charges_who_paid_in_time_by_the_later_one(july: Settings) -> None:
    assert posted(july)[SLOW_PAYER] == []
    table = july.reference / "due_day.csv"
    table.write_bytes(table.read_bytes().replace(b",15,", b",10,"))
    # April's bill was due in the middle of May: in June, a closed month, it bore some days.
    for night in nights_of_august(july):
        [(_, kopecks)] = night[SLOW_PAYER]
        assert kopecks > 0
