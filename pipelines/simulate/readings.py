"""A month's readings: what the meters show, who sends it, through which channel, when, and with what mistakes."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.simulate.households import ZONES, Floats, Households, Ints
from pipelines.simulate.writing import Inbox

CHANNELS = ("cabinet", "mobile", "site", "office", "phone", "controller", "bank", "smart_meter")
ZONE_NAMES = np.array(["all", "day", "night", "peak", "half_peak"])
ZONE_OF_PLAN = np.array([[0, 0, 0], [1, 2, 0], [3, 4, 2]])
SEASON = (1.18, 1.12, 1.03, 0.95, 0.88, 0.86, 0.97, 0.98, 0.88, 0.95, 1.03, 1.15)
HEATING_SEASON = (3.4, 3.2, 2.4, 1.3, 0.8, 0.7, 0.8, 0.8, 0.8, 1.5, 2.3, 3.1)
LATE_SHARE = 0.1
"""Readings that come after the 25th and count for the next month."""


@dataclass
class Registers:
    """What the registers show now, and what was last sent, thousandths of a kWh."""

    value: Ints
    sent: Ints


def used_kwh(people: Households, month: int, random: np.random.Generator) -> Floats:
    """Use of each account in a calendar month."""
    season = np.where(people.electric_heating, HEATING_SEASON[month - 1], SEASON[month - 1])
    return people.base_kwh * season * random.lognormal(0, 0.22, len(people.number))


def advance(people: Households, registers: Registers, used: Floats, running: Ints) -> None:
    """Turn the registers by the month's use; `running` marks meters in place with 1."""
    meter = people.register_meter
    share = used[people.meter_account[meter]] * people.register_share / people.ratio[meter]
    dial = 10 ** people.digits[meter] * 1000
    registers.value[:] = (registers.value + (share * 1000).astype(np.int64) * running[meter]) % dial


def sent_readings(
    people: Households, registers: Registers, first: dt.date, senders: Ints, random: np.random.Generator
) -> pl.DataFrame:
    """One row a register of the meters of the accounts `senders`, with channel, days and the value as read.

    Columns: register, account, account_number, meter_serial, zone, channel, read_on, received_at, value (thousandths).
    """
    days = (dt.date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    day = np.where(
        random.random(len(senders)) < LATE_SHARE,
        random.integers(26, days + 1, len(senders)),
        np.minimum(25, random.triangular(10, 24, 26, len(senders)).astype(np.int64)),
    )
    channel = _channels(people, senders, first.year, random)
    second = random.integers(8 * 3600, 22 * 3600, len(senders))
    place = np.full(len(people.number), -1)
    place[senders] = np.arange(len(senders))
    register = np.flatnonzero(place[people.meter_account[people.register_meter]] >= 0)
    meter = people.register_meter[register]
    account = people.meter_account[meter]
    at = place[account]
    midnight = np.datetime64(first, "us")
    received = midnight + (((day[at] - 1) * 86_400 + second[at]) * 1_000_000).astype("timedelta64[us]")
    read = np.datetime64(first, "D") + (day[at] - 1 - (account % 3 == 0) * (day[at] > 1)).astype("timedelta64[D]")
    value = registers.value[register]
    # Meters with one decimal are read by people to whole kWh more often than not.
    value = np.where((account % 4 != 0) & (channel[at] != CHANNELS.index("smart_meter")), value // 1000 * 1000, value)
    return pl.DataFrame(
        {
            "register": register,
            "account": account,
            "account_number": people.number[account],
            "meter_serial": people.meter_serial[meter],
            "zone": ZONE_NAMES[ZONE_OF_PLAN[people.plan[meter], people.register_zone[register]]],
            "channel": np.array(CHANNELS)[channel[at]],
            "read_on": read,
            "received_at": received,
            "value": value,
        }
    ).with_columns(pl.col("meter_serial").cast(pl.String).str.zfill(8))


def _channels(people: Households, senders: Ints, year: int, random: np.random.Generator) -> Ints:
    """Preferred channels; in earlier years those of the cabinet and the app still came by phone and office."""
    channel = people.channel[senders].copy()
    old = (channel <= 1) & (random.random(len(senders)) < max(0.0, (2022 - year) * 0.11))
    channel[old] = np.where(random.random(int(old.sum())) < 0.5, 4, 3)
    return channel


def spoil(frame: pl.DataFrame, people: Households, registers: Registers, random: np.random.Generator) -> pl.DataFrame:
    """Make the mistakes people make, and the jumps the public site refuses; smart meters make none."""
    size = frame.height
    chance = random.random(size)
    by_hand = frame["channel"].to_numpy() != "smart_meter"
    value = frame["value"].to_numpy().copy()
    sent = registers.sent[frame["register"].to_numpy()]
    site = frame["channel"].to_numpy() == "site"
    jump = site & people.electric_heating[frame["account"].to_numpy()]
    exact = jump & (chance < 0.1) & (sent > 0)
    value[exact] = sent[exact] // 1000 * 1000 + 1_000_000
    typo = by_hand & ~exact & (chance > 0.9985)
    # A digit too many on the site, which the site refuses; elsewhere a few hundred kWh, which nobody notices.
    value[typo] = np.where(site[typo], value[typo] // 1000 * 10_000 + 7000, value[typo] + 300_000)
    below = by_hand & ~exact & (chance > 0.9955) & ~typo
    value[below] = np.maximum(sent[below] // 1000 * 1000 - 25_000, 0)
    account = frame["account_number"].to_numpy().copy()
    foreign = by_hand & (chance > 0.5) & (chance < 0.5004)
    account[foreign] += 1
    unknown = by_hand & (chance > 0.6) & (chance < 0.6006)
    account[unknown] += 90_000_000
    sound = ~(typo | below | foreign | unknown)
    registers.sent[frame["register"].to_numpy()[sound]] = value[sound]
    # A register set to exactly +1000 kWh was read so: the meter stands there or beyond.
    registers.value[frame["register"].to_numpy()[exact]] = np.maximum(
        registers.value[frame["register"].to_numpy()[exact]], value[exact]
    )
    return frame.with_columns(
        pl.Series("value", value), pl.Series("account_number", account), pl.Series("chance", chance)
    )


def repeated(frame: pl.DataFrame) -> pl.DataFrame:
    """Readings sent twice: the same value an hour later through the app, or another value for the same day."""
    again = frame.filter((pl.col("chance") > 0.3) & (pl.col("chance") < 0.304) & (pl.col("channel") == "cabinet"))
    wrong = pl.col("chance") > 0.303
    return again.with_columns(
        pl.lit("mobile").alias("channel"),
        (pl.col("received_at") + pl.duration(minutes=2)).alias("received_at"),
        pl.when(wrong).then(pl.col("value") + 3000).otherwise(pl.col("value")).alias("value"),
    )


def incomplete(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without some night zones: submissions that lack a register."""
    left_out = (pl.col("zone") == "night") & (pl.col("chance") > 0.7) & (pl.col("chance") < 0.703)
    return frame.filter(~left_out | (pl.col("channel") == "smart_meter"))


def write_readings(inbox: Inbox, day: dt.date, frame: pl.DataFrame) -> None:
    """One file a channel; smart meters one line a meter; those of the bank travel inside its registries."""
    for channel in CHANNELS[:6]:
        inbox.readings(day, channel, frame.filter(pl.col("channel") == channel))
    smart = frame.filter(pl.col("channel") == "smart_meter")
    if smart.is_empty():
        return
    place = pl.col("zone").replace_strict({"all": "t1", "day": "t1", "peak": "t1", "half_peak": "t2", "night": "t2"})
    three = pl.col("zone").is_in(["peak", "half_peak"]).any().over("account_number", "meter_serial")
    place = pl.when(three & (pl.col("zone") == ZONES[2][2])).then(pl.lit("t3")).otherwise(place)
    wide = smart.with_columns(place.alias("place")).pivot(
        on="place",
        index=["account_number", "meter_serial", "read_on", "received_at"],
        values="value",
        maintain_order=True,
    )
    missing = [pl.lit(None, pl.Int64).alias(name) for name in ("t1", "t2", "t3") if name not in wide.columns]
    inbox.smart_meters(day, wide.with_columns(missing))
