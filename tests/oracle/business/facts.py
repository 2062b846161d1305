"""What was told about businesses: one frozen record per statement; `known_at` is when its file came."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True)
class Contract:
    """From `valid_from` the contract is so."""

    known_at: dt.datetime
    contract_number: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    inn: str = "6164000001"
    kpp: str | None = None
    name: str = "ООО Хлеб"
    customer_kind: str = "general"
    representative: str | None = None
    position: str | None = None
    authority: str | None = None
    email: str | None = None
    phone: str | None = None
    payment_schedule: str = "thirds"


@dataclass(frozen=True)
class Point:
    """From `valid_from` the point is supplied so."""

    known_at: dt.datetime
    contract_number: str
    point_code: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    address: str = "ул. Мира"
    voltage: str = "nn"
    power_group: str = "up_to_670"
    max_power_kw: Decimal = Decimal(100)
    price_category: int = 1
    network_variant: str = "one_rate"
    zone_plan: str = "one_rate"


@dataclass(frozen=True)
class Meter:
    """A meter of a point."""

    known_at: dt.datetime
    point_code: str
    meter_serial: str
    zone_plan: str
    whole_digits: int
    transformer_ratio: int
    installed_on: dt.date
    removed_on: dt.date | None
    opening_t1: Decimal
    opening_t2: Decimal | None = None
    opening_t3: Decimal | None = None
    closing_t1: Decimal | None = None
    closing_t2: Decimal | None = None
    closing_t3: Decimal | None = None


@dataclass(frozen=True)
class Register:
    """A register at the end of a month."""

    known_at: dt.datetime
    point_code: str
    meter_serial: str
    zone: str
    service_period: dt.date
    value: Decimal


@dataclass(frozen=True)
class Act:
    """Energy no meter measured."""

    known_at: dt.datetime
    contract_number: str
    point_code: str
    act_number: str
    valid_from: dt.date
    valid_to: dt.date
    act_kwh: int | None = None
    power_kw: Decimal | None = None


@dataclass(frozen=True)
class Hours:
    """Energy of the hours of a day, in Wh."""

    known_at: dt.datetime
    point_code: str
    day: dt.date
    wh: tuple[int | None, ...]


@dataclass(frozen=True)
class Plan:
    """A plan of the hours of a day, of one point or of the contract."""

    known_at: dt.datetime
    contract_number: str
    point_code: str | None
    day: dt.date
    wh: tuple[int, ...]


@dataclass(frozen=True)
class MonthPrices:
    """Prices of a month that are not hourly, rub/MWh and rub/MW."""

    known_at: dt.datetime
    period: dt.date
    version: str
    average: Decimal
    capacity: Decimal
    power: tuple[Decimal, Decimal, Decimal, Decimal]
    """MW: the supplier's peak, retail producers, categories 2 to 6, population."""
    energy: tuple[Decimal, Decimal, Decimal, Decimal]
    """MWh of the same."""
    zones: Mapping[str, Decimal]
    markups: Mapping[str, Decimal]
    other: Decimal
    a: Decimal
    b: Decimal
    peaks: Mapping[dt.date, int]
    """Working day -> the published peak hour, from 0."""
    planned: tuple[int, ...]
    """Planned peak hours of the system operator, from 0."""


@dataclass(frozen=True)
class DayPrices:
    """Hourly prices of a day."""

    known_at: dt.datetime
    version: str
    day: dt.date
    energy: tuple[Decimal, ...]
    day_ahead: tuple[Decimal, ...]
    up: tuple[Decimal, ...]
    down: tuple[Decimal, ...]

    @cached_property
    def units(self) -> dict[str, list[int]]:
        """The same in hundred-thousandths, which whole numbers hold."""
        return {
            name: [int(price.scaleb(5)) for price in getattr(self, name)]
            for name in ("energy", "day_ahead", "up", "down")
        }


@dataclass(frozen=True)
class Network:
    """A network tariff from a day on."""

    known_at: dt.datetime
    valid_from: dt.date
    voltage: str
    variant: str
    energy: Decimal
    capacity: Decimal | None = None


@dataclass
class World:
    """Everything told, in the order it was told."""

    contracts: list[Contract] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    meters: list[Meter] = field(default_factory=list)
    registers: list[Register] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    months: list[MonthPrices] = field(default_factory=list)
    days: list[DayPrices] = field(default_factory=list)
    networks: list[Network] = field(default_factory=list)

    @cached_property
    def prices_by_day(self) -> dict[dt.date, list[DayPrices]]:
        """Hourly prices of each day, in every version."""
        found: dict[dt.date, list[DayPrices]] = {}
        for one in self.days:
            found.setdefault(one.day, []).append(one)
        return found

    @cached_property
    def hours_by_point(self) -> dict[str, list[Hours]]:
        """Hours of each point, in every version."""
        found: dict[str, list[Hours]] = {}
        for one in self.hours:
            found.setdefault(one.point_code, []).append(one)
        return found
