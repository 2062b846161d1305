"""The simulation itself: month after month, the state of every account in arrays, files written as they fill."""

import calendar
import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.simulate.bank_statements import write_bank_statements
from pipelines.simulate.bills import Bills
from pipelines.simulate.contracts import write_contracts
from pipelines.simulate.customers import (
    write_accounts,
    write_meters,
    write_opening_debts,
    write_removed_meters,
    write_tenants,
)
from pipelines.simulate.energy import write_energy, write_plans
from pipelines.simulate.households import Flags, Households, Ints, day_of, households
from pipelines.simulate.market import write_network, write_prices
from pipelines.simulate.payments import payments, write_payments
from pipelines.simulate.readings import (
    Registers,
    advance,
    incomplete,
    repeated,
    sent_readings,
    spoil,
    used_kwh,
    write_readings,
)
from pipelines.simulate.writing import Inbox, SimulationReport

TENANTS_CHANGE = 0.004
"""Share of accounts a month in which somebody moves in or out."""
METERS_REPLACED = 0.0012
RESENT_FROM, REPAID_FROM = 0.9990, 0.9985
"""A row whose chance lies above is sent twice."""


def simulate(
    out: Path,
    accounts: int,
    first_period: dt.date,
    last_period: dt.date,
    seed: int,
    delivery: str = "monthly",
    contracts: int = 0,
    contracts_from: dt.date | None = None,
) -> SimulationReport:
    """Write a region of any size as channel files; the same seed writes the same bytes.

    Args:
        out: folder to fill, laid out as an inbox.
        accounts: household accounts.
        first_period: first month, its first day.
        last_period: last whole month; the first days of the next one follow, so that it closes.
        seed: decides everything that is invented.
        delivery: `monthly`: two folders a month, the 25th and the last day; `daily`: a folder a day.
        contracts: businesses beside them.
        contracts_from: first month of theirs; None: that of the households.

    Raises:
        ValueError: no accounts, the months are the wrong way round, or the delivery is unknown.
    """
    months = (last_period.year - first_period.year) * 12 + last_period.month - first_period.month + 1
    if accounts < 1 or months < 1 or delivery not in {"monthly", "daily"}:
        raise ValueError(
            "simulate needs at least one account, a last month not before the first, monthly or daily delivery"
        )
    random = np.random.default_rng(seed)
    people = households(accounts, months, random)
    region = _Region(Inbox(out), people, random, delivery, Bills(people, first_period, months))
    region.begin(first_period)
    for month in range(months):
        region.live(day_of(first_period, month), month)
    region.first_days(day_of(first_period, months), months)
    if contracts:
        begun = max(contracts_from or first_period, first_period)
        months -= (begun.year - first_period.year) * 12 + begun.month - first_period.month
        known = write_contracts(region.inbox, contracts, begun, months, seed)
        write_bank_statements(region.inbox, known, begun, months)
        write_network(region.inbox, begun)
        for period in (day_of(begun, month) for month in range(months)):
            write_energy(region.inbox, known, period, delivery)
            write_plans(region.inbox, known, period)
            write_prices(region.inbox, period, seed)
    return region.inbox.report


class _Region:
    """The state that one month hands to the next."""

    def __init__(
        self, inbox: Inbox, people: Households, random: np.random.Generator, delivery: str, bills: Bills
    ) -> None:
        self.inbox = inbox
        self.people = people
        self.random = random
        self.delivery = delivery
        self.bills = bills
        self.registers = Registers(people.opening.copy(), people.opening.copy())
        self.owed: Ints = np.zeros(len(people.number), np.int64)
        self.asked: Ints = np.zeros(len(people.number), np.int64)
        """Of what is owed, the last bill."""
        self.closing = pl.DataFrame()
        self.resent = pl.DataFrame()
        self.repaid = pl.DataFrame()

    def begin(self, first: dt.date) -> None:
        """The customers as they stand on the first day, with what they owe."""
        there = self.people.starts == 0
        write_accounts(self.inbox, first, self.people, there, dt.date(2013, 1, 1) if first.year == 2014 else first)
        share = self.random.random(len(self.owed))
        amount = self.random.integers(20_000, 400_000, len(self.owed))
        self.owed = np.where(there & (share < 0.2), amount, np.where(there & (share > 0.95), -amount // 4, 0))
        write_opening_debts(self.inbox, first, self.people, self.owed, day_of(first, -1))

    def live(self, first: dt.date, month: int) -> None:
        """One month: people move, meters turn and are replaced, readings and payments are sent."""
        people = self.people
        there = people.starts <= month
        self._newcomers(first, month)
        paid = payments(people, self.owed, self.asked, first, self.random)
        used = used_kwh(people, first.month, self.random)
        advance(people, self.registers, used, there[people.meter_account].astype(np.int64))
        replaced = self._replace_meters(first, there)
        senders = np.flatnonzero(
            there & (people.starts < month + (month == 0)) & (self.random.random(len(there)) < people.diligence)
        )
        senders = senders[~np.isin(senders, people.meter_account[replaced])]
        frame = sent_readings(people, self.registers, first, senders, self.random)
        self.asked = np.where(there, self.bills.month(first, frame), 0)
        frame = spoil(frame, people, self.registers, self.random)
        frame = pl.concat([incomplete(frame), repeated(frame).select(frame.columns)])
        self.owed += self.asked
        self._move_tenants(first, there)
        self._deliver(first, calendar.monthrange(first.year, first.month)[1], frame, paid)

    def first_days(self, first: dt.date, month: int) -> None:
        """The first days of the month after the last one: a few payments and readings, which close the last month."""
        people = self.people
        paid = payments(people, self.owed, self.asked, first, self.random).filter(
            pl.col("paid_on") <= first.replace(day=5)
        )
        senders = np.flatnonzero(
            (people.starts < month) & (people.channel != 7) & (self.random.random(len(people.starts)) < 0.05)
        )
        frame = sent_readings(people, self.registers, first, senders, self.random)
        early = frame.with_columns(
            pl.col("read_on").dt.replace(day=3), pl.col("received_at").dt.replace(day=4)
        ).with_columns(pl.lit(0.4).alias("chance"))
        self._deliver_one(first.replace(day=5), early, paid)

    def _newcomers(self, first: dt.date, month: int) -> None:
        chosen: Flags = self.people.starts == month
        if month and chosen.any():
            write_accounts(self.inbox, first.replace(day=25), self.people, chosen, first.replace(day=12))

    def _move_tenants(self, first: dt.date, there: Flags) -> None:
        moving = np.flatnonzero(there & (self.random.random(len(there)) < TENANTS_CHANGE))
        if len(moving):
            self.people.persons[moving] = self.random.integers(0, 6, len(moving))
            write_tenants(
                self.inbox, first.replace(day=25), "tenants_moved", self.people, moving, first.replace(day=14)
            )

    def _replace_meters(self, first: dt.date, there: Flags) -> Ints:
        """Take down a few meters: the controller reads the old one, the new one starts at zero."""
        people = self.people
        old = np.flatnonzero(
            there[people.meter_account]
            & (people.channel[people.meter_account] != 7)
            & (self.random.random(len(people.meter_account)) < METERS_REPLACED)
        )
        if not len(old):
            return old
        day, delivered = first.replace(day=18), first.replace(day=25)
        closing = sent_readings(people, self.registers, first, np.unique(people.meter_account[old]), self.random)
        closing = closing.filter(
            pl.col("register").is_in(np.flatnonzero(np.isin(people.register_meter, old)))
        ).with_columns(
            pl.lit("controller").alias("channel"),
            pl.lit(day).alias("read_on"),
            pl.lit(dt.datetime.combine(day, dt.time(12))).alias("received_at"),
        )
        write_removed_meters(self.inbox, delivered, people, old, day)
        # Numbers of one make end, those of the next begin: above all that were installed before.
        people.meter_serial[old] = people.meter_serial.max() + 1 + np.arange(len(old))
        registers = np.flatnonzero(np.isin(people.register_meter, old))
        self.bills.replace(registers, self.registers)
        self.registers.value[registers] = 0
        self.registers.sent[registers] = 0
        people.opening[registers] = 0
        write_meters(self.inbox, delivered, people, old, replaced_on=day)
        self.closing = closing.with_columns(pl.lit(0.4).alias("chance"))
        return old

    def _deliver(self, first: dt.date, days: int, frame: pl.DataFrame, paid: pl.DataFrame) -> None:
        """Put what happened up to each delivery day into its folder; closing readings among it."""
        if not self.closing.is_empty():
            frame = pl.concat([frame, self.closing.select(frame.columns)])
            self.closing = pl.DataFrame()
        last = 0
        for day in range(1, days + 1) if self.delivery == "daily" else (25, days):
            if day == last:
                continue
            received = pl.col("received_at").dt.day()
            self._deliver_one(
                first.replace(day=day),
                frame.filter((received > last) & (received <= day)),
                paid.filter((pl.col("paid_on").dt.day() > last) & (pl.col("paid_on").dt.day() <= day)),
            )
            last = day

    def _deliver_one(self, day: dt.date, frame: pl.DataFrame, paid: pl.DataFrame) -> None:
        """Write one folder; a few of its rows are sent again, to the letter, with the next one."""
        readings = pl.concat([frame, self.resent.select(frame.columns)]) if len(self.resent) else frame
        money = pl.concat([paid, self.repaid.select(paid.columns)]) if len(self.repaid) else paid
        self.resent = frame.filter((pl.col("chance") > RESENT_FROM) & ~pl.col("channel").is_in(["bank", "smart_meter"]))
        self.repaid = paid.filter(pl.col("chance") > REPAID_FROM)
        write_readings(self.inbox, day, readings)
        write_payments(self.inbox, day, money, readings.filter(pl.col("channel") == "bank"))
