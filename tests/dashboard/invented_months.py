"""The months of an invented account: readings, charges, payments, and money that nobody owns."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pipelines.settings import MOSCOW
from tests.dashboard.invented import OPEN_PERIOD, PAYMENT_CHANNELS, READING_CHANNELS, Invention, file_of, previous_month

READING_SHARES = (24, 22, 16, 9, 8, 6, 11, 4)
PAYMENT_SHARES = (55, 28, 9, 8)
REJECTIONS = (
    ("duplicate", "rejected"),
    ("site_jump", "rejected"),
    ("below_previous", "held"),
    ("date_in_future", "rejected"),
    ("missing_zone", "held"),
)


def live(invented: Invention, number: int, serial: str, plan: str, category: str, periods: Sequence[date]) -> None:
    """Month by month: readings, charges, payments; keeps the balance so that payers behave like payers."""
    pick = invented.random
    habit = pick.choices(("full", "late", "part", "never", "ahead"), (58, 18, 12, 4, 8))[0]
    usual = int(pick.lognormvariate(5.1, 0.5))
    zones = ("day", "night") if plan == "two_zone" else ("all",)
    registers = {zone: pick.randint(1_000, 60_000) for zone in zones}
    balance = pick.choice((0, 0, 0, 45_000, 210_000, -30_000))
    if balance:
        invented.rows["posting"].append((number, periods[0], "opening", previous_month(periods[0]), balance))
    for position, period in enumerate(periods):
        season = 1.25 if period.month in {12, 1, 2, 7, 8} else 1.0
        last = position == len(periods) - 1
        if pick.random() < (0.55 if last else 0.9):
            charged = _read_and_charge(
                invented,
                number,
                serial,
                plan,
                category,
                period,
                registers,
                int(usual * season * pick.uniform(0.8, 1.2)),
            )
            balance += charged
        if position and not last and pick.random() < 0.03:
            balance += _correct(invented, number, serial, plan, zones[0], category, period)
        balance -= _pay(invented, number, period, habit, balance)


def _read_and_charge(
    invented: Invention,
    number: int,
    serial: str,
    plan: str,
    category: str,
    period: date,
    registers: dict[str, int],
    total: int,
) -> int:
    pick = invented.random
    channel = "smart_meter" if number % 9 == 0 else pick.choices(READING_CHANNELS, READING_SHARES)[0]
    day = pick.randint(12, 22)
    read_on = period.replace(day=day)
    received = datetime(period.year, period.month, day, pick.randint(7, 21), pick.randint(0, 59), tzinfo=MOSCOW)
    if pick.random() < 0.06:
        _reject(invented, number, serial, period, received, registers, channel)
    charged = 0
    for zone, before in list(registers.items()):
        kwh = total if plan == "one_rate" else total * (68 if zone == "day" else 32) // 100
        registers[zone] = before + kwh
        accepted = (registers[zone], channel, "accepted", None, period, kwh, before)
        _add_reading(invented, number, serial, zone, read_on, received, accepted)
        charged += _charge(invented, number, period, period, "charge", serial, plan, zone, category, kwh)
    return charged


def _add_reading(
    invented: Invention, number: int, serial: str, zone: str, read_on: date, received: datetime, rest: tuple[Any, ...]
) -> None:
    file_id, line = invented.place(file_of(rest[4], rest[1]))
    reading_id = file_id * 2**36 + line * 16
    invented.rows["reading"].append((reading_id, number, serial, zone, read_on, received, *rest, file_id, line))


def _reject(
    invented: Invention,
    number: int,
    serial: str,
    period: date,
    received: datetime,
    registers: dict[str, int],
    channel: str,
) -> None:
    rule, verdict = invented.random.choice(REJECTIONS)
    zone, value = next(iter(registers.items()))
    sent = received - timedelta(hours=5)
    wrong = value + 4_000 if rule == "site_jump" else max(value - 700, 0)
    _add_reading(
        invented,
        number,
        serial,
        zone,
        sent.date(),
        sent,
        (wrong, "site" if rule == "site_jump" else channel, verdict, rule, period, None, value),
    )


def _charge(
    invented: Invention,
    number: int,
    posted: date,
    service: date,
    kind: str,
    serial: str,
    plan: str,
    zone: str,
    category: str,
    kwh: int,
) -> int:
    """Post lines for so many kWh (below zero: taken back) of a month; returns their sum in kopecks."""
    bands = ("band1", "band2") if service >= date(2026, 1, 1) else ("in_norm", "above_norm")
    # Some lines stand for months without a reading; which ones, their energy decides: no draw, so the rest stays.
    basis = "average" if kwh % 11 == 0 else "normative" if kwh % 13 == 0 else "reading"
    total = 0
    for band, share in zip(bands, (min(kwh, 150), max(kwh - 150, 0)), strict=True):
        if share:
            price, status, source = invented.prices[service, category, zone, band]
            amount = int((price * 100 * share).quantize(type(price)(1)))
            line = (
                number,
                posted,
                service,
                kind,
                basis,
                serial,
                plan,
                zone,
                band,
                share,
                price,
                status,
                "inferred",
            )
            invented.rows["charge_line"].append((*line, amount, source, "ranges of 2026", "2026.1"))
            moved = "charge" if kind == "charge" else "correction"
            invented.rows["posting"].append((number, posted, moved, service, amount))
            total += amount
    return total


def _correct(invented: Invention, number: int, serial: str, plan: str, zone: str, category: str, period: date) -> int:
    """A late reading lowers last month: 40 kWh are taken back now."""
    return _charge(invented, number, period, previous_month(period), "correction", serial, plan, zone, category, -40)


def _pay(invented: Invention, number: int, period: date, habit: str, balance: int) -> int:
    pick = invented.random
    if habit == "never" or (balance <= 0 and habit != "ahead"):
        return 0
    if habit in {"late", "part"} and pick.random() < 0.45:
        return 0
    share = {"full": 100, "late": 100, "part": pick.randint(20, 70), "ahead": pick.choice((0, 100, 300))}[habit]
    amount = max(balance, 50_000 if habit == "ahead" else 0) * share // 100
    if habit == "full" and period == OPEN_PERIOD and pick.random() < 0.5:
        return 0
    if amount <= 0:
        return 0
    channel = pick.choices(PAYMENT_CHANNELS, PAYMENT_SHARES)[0]
    file_id, line = invented.place(file_of(period, channel))
    operation = f"{pick.randint(10**9, 10**10)}"
    invented.rows["payment"].append(
        (file_id * 2**36 + line * 16, number, str(number), period.replace(day=pick.randint(1, 22)), period, amount, channel,
         "sber" if channel == "bank" else channel, operation, previous_month(period), "posted", None, file_id, line)
    )  # fmt: skip
    invented.rows["posting"].append((number, period, "payment", None, -amount))
    return amount


def invent_suspense(invented: Invention, period: date) -> None:
    for written, amount in (("61000000000", 150_000), ("12 кв 4", 73_205), ("999999999999", 41_000)):
        file_id, line = invented.place(file_of(period, "bank"))
        invented.rows["payment"].append(
            (file_id * 2**36 + line * 16, None, written, period.replace(day=19), None, amount, "bank", "sber", f"X{line}", None, "suspense",
             None, file_id, line)
        )  # fmt: skip
