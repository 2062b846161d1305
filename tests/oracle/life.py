"""Homes of a random region: how they are, whose they are, what measures them, and who is told when."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.oracle.delivery import UNSENT, Outbox
from tests.oracle.facts import AccountFact, ConditionFact, MeterFact, OpeningDebtFact, TenantFact
from tests.oracle.periods import plus_months
from tests.oracle.verdicts import ZONES

CONDITION_REASONS = (
    "meter_failed", "access_refused", "two_refusals", "interference", "no_meter_impossible", "absent", "large_family",
    "exempt",
)  # fmt: skip
DISTRICTS = ("Азов", "Батайск", "Волгодонск", "Гуково")


@dataclass
class Meter:
    """A meter and what its registers really show (whole kWh since the dial was at zero for the first time)."""

    serial: str
    zone_plan: str
    digits: int
    ratio: int
    installed_on: dt.date
    removed_on: dt.date | None
    openings: list[int]
    registers: dict[str, int] = field(default_factory=dict)

    def fact(self, number: int, *, tell_removal: bool, ratio: int | None = None) -> MeterFact:
        """The statement about this meter."""
        openings = [Decimal(f"{value}.{value % 10}") for value in self.openings]
        padded: list[Decimal | None] = [*openings, None, None]
        return MeterFact(
            number, self.serial, self.zone_plan, self.digits, 1, ratio or self.ratio, self.installed_on,
            self.removed_on if tell_removal else None, None, openings[0], padded[1], padded[2],
            *UNSENT,
        )  # fmt: skip


@dataclass
class Home:
    """An account, its meters, and the habits that make its bill; an even home uses the same on every register."""

    number: int
    appetite: int
    is_even: bool
    known_on: dt.date
    meters: list[Meter]
    house_id: str | None


def some_day(random: Random, month: dt.date) -> dt.date:
    """A day of the month, often one at which something turns over."""
    last = plus_months(month, 1) - dt.timedelta(days=1)
    if random.random() < 0.5:
        return random.choice([month, month.replace(day=24), month.replace(day=25), month.replace(day=26), last])
    return month.replace(day=random.randint(1, last.day))


def meter(random: Random, serial: str, installed_on: dt.date, removed_on: dt.date | None) -> Meter:
    """A meter of any plan, dial and ratio, often close to passing zero."""
    plan = random.choice(list(ZONES))
    digits = random.choice([3, 4, 4, 5, 6])
    ratio = 30 if random.random() < 0.12 else 1
    size = 10**digits
    near_zero = size - random.randint(1, 300)
    openings = [random.choice([0, near_zero, random.randrange(size)]) for _ in ZONES[plan]]
    made = Meter(serial, plan, digits, ratio, installed_on, removed_on, openings)
    made.registers = dict(zip(ZONES[plan], openings, strict=True))
    return made


def meters(random: Random, months: list[dt.date], number: int) -> list[Meter]:
    """One meter (now and then none for months), two side by side, or one after the other."""
    installed = some_day(random, plus_months(months[0], -random.randint(0, 40)))
    changed_on = some_day(random, random.choice(months[1:]))
    kind = random.random()
    if kind < 0.5:
        return [meter(random, f"M{number}-1", installed if random.random() < 0.8 else changed_on, None)]
    if kind < 0.75:
        return [meter(random, f"M{number}-{i}", installed, None) for i in (1, 2)]
    return [
        meter(random, f"M{number}-1", installed, changed_on),
        meter(random, f"M{number}-2", changed_on, None),
    ]


def homes(random: Random, months: list[dt.date], first_number: int) -> list[Home]:
    """3 to 8 homes; now and then two of them were given the same meter."""
    made = []
    house_id = f"H{first_number}" if random.random() < 0.6 else None
    for number in range(first_number, first_number + random.randint(3, 8)):
        known_on = some_day(random, plus_months(months[0], -1 if random.random() < 0.85 else random.randint(0, 3)))
        appetite = random.choice([20, 90, 150, 250, 420, 700, 1200, 3300, 6500])
        fitted = meters(random, months, number)
        made.append(Home(number, appetite, random.random() < 0.15, known_on, fitted, house_id))
    if random.random() < 0.15:
        made[1].meters.append(made[0].meters[0])
    return made


def tell_about(random: Random, outbox: Outbox, home: Home, months: list[dt.date]) -> None:
    """Send everything the customer department says about a home."""
    tell_account(random, outbox, home, months)
    tell_tenants(random, outbox, home, months)
    tell_meters(random, outbox, home)
    tell_conditions(random, outbox, home, months)
    for _ in range(random.choice([0, 0, 1, 2])):
        amount = random.randint(-50_000, 400_000)
        period = plus_months(months[0], -random.randint(1, 5))
        late = 0 if random.random() < 0.7 else random.randint(0, 120)
        outbox.send(
            home.known_on + dt.timedelta(days=late),
            "customers",
            OpeningDebtFact(home.number, period, amount, *UNSENT),
        )


def statements(random: Random, home: Home, months: list[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """When something holds from, and when it is said: the first at once, later ones before, after, or long after."""
    first = random.choice([plus_months(months[0], -6), some_day(random, months[0]), some_day(random, months[2])])
    told = [(first, home.known_on)]
    for _ in range(random.choice([0, 1, 1, 2, 3])):
        valid_from = some_day(random, random.choice(months))
        delay = random.choice([-20, 0, 3, 30, 75, 130, 200])
        told.append((valid_from, max(home.known_on, valid_from + dt.timedelta(days=delay))))
    if random.random() < 0.15:
        told.append((told[-1][0], told[-1][1] + dt.timedelta(days=random.choice([0, 40]))))
    return told


def tell_account(random: Random, outbox: Outbox, home: Home, months: list[dt.date]) -> None:
    """Send how the home is, and how it changes."""
    for valid_from, told_on in statements(random, home, months):
        settlement = random.choice(["urban", "urban", "rural"])
        stove = random.choice(["gas", "gas", "electric"])
        heating = random.choice(["none", "none", "electric"])
        district = random.choice(DISTRICTS)
        outbox.send(
            told_on,
            "customers",
            AccountFact(
                home.number, valid_from, None, home.house_id if random.random() < 0.85 else None, district,
                "Иванова А. Б.", "ул. Ленина, 1", settlement, stove, heating, *UNSENT,
                random.choice([None, 1, 2, 3, 4, 6]), random.choice([None, "flat", "house"]),
                random.choice([None, Decimal("31.20"), Decimal("44.55"), Decimal("60.00"), Decimal("97.10")]),
            ),
        )  # fmt: skip


def tell_tenants(random: Random, outbox: Outbox, home: Home, months: list[dt.date]) -> None:
    """Send how many persons are registered; some homes never say."""
    if random.random() < 0.1:
        return
    for valid_from, told_on in statements(random, home, months):
        persons = random.choice([0, 1, 1, 2, 3, 4, 6, 8, 10, 11, 12])
        outbox.send(
            told_on,
            "customers",
            TenantFact(home.number, valid_from, persons, *UNSENT),
        )


def tell_meters(random: Random, outbox: Outbox, home: Home) -> None:
    """Send the meters; a removal is often said later, and a ratio is now and then put right."""
    for fitted in home.meters:
        told_on = max(home.known_on, fitted.installed_on + dt.timedelta(days=random.choice([0, 0, 3, 35])))
        at_once = fitted.removed_on is not None and random.random() < 0.2
        wrong = 1 if random.random() < 0.05 else None
        outbox.send(told_on, "customers", fitted.fact(home.number, tell_removal=at_once, ratio=wrong))
        if fitted.removed_on is not None or wrong or random.random() < 0.1:
            said_on = (fitted.removed_on or told_on) + dt.timedelta(days=random.choice([0, 2, 40, 100]))
            outbox.send(max(told_on, said_on), "customers", fitted.fact(home.number, tell_removal=True))


def tell_conditions(random: Random, outbox: Outbox, home: Home, months: list[dt.date]) -> None:
    """Send what changes how some homes are charged for a while; some of it is put right, ended or withdrawn later."""
    for _ in range(random.choice([0, 0, 0, 1, 2])):
        reason = random.choice(CONDITION_REASONS)
        valid_from = some_day(random, random.choice(months))
        if reason == "absent":
            first = ConditionFact(home.number, "no_meter_impossible", months[0], None, *UNSENT)
            outbox.send(home.known_on, "customers", first)
        ends = valid_from + dt.timedelta(days=random.choice([3, 6, 20, 75, 160]))
        valid_to = ends if reason in {"interference", "absent"} or random.random() < 0.5 else None
        told_on = max(home.known_on, valid_from + dt.timedelta(days=random.choice([0, 5, 40, 130])))
        outbox.send(told_on, "customers", ConditionFact(home.number, reason, valid_from, valid_to, *UNSENT))
        if random.random() < 0.3:
            later = told_on + dt.timedelta(days=random.choice([0, 35, 90]))
            end = valid_from + dt.timedelta(days=random.choice([-1, 10, 50, 200]))
            outbox.send(later, "customers", ConditionFact(home.number, reason, valid_from, end, *UNSENT))
