"""Customers' files: accounts, tenants, meters, opening debts, as the customer department would send them."""

import datetime as dt

import numpy as np
import polars as pl

from pipelines.simulate.households import PLANS, Flags, Households, Ints, district_names
from pipelines.simulate.writing import Inbox, milli, rubles

SURNAMES = (
    "Иванов",
    "Петренко",
    "Сидоров",
    "Ковалёв",
    "Бондаренко",
    "Кузнецов",
    "Шевченко",
    "Попов",
    "Гончаров",
    "Дьяченко",
)
STREETS = (
    "Ленина",
    "Садовая",
    "Мира",
    "Степная",
    "Донская",
    "Советская",
    "Молодёжная",
    "Северная",
    "Школьная",
    "Казачья",
)
INITIALS = "АБВГДЕИКЛМНОПРСТ"


def write_accounts(inbox: Inbox, day: dt.date, people: Households, chosen: Flags, valid_from: dt.date) -> None:
    """Accounts, their tenants and meters, as they are on `valid_from`."""
    index = np.flatnonzero(chosen)
    names = np.array([name for name, _ in district_names()])
    accounts = pl.DataFrame(
        {
            "account_number": people.number[index],
            "valid_from": [valid_from] * len(index),
            "valid_to": [""] * len(index),
            "house_id": [f"H{house:07d}" for house in people.house[index]],
            "district": names[people.district[index]],
            "holder_name": [
                f"{SURNAMES[i % 10]} {INITIALS[i // 10 % 16]}. {INITIALS[i // 160 % 16]}." for i in index.tolist()
            ],
            "address": _addresses(people, index),
            "settlement": np.where(people.is_city[index], "urban", "rural"),
            "stove": np.where(people.electric_stove[index], "electric", "gas"),
            "heating": np.where(people.electric_heating[index], "electric", "none"),
        }
    )
    inbox.write(day, "customers", f"accounts_{day:%Y%m%d}.csv", accounts)
    write_tenants(inbox, day, "tenants", people, index, valid_from)
    write_meters(inbox, day, people, np.flatnonzero(chosen[people.meter_account]))


def _addresses(people: Households, index: Ints) -> list[str]:
    return [
        f"ул. {STREETS[house % 10]}, д. {house // 10 % 200 + 1}" + (f", кв. {flat}" if flat else "")
        for house, flat in zip(people.house[index].tolist(), people.flat[index].tolist(), strict=True)
    ]


def write_tenants(inbox: Inbox, day: dt.date, name: str, people: Households, index: Ints, valid_from: dt.date) -> None:
    """Registered persons of the accounts `index`, from `valid_from`."""
    tenants = pl.DataFrame(
        {
            "account_number": people.number[index],
            "valid_from": [valid_from] * len(index),
            "persons": people.persons[index],
        }
    )
    inbox.write(day, "customers", f"{name}_{day:%Y%m%d}.csv", tenants)


def write_meters(
    inbox: Inbox, day: dt.date, people: Households, meters: Ints, replaced_on: dt.date | None = None
) -> None:
    """Meters as they stand; with `replaced_on`, as installed that day with registers at zero."""
    frame = meter_frame(people, meters)
    if replaced_on:
        zero = [
            pl.when(pl.col(name) == "").then(pl.lit("")).otherwise(pl.lit("0.0")).alias(name)
            for name in ("opening_t1", "opening_t2", "opening_t3")
        ]
        frame = frame.with_columns(pl.lit(replaced_on).alias("installed_on"), *zero)
    suffix = "_new" if replaced_on else ""
    inbox.write(day, "customers", f"meters{suffix}_{day:%Y%m%d}.csv", frame)


def write_removed_meters(inbox: Inbox, day: dt.date, people: Households, meters: Ints, removed_on: dt.date) -> None:
    """The same meters, with the day they were taken down."""
    frame = meter_frame(people, meters).with_columns(pl.lit(removed_on.isoformat()).alias("removed_on"))
    inbox.write(day, "customers", f"meters_removed_{day:%Y%m%d}.csv", frame)


def meter_frame(people: Households, meters: Ints) -> pl.DataFrame:
    """Rows of a meters file, with opening registers."""
    first_register = np.searchsorted(people.register_meter, meters)
    opening = np.pad(people.opening, (0, 2))
    plan = people.plan[meters]
    return (
        pl.DataFrame(
            {
                "account_number": people.number[people.meter_account[meters]],
                "serial": people.meter_serial[meters],
                "zone_plan": np.array(PLANS)[plan],
                "whole_digits": people.digits[meters],
                "fraction_digits": np.ones(len(meters), np.int64),
                "transformer_ratio": people.ratio[meters],
                "installed_on": [dt.date(2012, 6, 1)] * len(meters),
                "verified": people.meter_serial[meters] % 16,
                "plan": plan,
                "o1": opening[first_register],
                "o2": opening[first_register + 1],
                "o3": opening[first_register + 2],
            }
        )
        .with_columns(
            pl.col("serial").cast(pl.String).str.zfill(8).alias("meter_serial"),
            pl.lit("").alias("removed_on"),
            pl.concat_str((pl.col("verified") + 2022).cast(pl.String), pl.lit("-06-01")).alias("verified_until"),
            milli("o1", ".").alias("opening_t1"),
            pl.when(pl.col("plan") >= 1).then(milli("o2", ".")).otherwise(pl.lit("")).alias("opening_t2"),
            pl.when(pl.col("plan") == 2).then(milli("o3", ".")).otherwise(pl.lit("")).alias("opening_t3"),
        )
        .select(
            "account_number", "meter_serial", "zone_plan", "whole_digits", "fraction_digits", "transformer_ratio",
            "installed_on", "removed_on", "verified_until", "opening_t1", "opening_t2", "opening_t3",
        )
    )  # fmt: skip


def write_opening_debts(inbox: Inbox, day: dt.date, people: Households, owed: Ints, service_period: dt.date) -> None:
    """Debts, and below zero advances, that accounts bring along."""
    index = np.flatnonzero(owed)
    frame = pl.DataFrame(
        {
            "account_number": people.number[index],
            "service_period": [f"{service_period:%Y-%m}"] * len(index),
            "kopecks": owed[index],
        }
    ).select("account_number", "service_period", rubles("kopecks", ".").alias("amount"))
    inbox.write(day, "customers", f"opening_debts_{day:%Y%m%d}.csv", frame)
