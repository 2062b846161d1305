"""Verdicts: readings taken one by one in the order they arrived, each against the rules in their order."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tests.oracle.facts import Facts, MeterFact, ReadingFact
from tests.oracle.periods import month_of, moscow_day, plus_months
from tests.oracle.reference import Row, in_force, parameters

ZONES = {"one_rate": ["all"], "two_zone": ["day", "night"], "three_zone": ["peak", "half_peak", "night"]}
FIRST_DAY_OF_REGISTERS = dt.date(2014, 1, 1)
"""Registers of older meters are taken as of this day."""


@dataclass(frozen=True)
class Verdict:
    """What became of one reading; `meter` is the meter as known when it was judged, None when unknown."""

    reading: ReadingFact
    verdict: str
    rule_id: str | None
    period: dt.date
    consumption_kwh: int | None
    meter: MeterFact | None


@dataclass(frozen=True)
class Previous:
    """What a register showed last; `read_on` is None for the value the meter was taken over with."""

    register: int
    read_on: dt.date | None


def period_of(received_at: dt.datetime) -> dt.date:
    """The month a reading counts for, by the day it was received."""
    day = moscow_day(received_at)
    [row] = in_force("reading_cutoff", day)
    if day.day <= int(row["last_day_of_month_counted"]):
        return month_of(day)
    return plus_months(month_of(day), 1)


def used_kwh(register: int, previous: int, whole_digits: int, ratio: int) -> int:
    """Energy between two register values; a smaller value means that the dial passed zero."""
    difference = register - previous
    if difference < 0:
        difference += 10**whole_digits
    return difference * ratio


def meter_in_force(facts: Facts, reading: ReadingFact) -> MeterFact | None:
    """The last statement about the meter that was known when the reading arrived."""
    known = [
        meter
        for meter in facts.meters
        if (meter.account_number, meter.meter_serial) == (reading.account_number, reading.meter_serial)
        and meter.known_at <= reading.known_at
    ]
    return max(known, key=lambda meter: (meter.known_at, meter.source_file_id, meter.source_line), default=None)


def findings_of_records(facts: Facts, reading: ReadingFact, serials: dict[str, dt.datetime]) -> Iterator[str]:
    """Rules about who the reading belongs to; they stop where the meter is not known."""
    accounts = [fact for fact in facts.accounts if fact.account_number == reading.account_number]
    if not any(fact.known_at <= reading.known_at for fact in accounts):
        yield "unknown_account"
    if meter_in_force(facts, reading) is None:
        known = reading.meter_serial in serials and serials[reading.meter_serial] <= reading.known_at
        yield "meter_of_another_account" if known else "unknown_meter"


def findings_of_form(reading: ReadingFact, meter: MeterFact, submitted: set[str]) -> Iterator[str]:
    """Rules that need the meter and the submission, but no earlier reading."""
    if reading.zone not in ZONES[meter.zone_plan]:
        yield "zone_not_of_meter"
    if int(reading.value) >= 10**meter.whole_digits:
        yield "too_many_digits"
    if reading.read_on > moscow_day(reading.received_at):
        yield "date_in_future"
    if reading.read_on < max(meter.installed_on, FIRST_DAY_OF_REGISTERS):
        yield "before_installation"
    if meter.removed_on is not None and reading.read_on > meter.removed_on:
        yield "after_removal"
    if not set(ZONES[meter.zone_plan]) <= submitted:
        yield "missing_zone"


def findings_of_chain(
    reading: ReadingFact, meter: MeterFact, previous: Previous, limits: dict[str, int]
) -> Iterator[str]:
    """Rules that compare with the last accepted value of the register."""
    register = int(reading.value)
    if previous.read_on is not None and reading.read_on == previous.read_on:
        yield "duplicate" if register == previous.register else "two_values_for_one_day"
    if previous.read_on is not None and reading.read_on < previous.read_on:
        yield "date_before_previous"
    used = used_kwh(register, previous.register, meter.whole_digits, meter.transformer_ratio)
    if register < previous.register and used > limits.get("rollover_max_kwh", used):
        yield "below_previous"
        yield "control_below_previous"
    if used > limits.get("jump_max_kwh", used):
        yield "site_jump"


def opening(meter: MeterFact, zone: str) -> Previous:
    """The value a register was taken over with."""
    values = [meter.opening_t1, meter.opening_t2, meter.opening_t3]
    value = values[ZONES[meter.zone_plan].index(zone)]
    return Previous(int(value or 0), None)


class Judge:
    """Goes through readings in order and remembers what each register showed last."""

    def __init__(self, facts: Facts) -> None:
        self.facts_of: dict[int, Facts] = {}
        self.serials: dict[str, dt.datetime] = {}
        self.submitted: dict[tuple[object, ...], set[str]] = {}
        self.last: dict[tuple[int, str, str], Previous] = {}
        for account in facts.accounts:
            self.facts_of.setdefault(account.account_number, Facts()).add(account)
        for meter in facts.meters:
            self.facts_of.setdefault(meter.account_number, Facts()).add(meter)
            known_at = self.serials.get(meter.meter_serial, meter.known_at)
            self.serials[meter.meter_serial] = min(known_at, meter.known_at)
        for reading in facts.readings:
            self.submitted.setdefault(self._submission(reading), set()).add(reading.zone)

    @staticmethod
    def _submission(reading: ReadingFact) -> tuple[object, ...]:
        return (
            reading.source_file_id,
            reading.account_number,
            reading.meter_serial,
            reading.read_on,
            reading.received_at,
        )

    def _findings(self, reading: ReadingFact, limits: dict[str, int]) -> Iterator[str]:
        facts = self.facts_of.get(reading.account_number, Facts())
        yield from findings_of_records(facts, reading, self.serials)
        meter = meter_in_force(facts, reading)
        if meter is None:
            return
        yield from findings_of_form(reading, meter, self.submitted[self._submission(reading)])
        if reading.zone in ZONES[meter.zone_plan]:
            yield from findings_of_chain(reading, meter, self._previous(reading, meter), limits)

    def _previous(self, reading: ReadingFact, meter: MeterFact) -> Previous:
        chain = (reading.account_number, reading.meter_serial, reading.zone)
        return self.last[chain] if chain in self.last else opening(meter, reading.zone)

    def judge(self, reading: ReadingFact) -> Verdict:
        """The first rule in force that fires decides; none: accepted."""
        rules = rules_for(reading)
        limits = {name: limit for rule in rules.values() for name, limit in parameters(rule).items()}
        meter = meter_in_force(self.facts_of.get(reading.account_number, Facts()), reading)
        period = period_of(reading.received_at)
        is_taken_back = False
        for finding in self._findings(reading, limits):
            if finding in rules and rules[finding]["severity"] != "accepted":
                return Verdict(reading, rules[finding]["severity"], finding, period, None, meter)
            is_taken_back |= finding in rules
        if meter is None:
            raise ValueError(f"reading {reading.reading_id} of an unknown meter passed every rule")
        register = int(reading.value)
        before = self._previous(reading, meter).register
        used = used_kwh(register, before, meter.whole_digits, meter.transformer_ratio)
        if is_taken_back:
            used = (register - before) * meter.transformer_ratio
        self.last[reading.account_number, reading.meter_serial, reading.zone] = Previous(register, reading.read_on)
        return Verdict(reading, "accepted", None, period, used, meter)


def rules_for(reading: ReadingFact) -> dict[str, Row]:
    """Rules in force for the channel on the Moscow day the reading was received."""
    return {
        row["rule_id"]: row
        for row in in_force("reading_rule", moscow_day(reading.received_at))
        if row["channels"] == "*" or reading.channel in row["channels"].split("|")
    }


def judge_all(facts: Facts) -> list[Verdict]:
    """The verdict on every reading, in the order of judging."""
    judge = Judge(facts)
    order = sorted(
        facts.readings,
        key=lambda reading: (
            reading.known_at,
            reading.received_at,
            reading.source_file_id,
            reading.source_line,
            reading.reading_id,
        ),
    )
    return [judge.judge(reading) for reading in order]
