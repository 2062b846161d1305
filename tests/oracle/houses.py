"""House needs: what the meter of a house shows beyond its flats, shared by area."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from tests.oracle.estimates import is_account_month, months_apart
from tests.oracle.facts import Facts, HouseFact, HouseVolumeFact
from tests.oracle.norms import version
from tests.oracle.periods import month_of, months_between, plus_months
from tests.oracle.reference import in_force
from tests.oracle.spans import Span
from tests.oracle.target import use_of_month

Share = tuple[int, str]
"""kWh of one flat, and what they rest on."""

NOTHING: Share = (0, "")


@dataclass
class Houses:
    """Every house told about, and the flats that may be in it: facts and spans by account."""

    houses: Sequence[HouseFact]
    volumes: Sequence[HouseVolumeFact]
    flats: dict[int, tuple[Facts, list[Span]]]
    reckoned: dict[tuple[str, dt.date, dt.date], tuple[Decimal, str]] = field(default_factory=dict)

    @cached_property
    def news(self) -> dict[tuple[str, dt.date], dt.date]:
        """The first month of which a closing learned something about a house, by house and closing."""
        found: dict[tuple[str, dt.date], dt.date] = {}
        told = [(one.house_id, one.known_period, month_of(one.valid_from)) for one in self.houses]
        told += [(one.house_id, one.known_period, one.service_period) for one in self.volumes]
        for house_id, closing, month in told:
            found[house_id, closing] = min(found.get((house_id, closing), month), month)
        return found

    @cached_property
    def flats_of(self) -> dict[str, list[tuple[Facts, list[Span]]]]:
        """The accounts that were ever told to be in a house."""
        found: defaultdict[str, list[tuple[Facts, list[Span]]]] = defaultdict(list)
        for own, spans in self.flats.values():
            for house_id in {account.house_id for account in own.accounts if account.house_id}:
                found[house_id].append((own, spans))
        return found

    def learned(self, house_id: str, closing: dt.date) -> dt.date | None:
        """The first month of which the closing learned something about the house."""
        return self.news.get((house_id, closing))

    def share(self, number: int, service: dt.date, closing: dt.date) -> Share:
        """What the flat pays for the house: as its house was last reckoned, by the closing."""
        own, _ = self.flats[number]
        for moment in reversed(months_between(service, closing)):
            account = version(own.accounts, service, moment)
            if account is None or account.house_id is None:
                continue
            learned = self.learned(account.house_id, moment)
            if moment == service or (learned is not None and learned <= service):
                house = self.house(account.house_id, service, moment)
                if house is None or account.area_m2 is None:
                    return NOTHING
                if not is_account_month(own.accounts, account, service, moment):
                    return NOTHING
                need, basis = self.need(house, service, moment)
                kwh = need * account.area_m2 / house.premises_m2
                return int(kwh.quantize(Decimal(1), rounding=ROUND_HALF_UP)), basis
        return NOTHING

    def house(self, house_id: str, service: dt.date, closing: dt.date) -> HouseFact | None:
        """The house in that month, as the closing knows it."""
        return max(
            (
                one
                for one in self.houses
                if one.house_id == house_id and one.known_period <= closing and month_of(one.valid_from) <= service
            ),
            key=lambda one: (
                month_of(one.valid_from), one.valid_from, one.known_at, one.source_file_id, one.source_line,
            ),
            default=None,
        )  # fmt: skip

    def measured(self, house_id: str, closing: dt.date) -> dict[dt.date, int]:
        """What the house took without its other premises, by month, as the closing knows it."""
        return {
            one.service_period: one.metered_kwh - one.other_kwh
            for one in sorted(self.volumes, key=lambda one: (one.known_at, one.source_file_id, one.source_line))
            if one.house_id == house_id and one.known_period <= closing
        }

    def need(self, house: HouseFact, service: dt.date, closing: dt.date) -> tuple[Decimal, str]:
        """kWh of the whole house beyond its flats, and what they rest on."""
        key = (house.house_id, service, closing)
        if key not in self.reckoned:
            self.reckoned[key] = self._need(house, service, closing)
        return self.reckoned[key]

    def _need(self, house: HouseFact, service: dt.date, closing: dt.date) -> tuple[Decimal, str]:
        if house.management not in {row["management"] for row in in_force("house_need_rule", service)}:
            return Decimal(0), ""
        measured = self.measured(house.house_id, closing)
        if service in measured:
            return self.beyond_flats(measured[service], house.house_id, service, closing), "house_need"
        [rule] = in_force("estimation_rule", service)
        oldest = plus_months(service, -int(rule["average_months_most"]))
        year = {month: kwh for month, kwh in measured.items() if oldest <= month <= service}
        is_recent = bool(year) and months_apart(max(year), service) <= int(rule["average_periods"])
        if is_recent and len(year) >= int(rule["average_months_least_young"]):
            average = (2 * sum(year.values()) + len(year)) // (2 * len(year))
            return self.beyond_flats(average, house.house_id, service, closing), "house_need_average"
        [normative] = in_force("house_need_normative", service)
        return Decimal(normative["kwh_per_m2"]) * house.common_m2, "house_need_normative"

    def beyond_flats(self, kwh: int, house_id: str, service: dt.date, closing: dt.date) -> Decimal:
        """What is left of the house's energy when its flats are taken away; never below zero."""
        for own, spans in self.flats_of[house_id]:
            account = version(own.accounts, service, closing)
            if account is not None and account.house_id == house_id:
                kwh -= sum(use.kwh for use in use_of_month(own, spans, service, closing).values())
        return Decimal(max(kwh, 0))
