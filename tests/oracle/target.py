"""The target: what a service period should cost by the facts a closing may use."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from tests.oracle.facts import AccountFact, TenantFact
from tests.oracle.norms import bounds, category, version
from tests.oracle.reference import in_force
from tests.oracle.split import split
from tests.oracle.verdicts import Verdict

Key = tuple[str, str, str, Decimal]
"""Meter serial, zone, band, price in rubles per kWh."""

Target = dict[Key, tuple[int, int]]
"""What is due: kWh and kopecks by key."""


@cache
def price(service: dt.date, account_category: str, zone_plan: str, zone: str, band: str) -> Decimal:
    """Rubles per kWh, VAT included."""
    wanted = (account_category, zone_plan, zone, band)
    names = ("settlement_category", "zone_plan", "zone", "band")
    [row] = [row for row in in_force("tariff_rate", service) if tuple(row[name] for name in names) == wanted]
    return Decimal(row["price_rub_per_kwh"])


def kopecks(kwh: int, rubles_per_kwh: Decimal) -> int:
    """The cost of energy, half a kopeck away from zero."""
    return int((kwh * rubles_per_kwh * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def target(
    accounts: Sequence[AccountFact],
    tenants: Sequence[TenantFact],
    accepted: Sequence[Verdict],
    service: dt.date,
    closing: dt.date,
) -> Target:
    """Lines of one account for one service period as the closing knows it."""
    used: dict[tuple[str, str], int] = {}
    plans: dict[tuple[str, str], str] = {}
    for verdict in accepted:
        reading = verdict.reading
        if verdict.period != service or reading.known_period > closing:
            continue
        if verdict.meter is None or verdict.consumption_kwh is None:
            raise ValueError(f"reading {reading.reading_id} was accepted without a meter")
        register = (reading.meter_serial, reading.zone)
        used[register] = used.get(register, 0) + verdict.consumption_kwh
        plans[register] = verdict.meter.zone_plan
    account = version(accounts, service, closing)
    if not used or account is None:
        return {}
    tenant = version(tenants, service, closing)
    ends, bands = bounds(service, account, 1 if tenant is None else tenant.persons)
    lines: Target = {}
    for (serial, zone, band), kwh in split(used, ends, bands).items():
        rubles = price(service, category(account), plans[serial, zone], zone, band)
        lines[serial, zone, band, rubles] = (kwh, kopecks(kwh, rubles))
    return lines
