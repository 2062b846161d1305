"""Real monthly use per account turned into channel files: the registers add up to exactly what the file says."""

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.simulate.households import day_of, district_names
from pipelines.simulate.readings import write_readings
from pipelines.simulate.writing import Inbox, SimulationReport

CHANNELS = ("cabinet", "mobile", "site", "office", "phone")
MONTHS = tuple(f"kwh_{month:02d}" for month in range(1, 13))


@dataclass(frozen=True)
class Household:
    """One line of the file; a month without a figure is None: nobody read the meter."""

    account_number: int
    is_house: bool
    residents: int
    kwh: tuple[int | None, ...]


def read_use(path: Path) -> list[Household]:
    """Read `account_number, building_type, rooms, residents, area_m2, kwh_01 … kwh_12`.

    Raises:
        ValueError: a column is missing or a figure is no whole number; the message names file, line and column.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        missing = {"account_number", "building_type", "residents", *MONTHS} - set(rows.fieldnames or ())
        if missing:
            raise ValueError(f"{path}: columns missing: {', '.join(sorted(missing))}")
        return [_household(path, line, row) for line, row in enumerate(rows, 2)]


def _household(path: Path, line: int, row: dict[str, str]) -> Household:
    def number(column: str) -> int | None:
        text = (row[column] or "").strip()
        if text and not text.isdigit():
            raise ValueError(f"{path}, line {line}: {column} should be a whole number, found {text!r}")
        return int(text) if text else None

    return Household(
        account_number=number("account_number") or 0,
        is_house=row["building_type"] == "Частный",
        residents=number("residents") or 1,
        kwh=tuple(number(column) for column in MONTHS),
    )


def simulate_real_use(out: Path, consumption: Path, first_period: dt.date) -> SimulationReport:
    """Write twelve months of channel files from `first_period` whose readings reproduce the monthly use of a file.

    A month without a figure has no reading: its use is not known, and the register does not move. Every account has one
    one-rate meter of eight digits and keeps its channel, so that big users of the public site meet the 1000 kWh rule.

    Raises:
        ValueError: the file is not as described in `read_use`.
    """
    inbox = Inbox(out)
    people = read_use(consumption)
    _write_customers(inbox, first_period, people)
    registers = [100 for _ in people]
    for month in range(len(MONTHS)):
        first = day_of(first_period, month)
        rows = []
        for place, (person, register) in enumerate(zip(people, registers, strict=True)):
            kwh = person.kwh[month]
            if kwh is None:
                continue
            registers[place] = register + kwh
            at = dt.datetime.combine(first.replace(day=18 + place % 7), dt.time(8 + place % 12, place % 60))
            rows.append(
                (person.account_number, _serial(place), CHANNELS[place % len(CHANNELS)], at, registers[place] * 1000)
            )
        frame = pl.DataFrame(
            rows, schema=["account_number", "meter_serial", "channel", "received_at", "value"], orient="row"
        ).with_columns(pl.lit("all").alias("zone"), pl.col("received_at").dt.date().alias("read_on"))
        write_readings(inbox, first.replace(day=25), frame)
    return inbox.report


def _serial(place: int) -> str:
    return f"{place + 1:08d}"


def _write_customers(inbox: Inbox, day: dt.date, people: list[Household]) -> None:
    names = [name for name, _ in district_names()]
    number = [person.account_number for person in people]
    accounts = pl.DataFrame(
        {
            "account_number": number,
            "valid_from": [day] * len(people),
            "valid_to": [""] * len(people),
            "house_id": [""] * len(people),
            "district": [names[place % len(names)] for place in range(len(people))],
            "holder_name": [f"Абонент {place + 1}" for place in range(len(people))],
            "address": [f"дом {place + 1}" for place in range(len(people))],
            "settlement": ["rural" if person.is_house else "urban" for person in people],
            "stove": ["gas"] * len(people),
            "heating": ["none"] * len(people),
        }
    )
    inbox.write(day, "customers", "accounts.csv", accounts)
    tenants = pl.DataFrame(
        {
            "account_number": number,
            "valid_from": [day] * len(people),
            "persons": [person.residents for person in people],
        }
    )
    inbox.write(day, "customers", "tenants.csv", tenants)
    meters = pl.DataFrame(
        {
            "account_number": number,
            "meter_serial": [_serial(place) for place in range(len(people))],
            "zone_plan": ["one_rate"] * len(people),
            "whole_digits": [8] * len(people),
            "fraction_digits": [1] * len(people),
            "transformer_ratio": [1] * len(people),
            "installed_on": [dt.date(2013, 1, 1)] * len(people),
            "removed_on": [""] * len(people),
            "verified_until": [""] * len(people),
            "opening_t1": ["100.0"] * len(people),
            "opening_t2": [""] * len(people),
            "opening_t3": [""] * len(people),
        }
    )
    inbox.write(day, "customers", "meters.csv", meters)
