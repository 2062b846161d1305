"""Files of the channel `contracts`: who is supplied, and what registers showed at the end of each month."""

import calendar
import datetime as dt

import numpy as np
import polars as pl

from pipelines.simulate.businesses import KINDS, LARGE_KW, VOLTAGES, Businesses, businesses, day_wh, zone_wh
from pipelines.simulate.households import PLANS, ZONES, Ints
from pipelines.simulate.writing import Inbox

NAMES = ("Донской хлеб", "Ростсельхоз", "Азовские верфи", "Степь", "Мельница", "Юг-Логистик", "Тихий Дон", "Кристалл")
UNREAD = 0.03
"""Share of monthly readings that never come."""
_SCHEDULES = {"general": "thirds", "uk": "single", "tszh": "single", "heat_water": "thirds"}
_OPENING_MILLI = 1_000_000


def write_contracts(inbox: Inbox, contracts: int, first_period: dt.date, months: int, seed: int) -> Businesses:
    """Contracts, points and meters as they stand on the first day, then registers month after month."""
    known = businesses(contracts, seed)
    inbox.write(first_period, "contracts", f"contracts_{first_period:%Y%m%d}.csv", _contracts(known, first_period))
    inbox.write(first_period, "contracts", f"points_{first_period:%Y%m%d}.csv", _points(known, first_period))
    inbox.write(first_period, "contracts", f"point_meters_{first_period:%Y%m%d}.csv", _meters(known, first_period))
    random = np.random.default_rng((seed, 442, 1))
    stands = [np.zeros((len(known.contract), 3), np.int64)]
    for month in range(months):
        period = _plus_months(first_period, month)
        stands.append(stands[-1] + _used_wh(known, period))
        came = random.random(len(known.contract)) >= UNREAD
        delivered = _plus_months(period, 1).replace(day=2)
        inbox.write(delivered, "contracts", f"registers_{period:%Y%m}.csv", _registers(known, period, stands[-1], came))
    return known


def _plus_months(period: dt.date, count: int) -> dt.date:
    months = period.year * 12 + period.month - 1 + count
    return dt.date(months // 12, months % 12 + 1, 1)


def _contracts(known: Businesses, first: dt.date) -> pl.DataFrame:
    count = len(known.contract_number)
    kinds = [KINDS[kind] for kind in known.kind.tolist()]
    forms = {"general": "ООО", "uk": "УК", "tszh": "ТСЖ", "heat_water": "МУП"}
    return pl.DataFrame(
        {
            "contract_number": known.contract_number,
            "valid_from": [first] * count,
            "valid_to": [""] * count,
            "inn": known.inn,
            "kpp": ["619901001"] * count,
            "name": [f"{forms[kind]} «{NAMES[number % len(NAMES)]} {number + 1}»" for number, kind in enumerate(kinds)],
            "customer_kind": kinds,
            "representative": [f"Представитель {number + 1}" for number in range(count)],
            "position": ["директор"] * count,
            "authority": ["устав"] * count,
            "email": [f"buh{number + 1}@example.org" for number in range(count)],
            "phone": [""] * count,
            "payment_schedule": [_SCHEDULES[kind] for kind in kinds],
        }
    )


def _points(known: Businesses, first: dt.date) -> pl.DataFrame:
    count = len(known.point_code)
    power = known.max_power_kw
    groups = np.array(["up_to_670", "to_10_mw", "over_10_mw"])[np.searchsorted([LARGE_KW, 10_000], power, side="right")]
    return pl.DataFrame(
        {
            "contract_number": [known.contract_number[owner] for owner in known.contract.tolist()],
            "point_code": known.point_code,
            "valid_from": [first] * count,
            "valid_to": [""] * count,
            "address": [f"г. Ростов-на-Дону, ул. Промышленная, {number + 1}" for number in range(count)],
            "voltage": np.array(VOLTAGES)[known.voltage],
            "power_group": groups,
            "max_power_kw": power,
            "price_category": known.category,
            "network_variant": np.where(np.isin(known.category, (4, 6)), "two_rate", "one_rate"),
            "zone_plan": np.array(PLANS)[known.plan],
        }
    )


def _serial(code: str) -> str:
    return f"M{code[-8:]}"


def _meters(known: Businesses, first: dt.date) -> pl.DataFrame:
    count = len(known.point_code)
    opening = f"{_OPENING_MILLI // 1000}"
    return pl.DataFrame(
        {
            "point_code": known.point_code,
            "meter_serial": [_serial(code) for code in known.point_code],
            "zone_plan": np.array(PLANS)[known.plan],
            "whole_digits": [8] * count,
            "transformer_ratio": known.ratio,
            "installed_on": [first] * count,
            "removed_on": [""] * count,
            "verified_until": [first.replace(year=first.year + 10)] * count,
            "opening_t1": [opening] * count,
            "opening_t2": np.where(known.plan >= 1, opening, ""),
            "opening_t3": np.where(known.plan == 2, opening, ""),
            **{f"closing_t{zone}": [""] * count for zone in (1, 2, 3)},
        }
    )


def _used_wh(known: Businesses, period: dt.date) -> Ints:
    """Energy of a month by point and zone of its meter."""
    used = np.zeros((len(known.contract), 3), np.int64)
    for day in range(1, calendar.monthrange(period.year, period.month)[1] + 1):
        wh = day_wh(known, period.replace(day=day))
        for plan in range(len(PLANS)):
            mine = np.flatnonzero(known.plan == plan)
            for zone, energy in enumerate(zone_wh(wh[mine], plan)):
                used[mine, zone] += energy
    return used


def _registers(known: Businesses, period: dt.date, stand_wh: Ints, came: np.ndarray) -> pl.DataFrame:
    """Registers in kWh of the meter's own side, to three decimals, of the points whose reading came."""
    rows = [
        (code, _serial(code), name, f"{period:%Y-%m}", f"{milli // 1000}.{milli % 1000:03d}")
        for point, code in enumerate(known.point_code)
        if came[point]
        for zone, name in enumerate(ZONES[known.plan[point]])
        for milli in [_OPENING_MILLI + int(stand_wh[point, zone]) // int(known.ratio[point])]
    ]
    return pl.DataFrame(rows, schema=["point_code", "meter_serial", "zone", "service_period", "value"], orient="row")
