"""Facts of businesses into the warehouse, and the lines it posts out of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import Model, load_models
from pipelines.warehouse.replay import replay_model, set_as_of
from tests.oracle.business.books import Row
from tests.oracle.business.facts import DayPrices, MonthPrices, Network, World
from tests.oracle.periods import MOSCOW, month_of

MONEY = pl.Decimal(18, 5)
TYPES: dict[str, pl.DataType] = {
    **dict.fromkeys(("valid_to", "removed_on"), pl.Date()),
    **dict.fromkeys(("kpp", "representative", "position", "authority", "email", "phone", "point_code"), pl.String()),
    **dict.fromkeys((f"{end}_t{zone}" for end in ("opening", "closing") for zone in (1, 2, 3)), pl.Decimal(15, 3)),
    **dict.fromkeys(("max_power_kw", "power_kw"), pl.Decimal(12, 3)),
    "value": pl.Decimal(15, 3),
    "act_kwh": pl.Int64(),
    "wh": pl.List(pl.Int64()),
    "known_at": pl.Datetime("us", "UTC"),
    "submitted_at": pl.Datetime("us", "UTC"),
    **dict.fromkeys(("day_ahead", "energy", "imbalance_up", "imbalance_down", "energy_price", "capacity_price"), MONEY),
}
"""Columns whose type a frame of few rows cannot guess."""

Fact = dict[str, object]


def tables(world: World) -> dict[str, list[Fact]]:
    """Fact table -> its rows."""
    return {
        "contract_fact": [asdict(one) for one in world.contracts],
        "supply_point_fact": [asdict(one) for one in world.points],
        "point_meter_fact": [asdict(one) for one in world.meters],
        "point_register_fact": [asdict(one) for one in world.registers],
        "unmetered_fact": [asdict(one) for one in world.acts],
        "energy_day_fact": [
            {
                **asdict(one),
                "node": "measuring_point",
                "point_name": "",
                "channel_code": "01",
                "interval_minutes": 60,
                "sender_inn": "6100000001",
                "message_class": "80040",
                "message_number": int(one.known_at.timestamp()),
                "area_code": "",
                "area_name": "",
            }
            for one in world.hours
        ],
        "plan_fact": [{**asdict(one), "submitted_at": one.known_at} for one in world.plans],
        "market_month_fact": [_month(one) for one in world.months],
        "market_hour_fact": [row for one in world.days for row in _hours(one)],
        "network_tariff_fact": [_network(one) for one in world.networks],
    }


def _month(one: MonthPrices) -> Fact:
    power, energy = one.power, one.energy
    return {
        "known_at": one.known_at,
        "period": one.period,
        "version": one.version,
        "average_price": one.average,
        "capacity_price": one.capacity,
        **{f"alpha_p{name}": value for name, value in zip(("gp", "ret", "cat", "nas"), power, strict=True)},
        **{f"alpha_e{name}": value for name, value in zip(("gp", "ret", "cat", "nas"), energy, strict=True)},
        "zone_prices": _map(one.zones),
        "markups": _map(one.markups),
        "infrastructure": one.other,
        "a_rate": one.a,
        "b_rate": one.b,
        "peak_hours": "{" + ", ".join(f"{day}={hour}" for day, hour in one.peaks.items()) + "}",
        "planned_hours": list(one.planned),
    }


def _map(values: object) -> str:
    assert isinstance(values, dict)
    return "{" + ", ".join(f"{key}={value}" for key, value in values.items()) + "}"


def _hours(one: DayPrices) -> Iterable[Fact]:
    for hour, (energy, ahead, up, down) in enumerate(zip(one.energy, one.day_ahead, one.up, one.down, strict=True)):
        yield {
            "known_at": one.known_at,
            "period": month_of(one.day),
            "version": one.version,
            "day": one.day,
            "hour": hour,
            "energy": energy,
            "day_ahead": ahead,
            "imbalance_up": up,
            "imbalance_down": down,
        }


def _network(one: Network) -> Fact:
    return {
        "known_at": one.known_at,
        "valid_from": one.valid_from,
        "voltage": one.voltage,
        "variant": one.variant,
        "energy_price": one.energy,
        "capacity_price": one.capacity,
    }


def load(connection: duckdb.DuckDBPyConnection, world: World, run_id: int = 1) -> None:
    """Append the facts and the files they came in: one file for each instant."""
    [(last_file,)] = connection.execute("select coalesce(max(source_file_id), 0) from intake.source_file").fetchall()
    rows = tables(world)
    instants = sorted({_instant(row) for table in rows.values() for row in table})
    files = {instant: last_file + number for number, instant in enumerate(instants, start=1)}
    for table, facts in rows.items():
        insert(connection, f"intake.{table}", [_placed(fact, files, line) for line, fact in enumerate(facts, start=2)])
    insert(
        connection,
        "intake.source_file",
        [
            {
                "source_file_id": number,
                "channel": "contracts",
                "kind": "contracts",
                "name": f"file {number}",
                "sha256": str(number),
                "size_bytes": 1,
                "known_at": instant.astimezone(dt.UTC),
                "known_period": month_of(instant.astimezone(MOSCOW).date()),
                "run_id": run_id,
                "status": "accepted",
                **dict.fromkeys(("rows_received", "rows_accepted", "rows_rejected", "rows_duplicate"), 0),
            }
            for instant, number in files.items()
        ],
    )


def _instant(row: Fact) -> dt.datetime:
    instant = row["known_at"]
    assert isinstance(instant, dt.datetime)
    return instant


def _placed(fact: Fact, files: dict[dt.datetime, int], line: int) -> Fact:
    instant = _instant(fact)
    row = {
        **fact,
        "known_period": month_of(instant.astimezone(MOSCOW).date()),
        "source_file_id": files[instant],
        "source_line": line,
    }
    return {name: value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value for name, value in row.items()}


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Fact]) -> None:
    """Append rows, by column name."""
    if not rows:
        return
    types = {name: TYPES[name] for name in rows[0] if name in TYPES}
    connection.register("rows_to_insert", pl.DataFrame(rows, schema_overrides=types, infer_schema_length=None))
    connection.execute(f"insert into {table} by name select * from rows_to_insert")
    connection.unregister("rows_to_insert")


def business_models() -> tuple[Model, ...]:
    """The models of businesses and all they read, in order."""
    models = {model.name: model for model in load_models()}
    wanted = {name for name in models if name.startswith("business.")}
    while more := {one for name in wanted for one in models[name].inputs if one in models} - wanted:
        wanted |= more
    return tuple(model for name, model in models.items() if name in wanted and model.kind != "fact")


def replay_businesses(connection: duckdb.DuckDBPyConnection, as_of: dt.datetime) -> None:
    """Derive what is known of businesses, and nothing of households."""
    set_as_of(connection, as_of)
    for model in business_models():
        replay_model(connection, model)


def empty_warehouse(home: Path) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory, without a fact."""
    connection = duckdb.connect()
    prepare(connection, replace(Settings(), home=home, memory_limit="1GB"))
    return connection


def lines(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """What the product posted."""
    rows = connection.execute(
        """
        select
            contract_number, coalesce(point_code, ''), posting_period, service_period, component::varchar, zone::varchar,
            basis::varchar, kwh, (coalesce(kw, 0) * 1000)::bigint, amount_kopecks, vat_kopecks, line_kind::varchar
        from business.charge_line
        """
    ).fetchall()
    return sorted(rows)


def price(text: str) -> Decimal:
    """A price as it is written."""
    return Decimal(text)
