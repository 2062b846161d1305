"""Energy of the registers of an account cut into bands, each register bearing its proportional share."""

from collections.abc import Mapping, Sequence

ZONE_ORDER = ("peak", "half_peak", "day", "night", "all")

Register = tuple[str, str]
"""Meter serial, zone."""


def shares(used: Mapping[Register, int], bound: int) -> dict[Register, int]:
    """Which part of the first `bound` kWh of the account falls on each register: the sum is exactly the bound.

    A bound the account does not reach leaves every register whole.
    """
    total = sum(used.values())
    if bound >= total:
        return dict(used)
    parts = {register: bound * kwh // total for register, kwh in used.items()}
    missing = bound - sum(parts.values())
    by_fraction = sorted(
        used,
        key=lambda register: (-(bound * used[register] % total), register[0], ZONE_ORDER.index(register[1])),
    )
    for register in by_fraction[:missing]:
        parts[register] += 1
    return parts


def split(used: Mapping[Register, int], ends: Sequence[int], bands: Sequence[str]) -> dict[tuple[str, str, str], int]:
    """kWh by (meter serial, zone, band), zeros left out; what is taken back is so in the first band, beside the limits."""
    cut = {(*register, bands[0]): kwh for register, kwh in used.items() if kwh < 0}
    used = {register: kwh for register, kwh in used.items() if kwh > 0}
    below = dict.fromkeys(used, 0)
    for position, band in enumerate(bands):
        upto = shares(used, ends[position]) if position < len(ends) else dict(used)
        for register in used:
            kwh = upto[register] - below[register]
            if kwh:
                cut[*register, band] = kwh
        below = upto
    return cut
