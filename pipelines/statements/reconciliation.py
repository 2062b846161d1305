"""Акт сверки: every charge and payment of an account between two months, between its first balance and its last."""

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.russian import day, month, rubles
from pipelines.statements.extract import Form, about, span
from pipelines.statements.history import History, read_history
from pipelines.statements.month import Row
from pipelines.statements.payee import read_payee
from pipelines.table_files import Cell, Sheet, to_csv, to_xlsx
from pipelines.typesetting import typeset
from pipelines.vocabulary import RUSSIAN

TEMPLATE = Path(__file__).with_name("reconciliation.typ")

HEADER = ("Дата", "Операция", "Дебет, ₽", "Кредит, ₽")


@dataclass(frozen=True)
class Entry:
    """One line of the act: what the account owes more (debit) or less (credit), in kopecks."""

    on_day: dt.date
    what: str
    debit: int = 0
    credit: int = 0


def reconciliation(
    snapshot: Path, reference: Path, account: int, first: dt.date, last: dt.date, form: Form = "pdf"
) -> bytes:
    """The act of one account between two months, both in; the same snapshot gives the same bytes.

    Args:
        snapshot: a published snapshot.
        reference: where `payee.csv` is.
        account: its number.
        first: the first month.
        last: the last month; months without a balance are left out.
        form: a PDF to sign, or its table as CSV or as a workbook.

    Raises:
        StatementError: the account or the months are not in the snapshot.
    """
    history = read_history(snapshot, account, first, last)
    act = list(entries(history))
    payee = read_payee(reference)
    if form == "pdf":
        return typeset(TEMPLATE, _words(history, act, payee))
    rows: list[list[Cell]] = [
        [start_of(history), *_standing(opening(history), "Остаток на начало")],
        *([entry.on_day, entry.what, _rubles(entry.debit), _rubles(entry.credit)] for entry in act),
        [end_of(history), "Обороты за период", *_turnover(act)],
        [end_of(history), *_standing(closing(history), "Остаток на конец")],
    ]
    if form == "csv":
        return to_csv(HEADER, rows, decimal_comma=True)
    origin = [*about("Акт сверки", history), ("Поставщик", payee["Name"])]
    return to_xlsx([Sheet("Акт сверки", HEADER, rows)], origin=origin, made_on=history.known_on)


def opening(history: History) -> int:
    """What was owed before the first month, in kopecks; below zero is an advance."""
    return int(history.months[0]["opening_kopecks"])


def closing(history: History) -> int:
    """What is owed after the last month."""
    return int(history.months[-1]["closing_kopecks"])


def start_of(history: History) -> dt.date:
    """The first day of the act."""
    return history.first


def end_of(history: History) -> dt.date:
    """The last day of the act: of its last month, or as far as that is known."""
    return min(_last_day(history.last), history.known_on)


def entries(history: History) -> Iterator[Entry]:
    """Lines of the act by month posted: what was paid by its day, then what the month's closing posted."""
    for row in history.months:
        period = row["period"]
        for payment in history.payments:
            if payment["posting_period"] == period:
                yield _payment(payment)
        end = min(_last_day(period), history.known_on)
        for column, what in (
            ("charged_kopecks", f"Начислено за {month(period)}"),
            ("corrected_kopecks", "Перерасчёт за прошлые месяцы"),
            ("penalty_kopecks", "Пени"),
        ):
            if row[column]:
                yield _entry(end, what, int(row[column]))


def _payment(payment: Row) -> Entry:
    taken_back = "" if payment["status"] == "posted" else ", платёж снят"
    late = (
        ""
        if payment["paid_on"].replace(day=1) == payment["posting_period"]
        else f", зачтено в {payment['posting_period']:%m.%Y}"
    )
    what = f"Оплата: {RUSSIAN['channel'][payment['channel']]}{taken_back}{late}"
    return _entry(payment["paid_on"], what, -int(payment["amount_kopecks"]))


def _entry(on_day: dt.date, what: str, kopecks: int) -> Entry:
    return Entry(on_day, what, debit=kopecks) if kopecks > 0 else Entry(on_day, what, credit=-kopecks)


def _last_day(period: dt.date) -> dt.date:
    return period.replace(day=calendar.monthrange(period.year, period.month)[1])


def _rubles(kopecks: int) -> Cell:
    return Decimal(kopecks).scaleb(-2) if kopecks else None


def _standing(kopecks: int, when: str) -> list[Cell]:
    """A balance in the column of the side that owes."""
    return [when, _rubles(max(kopecks, 0)), _rubles(max(-kopecks, 0))]


def _turnover(act: list[Entry]) -> list[Cell]:
    return [Decimal(sum(getattr(entry, side) for entry in act)).scaleb(-2) for side in ("debit", "credit")]


def _words(history: History, act: list[Entry], payee: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page shows, formatted."""
    account, number = history.account, str(history.account["account_number"])
    owed, end = closing(history), day(end_of(history))
    if owed > 0:
        conclusion = f"На {end} долг потребителя перед поставщиком — {rubles(owed)}."
    elif owed < 0:
        conclusion = f"На {end} переплата потребителя — {rubles(-owed)}."
    else:
        conclusion = f"На {end} долгов друг перед другом нет."
    return {
        "title": f"Акт сверки по лицевому счёту {number}: {span(history)}",
        "heading": f"Акт сверки: {span(history)}",
        "payee": payee["Name"],
        "account": number,
        "holder": account["holder_name"],
        "known": f"По данным на {day(history.known_on)}.",
        "parties": (
            f"{payee['Name']}, ИНН {payee['PayeeINN']} (поставщик), и {account['holder_name']}, лицевой счёт {number},"
            f" {account['district']}, {account['address']} (потребитель), сверили начисления и оплату электроэнергии"
            f" с {day(start_of(history))} по {end}."
        ),
        "opening": _written([start_of(history), *_standing(opening(history), "Остаток на начало")]),
        "entries": [_written([entry.on_day, entry.what, _rubles(entry.debit), _rubles(entry.credit)]) for entry in act],
        "turnover": _written([None, "Обороты за период", *_turnover(act)]),
        "closing": _written([end_of(history), *_standing(owed, "Остаток на конец")]),
        "conclusion": conclusion,
    }


def _written(cells: list[Cell]) -> list[str]:
    """Cells of a line as the page shows them; sums without their unit, which the column names."""
    return [_text(cell) for cell in cells]


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return day(cell)
    if isinstance(cell, Decimal):
        return rubles(int(cell.scaleb(2))).removesuffix("₽").rstrip()
    return str(cell or "")
