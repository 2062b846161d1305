"""The target: what a service period should cost by the facts a closing may use."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from tests.oracle.conditions import conditions
from tests.oracle.estimates import (
    Use,
    Used,
    active_registers,
    averages,
    is_account_month,
    is_expected,
    meters_known,
    normative,
)
from tests.oracle.facts import Facts
from tests.oracle.norms import bounds, category, version
from tests.oracle.reference import NEWEST, in_force
from tests.oracle.spans import Span
from tests.oracle.split import split

Key = tuple[str, str, str, Decimal, str]
"""Meter serial, zone, band, price in rubles per kWh, basis."""

Target = dict[Key, tuple[int, int]]
"""What is due: kWh and kopecks by key."""


@cache
def prices(service: dt.date, closing: dt.date) -> dict[tuple[str, ...], Decimal]:
    """Rubles per kWh, VAT included, by category, zone plan, zone and band."""
    names = ("settlement_category", "zone_plan", "zone", "band")
    rows = in_force("tariff_rate", service, closing)
    found = {tuple(row[name] for name in names): Decimal(row["price_rub_per_kwh"]) for row in rows}
    assert len(found) == len(rows), f"two prices of one kind in {service}"
    return found


def price(
    service: dt.date, account_category: str, zone_plan: str, zone: str, band: str, closing: dt.date = NEWEST
) -> Decimal:
    """Rubles per kWh, VAT included."""
    return prices(service, closing)[account_category, zone_plan, zone, band]


def kopecks(kwh: int, rubles_per_kwh: Decimal) -> int:
    """The cost of energy, half a kopeck away from zero."""
    return int((kwh * rubles_per_kwh * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read(known: Sequence[Span], service: dt.date) -> Used:
    """What readings say of a month; a register is priced by its meter as the last of them was judged."""
    used: Used = {}
    for span in known:
        if span.first <= service <= span.last:
            register = (span.meter_serial, span.zone)
            before = used[register].kwh if register in used else 0
            used[register] = Use(span.zone_plan, "reading", before + span.shares()[service])
    return used


def use_of_month(facts: Facts, spans: Sequence[Span], service: dt.date, closing: dt.date) -> Used:
    """What was read of a month, and what is assumed where nothing was."""
    known = [span for span in spans if span.closing <= closing]
    real = read(known, service)
    account = version(facts.accounts, service, closing)
    if account is None or not is_account_month(facts.accounts, account, service, closing):
        return real
    tenant = version(facts.tenants, service, closing)
    persons = 1 if tenant is None else tenant.persons
    held = conditions(facts.conditions, service, closing)
    if "interference" in held.reasons:
        return normative(account, persons, service, closing, "interference")
    meters = meters_known(facts.meters, closing)
    if not real and not any(is_expected(meter, facts.accounts, service) for meter in meters):
        if "no_meter_impossible" in held.reasons:
            return normative(account, persons, service, closing, "no_meter_impossible", held.absent_days)
        return normative(account, persons, service, closing, "no_meter_but_possible")
    registers = active_registers(meters, facts.accounts, known, service)
    assumed = averages(registers, service, held.average_periods)
    if registers and not assumed and all(register.is_silent(service) for register in registers):
        assumed = normative(account, persons, service, closing, held.normative_reason)
    return real | assumed


def target(
    facts: Facts, spans: Sequence[Span], service: dt.date, closing: dt.date, share: tuple[int, str] = (0, "")
) -> Target:
    """Lines of one account for one service period as the closing knows it; `share`: kWh it pays for its house, and why."""
    used = use_of_month(facts, spans, service, closing)
    account = version(facts.accounts, service, closing)
    if account is None:
        return {}
    tenant = version(facts.tenants, service, closing)
    ends, bands = bounds(service, account, 1 if tenant is None else tenant.persons, closing)
    if conditions(facts.conditions, service, closing).reasons & {"large_family", "exempt"}:
        ends, bands = [], bands[:1]
    energy = {register: use.kwh for register, use in used.items() if use.kwh}
    lines: Target = {}
    for (serial, zone, band), kwh in split(energy, ends, bands).items():
        use = used[serial, zone]
        rubles = price(service, category(account), use.zone_plan, zone, band, closing)
        lines[serial, zone, band, rubles, use.basis] = (kwh, kopecks(kwh, rubles))
    for band, kwh in share_by_band(share[0], sum(max(kwh, 0) for kwh in energy.values()), ends, bands).items():
        rubles = price(service, category(account), "one_rate", "all", band, closing)
        lines["", "all", band, rubles, share[1]] = (kwh, kopecks(kwh, rubles))
    return lines


def share_by_band(kwh: int, own_kwh: int, ends: Sequence[int], bands: Sequence[str]) -> dict[str, int]:
    """House needs take what own use leaves of the norm; consumption ranges do not count them."""
    first = min(kwh, max(ends[0] - own_kwh, 0)) if bands[0] == "in_norm" and ends else kwh
    shared = {bands[0]: first}
    if kwh > first:
        shared[bands[1]] = kwh - first
    return {band: part for band, part in shared.items() if part}
