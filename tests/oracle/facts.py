"""What the deliveries said: one frozen record per row of an `intake` fact table, same names, same units."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class AccountFact:
    """From `valid_from` the account is so."""

    account_number: int
    valid_from: dt.date
    valid_to: dt.date | None
    house_id: str | None
    district: str
    holder_name: str
    address: str
    settlement: str
    stove: str
    heating: str
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int
    rooms: int | None = None
    dwelling: str | None = None
    area_m2: Decimal | None = None


@dataclass(frozen=True)
class TenantFact:
    """From `valid_from` so many persons are registered."""

    account_number: int
    valid_from: dt.date
    persons: int
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


@dataclass(frozen=True)
class MeterFact:
    """A meter of an account; a later statement replaces the earlier."""

    account_number: int
    meter_serial: str
    zone_plan: str
    whole_digits: int
    fraction_digits: int
    transformer_ratio: int
    installed_on: dt.date
    removed_on: dt.date | None
    verified_until: dt.date | None
    opening_t1: Decimal
    opening_t2: Decimal | None
    opening_t3: Decimal | None
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


@dataclass(frozen=True)
class OpeningDebtFact:
    """A debt (below zero: an advance) the account came with."""

    account_number: int
    service_period: dt.date
    amount_kopecks: int
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


@dataclass(frozen=True)
class ReadingFact:
    """A register value somebody sent."""

    reading_id: int
    account_number: int
    meter_serial: str
    zone: str
    read_on: dt.date
    received_at: dt.datetime
    value: Decimal
    channel: str
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


@dataclass(frozen=True)
class PaymentFact:
    """A payment, or a refund below zero."""

    payment_id: int
    account_number: int | None
    account_as_written: str
    paid_on: dt.date
    amount_kopecks: int
    channel: str
    agent: str
    operation_id: str
    named_period: dt.date | None
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


@dataclass(frozen=True)
class ConditionFact:
    """Something that changes how an account is charged for a while; the same reason and first day replace it."""

    account_number: int
    reason: str
    valid_from: dt.date
    valid_to: dt.date | None
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


@dataclass(frozen=True)
class HouseFact:
    """From the month of `valid_from` the house is so."""

    house_id: str
    valid_from: dt.date
    management: str
    premises_m2: Decimal
    common_m2: Decimal
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


@dataclass(frozen=True)
class HouseVolumeFact:
    """What the meter of a house measured in a month; a later statement replaces the earlier."""

    house_id: str
    service_period: dt.date
    metered_kwh: int
    other_kwh: int
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


@dataclass(frozen=True)
class PaymentDecisionFact:
    """What somebody decided about the payment `operation_id` of `agent`: assign, move, reverse or name_period."""

    agent: str
    operation_id: str
    decision: str
    account_number: int | None
    named_period: dt.date | None
    decided_by: str
    comment: str
    known_at: dt.datetime
    known_period: dt.date
    source_file_id: int
    source_line: int


Fact = (
    AccountFact
    | TenantFact
    | MeterFact
    | OpeningDebtFact
    | ReadingFact
    | PaymentFact
    | PaymentDecisionFact
    | ConditionFact
    | HouseFact
    | HouseVolumeFact
)


@dataclass(frozen=True)
class Facts:
    """Everything delivered."""

    accounts: list[AccountFact] = field(default_factory=list)
    tenants: list[TenantFact] = field(default_factory=list)
    meters: list[MeterFact] = field(default_factory=list)
    opening_debts: list[OpeningDebtFact] = field(default_factory=list)
    readings: list[ReadingFact] = field(default_factory=list)
    payments: list[PaymentFact] = field(default_factory=list)
    payment_decisions: list[PaymentDecisionFact] = field(default_factory=list)
    conditions: list[ConditionFact] = field(default_factory=list)
    houses: list[HouseFact] = field(default_factory=list)
    house_volumes: list[HouseVolumeFact] = field(default_factory=list)

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "Facts":
        """Facts by table."""
        made = cls()
        for fact in facts:
            made.add(fact)
        return made

    def all(self) -> list[Fact]:
        """Every fact, table after table."""
        customers: list[Fact] = [*self.accounts, *self.tenants, *self.meters, *self.opening_debts, *self.conditions]
        houses: list[Fact] = [*self.houses, *self.house_volumes]
        return [*customers, *houses, *self.readings, *self.payments, *self.payment_decisions]

    def add(self, fact: Fact) -> None:
        """Put a fact into the list of its table."""
        lists: dict[type[Fact], list[Any]] = {
            AccountFact: self.accounts,
            TenantFact: self.tenants,
            MeterFact: self.meters,
            OpeningDebtFact: self.opening_debts,
            ReadingFact: self.readings,
            PaymentFact: self.payments,
            PaymentDecisionFact: self.payment_decisions,
            ConditionFact: self.conditions,
            HouseFact: self.houses,
            HouseVolumeFact: self.house_volumes,
        }
        lists[type(fact)].append(fact)


LineRow = tuple[int, dt.date, dt.date, str, str, str, str, int, Decimal, int, str]
"""account_number, posting_period, service_period, kind, meter_serial, zone, band, kwh, price in rubles, kopecks, basis."""

PenaltyLine = tuple[int, dt.date, dt.date, str, dt.date, dt.date, int, int, int, Fraction, int]
"""account_number, posting_period, period and kind of the debt, due day, first day, days, base in kopecks,
denominator of the fraction of the rate, rate in percent a year, kopecks."""

DebtKey = tuple[int, dt.date, str]
"""account_number, period, kind of a debt; its row: due day, amount, what of it is open (kopecks)."""

MonthRow = tuple[int, int, int, int, int, int, int]
"""opening, charged, corrected, penalty, paid, closing (kopecks), kwh."""


@dataclass(frozen=True)
class Books:
    """What billing makes of the facts."""

    verdicts: dict[int, tuple[str, str | None, dt.date, int | None]]
    lines: list[LineRow]
    payments: dict[int, tuple[int | None, dt.date | None, str]]
    penalties: list[PenaltyLine]
    debts: dict[DebtKey, tuple[dt.date, int, int]]
    months: dict[tuple[int, dt.date], MonthRow]
    cancelled: dict[int, dt.date]
