"""What households are asked to pay: the bill the product will make of their readings, mistakes left out."""

import datetime as dt
from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl

from pipelines.settings import Settings
from pipelines.simulate.households import PLANS, ZONES, Households, Ints
from pipelines.simulate.readings import HEATING_SEASON, SEASON, Registers
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import load_models, materialise
from pipelines.warehouse.replay import replay_model

CATEGORIES = ("urban", "urban_electric", "rural")
BANDS = (("in_norm", "above_norm"), ("band1", "band2", "band3"))
MOST_PERSONS = 6
NO_LIMIT = 2**40


@dataclass(frozen=True)
class Tariff:
    """Prices and limits of one month.

    `price_e4`: ten-thousandths of a ruble by category, zone plan, place of the zone, band.
    `limit_kwh`: end of the first and the second band by settlement, stove, heating (0 and 1) and persons.
    `last_day`: readings received later count for the next month.
    """

    price_e4: Ints
    limit_kwh: Ints
    last_day: int


def tariffs(first: dt.date, months: int) -> dict[dt.date, Tariff]:
    """The tariff of each month, by the product's own models `rating.price` and `rating.band_limit`."""
    with duckdb.connect() as connection:
        prepare(connection, Settings.from_environment())
        for model in load_models():
            if model.kind == "reference" or model.name == "reference.source":
                replay_model(connection, model)
        connection.execute(
            """
            create table scratch.rating.month as
            select unnest(generate_series($1::date, $1::date + to_months($2), interval 1 month))::date as period
            """,
            [first, months],
        )
        # Limits are made for as many persons as anybody is said to have.
        connection.execute("insert into intake.tenant_fact values (0, $1, $2, $1, $1, 0, 0)", [first, MOST_PERSONS])
        for model in load_models():
            if model.name in {"rating.knowledge", "rating.epoch", "rating.price", "rating.band_limit"}:
                materialise(connection, model)
        prices = connection.execute(
            """
            select period, category::varchar, zone_plan::varchar, zone::varchar, band::varchar, price_e4
            from rating.price where epoch = (select max(epoch) from rating.knowledge)
            """
        ).fetchall()
        limits = connection.execute(
            """
            select
                period, (settlement = 'urban')::integer, (stove = 'electric')::integer, (heating = 'electric')::integer,
                persons, first_limit_kwh, second_limit_kwh
            from rating.band_limit where persons <= ? and epoch = (select max(epoch) from rating.knowledge)
            """,
            [MOST_PERSONS],
        ).fetchall()
        last_days = connection.execute(
            """
            select months.period, cutoffs.last_day_of_month_counted
            from rating.month as months
            inner join reference.reading_cutoff as cutoffs
                on cutoffs.valid_from <= months.period and months.period < cutoffs.valid_to
            """
        ).fetchall()
    found = {period: Tariff(np.zeros((3, 3, 3, 3), np.int64), _no_limits(), last_day) for period, last_day in last_days}
    for period, category, plan, zone, band, price in prices:
        place = ZONES[PLANS.index(plan)].index(zone)
        [at] = [names.index(band) for names in BANDS if band in names]
        found[period].price_e4[CATEGORIES.index(category), PLANS.index(plan), place, at] = price
    for period, city, stove, heating, persons, *ends in limits:
        found[period].limit_kwh[:, city, stove, heating, persons] = [NO_LIMIT if end is None else end for end in ends]
    return found


def _no_limits() -> Ints:
    return np.full((2, 2, 2, 2, MOST_PERSONS + 1), NO_LIMIT, np.int64)


class Bills:
    """What is asked of every account, month after month, as its readings come or fail to."""

    def __init__(self, people: Households, first: dt.date, months: int) -> None:
        self.people = people
        self.tariffs = tariffs(first, months)
        self.billed = people.opening // 1000
        """Whole kWh of each register that bills have reached."""
        self.left_over = np.zeros(len(people.register_meter), np.int64)
        """kWh of meters that went, not billed yet."""
        self.silent = np.zeros(len(people.number), np.int64)
        self.estimated: Ints = np.zeros(len(people.number), np.int64)
        """Months without a reading since the last one, and kopecks asked for them."""
        self.late = pl.DataFrame(schema={"register": pl.Int64, "value": pl.Int64})
        usual = np.where(people.electric_heating, np.mean(HEATING_SEASON), np.mean(SEASON)) * people.base_kwh
        self.usual = (usual[people.meter_account[people.register_meter]] * people.register_share).astype(np.int64)

    def replace(self, registers: Ints, shown: Registers) -> None:
        """These registers go, read to the last; the ones that come start at zero."""
        self.left_over[registers] += self._since(registers, shown.value[registers])
        self.billed[registers] = 0
        self.late = self.late.filter(~pl.col("register").is_in(registers))

    def month(self, first: dt.date, sent: pl.DataFrame) -> Ints:
        """Kopecks asked for the month; `sent` has register, value (thousandths of a kWh) and received_at."""
        people, last_day = self.people, self.tariffs[first].last_day
        timely = sent.filter(pl.col("received_at").dt.day() <= last_day)
        of_account = people.meter_account[people.register_meter]
        months = self.silent + 1
        is_read = np.zeros(len(people.number), bool)
        # The first reading measures all months since the last one, a second one this month alone.
        spread, added = self.left_over.copy(), np.zeros(len(self.left_over), np.int64)
        for readings, energy in ((self.late, spread), (timely, added)):
            register, value = readings["register"].to_numpy(), readings["value"].to_numpy()
            energy[register] += self._since(register, value)
            self.billed[register] = value // 1000
            is_read[of_account[register]] = True
        alone = ~np.isin(np.arange(len(spread)), self.late["register"].to_numpy())
        spread, added = np.where(alone, spread + added, spread), np.where(alone, 0, added)
        self.late = sent.filter(pl.col("received_at").dt.day() > last_day).select("register", "value")
        before = spread // months[of_account]
        cost = self._cost(
            first, np.where(is_read[of_account], spread - before * self.silent[of_account] + added, self.usual)
        )
        asked = np.where(is_read, cost + self._cost(first, before) * self.silent - self.estimated, cost)
        self.left_over[is_read[of_account]] = 0
        self.silent = np.where(is_read, 0, months)
        self.estimated = np.where(is_read, 0, self.estimated + cost)
        return asked

    def _since(self, registers: Ints, value: Ints) -> Ints:
        """Energy since the last bill, kWh, rolled over and times the transformer ratio."""
        meter = self.people.register_meter[registers]
        return (value // 1000 - self.billed[registers]) % 10 ** self.people.digits[meter] * self.people.ratio[meter]

    def _cost(self, first: dt.date, kwh: Ints) -> Ints:
        """Kopecks of a month in which the registers measured so many kWh."""
        people, tariff = self.people, self.tariffs[first]
        account = people.meter_account[people.register_meter]
        city, stove, heating = (
            flags.astype(np.int64)[account]
            for flags in (people.is_city, people.electric_stove, people.electric_heating)
        )
        category = np.where(city == 0, 2, np.maximum(stove, heating))
        limits = tariff.limit_kwh[:, city, stove, heating, people.persons[account]]
        volume = np.bincount(account, kwh, len(people.number)).astype(np.int64)[account]
        shares = [np.where(limit < volume, limit * kwh // np.maximum(volume, 1), kwh) for limit in limits]
        price = tariff.price_e4[category, people.plan[people.register_meter], people.register_zone]
        parts = (shares[0], shares[1] - shares[0], kwh - shares[1])
        kopecks = sum((part * price[:, band] + 50) // 100 for band, part in enumerate(parts))
        return np.bincount(account, kopecks, len(people.number)).astype(np.int64)
