"""The rows of an invented snapshot: accounts that read, pay and owe as people do.

Prices come from `data/reference`, bands and norms do not: this is a stand-in for the shape of a snapshot, no second
rating engine.
"""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb

from tests.dashboard.invented import (
    CITIES,
    OPEN_PERIOD,
    Invention,
    previous_month,
)
from tests.dashboard.invented_files import invent_files
from tests.dashboard.invented_months import invent_suspense, live

SURNAMES = (
    "Иванова",
    "Петренко",
    "Кузнецова",
    "Дон",
    "Шевченко",
    "Ковалёва",
    "Мельникова",
    "Литвиненко",
    "Сидорова",
    "Гончарова",
    "Зуева",
    "Орлова",
)
NAMES = ("А. П.", "В. И.", "Е. С.", "Н. Н.", "О. В.", "С. А.", "Т. М.", "Л. Ф.")
STREETS = (
    "Садовая",
    "Ленина",
    "Зелёная",
    "Донская",
    "Мира",
    "Степная",
    "Пушкинская",
    "Лесная",
    "Шолохова",
    "Береговая",
)


def invent(
    con: duckdb.DuckDBPyConnection, *, accounts: int, districts: Sequence[str], months: int, seed: int, run_id: int
) -> Invention:
    invented = Invention(random.Random(seed), _prices(con))
    periods = [previous_month(OPEN_PERIOD, back) for back in range(months - 1, -1, -1)]
    units = {row[0]: row[1:] for row in con.execute("select district, branch, site from organisation").fetchall()}
    weights = [20 if district == CITIES[0] else 7 if district in CITIES else 3 for district in districts]
    for index in range(accounts):
        district = invented.random.choices(districts, weights)[0]
        _invent_account(invented, 610_000_000_000 + index * 37 + 1, district, *units[district], periods=periods)
    if accounts:
        invent_suspense(invented, periods[-1])
    invent_files(invented, periods, run_id)
    return invented


def _prices(con: duckdb.DuckDBPyConnection) -> dict[tuple[date, str, str, str], tuple[Any, str, str]]:
    rows = con.execute(
        "select p::date, category, zone, band, price_rub_per_kwh::decimal(9, 4), status, source "
        "from generate_series(date '2013-10-01', date '2026-12-01', interval 1 month) s(p) "
        "join tariff_rate on valid_from <= p and p < valid_to and zone_plan in ('one_rate', 'two_zone')"
    ).fetchall()
    return {(period, category, zone, band): tuple(rest) for period, category, zone, band, *rest in rows}


def _invent_account(
    invented: Invention, number: int, district: str, branch: str, site: str, *, periods: Sequence[date]
) -> None:
    pick = invented.random
    rural = "район" in district
    electric = not rural and pick.random() < 0.3
    category = "rural" if rural else "urban_electric" if electric else "urban"
    house = pick.randint(1, 120)
    address = f"ул. {pick.choice(STREETS)}, д. {house}" + ("" if rural else f", кв. {pick.randint(1, 90)}")
    holder = f"{pick.choice(SURNAMES)} {pick.choice(NAMES)}"
    kind = ("rural" if rural else "urban", "electric" if electric else "gas", "none", category, pick.randint(1, 5))
    stands = (number, f"house-{district}-{house}", district, branch, site)
    if pick.random() < 0.1:
        invented.rows["account"].append(
            (*stands, holder, address, *kind[:4], 1, periods[0], periods[len(periods) // 2])
        )
        holder = f"{pick.choice(SURNAMES)} {pick.choice(NAMES)}"
        invented.rows["account"].append(
            (*stands, holder, address, *kind, periods[len(periods) // 2], date(9999, 12, 31))
        )
    else:
        invented.rows["account"].append((*stands, holder, address, *kind, periods[0], date(9999, 12, 31)))
    two_zone = pick.random() < 0.25
    plan = "two_zone" if two_zone else "one_rate"
    serial = f"{pick.choice(('0110', '0724', '1209'))}{number % 10_000_000:07d}"
    verified = date(pick.choice((2026, 2029, 2033)), pick.randint(1, 12), 1)
    invented.rows["meter"].append((serial, number, plan, 6, 0, 1, date(2019, 5, 14), None, verified))
    live(invented, number, serial, plan, category, periods)
