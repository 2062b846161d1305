"""Выписка: an account between any two months, as a page to read, a table for Excel, or a workbook with every row."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pipelines.russian import MONTHS, day, kwh, month, rubles, whole
from pipelines.settings import MOSCOW
from pipelines.statements.history import CODES, History, read_history
from pipelines.statements.month import Row
from pipelines.statements.page import bars, standing
from pipelines.statements.payee import read_payee
from pipelines.table_files import Cell, Sheet, to_csv, to_xlsx
from pipelines.typesetting import typeset
from pipelines.vocabulary import RUSSIAN

TEMPLATE = Path(__file__).with_name("extract.typ")

Form = Literal["pdf", "csv", "xlsx"]

MONTH_COLUMNS = {
    "period": "Месяц",
    "kwh": "кВт·ч",
    "opening_kopecks": "На начало, ₽",
    "charged_kopecks": "Начислено, ₽",
    "corrected_kopecks": "Перерасчёт, ₽",
    "penalty_kopecks": "Пени, ₽",
    "paid_kopecks": "Оплачено, ₽",
    "closing_kopecks": "На конец, ₽",
}
CHARGE_COLUMNS = {
    "posting_period": "Проведено в месяце",
    "service_period": "За месяц",
    "kind": "Вид",
    "basis": "Основание",
    "meter_serial": "Счётчик",
    "zone": "Зона",
    "band": "Диапазон",
    "kwh": "кВт·ч",
    "price_rub_per_kwh": "Цена, ₽ за кВт·ч",
    "amount_kopecks": "Сумма, ₽",
}
PAYMENT_COLUMNS = {
    "paid_on": "Дата",
    "posting_period": "Зачтён в месяце",
    "amount_kopecks": "Сумма, ₽",
    "channel": "Способ",
    "operation_id": "Номер операции",
    "status": "Состояние",
}
READING_COLUMNS = {
    "received_at": "Передано",
    "read_on": "Снято",
    "meter_serial": "Счётчик",
    "zone": "Зона",
    "value": "Показание",
    "previous_value": "Предыдущее",
    "consumption_kwh": "Расход, кВт·ч",
    "channel": "Способ",
    "verdict": "Решение",
    "reason": "Причина",
}
SHEETS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "months": ("По месяцам", MONTH_COLUMNS),
    "charges": ("Начисления", CHARGE_COLUMNS),
    "payments": ("Платежи", PAYMENT_COLUMNS),
    "readings": ("Показания", READING_COLUMNS),
}
"""Sheets of the workbook: the table of the history each is of, its title, its columns."""

TURNOVERS = {
    "charged_kopecks": "Начислено",
    "corrected_kopecks": "Перерасчёты",
    "penalty_kopecks": "Пени",
    "paid_kopecks": "Оплачено",
}

SHORT = 14
"""Up to so many months have a bar each; of more, a year has one."""


def account_extract(
    snapshot: Path, reference: Path, account: int, first: dt.date, last: dt.date, form: Form = "pdf"
) -> bytes:
    """The file of one account between two months, both in; the same snapshot gives the same bytes.

    Args:
        snapshot: a published snapshot.
        reference: where `payee.csv` is.
        account: its number.
        first: the first month.
        last: the last month; months without a balance are left out.
        form: a PDF to read, the months as CSV, or a workbook with months, charges, payments and readings.

    Raises:
        StatementError: the account or the months are not in the snapshot.
    """
    history = read_history(snapshot, account, first, last)
    if form == "pdf":
        return typeset(TEMPLATE, _words(history, read_payee(reference)))
    sheets = [Sheet(title, list(names.values()), cells(getattr(history, table), list(names)))
              for table, (title, names) in SHEETS.items()]  # fmt: skip
    if form == "csv":
        return to_csv(sheets[0].header, sheets[0].rows, decimal_comma=True)
    return to_xlsx(sheets, origin=about("Выписка", history), made_on=history.known_on)


def cells(rows: Sequence[Row], columns: Sequence[str]) -> list[list[Cell]]:
    """Rows as they go into a file: sums as exact rubles, codes in words, instants by Moscow time."""
    return [[_cell(column, row[column]) for column in columns] for row in rows]


def _cell(column: str, value: Any) -> Cell:
    if value is None:
        return None
    if column.endswith("_kopecks"):
        return Decimal(value).scaleb(-2)
    if column in CODES:
        return RUSSIAN[CODES[column]][value]
    if isinstance(value, dt.datetime):
        return value.astimezone(MOSCOW).replace(tzinfo=None)
    cell: Cell = value
    return cell


def about(what: str, history: History) -> list[tuple[str, str]]:
    """What a workbook is of: document, account, holder, months, and the day it is known on."""
    account = history.account
    return [
        ("Документ", what),
        ("Лицевой счёт", str(account["account_number"])),
        ("Плательщик", account["holder_name"]),
        ("Адрес", f"{account['district']}, {account['address']}"),
        ("Месяцы", span(history)),
        ("По данным на", day(history.known_on)),
    ]


def span(history: History) -> str:
    """«январь 2014 — октябрь 2026», or the one month."""
    ends = (month(history.first), month(history.last))
    return ends[0] if history.first == history.last else " — ".join(ends)


def _words(history: History, payee: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page shows, formatted."""
    account, months = history.account, history.months
    number = str(account["account_number"])
    return {
        "title": f"Выписка по лицевому счёту {number}: {span(history)}",
        "heading": f"Выписка: {span(history)}",
        "payee": payee["Name"],
        "account": number,
        "holder": account["holder_name"],
        "address": f"{account['district']}, {account['address']}",
        "known": f"По данным на {day(history.known_on)}.",
        "balance": [
            standing(int(months[0]["opening_kopecks"]), f"на начало: {month(history.first)}"),
            *([name, rubles(history.total(column))] for column, name in TURNOVERS.items()),
            standing(int(months[-1]["closing_kopecks"]), f"на конец: {month(history.last)}"),
        ],
        "use": _use(months),
        "month_names": list(MONTH_COLUMNS.values()),
        "months": [[f"{row['period']:%m.%Y}", whole(row["kwh"]), *_sums(row)] for row in months],
        "total": [
            "Всего",
            whole(history.total("kwh")),
            "",
            *(_sum(history.total(column)) for column in TURNOVERS),
            "",
        ],
        "payments": [
            [
                day(row["paid_on"]),
                RUSSIAN["channel"][row["channel"]] + ("" if row["status"] == "posted" else ", платёж снят"),
                f"{row['posting_period']:%m.%Y}",
                _sum(row["amount_kopecks"]),
            ]
            for row in history.payments
        ],
    }


def _sums(row: Row) -> list[str]:
    return [_sum(row[column]) for column in MONTH_COLUMNS if column.endswith("_kopecks")]


def _sum(kopecks: int) -> str:
    """A sum in a column that names its unit."""
    return rubles(int(kopecks)).removesuffix("₽").rstrip()


def _use(months: Sequence[Row]) -> dict[str, Any]:
    """Energy by month, or by year where there are many, as bars and in words."""
    if len(months) <= SHORT:
        named = [(MONTHS[row["period"].month - 1][:3], month(row["period"]), int(row["kwh"])) for row in months]
    else:
        years = sorted({row["period"].year for row in months})
        named = [
            (f"{year % 100:02d}", f"{year} год", sum(int(row["kwh"]) for row in months if row["period"].year == year))
            for year in years
        ]
    return {
        "bars": bars([(label, used) for label, _, used in named]),
        "alt": "Потребление: " + "; ".join(f"{name}: {kwh(used)}" for _, name, used in named),
    }
