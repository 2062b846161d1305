"""Closing after closing: what the target of every month has more or less than was posted before."""

import datetime as dt

from tests.oracle.business.calendar import closing_of
from tests.oracle.business.charges import Lines, charges
from tests.oracle.business.facts import World
from tests.oracle.periods import month_of, months_between

Row = tuple[str, str, dt.date, dt.date, str, str, str, int, int, int, int, str]
"""Contract, point, posted in, service period, component, zone, basis, kWh, W, kopecks, VAT, kind."""


def post(world: World, open_period: dt.date, last_month: dt.date) -> list[Row]:
    """Every line of every contract through the open closing."""
    found: list[Row] = []
    for contract in sorted({one.contract_number for one in world.points}):
        points = [one for one in world.points if one.contract_number == contract]
        first = month_of(min(one.valid_from for one in points))
        posted: dict[dt.date, Lines] = {}
        for closing in months_between(min(closing_of(one.known_at) for one in points), open_period):
            for period in months_between(first, min(closing, last_month)):
                due = charges(world, contract, period, closing)
                found += differences(contract, closing, period, posted.get(period, {}), due)
                posted[period] = due
    return sorted(found)


def differences(contract: str, closing: dt.date, period: dt.date, before: Lines, due: Lines) -> list[Row]:
    """What is posted at a closing for one month."""
    nothing = (0, 0, 0, 0)
    rows: list[Row] = []
    for key in sorted(due.keys() | before.keys(), key=str):
        new, old = due.get(key, nothing), before.get(key, nothing)
        kwh, watts = new[0] - old[0], (new[1] or 0) - (old[1] or 0)
        kopecks, vat = new[2] - old[2], new[3] - old[3]
        if kwh or watts or kopecks or vat:
            kind = "charge" if not before else "correction" if key in due else "storno"
            rows.append((contract, key[0] or "", closing, period, *key[1:], kwh, watts, kopecks, vat, kind))
    return rows
