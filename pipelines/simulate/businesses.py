"""Which businesses there are in the invented region: contracts and points as parallel arrays, fixed by the seed.

Shares and sizes are stated assumptions of a plausible region, not facts about the real one.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from pipelines.simulate.households import PLANS, Floats, Ints

KINDS = ("general", "uk", "tszh", "heat_water")
KIND_SHARES = (0.86, 0.05, 0.06, 0.03)
CATEGORY_SHARES = (0.62, 0.08, 0.14, 0.09, 0.04, 0.03)
"""Of points, by price category 1 to 6."""
VOLTAGES = ("vn", "sn1", "sn2", "nn")
LARGE_KW = 670
"""From here on hours are obligatory (ПП РФ 442 п. 97)."""


@dataclass(frozen=True)
class Businesses:
    """Contracts 0 … n-1; points 0 … m-1 say whose they are by index."""

    contract_number: list[str]
    inn: list[str]
    kind: Ints
    point_code: list[str]
    contract: Ints
    category: Ints
    plan: Ints
    """Index into PLANS: zones of category 2."""
    voltage: Ints
    max_power_kw: Ints
    ratio: Ints
    """Transformer ratio of the meter."""
    shape: Ints
    """How the load runs over a day: 0 round the clock, 1 one shift, 2 a shop."""
    load: Floats
    """Mean share of the maximum power that is used."""
    seed: int


def businesses(contracts: int, seed: int) -> Businesses:
    """Invent contracts and their points; the same numbers for the same seed, however often they are asked for."""
    random = np.random.default_rng((seed, 442))
    points_each = random.choice([1, 1, 1, 2, 3, 8], contracts)
    contract = np.repeat(np.arange(contracts), points_each)
    points = len(contract)
    category = random.choice(np.arange(1, 7), points, p=CATEGORY_SHARES)
    small = random.integers(5, 600, points)
    large = random.integers(150, 9_000, points)
    power = np.where(category >= 3, large, np.minimum(small, LARGE_KW - 1))
    ratios = np.array([1, 20, 40, 400, 2000])
    return Businesses(
        contract_number=[f"61-{number:06d}" for number in range(1, contracts + 1)],
        inn=[_inn(number) for number in range(1, contracts + 1)],
        kind=random.choice(len(KINDS), contracts, p=KIND_SHARES),
        point_code=[f"61{owner + 1:08d}{number:05d}" for number, owner in enumerate(contract.tolist(), 1)],
        contract=contract,
        category=category,
        plan=np.where(category == 2, random.integers(1, 3, points), 0),
        voltage=np.where(power > LARGE_KW, random.integers(0, 3, points), random.integers(2, 4, points)),
        max_power_kw=power,
        ratio=ratios[np.searchsorted([30, 100, 300, 2000], power)],
        shape=random.integers(0, 3, points),
        load=random.uniform(0.15, 0.6, points),
        seed=seed,
    )


def _inn(number: int) -> str:
    """A taxpayer number of Rostov Oblast with its control digit (ФНС: weights 2 4 10 3 5 9 4 6 8)."""
    digits = f"6199{number:05d}"
    control = sum(weight * int(digit) for weight, digit in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), digits, strict=True))
    return f"{digits}{control % 11 % 10}"


_SHAPES = np.array(
    [
        [0.95] * 24,
        [0.25] * 7 + [0.7] + [1.5] * 4 + [1.1] + [1.5] * 4 + [0.8] + [0.3] * 6,
        [0.4] * 8 + [0.8] + [1.3] * 12 + [0.8] + [0.4] * 2,
    ]
)
"""Hour by hour, one for each shape of a day."""


def day_wh(known: Businesses, day: dt.date, hours: int = 24) -> Ints:
    """Energy of every point in the hours of a day, in Wh; the same for the same day, whoever asks.

    A clock set back repeats the hour at two, one set forward leaves it out.
    """
    random = np.random.default_rng((known.seed, 80020, day.toordinal()))
    wall = {23: [*range(2), *range(3, 24)], 25: [*range(3), *range(2, 24)]}.get(hours, range(24))
    season = 1 + 0.15 * np.cos(2 * np.pi * (day.timetuple().tm_yday - 15) / 365)
    weekend = np.where((known.shape == 1) & (day.isoweekday() > 5), 0.35, 1.0)
    mean = known.max_power_kw * 1000 * known.load * season * weekend
    noise = random.uniform(0.8, 1.2, (len(mean), 25))[:, :hours]
    shapes = _SHAPES[known.shape][:, list(wall)]
    limit = known.max_power_kw[:, None] * 1000
    energy: Ints = np.minimum(mean[:, None] * shapes * noise, limit).astype(np.int64)
    return energy


NIGHT_HOURS = (0, 1, 2, 3, 4, 5, 6, 23)
PEAK_HOURS = (9, 10, 11, 17, 18, 19)


def zone_wh(wh: Ints, plan: int) -> list[Ints]:
    """Energy of the hours of an ordinary day by the zones of a plan, in the order of the registers."""
    night = wh[:, NIGHT_HOURS].sum(axis=1)
    whole = wh.sum(axis=1)
    if PLANS[plan] == "one_rate":
        return [whole]
    if PLANS[plan] == "two_zone":
        return [whole - night, night]
    peak = wh[:, PEAK_HOURS].sum(axis=1)
    return [peak, whole - night - peak, night]
