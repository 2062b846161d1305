"""Who lives in the invented region: accounts, meters and registers as parallel arrays, fixed by the seed.

Shares and sizes are stated assumptions of a plausible region, not facts about the real one.
"""

import csv
import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.settings import REFERENCE

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FIRST_ACCOUNT = 610_000_000_001
ONE_RATE, TWO_ZONE, THREE_ZONE = 0, 1, 2
PLANS = ("one_rate", "two_zone", "three_zone")
ZONES = (("all",), ("day", "night"), ("peak", "half_peak", "night"))
ZONE_SHARES = ((1.0,), (0.68, 0.32), (0.24, 0.45, 0.31))
"""How a household spreads its use over the zones, on average."""


@dataclass
class Households:
    """Accounts 0 … n-1; meters and registers point to them by index."""

    number: Ints
    district: Ints
    is_city: Flags
    house: Ints
    flat: Ints
    electric_stove: Flags
    electric_heating: Flags
    persons: Ints
    starts: Ints
    """Month, counted from the first simulated one, in which the account appears."""
    base_kwh: Floats
    channel: Ints
    """Preferred reading channel, an index into `months.CHANNELS`."""
    diligence: Floats
    """Chance that a month's reading is given."""
    payer: Ints
    """0 on time, 1 late, 2 hardly ever, 3 more than asked, 4 names the period."""
    meter_account: Ints
    meter_serial: Ints
    plan: Ints
    digits: Ints
    ratio: Ints
    register_meter: Ints
    register_zone: Ints
    """Place of the zone in its plan."""
    register_share: Floats
    opening: Ints
    """Opening register, thousandths of a kWh."""


def district_names() -> list[tuple[str, bool]]:
    """Every municipality and whether it is a city."""
    with (REFERENCE / "district.csv").open(encoding="utf-8", newline="") as file:
        return [(row["district"], row["kind"] == "городской округ") for row in csv.DictReader(file)]


def households(count: int, months: int, random: np.random.Generator) -> Households:
    """Invent `count` accounts for a history of `months` months."""
    districts = district_names()
    weights = np.array([_weight(name, city) for name, city in districts])
    district = np.sort(random.choice(len(districts), count, p=weights / weights.sum()))
    is_city = np.array([city for _, city in districts])[district]
    in_block = is_city & (random.random(count) < 0.8)
    flat = np.where(in_block, np.arange(count) % 60 + 1, 0)
    house = np.cumsum(np.where(in_block, flat == 1, True))
    electric_stove = random.random(count) < np.where(is_city, 0.22, 0.08)
    electric_heating = random.random(count) < np.where(is_city, 0.03, 0.09)
    persons = random.choice(7, count, p=[0.03, 0.27, 0.32, 0.2, 0.12, 0.04, 0.02])
    base = random.lognormal(4.9, 0.45, count) * (0.6 + 0.25 * persons) * np.where(electric_stove, 1.35, 1.0)
    smart = random.random(count) < 0.08
    meter_account, plan = _meters(count, smart, random)
    register_meter = np.repeat(np.arange(len(plan)), plan + 1)
    register_zone = np.concatenate([np.arange(size) for size in plan + 1]) if len(plan) else np.zeros(0, np.int64)
    shares = np.array([[*one, *(0.0,) * (3 - len(one))] for one in ZONE_SHARES])
    meters_of = np.bincount(meter_account, minlength=count)
    digits = random.choice([5, 6], len(plan), p=[0.35, 0.65])
    return Households(
        number=FIRST_ACCOUNT + np.arange(count, dtype=np.int64),
        district=district,
        is_city=is_city,
        house=house,
        flat=flat,
        electric_stove=electric_stove,
        electric_heating=electric_heating,
        persons=persons,
        starts=np.where(random.random(count) < 0.97, 0, random.integers(0, max(months, 1), count)),
        base_kwh=base,
        channel=np.where(smart, 7, random.choice(7, count, p=[0.26, 0.2, 0.16, 0.13, 0.1, 0.05, 0.1])),
        diligence=np.where(smart, 1.0, random.choice([0.98, 0.9, 0.6, 0.2], count, p=[0.6, 0.25, 0.1, 0.05])),
        payer=random.choice(5, count, p=[0.68, 0.14, 0.04, 0.08, 0.06]),
        meter_account=meter_account,
        meter_serial=_serials(len(plan), random),
        plan=plan,
        digits=digits,
        ratio=random.choice([1, 30, 40], len(plan), p=[0.998, 0.001, 0.001]),
        register_meter=register_meter,
        register_zone=register_zone,
        register_share=shares[plan[register_meter], register_zone] / meters_of[meter_account[register_meter]],
        # Some registers stand just before zero, so that they roll over in the first years.
        opening=np.where(
            random.random(len(register_meter)) < 0.01,
            10 ** digits[register_meter] - random.integers(1, 900, len(register_meter)),
            random.integers(0, 30_000, len(register_meter)),
        )
        * 1000,
    )


def _weight(name: str, city: bool) -> float:
    """Share of the region's accounts: about a quarter in its capital, cities before districts."""
    heavy = {"Ростов-на-Дону": 15.0, "Таганрог": 3.5, "Шахты": 3.0, "Новочеркасск": 2.4, "Волгодонск": 2.4}
    return heavy.get(name, 1.2 if city else 0.75)


def _meters(count: int, smart: Flags, random: np.random.Generator) -> tuple[Ints, Ints]:
    second = np.flatnonzero(random.random(count) < 0.01)
    meter_account = np.sort(np.concatenate([np.arange(count), second]))
    plan = random.choice(3, len(meter_account), p=[0.78, 0.18, 0.04])
    return meter_account, np.where(smart[meter_account] & (plan == ONE_RATE), TWO_ZONE, plan)


def _serials(count: int, random: np.random.Generator) -> Ints:
    """Unique numbers of up to eight digits: written with leading zeros."""
    return random.permutation(np.arange(count, dtype=np.int64) * 37 + 104_729) + 1


def day_of(first: dt.date, months: int) -> dt.date:
    """The first day of the month that many months after `first`."""
    count = first.year * 12 + first.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)
