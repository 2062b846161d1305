"""Meters nobody read: against a walk through the facts, in one load and night by night."""

import datetime as dt
from collections import defaultdict

import duckdb
import pytest

from pipelines.warehouse.models import load_models
from pipelines.warehouse.replay import replay
from tests.nights import seal
from tests.oracle.histories import history
from tests.oracle.load import load
from tests.sql.test_parity import nights, warehouse

Meter = tuple[int, str]


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def silence(connection: duckdb.DuckDBPyConnection) -> set[tuple[int, str, dt.date, dt.date | None]]:
    """Account, meter, month it was not read for, last month it was; each meter walked month by month as it was known."""
    told: defaultdict[Meter, list[tuple[dt.date, dt.date, dt.date | None]]] = defaultdict(list)
    for account, serial, installed, removed, known in connection.execute(
        """
        select account_number, meter_serial, installed_on, removed_on, known_period
        from intake.meter_fact order by known_at, source_file_id, source_line
        """
    ).fetchall():
        told[account, serial].append((known, installed, removed))
    read: defaultdict[Meter, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for account, serial, period, known in connection.execute(
        "select account_number, meter_serial, period, known_period from metering.reading where verdict = 'accepted'"
    ).fetchall():
        read[account, serial].append((max(period, known), period))
    months: defaultdict[int, list[dt.date]] = defaultdict(list)
    for account, period in connection.execute("select account_number, period from marts.account_month").fetchall():
        months[account].append(period)
    found = set()
    for (account, serial), statements in told.items():
        for period in months[account]:
            known_then = [statement for statement in statements if statement[0] <= period]
            if not known_then:
                continue
            _, installed, removed = known_then[-1]
            is_in_place = month_of(installed) < period and (removed is None or month_of(removed) > period)
            last = max((month for known, month in read[account, serial] if known <= period), default=None)
            if is_in_place and last != period:
                since = last if last is not None and last >= month_of(installed) else None
                found.add((account, serial, period, since))
    return found


def sums(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Every journal of the marts, sorted."""
    return {
        model.name: connection.execute(f"select * from {model.name} order by all").fetchall()
        for model in load_models()
        if model.schema == "marts" and model.kind == "journal"
    }


@pytest.mark.parametrize(("seed", "days"), [(1, 40), (2, 40)])
def test_what_nobody_read_and_every_sum_is_the_same_night_by_night_as_in_one_load(seed: int, days: int) -> None:
    facts, _ = history(seed, 2)
    with warehouse() as at_once:
        load(at_once, facts)
        replay(at_once, businesses=False)
        expected, in_one_load = silence(at_once), sums(at_once)
    with warehouse() as connection:
        for run_id, night in enumerate(nights(facts, days), start=1):
            load(connection, night, run_id)
            replay(connection, businesses=False)
            seal(connection)
        night_by_night = sums(connection)
    rows = {(row[0], row[1], row[2], row[5]) for row in in_one_load["marts.silent_meter"]}
    assert len(expected) > 20
    assert rows == expected
    assert night_by_night == in_one_load
