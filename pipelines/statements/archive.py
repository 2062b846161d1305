"""«Скачать мои данные»: all that is kept of an account's readings, charges and payments, for programs to read."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.russian import day
from pipelines.settings import MOSCOW
from pipelines.statements.history import BEGINNING, CODES, END, History, read_history
from pipelines.statements.month import Row
from pipelines.table_files import Cell, to_csv
from pipelines.vocabulary import RUSSIAN

TABLES = {
    "months": "движение остатка по месяцам",
    "readings": "показания: принятые, отклонённые и на проверке",
    "charges": "строки начислений и перерасчётов",
    "penalties": "пени по дням просрочки",
    "payments": "платежи",
    "meters": "счётчики",
}
"""Tables of the archive: each a CSV file and a list in the JSON file."""

PERIODS = frozenset({"period", "posting_period", "service_period", "debt_period", "named_period"})

COLUMNS = {
    "account_number": "номер лицевого счёта",
    "holder_name": "плательщик",
    "district": "район",
    "address": "адрес",
    "settlement": "город или село",
    "stove": "плита",
    "heating": "отопление",
    "rooms": "комнат",
    "dwelling": "квартира или дом",
    "area_m2": "площадь, м²",
    "category": "категория тарифа",
    "persons": "зарегистрировано человек",
    "valid_from": "сведения действуют с",
    "period": "месяц",
    "kwh": "энергия, кВт·ч",
    "opening_rub": "остаток на начало, ₽: больше нуля — долг",
    "charged_rub": "начислено, ₽",
    "corrected_rub": "перерасчёт за прошлые месяцы, ₽",
    "penalty_rub": "пени, ₽",
    "paid_rub": "оплачено, ₽",
    "closing_rub": "остаток на конец, ₽",
    "received_at": "когда передано, московское время",
    "read_on": "когда снято",
    "meter_serial": "номер счётчика",
    "zone": "зона суток",
    "value": "показание",
    "previous_value": "предыдущее принятое показание",
    "consumption_kwh": "расход, кВт·ч",
    "channel": "способ",
    "verdict": "решение",
    "reason": "почему не принято",
    "posting_period": "месяц, в котором проведено",
    "service_period": "месяц, за который",
    "kind": "вид строки",
    "basis": "на чём основано",
    "band": "диапазон",
    "price_rub_per_kwh": "цена, ₽ за кВт·ч",
    "amount_rub": "сумма, ₽",
    "price_status": "насколько точна цена",
    "limit_status": "насколько точны норма, диапазон или норматив",
    "tariff_source": "откуда цена",
    "debt_period": "месяц неоплаченного счёта",
    "due_on": "срок оплаты",
    "day_from": "первый день просрочки",
    "day_to": "последний день просрочки",
    "days": "дней; меньше нуля — снято",
    "base_rub": "долг, с которого начислены пени, ₽",
    "fraction_divisor": "доля ставки за день: одна из стольких частей",
    "rate_pct": "ставка, %",
    "paid_on": "дата платежа",
    "agent": "кто принял платёж",
    "operation_id": "номер операции",
    "named_period": "месяц, названный плательщиком",
    "status": "состояние платежа",
    "zone_plan": "тарифный план",
    "whole_digits": "цифр до запятой",
    "fraction_digits": "цифр после запятой",
    "transformer_ratio": "коэффициент трансформации",
    "installed_on": "установлен",
    "removed_on": "снят",
    "verified_until": "поверен до",
}
"""What each column means, for ПРОЧТИТЕ.txt."""


def account_archive(snapshot: Path, account: int) -> bytes:
    """A ZIP of everything kept of an account: one JSON file, a CSV file a table, and a text that explains them.

    The same snapshot gives the same bytes.

    Args:
        snapshot: a published snapshot.
        account: its number.

    Raises:
        StatementError: there is no such account.
    """
    history = read_history(snapshot, account, BEGINNING, END)
    tables = {name: [_plain(row) for row in getattr(history, name)] for name in TABLES}
    described = {
        "known_on": history.known_on.isoformat(),
        "account": _plain(history.account),
        **tables,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "ПРОЧТИТЕ.txt", "\r\n".join(_explained(account, history, tables)).encode("utf-8-sig"))
        _add(archive, f"{account}.json", json.dumps(described, ensure_ascii=False, indent=1, default=str).encode())
        for name, rows in tables.items():
            header = [_named(column) for column in history.columns[name]]
            _add(archive, f"{name}.csv", to_csv(header, [list(row.values()) for row in rows], decimal_comma=False))
    return packed.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """A file without the moment it was written at: that would make every archive another one."""
    archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def _plain(row: Row) -> dict[str, Cell]:
    """A row for programs: rubles as exact decimals, months as 2026-10, instants with their zone."""
    return {_named(column): _cell(column, value) for column, value in row.items()}


def _cell(column: str, value: Any) -> Cell:
    if column.endswith("_kopecks"):
        return Decimal(value).scaleb(-2)
    if isinstance(value, dt.datetime):
        return value.astimezone(MOSCOW).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()[:7] if column in PERIODS else value.isoformat()
    cell: Cell = value
    return cell


def _named(column: str) -> str:
    """A column as the archive calls it: sums are in rubles here."""
    return f"{column.removesuffix('_kopecks')}_rub" if column.endswith("_kopecks") else column


def _explained(account: int, history: History, tables: dict[str, list[dict[str, Cell]]]) -> Iterator[str]:
    """What stands in the archive, and what its columns and codes mean."""
    yield f"Данные лицевого счёта {account} с января 2014 года, как они известны на {day(history.known_on)}."
    yield ""
    yield f"{account}.json — всё вместе; суммы в рублях записаны строками, чтобы не терять копейки."
    for name, what in TABLES.items():
        yield f"{name}.csv — {what}, строк: {len(tables[name])}."
    yield "Файлы CSV: UTF-8, разделитель — запятая, дробная часть отделена точкой, месяц вида 2026-10."
    yield ""
    yield "Столбцы:"
    named = [_named(column) for name in TABLES for column in history.columns[name]]
    used = dict.fromkeys([*history.account, *named])
    for column in used:
        yield f"  {column} — {COLUMNS[column]}"
    yield ""
    yield "Коды:"
    for code_set in dict.fromkeys(CODES[column] for column in used if column in CODES):
        for code, meaning in RUSSIAN[code_set].items():
            yield f"  {code} — {meaning}"
