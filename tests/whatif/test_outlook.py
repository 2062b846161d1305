"""What is said of an open month is what the night charges for it when it comes so."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import replay
from pipelines.whatif import Forecast, forecast, own_prices
from tests.oracle.histories import history
from tests.oracle.load import load
from tests.pipeline.test_late_file import READING, deliver, run
from tests.snapshots import current_snapshot
from tests.whatif.test_household import NUMBER, USED, installed


def test_a_month_like_the_last_three_costs_what_the_night_then_charges(tmp_path: Path) -> None:
    settings = installed(tmp_path, "two_zone", 33)
    told = forecast(current_snapshot(settings.home), settings, NUMBER)
    by_zone = [
        (sum(round_half_up(kwh, percent) for kwh in list(USED.values())[1:]) * 2 + 3) // 6 for percent in (67, 33)
    ]
    assert told == Forecast(
        dt.date(2026, 3, 1), "last_months", dt.date(2025, 12, 1), dt.date(2026, 2, 1), sum(by_zone), told.kopecks, 0  # type: ignore[union-attr]
    )  # fmt: skip
    with duckdb.connect(str(current_snapshot(settings.home)), read_only=True) as connection:
        last = dict(
            connection.execute(
                "select zone::varchar, max(value)::bigint from metering.reading group by zone"
            ).fetchall()
        )
    lines = [
        f"{NUMBER};7;{zone};2026-03-20;2026-03-20 10:00;{last[zone] + kwh}\n"
        for zone, kwh in zip(("day", "night"), by_zone, strict=True)
    ]
    deliver(settings, "2026-03-20/cabinet/r.csv", READING + "".join(lines))
    run(settings, dt.datetime(2026, 4, 5, tzinfo=MOSCOW))
    with duckdb.connect(str(current_snapshot(settings.home)), read_only=True) as connection:
        charged = connection.execute(
            "select sum(amount_kopecks)::bigint from charge_line where posting_period = date '2026-03-01'"
        ).fetchall()
        bounds = connection.execute(
            """
            select band::varchar, sum(kwh)::bigint from charge_line where service_period = date '2026-02-01'
            group by band order by band
            """
        ).fetchall()
    assert charged == [(told.kopecks,)]
    prices = own_prices(current_snapshot(settings.home), settings, NUMBER)
    assert [(one.band, one.zone) for one in prices] == [
        (band, zone) for band in ("band1", "band2", "band3") for zone in ("day", "night")
    ]
    assert {(one.category, one.settlement, one.stove, one.heating, one.persons) for one in prices} == {
        ("urban", "urban", "gas", "none", 1)
    }
    first = next(one for one in prices if one.band == "band1")
    assert (first.from_kwh, first.to_kwh) == (0, bounds[0][1]), "the range that the month of 1013 kWh filled"
    assert prices[-1].to_kwh is None


def round_half_up(kwh: int, percent: int) -> int:
    night = (kwh * 33 + 50) // 100
    return night if percent == 33 else kwh - night


def test_without_a_year_of_history_the_last_months_are_taken_and_without_any_nothing(night: Settings) -> None:
    snapshot = current_snapshot(night.home)
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        accounts = connection.execute("select distinct account_number from meter order by 1 limit 5").fetchall()
    told = [forecast(snapshot, night, account) for (account,) in accounts]
    assert any(told)
    assert {one.like for one in told if one} == {"last_months"}, "six months of history"
    assert forecast(snapshot, night, 619999999999) is None
    assert own_prices(snapshot, night, 619999999999) == ()


def test_own_prices_are_those_the_open_month_is_charged_at(night: Settings) -> None:
    snapshot = current_snapshot(night.home)
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        lines = connection.execute(
            """
            select account_number, zone_plan::varchar, zone::varchar, band::varchar, price_rub_per_kwh, price_status::varchar
            from charge_line
            where service_period = (select max(open_period) from run) and meter_serial <> '' and basis = 'average'
            order by account_number limit 6
            """
        ).fetchall()
    assert lines
    for account, plan, zone, band, price, status in lines:
        found = {
            (one.zone_plan, one.zone, one.band): (one.price_rub_per_kwh, one.price_status)
            for one in own_prices(snapshot, night, account)
        }
        assert found[plan, zone, band] == (Decimal(price), status)


def test_the_same_month_a_year_ago_comes_first(tmp_path: Path) -> None:
    settings = installed(tmp_path, "one_rate", 0)
    read = sum(USED.values()) + 900
    deliver(settings, "2026-10-20/cabinet/r.csv", READING + f"{NUMBER};7;all;2026-10-20;2026-10-20 10:00;{read}\n")
    run(settings, dt.datetime(2026, 11, 5, tzinfo=MOSCOW))
    told = forecast(current_snapshot(settings.home), settings, NUMBER)
    assert told is not None
    assert (told.like, told.from_period, told.to_period) == ("last_year", dt.date(2025, 11, 1), dt.date(2025, 11, 1))
    assert told.kwh == USED["2025-11"]
    [price] = {one.price_rub_per_kwh for one in own_prices(current_snapshot(settings.home), settings, NUMBER)
               if one.band == "band1"}  # fmt: skip
    assert Decimal(told.kopecks) == (price * told.kwh * 100).quantize(Decimal(1))


def test_the_needs_of_the_house_are_taken_as_in_the_last_month(tmp_path: Path) -> None:
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    facts, _ = history(20, 6)
    with open_warehouse(settings) as connection:
        load(connection, facts)
        replay(connection)
        rows = connection.execute(
            """
            select account_number, sum(kwh)::bigint from ledger.charge_line
            where service_period = (select open_period - interval 1 month from replay.bounds) and basis::varchar like 'house%'
            group by account_number having sum(kwh) > 0 order by account_number
            """
        ).fetchall()
    told = {account: forecast(settings.warehouse, settings, account) for account, _ in rows}
    known = {account: one.house_kwh for account, one in told.items() if one}
    assert known
    assert known == {account: kwh for account, kwh in rows if account in known}
