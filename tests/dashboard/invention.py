"""The rows of an invented snapshot: accounts that read, pay and owe as people do.

Prices come from `data/reference`, bands and norms do not: this is a stand-in for the shape of a snapshot, no second
rating engine.
"""

import hashlib
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb

from pipelines.settings import MOSCOW

OPEN_PERIOD = date(2026, 11, 1)
AS_OF = datetime(2026, 11, 22, 23, 59, 59, tzinfo=MOSCOW)
PUBLISHED_AT = datetime(2026, 11, 23, 4, 12, 8, tzinfo=MOSCOW)

CITIES = ("Ростов-на-Дону", "Таганрог", "Шахты", "Новочеркасск")
RURAL = ("Аксайский район", "Сальский район")

SURNAMES = (
    "Иванова",
    "Петренко",
    "Кузнецова",
    "Дон",
    "Шевченко",
    "Ковалёва",
    "Мельникова",
    "Литвиненко",
    "Сидорова",
    "Гончарова",
    "Зуева",
    "Орлова",
)
NAMES = ("А. П.", "В. И.", "Е. С.", "Н. Н.", "О. В.", "С. А.", "Т. М.", "Л. Ф.")
STREETS = (
    "Садовая",
    "Ленина",
    "Зелёная",
    "Донская",
    "Мира",
    "Степная",
    "Пушкинская",
    "Лесная",
    "Шолохова",
    "Береговая",
)

READING_CHANNELS = ("cabinet", "mobile", "site", "office", "phone", "controller", "smart_meter", "bank")
READING_SHARES = (24, 22, 16, 9, 8, 6, 11, 4)
PAYMENT_CHANNELS = ("bank", "card", "post", "cash")
PAYMENT_SHARES = (55, 28, 9, 8)
REJECTIONS = (
    ("duplicate", "rejected"),
    ("site_jump", "rejected"),
    ("below_previous", "held"),
    ("date_in_future", "rejected"),
    ("missing_zone", "held"),
)


def previous_month(period: date, back: int = 1) -> date:
    """The first day of the month `back` months before `period`."""
    index = period.year * 12 + period.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


@dataclass
class Invention:
    """Rows of a snapshot under construction: table name -> tuples in the order of its columns."""

    random: random.Random
    prices: dict[tuple[date, str, str, str], tuple[Any, str, str]]
    rows: defaultdict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[int, int] = field(default_factory=dict)

    def place(self, file_id: int) -> tuple[int, int]:
        """The next free line of a file."""
        self.lines[file_id] = self.lines.get(file_id, 1) + 1
        return file_id, self.lines[file_id]


def invent(
    con: duckdb.DuckDBPyConnection, *, accounts: int, districts: Sequence[str], months: int, seed: int, run_id: int
) -> Invention:
    invented = Invention(random.Random(seed), _prices(con))
    periods = [previous_month(OPEN_PERIOD, back) for back in range(months - 1, -1, -1)]
    units = {row[0]: row[1:] for row in con.execute("select district, branch, site from organisation").fetchall()}
    weights = [20 if district == CITIES[0] else 7 if district in CITIES else 3 for district in districts]
    for index in range(accounts):
        district = invented.random.choices(districts, weights)[0]
        _invent_account(invented, 610_000_000_000 + index * 37 + 1, district, *units[district], periods=periods)
    if accounts:
        _invent_suspense(invented, periods[-1])
    _invent_files(invented, periods, run_id)
    return invented


def _prices(con: duckdb.DuckDBPyConnection) -> dict[tuple[date, str, str, str], tuple[Any, str, str]]:
    rows = con.execute(
        "select p::date, category, zone, band, price_rub_per_kwh::decimal(9, 4), status, source "
        "from generate_series(date '2013-10-01', date '2026-12-01', interval 1 month) s(p) "
        "join tariff_rate on valid_from <= p and p < valid_to and zone_plan in ('one_rate', 'two_zone')"
    ).fetchall()
    return {(period, category, zone, band): tuple(rest) for period, category, zone, band, *rest in rows}


def _invent_account(
    invented: Invention, number: int, district: str, branch: str, site: str, *, periods: Sequence[date]
) -> None:
    pick = invented.random
    rural = "район" in district
    electric = not rural and pick.random() < 0.3
    category = "rural" if rural else "urban_electric" if electric else "urban"
    house = pick.randint(1, 120)
    address = f"ул. {pick.choice(STREETS)}, д. {house}" + ("" if rural else f", кв. {pick.randint(1, 90)}")
    holder = f"{pick.choice(SURNAMES)} {pick.choice(NAMES)}"
    kind = ("rural" if rural else "urban", "electric" if electric else "gas", "none", category, pick.randint(1, 5))
    stands = (number, f"house-{district}-{house}", district, branch, site)
    if pick.random() < 0.1:
        invented.rows["account"].append(
            (*stands, holder, address, *kind[:4], 1, periods[0], periods[len(periods) // 2])
        )
        holder = f"{pick.choice(SURNAMES)} {pick.choice(NAMES)}"
        invented.rows["account"].append(
            (*stands, holder, address, *kind, periods[len(periods) // 2], date(9999, 12, 31))
        )
    else:
        invented.rows["account"].append((*stands, holder, address, *kind, periods[0], date(9999, 12, 31)))
    two_zone = pick.random() < 0.25
    plan = "two_zone" if two_zone else "one_rate"
    serial = f"{pick.choice(('0110', '0724', '1209'))}{number % 10_000_000:07d}"
    verified = date(pick.choice((2026, 2029, 2033)), pick.randint(1, 12), 1)
    invented.rows["meter"].append((serial, number, plan, 6, 0, 1, date(2019, 5, 14), None, verified))
    _live(invented, number, serial, plan, category, periods)


def _live(invented: Invention, number: int, serial: str, plan: str, category: str, periods: Sequence[date]) -> None:
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
    file_id, line = invented.place(_file_of(rest[4], rest[1]))
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
    file_id, line = invented.place(_file_of(period, channel))
    operation = f"{pick.randint(10**9, 10**10)}"
    invented.rows["payment"].append(
        (file_id * 2**36 + line * 16, number, str(number), period.replace(day=pick.randint(1, 22)), period, amount, channel,
         "sber" if channel == "bank" else channel, operation, previous_month(period), "posted", None, file_id, line)
    )  # fmt: skip
    invented.rows["posting"].append((number, period, "payment", None, -amount))
    return amount


def _invent_suspense(invented: Invention, period: date) -> None:
    for written, amount in (("61000000000", 150_000), ("12 кв 4", 73_205), ("999999999999", 41_000)):
        file_id, line = invented.place(_file_of(period, "bank"))
        invented.rows["payment"].append(
            (file_id * 2**36 + line * 16, None, written, period.replace(day=19), None, amount, "bank", "sber", f"X{line}", None, "suspense",
             None, file_id, line)
        )  # fmt: skip


def _file_of(period: date, channel: str) -> int:
    """One file a channel a month, numbered so that ids grow with time."""
    channels = ("customers", *READING_CHANNELS[:-1], *PAYMENT_CHANNELS)
    return (period.year * 12 + period.month - 2024 * 12) * len(channels) + channels.index(channel)


def _invent_files(invented: Invention, periods: Sequence[date], run_id: int) -> None:
    channels = ("customers", *READING_CHANNELS[:-1], *PAYMENT_CHANNELS)
    runs = invented.rows["run"]
    for back, period in enumerate(reversed(periods)):
        received = 0
        for channel in channels:
            file_id = _file_of(period, channel)
            rows = invented.lines.get(file_id, 1) - 1
            received += rows
            invented.rows["source_file"].append(_file_row(file_id, channel, period, run_id - back, rows))
        at = AS_OF if back == 0 else datetime.combine(period.replace(day=26), datetime.min.time(), MOSCOW)
        runs.append((run_id - back, at + timedelta(hours=4), at + timedelta(hours=4, minutes=6), at, period, "2026.1", len(channels) + 2 * (back == 0),
                     received + 44 * (back == 0), received, 44 * (back == 0), 0))  # fmt: skip
        for place, stage in enumerate(("intake", "accounts", "marts.district_month")):
            begun = at + timedelta(hours=4, minutes=place)
            invented.rows["run_stage"].append(
                (run_id - back, stage, begun, begun + timedelta(seconds=10 * place + back + 1))
            )
        for name, is_blocking, offenders in (
            ("every_balance_adds_up", True, 0),
            ("few_readings_are_held", False, 3 * (back == 0)),
        ):
            invented.rows["run_check"].append(
                (run_id - back, name, f"{name}.", "marts.account_month", is_blocking, offenders)
            )
    _invent_trouble(invented, periods[-1], run_id)


def _file_row(file_id: int, channel: str, period: date, run_id: int, rows: int) -> tuple[Any, ...]:
    name = f"{period:%Y-%m}-22/{channel}/{channel}_{period:%Y%m}22.csv"
    known_at = datetime.combine(period.replace(day=22), datetime.max.time().replace(microsecond=0), MOSCOW).astimezone(
        UTC
    )
    kind = {"customers": "accounts", "bank": "bank_registry"}.get(
        channel, "payments" if channel in PAYMENT_CHANNELS else "readings"
    )
    sha = hashlib.sha256(name.encode()).hexdigest()
    return (
        file_id,
        channel,
        kind,
        name,
        sha,
        rows * 61,
        known_at,
        period,
        run_id,
        "accepted",
        rows,
        rows,
        0,
        0,
        None,
        None,
        None,
    )


def _invent_trouble(invented: Invention, period: date, run_id: int) -> None:
    """Files of the shown run that a person has to look at: one refused whole, one with bad rows."""
    first = _file_of(period, "cash") + 1
    known_at = AS_OF.astimezone(UTC)
    files, rejected = invented.rows["source_file"], invented.rows["rejected_row"]
    refused = f"{period:%Y-%m}-22/bank/sber_118_20261122.txt"
    files.append(
        (
            first,
            "bank",
            "bank_registry",
            refused,
            "a" * 64,
            9_120,
            known_at,
            period,
            run_id,
            "refused",
            41,
            0,
            41,
            0,
            40,
            3_482_000,
            3_382_000,
        )
    )
    message = "Итог реестра не сходится: в подвале 40 строк на 34 820,00 ₽, прочитано 41 на 33 820,00 ₽. Запросите реестр заново."
    rejected.append((first, 42, "control_totals", message, "=40;34820,00;34500,00;320,00;118;22-11-2026"))
    name = f"{period:%Y-%m}-22/office/office_20261122_2.csv"
    files.append(
        (
            first + 1,
            "office",
            "readings",
            name,
            "b" * 64,
            640,
            known_at,
            period,
            run_id,
            "accepted",
            12,
            9,
            3,
            0,
            None,
            None,
            None,
        )
    )
    for line, text in ((3, "610000000001;01100000001;сутки;31.11.2026;22.11.2026 10:15;48211"), (7, "610000000038;0724;сутки;21.11.2026;;*12*"),
                       (9, "61000000007;07240000075;день;21.11.2026;22.11.2026 12:40;9 110")):  # fmt: skip
        rejected.append(
            (
                first + 1,
                line,
                "row_value",
                "Строка не прочитана: дата или число записаны не так, как в описании формата.",
                text,
            )
        )
