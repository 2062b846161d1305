"""One household billed by the product's own SQL, with the prices, norm and ranges that a vector brings (decision 16)."""

import csv
import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipelines.settings import ROOT
from pipelines.warehouse.replay import replay
from tests.intake.deliveries import CASH, READINGS, Deliveries, deliveries

NUMBER = 610000000001
PLANS = {"one_rate": ("all",), "two_zone": ("day", "night"), "three_zone": ("peak", "half_peak", "night")}
Row = dict[str, str]


@dataclass
class Household:
    """A city household with one meter, as a vector describes it; `registers`: zone -> value before and after."""

    month: dt.date
    registers: Mapping[str, tuple[str, str]]
    plan: str = "one_rate"
    persons: int = 1
    digits: int = 5
    ratio: int = 1
    prices: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Rubles for a kWh by zone and band; the table in force where it is empty."""
    norm_kwh: int | None = None
    ranges_kwh: tuple[int, int] | None = None
    opening_debt: str = ""
    paid: tuple[str, ...] = ()


def rewrite(reference: Path, table: str, change: Callable[[Row], Row]) -> None:
    """Change rows of a table of reference data."""
    path = reference / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [change(row) for row in csv.DictReader(lines)]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def own_reference(home: Household, folder: Path) -> None:
    """The reference data in force, with what the vector brings in its place."""
    shutil.copytree(ROOT / "data" / "reference", folder)

    def price(row: Row) -> Row:
        wanted = row["zone_plan"] == home.plan and (row["zone"], row["band"]) in home.prices
        return {**row, "price_rub_per_kwh": home.prices[row["zone"], row["band"]]} if wanted else row

    def norm(row: Row) -> Row:
        wanted = row["component"] == "norm_total" and row["persons"] == str(home.persons) and home.norm_kwh is not None
        return {**row, "kwh_per_month": str(home.norm_kwh)} if wanted else row

    def ends(row: Row) -> Row:
        if home.ranges_kwh is None:
            return row
        first, second = map(str, home.ranges_kwh)
        bounds = {"band1": ("0", first), "band2": (first, second), "band3": (second, "")}
        return {**row, "from_kwh": bounds[row["band"]][0], "to_kwh": bounds[row["band"]][1]}

    rewrite(folder, "tariff_rate", price)
    rewrite(folder, "social_norm", norm)
    rewrite(folder, "consumption_range", ends)


def bill(home: Household, tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Deliveries:
    """Deliver what is known of the household, and bill its month."""
    made = deliveries(tmp_path, connection)
    own_reference(home, tmp_path / "reference")
    connection.execute("set variable reference = ?", [str(tmp_path / "reference")])
    first, sent = home.month.isoformat(), home.month.replace(day=20).isoformat()
    installed = (home.month - dt.timedelta(days=1)).isoformat()
    openings = [home.registers[zone][0] for zone in PLANS[home.plan]]
    made.put(
        f"{first}/customers/accounts.csv",
        "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating\n"
        f"{NUMBER};{first};;;Азов;Иванов И. И.;г. Азов;urban;gas;none\n",
    )
    made.put(f"{first}/customers/tenants.csv", f"account_number;valid_from;persons\n{NUMBER};{first};{home.persons}\n")
    made.put(
        f"{first}/customers/meters.csv",
        "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
        f"verified_until;opening_t1;opening_t2;opening_t3\n{NUMBER};7;{home.plan};{home.digits};1;{home.ratio};"
        f"{installed};;;{';'.join([*openings, '', ''][:3])}\n",
    )
    if home.opening_debt:
        before = f"{home.month - dt.timedelta(days=1):%Y-%m}"
        made.put(
            f"{first}/customers/debts.csv",
            f"account_number;service_period;amount\n{NUMBER};{before};{home.opening_debt}\n",
        )
    if home.paid:
        lines = [f"k-{at},{sent} 10:00,{NUMBER},,{amount},2" for at, amount in enumerate(home.paid)]
        made.put(f"{sent}/cash/receipts.csv", "\n".join([CASH, *lines, ""]))
    values = [f"{NUMBER};7;{zone};{sent};{sent} 10:00;{home.registers[zone][1]}" for zone in PLANS[home.plan]]
    made.put(f"{sent}/controller/readings.csv", "\n".join([READINGS, *values, ""]))
    made.ingest()
    replay(connection, businesses=False)
    assert made.rejected() == []
    return made


def lines(made: Deliveries) -> dict[tuple[str, str], tuple[int, int]]:
    """kWh and kopecks of what was charged, by zone and band."""
    rows: list[tuple[Any, ...]] = made.query(
        "select zone::varchar, band::varchar, kwh, amount_kopecks from ledger.charge_line where kind = 'charge'"
    )
    return {(zone, band): (kwh, kopecks) for zone, band, kwh, kopecks in rows}


def total(made: Deliveries) -> int:
    """Kopecks charged."""
    return sum(kopecks for _, kopecks in lines(made).values())


def used(made: Deliveries) -> dict[str, int]:
    """kWh by zone."""
    found: dict[str, int] = {}
    for (zone, _), (kwh, _) in lines(made).items():
        found[zone] = found.get(zone, 0) + kwh
    return found
