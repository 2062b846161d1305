"""Where the energy between two readings belongs: the months since the reading before, by calendar days."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.oracle.facts import AccountFact, MeterFact
from tests.oracle.periods import month_of, months_between, plus_months
from tests.oracle.reference import in_force
from tests.oracle.verdicts import FIRST_DAY_OF_REGISTERS, Verdict


@dataclass(frozen=True)
class Span:
    """Energy of one accepted reading: used from the first month to the last, known at closings from `closing` on."""

    meter_serial: str
    zone: str
    zone_plan: str
    first: dt.date
    last: dt.date
    closing: dt.date
    energy_kwh: int

    def shares(self) -> dict[dt.date, int]:
        """kWh by month: cumulative over days, half up, so that the last month takes the remainder."""
        months = months_between(self.first, self.last)
        [rule] = in_force("estimation_rule", self.last)
        if rule["spread"] == "last" or self.energy_kwh < 0:
            return dict.fromkeys(months, 0) | {self.last: self.energy_kwh}
        all_days = (plus_months(self.last, 1) - self.first).days
        shares, before = {}, 0
        for month in months:
            days = (plus_months(month, 1) - self.first).days
            through = (2 * self.energy_kwh * days + all_days) // (2 * all_days)
            shares[month] = through - before
            before = through
        return shares


def opening_period(meter: MeterFact, accounts: Sequence[AccountFact]) -> dt.date:
    """The month up to which the opening registers count: the month of the day before the meter counts."""
    taken_over = min(fact.known_period for fact in accounts)
    return month_of(max(meter.installed_on, taken_over, FIRST_DAY_OF_REGISTERS) - dt.timedelta(days=1))


def spans(accepted: Sequence[Verdict], accounts: Sequence[AccountFact]) -> Iterator[Span]:
    """The spans of an account's accepted readings, given in the order of judging."""
    last: dict[tuple[str, str], dt.date] = {}
    for verdict in accepted:
        if verdict.meter is None or verdict.consumption_kwh is None:
            raise ValueError(f"reading {verdict.reading.reading_id} was accepted without a meter")
        register = (verdict.reading.meter_serial, verdict.reading.zone)
        before = last.get(register, opening_period(verdict.meter, accounts))
        last[register] = verdict.period
        yield Span(
            *register,
            verdict.meter.zone_plan,
            min(plus_months(before, 1), verdict.period),
            verdict.period,
            max(verdict.period, verdict.reading.known_period),
            verdict.consumption_kwh,
        )
