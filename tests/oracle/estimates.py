"""Months without a reading: the average of real months, then the normative."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.facts import AccountFact, MeterFact
from tests.oracle.norms import is_heating_season
from tests.oracle.periods import month_of, plus_months
from tests.oracle.reference import in_force
from tests.oracle.spans import Span, opening_period
from tests.oracle.verdicts import ZONES


@dataclass(frozen=True)
class Use:
    """Energy of one register in one month, and what it rests on: reading, average or normative."""

    zone_plan: str
    basis: str
    kwh: int


Used = dict[tuple[str, str], Use]
"""What every register used, by meter serial and zone."""


@dataclass(frozen=True)
class Register:
    """A register that is active in a month, with the spans a closing knows of it, in the order of judging."""

    meter: MeterFact
    zone: str
    opened: dt.date
    known: tuple[Span, ...]

    def last_read(self) -> dt.date:
        """The newest month with a reading; the opening's when there is none."""
        return max((span.last for span in self.known), default=self.opened)

    def is_silent(self, service: dt.date) -> bool:
        """Whether no reading reaches the month."""
        return self.last_read() < service

    def average(self) -> int | None:
        """kWh of an average month: the energy up to the last reading since the earliest one within a year before it."""
        last = self.last_read()
        [rule] = in_force("estimation_rule", last)
        oldest = plus_months(last, -int(rule["average_months_most"]))
        bounds = [period for period in (self.opened, *(span.last for span in self.known)) if oldest <= period < last]
        if not bounds:
            return None
        first = min(bounds)
        months = months_apart(first, last)
        is_young = months_apart(self.opened, last) < int(rule["average_months_least"])
        if months < int(rule["average_months_least_young" if is_young else "average_months_least"]):
            return None
        energy = sum(span.energy_kwh for span in self.known if first < span.last <= last)
        return max((2 * energy + months) // (2 * months), 0)

    def estimate(self, service: dt.date, periods: int | None) -> int | None:
        """The average while it may be used, so many periods or as ever; None where the normative is due."""
        [rule] = in_force("estimation_rule", service)
        if months_apart(self.last_read(), service) > (int(rule["average_periods"]) if periods is None else periods):
            return None
        return self.average()


def months_apart(first: dt.date, last: dt.date) -> int:
    """Months from one period to another."""
    return (last.year - first.year) * 12 + last.month - first.month


def meters_known(meters: Sequence[MeterFact], closing: dt.date) -> list[MeterFact]:
    """Every meter by the newest statement that the closing knows."""
    newest: dict[str, MeterFact] = {}
    for meter in sorted(meters, key=lambda meter: (meter.known_at, meter.source_file_id, meter.source_line)):
        if meter.known_period <= closing:
            newest[meter.meter_serial] = meter
    return list(newest.values())


def is_gone(meter: MeterFact, service: dt.date) -> bool:
    """Whether the meter does not stand to the end of the month."""
    return meter.removed_on is not None and meter.removed_on < plus_months(service, 1)


def is_expected(meter: MeterFact, accounts: Sequence[AccountFact], service: dt.date) -> bool:
    """Whether the meter measures some of the month, to its end."""
    return opening_period(meter, accounts) <= service and not is_gone(meter, service)


def active_registers(
    meters: Sequence[MeterFact], accounts: Sequence[AccountFact], known: Sequence[Span], service: dt.date
) -> list[Register]:
    """Registers of the meters that stand through the month."""
    return [
        Register(
            meter,
            zone,
            opening_period(meter, accounts),
            tuple(span for span in known if (span.meter_serial, span.zone) == (meter.meter_serial, zone)),
        )
        for meter in meters
        if opening_period(meter, accounts) < service and not is_gone(meter, service)
        for zone in ZONES[meter.zone_plan]
    ]


def averages(registers: Sequence[Register], service: dt.date, periods: int | None) -> Used:
    """The average of every silent register that has one for the month; it lasts so many periods, None: as ever."""
    used: Used = {}
    for register in registers:
        kwh = register.estimate(service, periods) if register.is_silent(service) else None
        if kwh is not None:
            used[register.meter.meter_serial, register.zone] = Use(register.meter.zone_plan, "average", kwh)
    return used


def is_account_month(accounts: Sequence[AccountFact], account: AccountFact, service: dt.date, closing: dt.date) -> bool:
    """Whether the account exists in that month, as the closing knows."""
    valid_from = min(fact.valid_from for fact in accounts if fact.known_period <= closing)
    first = max(month_of(valid_from), min(fact.known_period for fact in accounts))
    return first <= service and (account.valid_to is None or service <= month_of(account.valid_to))


def normative(
    account: AccountFact, persons: int, service: dt.date, closing: dt.date, reason: str, absent_days: int = 0
) -> Used:
    """A month by the normative (of a flat of two rooms, where neither is told), measured by no meter."""
    persons = max(persons, 1)
    season = "all"
    if account.heating == "electric":
        season = "heating" if is_heating_season(service) else "other"
    wanted = (
        account.dwelling or "flat",
        str(min(account.rooms or 2, 4)),
        account.stove,
        account.heating,
        season,
        str(min(persons, 5)),
    )
    names = ("dwelling", "rooms", "stove", "heating", "season", "persons")
    [row] = [row for row in in_force("normative", service, closing) if tuple(row[name] for name in names) == wanted]
    [factor] = [row for row in in_force("normative_coefficient", service) if row["reason"] == reason]
    energy = persons * Decimal(row["kwh_per_person_month"]) * Decimal(factor["coefficient"])
    whole = int(energy + Decimal("0.5"))
    if reason == "no_meter_impossible":
        days = (plus_months(service, 1) - service).days
        whole = (2 * whole * (days - absent_days) + days) // (2 * days)
    return {("", "all"): Use("one_rate", "normative", whole)}
