"""From a statement to the words and numbers of its page, and to the page itself."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.russian import MONTHS, day, kwh, month, rubles, whole
from pipelines.statements.month import Row, Statement, Terms
from pipelines.statements.payee import payment_picture, payment_text
from pipelines.typesetting import pictured, typeset
from pipelines.vocabulary import RUSSIAN, SURE_STATUSES

TEMPLATE = Path(__file__).with_name("statement.typ")

SCREEN_DOTS = 130
"""Dots per inch of a page shown on a screen."""


def render(statement: Statement, terms: Terms, payee: Mapping[str, str]) -> bytes:
    """The page as PDF; the same statement gives the same bytes."""
    return typeset(TEMPLATE, words(statement, terms, payee))


def picture(statement: Statement, terms: Terms, payee: Mapping[str, str]) -> bytes:
    """The page as PNG, to look at on a screen."""
    return pictured(TEMPLATE, words(statement, terms, payee), SCREEN_DOTS)


def words(statement: Statement, terms: Terms, payee: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page shows, formatted."""
    account = statement.account
    number = int(account["account_number"])
    to_pay = statement.to_pay_kopecks
    tax = vat_inside(int(account["charged_kopecks"]), terms.vat_pct)
    return {
        "title": f"Счёт за электроэнергию: {month(terms.period)}, лицевой счёт {number}",
        "month": month(terms.period),
        "payee": payee["Name"],
        "account": str(number),
        "holder": account["holder_name"],
        "address": f"{account['district']}, {account['address']}",
        "facts": "; ".join(
            [RUSSIAN["category"][account["category"]], f"зарегистрировано: {account['persons']}", account["site"]]
        ),
        "to_pay": rubles(to_pay),
        "has_debt": to_pay > 0,
        "due": day(terms.due_on),
        "balance": _balance(account),
        "readings": [_reading(row) for row in statement.readings],
        "charges": [_line(row) for row in statement.lines],
        "corrections": [_correction(row) for row in statement.corrections],
        "charged": rubles(int(account["charged_kopecks"])),
        "vat": f"НДС {terms.vat_pct} % внутри начисленного: {rubles(tax)}",
        "is_preliminary": any(map(_is_preliminary, [*statement.lines, *statement.corrections])),
        "payments": [
            [day(row["paid_on"]), RUSSIAN["channel"][row["channel"]], rubles(int(row["amount_kopecks"]))]
            for row in statement.payments
        ],
        "use": _use(statement.use, terms.period),
        "code": list(payment_picture(payment_text(payee, number, terms.period, to_pay))),
        "requisites": (
            f"ИНН {payee['PayeeINN']}, р/с {payee['PersonalAcc']}, {payee['BankName']}, БИК {payee['BIC']},"
            f" к/с {payee['CorrespAcc']}"
        ),
    }


def vat_inside(kopecks: int, rate_pct: int) -> int:
    """The tax inside a sum, whole kopecks, half up: 12200 at 22 % -> 2200."""
    sign = -1 if kopecks < 0 else 1
    divisor = 100 + rate_pct
    return sign * ((abs(kopecks) * rate_pct * 2 + divisor) // (2 * divisor))


def standing(kopecks: int, when: str) -> list[str]:
    """A balance in words and its sum: debt, advance or nothing owed."""
    if kopecks == 0:
        return [f"Долга нет {when}", rubles(0)]
    return [f"{'Долг' if kopecks > 0 else 'Переплата'} {when}", rubles(abs(kopecks))]


def _balance(account: Row) -> list[list[str]]:
    """The rows of the balance, debts and advances in words."""
    rows = [
        standing(int(account["opening_kopecks"]), "на начало месяца"),
        ["Начислено", rubles(account["charged_kopecks"])],
    ]
    if account["corrected_kopecks"]:
        rows.append(["Перерасчёт", rubles(account["corrected_kopecks"])])
    if account["penalty_kopecks"]:
        rows.append(["Пени", rubles(account["penalty_kopecks"])])
    rows.append(["Оплачено", rubles(account["paid_kopecks"])])
    return [*rows, standing(int(account["closing_kopecks"]), "на конец месяца")]


def _reading(row: Row) -> list[str]:
    previous = "" if row["previous_value"] is None else whole(int(row["previous_value"]))
    return [
        row["meter_serial"],
        RUSSIAN["zone"][row["zone"]],
        previous,
        whole(int(row["register"])),
        whole(int(row["consumption_kwh"])),
        f"{day(row['read_on'])}, {RUSSIAN['channel'][row['channel']]}",
    ]


def _is_preliminary(row: Row) -> bool:
    return row["price_status"] not in SURE_STATUSES or row["limit_status"] not in SURE_STATUSES


def _star(row: Row) -> str:
    return "\u00a0*" if _is_preliminary(row) else ""


def _line(row: Row) -> dict[str, str]:
    zone = "" if row["zone"] == "all" else f", {RUSSIAN['zone'][row['zone']]}"
    price = f"{row['price_rub_per_kwh'].normalize():f}"
    whole_rubles, _, rest = price.partition(".")
    basis = "" if row["basis"] == "reading" else f", {RUSSIAN['basis'][row['basis']]}"
    return {
        "what": f"{RUSSIAN['band'][row['band']]}{zone}{basis}{_star(row)}",
        "kwh": whole(int(row["kwh"])),
        "price": f"{whole_rubles},{rest.ljust(2, '0')}",
        "amount": rubles(int(row["amount_kopecks"])),
    }


def _correction(row: Row) -> dict[str, str]:
    return {
        "for": (month(row["service_period"]) if row["service_period"] else "ранее") + _star(row),
        "kwh": whole(int(row["kwh"])),
        "amount": rubles(int(row["amount_kopecks"])),
    }


def _use(rows: list[Row], period: dt.date) -> dict[str, Any]:
    """Thirteen months of use, as bars and in words."""
    used = {row["period"]: int(row["kwh"]) for row in rows}
    count = period.year * 12 + period.month - 1
    months = [dt.date(n // 12, n % 12 + 1, 1) for n in range(count - 12, count + 1)]
    return {
        "bars": bars([(MONTHS[one.month - 1][:3], used.get(one)) for one in months]),
        "alt": "Потребление по месяцам: "
        + "; ".join(f"{month(one)}: {kwh(used[one])}" for one in months if one in used),
    }


def bars(values: Sequence[tuple[str, int | None]]) -> list[dict[str, Any]]:
    """Bars of a chart, the last one marked: heights in whole percent of the highest, no value where none is known."""
    highest = max(1, *(value or 0 for _, value in values))
    return [
        {
            "label": label,
            "value": "" if value is None else whole(value),
            "percent": max(value or 0, 0) * 100 // highest,
            "is_now": place == len(values),
        }
        for place, (label, value) in enumerate(values, start=1)
    ]
