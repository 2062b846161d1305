"""Bill a year of hours by price categories 3 to 6: `python -m tests.bench.business [--points N]`; figures, not a test.

The hours are made up in the database, one row a point and day; every point has a contract of its own, every other one of
categories 5 and 6 a plan. Prints seconds and rows of each model, and the peak memory.
"""

import argparse
import datetime as dt
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import row_count
from pipelines.warehouse.replay import replay_model, set_as_of
from tests.oracle.business.calendar import days_of, hours_between, last_day
from tests.oracle.business.facts import World
from tests.oracle.business.load import business_models, load
from tests.oracle.business.worlds import market
from tests.oracle.periods import months_between

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 1)
TOLD = dt.datetime(2025, 1, 5, 9, tzinfo=MOSCOW)
AS_OF = dt.datetime(2026, 1, 14, 9, tzinfo=MOSCOW)


def fill(connection: duckdb.DuckDBPyConnection, points: int) -> None:
    """Prices of a year by the simulation of the tests, contracts and hours by the database."""
    world = World()
    market(world, months_between(FIRST, LAST), TOLD)
    load(connection, world)
    connection.execute("set variable points = ?", [points])
    [(told, _)] = connection.execute(
        "select min(source_file_id), max(source_file_id) from intake.source_file"
    ).fetchall()
    connection.execute("set variable told = ?", [told])
    known = "known_at, known_period, source_file_id"
    told_columns = "(select known_at from intake.source_file where source_file_id = getvariable('told')) as known_at,"
    told_columns += " date '2025-01-01' as known_period, getvariable('told')::integer as source_file_id"
    connection.execute(
        f"""
        insert into intake.supply_point_fact by name
        select
            'c' || number as contract_number, lpad(number::varchar, 15, '0') as point_code, date '2025-01-01' as valid_from,
            'ул. Мира' as address, ['vn', 'sn1', 'sn2', 'nn'][number % 4 + 1]::voltage as voltage,
            'to_10_mw'::power_group as power_group, 900 as max_power_kw, 3 + number % 4 as price_category,
            case when number % 2 = 0 then 'one_rate' else 'two_rate' end::network_variant as network_variant,
            'one_rate'::zone_plan as zone_plan, {told_columns}, number as source_line
        from range(getvariable('points')::bigint) as points (number)
        """
    )
    for day in days_of(FIRST, last_day(LAST)):
        connection.execute("set variable day = ?", [day])
        connection.execute("set variable hours = ?", [hours_between(day, day)])
        hours = "list_transform(range(getvariable('hours')), lambda hour: (hash(number, getvariable('day'), hour{0}) % 900000)::bigint{1})"
        connection.execute(
            f"""
            insert into intake.energy_day_fact by name
            select
                'measuring_point' as node, lpad(number::varchar, 15, '0') as point_code, '' as point_name,
                '01' as channel_code, getvariable('day')::date as day, '6100000001' as sender_inn,
                '80020' as message_class, 1 as message_number, '' as area_code, '' as area_name,
                60 as interval_minutes, {hours.format("", "")} as wh,
                {told_columns}, (getvariable('day')::date - date '2025-01-01') * 1000000 + number as source_line
            from range(getvariable('points')::bigint) as points (number)
            """
        )
        connection.execute(
            f"""
            insert into intake.plan_fact by name
            select
                'c' || number as contract_number, lpad(number::varchar, 15, '0') as point_code,
                getvariable('day')::date as day, {hours.format(" + 24", " // 1000 * 1000")} as wh, known_at as submitted_at,
                {known}, source_line
            from (
                select *, {told_columns}, number as source_line from range(getvariable('points')::bigint) as points (number)
            )
            where number % 8 in (2, 3)
            """
        )


@contextmanager
def timed(name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    print(f"{name:<36}{time.monotonic() - started:8.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=10_000)
    points = parser.parse_args().points
    with tempfile.TemporaryDirectory(prefix="bench-business-") as home:
        settings = replace(Settings(), home=Path(home), memory_limit="6GB")
        with open_warehouse(settings) as connection:
            with timed("made up"):
                fill(connection, points)
            made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            set_as_of(connection, AS_OF)
            started = time.monotonic()
            for model in business_models():
                with timed(model.name):
                    replay_model(connection, model)
            [(values,)] = connection.execute("select sum(len(wh)) from intake.energy_day_fact").fetchall()
            lines = row_count(connection, next(one for one in business_models() if one.name == "business.charge_line"))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            print(f"{values:,} values, {lines:,} lines in {time.monotonic() - started:.1f} s; {peak:.1f} GB at most")
            print(f"(making the hours up took {made:.1f} GB)")


if __name__ == "__main__":
    main()
