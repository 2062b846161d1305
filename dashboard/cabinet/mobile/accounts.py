"""The user and the accounts: who it is, what is owned, what is owed."""

from decimal import Decimal
from typing import Any

from dashboard.cabinet.mobile.access import REGION
from dashboard.cabinet.mobile.answers import NOT_FOUND, ApiError, Exact, long_day, rubles, short_day
from dashboard.cabinet.mobile.asked import Asked
from pipelines.vocabulary import RUSSIAN


def user(asked: Asked) -> Any:
    """Who is signed in."""
    return {"id": asked.own.person_id, "email": asked.own.email(), "region": REGION}


def accounts(asked: Asked) -> Any:
    """What is owned; an account's number is its id as well."""
    return [_account(asked, number) for number in asked.own.accounts()]


def _account(asked: Asked, number: int) -> dict[str, Any]:
    more = asked.own.ask("cabinet/app_account", number, on_day=asked.own.today).row(0, named=True)
    return {
        "id": number,
        "number": str(number),
        "name": "",
        "address": _card(asked, number)["address"],
        "isueAvaliable": more["is_read_remotely"],
        "initial_year": more["first_period"].year,
    }


def account(asked: Asked) -> Any:
    """One account in full. What we do not know is null."""
    number = asked.account
    card = _card(asked, number)
    more = asked.own.ask("cabinet/app_account", number, on_day=asked.own.today).row(0, named=True)
    meters = asked.own.ask("account_meters", number)
    area = more["area_m2"]
    return {
        "id": number,
        "number": str(number),
        "name": "",
        "address": card["address"],
        "phone": "",
        "numberPersons": card["persons"],
        "totalArea": None if area is None else Exact(area),
        "livingArea": None,
        "document": "",
        "tenantCategory": RUSSIAN["category"][card["category"]],
        # The ranges in force since 2026 know no season's coefficient.
        "seasonRatio": Exact(Decimal("1.00")),
        "countersInfo": [
            {"number": meter["meter_serial"], "place": "", "checkingDate": long_day(meter["verified_until"])}
            for meter in meters.iter_rows(named=True)
            if meter["removed_on"] is None
        ],
    }


def _card(asked: Asked, number: int) -> dict[str, Any]:
    cards = asked.own.ask("account_card", number, on_day=asked.own.today, period=asked.own.snapshot.open_period)
    if cards.is_empty():
        raise ApiError(404, NOT_FOUND)
    return cards.row(0, named=True)


def balance(asked: Asked) -> Any:
    """What is owed now. A debt below zero is an advance; nobody is asked to pay in advance."""
    number = asked.account
    rows = asked.own.ask("cabinet/app_balance", number, open_period=asked.own.snapshot.open_period)
    row = rows.row(0, named=True) if rows.height else {}
    owed, penalty = int(row.get("balance_kopecks", 0)), int(row.get("penalty_kopecks", 0))
    growing, corrected = int(row.get("growing_kopecks", 0)), int(row.get("corrected_kopecks", 0))
    house, to_pay = int(row.get("house_kopecks", 0)), rubles(max(owed, 0))
    return {
        "sumToPay": to_pay,
        "sumToPayRaw": rubles(owed),
        "debt": rubles(owed - penalty),
        "debtAbs": rubles(abs(owed - penalty)),
        "peniDebt": rubles(penalty),
        "closedMonth": short_day(row.get("period")),
        "sumWithoutCheckbox": to_pay,
        "sumWithCheckbox": to_pay,
        "hasAvans": False,
        "avansTotal": rubles(0),
        "avansType": "",
        "avansMain": rubles(0),
        "hasRecalc": corrected != 0,
        "recalc": rubles(corrected),
        "hasLosses": False,
        "losses": rubles(0),
        "hasOdn": house != 0,
        "odn": rubles(house),
        "hasPeniForecast": growing != 0,
        "peniForecast": rubles(growing),
        "hasOtherServicesDebt": False,
        "otherServicesDebt": rubles(0),
    }


def nothing(_: Asked) -> Any:
    """No debts of other services, no notices."""
    return []


def no_notices(asked: Asked) -> Any:
    """No notices for an account that is the caller's."""
    _ = asked.account
    return []
