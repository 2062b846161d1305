"""Prices of the invented market: hourly prices, values of the month, network tariffs. All figures are made up."""

import datetime as dt

import numpy as np
import polars as pl

from pipelines.channels.askue.grid import grid
from pipelines.simulate.energy import days_of
from pipelines.simulate.writing import Inbox

NETWORK = {"vn": (1510, 215, 1432), "sn1": (2140, 402, 1655), "sn2": (3105, 611, 1898), "nn": (4310, 1120, 2240)}
"""Voltage -> one rate, losses (rub/MWh), maintenance (thousand rub/MW·month)."""

VERSIONS = (("preliminary", 5), ("final", 12))
"""Version, and the day of the next month it is delivered on."""

_VALUES = {
    "capacity_price": 861_204.55,
    "average_price": 1_874.31,
    "infrastructure": 4.12,
    "a_rate": -0.85,
    "b_rate": 1.2,
    "alpha_pgp": 2_610,
    "alpha_pret": 12.5,
    "alpha_pcat": 941.2,
    "alpha_pnas": 803,
    "alpha_egp": 1_724_000,
    "alpha_eret": 5_100,
    "alpha_ecat": 633_000,
    "alpha_enas": 541_000,
}
_KEYED = (
    ("zone_price", "peak", 3105.2),
    ("zone_price", "half_peak", 2611.9),
    ("zone_price", "day", 2702.4),
    ("zone_price", "night", 1240.7),
    ("markup", "up_to_670", 312.5),
    ("markup", "to_10_mw", 208.1),
    ("markup", "over_10_mw", 117.3),
)
Hours = list[tuple[dt.date, int]]
_PLANNED = (8, 9, 10, 17, 18, 19)


def write_network(inbox: Inbox, first: dt.date) -> None:
    """Network tariffs from the first day on."""
    rows = [
        row
        for voltage, (one_rate, losses, upkeep) in NETWORK.items()
        for row in ((voltage, "one_rate", one_rate, ""), (voltage, "two_rate", losses, f"{upkeep}000"))
    ]
    frame = pl.DataFrame(
        [(first.isoformat(), voltage, variant, str(energy), capacity) for voltage, variant, energy, capacity in rows],
        schema=["valid_from", "voltage", "variant", "energy_price", "capacity_price"],
        orient="row",
    )
    inbox.write(first, "market", f"network_{first:%Y%m%d}.csv", frame)


def write_prices(inbox: Inbox, period: dt.date, seed: int) -> None:
    """Prices of a month, twice: preliminary, then final ones that differ a little."""
    random = np.random.default_rng((seed, 1178, period.toordinal()))
    delivered = (period + dt.timedelta(days=31)).replace(day=1)
    hours = [(day, hour) for day in days_of(period) for hour in range(grid(day, 60).size)]
    daily = np.array([1 + 0.35 * np.sin((hour - 8) / 24 * 2 * np.pi) for _, hour in hours])
    base = 1700 * daily * random.uniform(0.9, 1.1, len(hours))
    for version, day in VERSIONS:
        prices = np.round(base * (1 if version == "final" else random.uniform(0.98, 1.02, len(hours))), 2)
        _write_hours(inbox, delivered.replace(day=day), period, version, hours, prices)
        _write_month(inbox, delivered.replace(day=day), period, version, random)


def _write_hours(
    inbox: Inbox,
    delivered: dt.date,
    period: dt.date,
    version: str,
    hours: list[tuple[dt.date, int]],
    prices: np.ndarray,
) -> None:
    frame = pl.DataFrame(
        {
            "period": [f"{period:%Y-%m}"] * len(hours),
            "version": [version] * len(hours),
            "day": [day.isoformat() for day, _ in hours],
            "hour": [str(hour) for _, hour in hours],
            "day_ahead": [f"{one:.2f}" for one in prices.tolist()],
            "energy": [f"{one * 1.02:.2f}" for one in prices.tolist()],
            "imbalance_up": [f"{one * 0.15:.2f}" for one in prices.tolist()],
            "imbalance_down": [f"{one * 0.1:.2f}" for one in prices.tolist()],
        }
    )
    inbox.write(delivered, "market", f"hours_{period:%Y%m}_{version}.csv", frame)


def _write_month(inbox: Inbox, delivered: dt.date, period: dt.date, version: str, random: np.random.Generator) -> None:
    rows = [(name, "", f"{value:.2f}") for name, value in _VALUES.items()]
    rows += [(name, key, f"{value:.2f}") for name, key, value in _KEYED]
    working = [day for day in days_of(period) if day.isoweekday() <= 5]
    rows += [("peak_hour", day.isoformat(), str(random.choice(_PLANNED))) for day in working]
    rows += [("planned_hour", "", str(hour)) for hour in _PLANNED]
    frame = pl.DataFrame(
        [(f"{period:%Y-%m}", version, *row) for row in rows],
        schema=["period", "version", "name", "key", "value"],
        orient="row",
    )
    inbox.write(delivered, "market", f"month_{period:%Y%m}_{version}.csv", frame)
