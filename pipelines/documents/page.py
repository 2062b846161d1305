"""From a document's content to the words and numbers of its page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.documents.draft import (
    ACT,
    ADVANCE,
    CORRECTION,
    INVOICE,
    PENALTY,
    RECONCILIATION,
    TAX,
    VOLUMES,
)
from pipelines.russian import NO_BREAK, day, month, rubles, whole
from pipelines.typesetting import typeset
from pipelines.vocabulary import RUSSIAN

TEMPLATE = Path(__file__).with_name("document.typ")
Content = Mapping[str, Any]
MOVEMENTS = {
    "bill": "Начислено за месяц",
    "penalty": "Пени",
    "payment": "Оплата, документ №",
    "moved": "Перенесено решением, документ №",
}
"""What moved a balance, as a reconciliation names it."""


def render(kind: str, number: str, drawn_on: dt.date, period: dt.date, content: Content) -> bytes:
    """The page of a document as PDF; the same content gives the same bytes."""
    return typeset(TEMPLATE, words(kind, number, drawn_on, period, content))


def words(kind: str, number: str, drawn_on: dt.date, period: dt.date, content: Content) -> dict[str, Any]:
    """Everything the page shows, formatted; `period` is the month the document speaks of."""
    tables, lines = _BODY[kind](content)
    title = _TITLES[kind]
    seller, buyer = content["seller"], content["buyer"]
    return {
        "title": f"{title} № {number} от {day(drawn_on)}",
        "author": seller["Name"],
        "subtitle": f"Договор № {buyer['contract']} от {_day(buyer['signed_on'])}, {month(period)}",
        "parties": [
            ["Поставщик", f"{seller['Name']}, ИНН {seller['PayeeINN']}, КПП {seller['KPP']}, {seller['Address']}"],
            ["Счёт", f"{seller['PersonalAcc']}, {seller['BankName']}, БИК {seller['BIC']}, к/с {seller['CorrespAcc']}"],
            [
                "Покупатель",
                ", ".join(filter(None, [buyer["name"], f"ИНН {buyer['inn']}", _kpp(buyer), buyer["address"]])),
            ],
        ],
        "tables": tables,
        "lines": [{"text": text, "strong": place == 0} for place, text in enumerate(lines)],
        "signatures": _signatures(kind, content),
    }


_TITLES = {
    ADVANCE: "Счёт на аванс",
    INVOICE: "Счёт",
    ACT: "Акт приёма-передачи электрической энергии",
    TAX: "Универсальный передаточный документ (счёт-фактура)",
    CORRECTION: "Корректировочный счёт-фактура",
    VOLUMES: "Ведомость потребления",
    RECONCILIATION: "Акт сверки расчётов",
    PENALTY: "Счёт на пени",
}
Body = tuple[list[dict[str, Any]], list[str]]


def _advance(content: Content) -> Body:
    return [], [
        f"К оплате: {rubles(content['total_kopecks'])}",
        f"Срок оплаты: {_day(content['due_on'])}. Аванс за электрическую энергию (мощность), платёж {content['part']}.",
    ]


def _invoice(content: Content) -> Body:
    rows = [
        [
            ("перерасчёт: " if row["is_correction"] else "") + RUSSIAN["component"][row["component"]],
            month(dt.date.fromisoformat(row["service_period"])),
            whole(row["kwh"]) if row["kwh"] else "",
            rubles(row["net_kopecks"]),
            f"{row['vat_pct']}{NO_BREAK}%",
            rubles(row["vat_kopecks"]),
            rubles(row["net_kopecks"] + row["vat_kopecks"]),
        ]
        for row in content["rows"]
        if row["kwh"] or row["net_kopecks"] or row["vat_kopecks"]
    ]
    table = _table(
        "Начислено",
        ["Что", "Месяц", "кВт·ч", "Без НДС", "НДС", "Сумма НДС", "Всего"],
        rows,
        ["Итого", "", whole(content["kwh"]), *_money(content, "")],
    )
    to_pay = content["to_pay_kopecks"]
    total = content["net_kopecks"] + content["vat_kopecks"]
    due = f" Срок оплаты: {_day(content['due_on'])}." if content["due_on"] and to_pay > 0 else ""
    return [table], [
        f"К оплате: {rubles(max(to_pay, 0))}",
        f"Начислено {rubles(total)}, ранее выставлено авансом {rubles(total - to_pay)}.{due}",
    ]


def _delivered(content: Content) -> Body:
    rows = [
        [
            f"Электрическая энергия (мощность){', ' + row['point'] if row['point'] else ''}",
            whole(row["kwh"]),
            rubles(row["net_kopecks"]),
            f"{row['vat_pct']}{NO_BREAK}%",
            rubles(row["vat_kopecks"]),
            rubles(row["net_kopecks"] + row["vat_kopecks"]),
        ]
        for row in content["rows"]
    ]
    return [
        _table(
            "Передано",
            ["Точка поставки", "кВт·ч", "Без НДС", "НДС", "Сумма НДС", "Всего"],
            rows,
            ["Итого", whole(content["kwh"]), *_money(content, "")],
        )
    ], [f"Всего с НДС: {rubles(content['net_kopecks'] + content['vat_kopecks'])}"]


def _correction(content: Content) -> Body:
    rows = [
        [title, whole(sums["kwh"]), rubles(sums["net_kopecks"]), rubles(sums["vat_kopecks"]), rubles(_with_vat(sums))]
        for title, sums in (("До изменения", content["before"]), ("После изменения", content["after"]))
    ]
    change = content["change"]
    total = ["Разница", whole(change["kwh"]), rubles(change["net_kopecks"]), rubles(change["vat_kopecks"])]
    original = content.get("original", "")
    return [_table("Изменение", ["", "кВт·ч", "Без НДС", "НДС", "Всего"], rows, [*total, rubles(_with_vat(change))])], [
        f"К счёту-фактуре {original}" if original else "Первичный счёт-фактура выставлен до ведения реестра документов."
    ]


def _volumes(content: Content) -> Body:
    rows = [
        [
            row["point"],
            str(row["category"]),
            RUSSIAN["volume_basis"][row["basis"]] if row["basis"] else "нет данных",
            f"{whole(row['hours_measured'])} из {whole(row['hours_expected'])}",
            "" if row["register_kwh"] is None else whole(row["register_kwh"]),
            whole(row["kwh"]),
        ]
        for row in content["rows"]
    ]
    columns = ["Точка поставки", "Ценовая категория", "Как найдено", "Измерено часов", "По показаниям", "кВт·ч"]
    return [_table("Потребление", columns, rows, ["Итого", "", "", "", "", whole(content["kwh"])])], []


def _reconciliation(content: Content) -> Body:
    rows = [
        [
            f"{_day(row['day'])} {MOVEMENTS[row['kind']]} {row['document']}".rstrip(),
            rubles(row["kopecks"]) if row["kopecks"] >= 0 else "",
            rubles(-row["kopecks"]) if row["kopecks"] < 0 else "",
        ]
        for row in content["rows"]
    ]
    debit = sum(row["kopecks"] for row in content["rows"] if row["kopecks"] >= 0)
    credit = sum(-row["kopecks"] for row in content["rows"] if row["kopecks"] < 0)
    opening, closing = content["opening_kopecks"], content["closing_kopecks"]
    whose = "в пользу поставщика" if closing > 0 else "в пользу покупателя" if closing < 0 else "долга нет"
    return [_table("Расчёты", ["Документ", "Дебет", "Кредит"], rows, ["Обороты", rubles(debit), rubles(credit)])], [
        f"Сальдо на конец: {rubles(closing)}, {whose}",
        f"Сальдо на {_day(content['from'])}: {rubles(opening)}",
    ]


def _penalty(content: Content) -> Body:
    rows = [
        [
            f"{month(dt.date.fromisoformat(row['service_period']))}, срок {_day(row['due_on'])}",
            rubles(row["base_kopecks"]),
            f"{_day(row['day_from'])}–{_day(row['day_to'])}",
            str(row["days"]),
            f"1/{row['fraction_divisor']} × {row['rate_pct'].replace('.', ',')}{NO_BREAK}%",
            rubles(row["kopecks"]),
        ]
        for row in content["rows"]
    ]
    posted = sum(row["kopecks"] for row in content["rows"])
    columns = ["Что оплачено не в срок", "Долг", "Дни", "Дней", "Ставка за день", "Пени"]
    taken_back = posted - content["total_kopecks"]
    less = f" Зачтено снятых раньше пеней: {rubles(taken_back)}." if taken_back else ""
    return [_table("Пени", columns, rows, ["Итого", "", "", "", "", rubles(posted)])], [
        f"К оплате: {rubles(content['total_kopecks'])}",
        f"НДС не облагается.{less}",
    ]


_BODY = {
    ADVANCE: _advance,
    INVOICE: _invoice,
    ACT: _delivered,
    TAX: _delivered,
    CORRECTION: _correction,
    VOLUMES: _volumes,
    RECONCILIATION: _reconciliation,
    PENALTY: _penalty,
}


def _table(title: str, columns: Sequence[str], rows: list[list[str]], total: list[str]) -> dict[str, Any]:
    return {
        "title": title,
        "columns": list(columns),
        "widths": [1, *[0] * (len(columns) - 1)],
        "rows": rows,
        "total": total,
    }


def _money(sums: Content, rate: str) -> list[str]:
    return [rubles(sums["net_kopecks"]), rate, rubles(sums["vat_kopecks"]), rubles(_with_vat(sums))]


def _with_vat(sums: Content) -> int:
    return int(sums["net_kopecks"]) + int(sums["vat_kopecks"])


def _kpp(buyer: Content) -> str:
    return f"КПП {buyer['kpp']}" if buyer["kpp"] else ""


def _day(text: str) -> str:
    return day(dt.date.fromisoformat(text))


def _signatures(kind: str, content: Content) -> list[str]:
    seller, buyer = content["seller"], content["buyer"]
    ours = f"{seller['SignerPosition']} {seller['SignerLast']} {seller['SignerFirst']} {seller['SignerMiddle']}"
    if kind in {ADVANCE, INVOICE, PENALTY, VOLUMES}:
        return [f"Поставщик: {ours}"]
    theirs = " ".join(filter(None, [buyer["position"], buyer["person"]])) or "представитель"
    authority = f", действует на основании: {buyer['authority']}" if buyer["authority"] else ""
    return [f"Поставщик: {ours}", f"Покупатель: {theirs}{authority}"]
