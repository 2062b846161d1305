"""An explanation as a Russian reader sees it in a terminal: sums first, then what stands behind each."""

from collections.abc import Iterator
from decimal import Decimal

from pipelines.explain.explanation import Explanation, Row
from pipelines.russian import day, kwh, month, plural, rubles, whole
from pipelines.vocabulary import RUSSIAN, SURE_STATUSES

MONTH_ROWS = (
    ("На начало месяца", "opening_kopecks"),
    ("Начислено", "charged_kopecks"),
    ("Перерасчёт", "corrected_kopecks"),
    ("Пени", "penalty_kopecks"),
    ("Оплачено", "paid_kopecks"),
    ("На конец месяца", "closing_kopecks"),
)

NORMATIVE_REASONS = {
    "no_reading": "показаний нет, средний расход больше не действует или его нет",
    "no_meter_but_possible": "счётчика нет, хотя его можно установить",
    "no_meter_impossible": "счётчика нет, и установить его нельзя",
    "access_refused": "к счётчику не допустили",
    "interference": "вмешательство в счётчик",
}


def bill_in_words(found: Explanation) -> str:
    """The bill: how the balance moved, and its lines."""
    return "\n".join([*_head(found), *_months(found), "", *(_line(row) for row in found.lines)])


def explanation_in_words(found: Explanation) -> str:
    """The bill, and behind it prices, limits, readings, payments, penalties and files."""
    lines = [*_head(found), *_months(found)]
    for title, rows in (
        ("Строки", [part for row in found.lines for part in (_line(row), *_grounds(row))]),
        ("Средний расход вместо показаний", [_average(row) for row in found.averages]),
        (
            "Расход на содержание дома",
            [part for row in found.house_needs for part in (_house_need(row), _file(row))],
        ),
        ("Показания", [part for row in found.readings for part in (_reading(row), _file(row))]),
        ("Пени", [part for row in found.penalties for part in (_penalty(row), _penalty_formula(row))]),
        ("Оплата", [part for row in found.payments for part in (_payment(row), _file(row))]),
        (
            "Долги и авансы, принятые с лицевым счётом",
            [part for row in found.brought for part in (_brought(row), _file(row))],
        ),
        ("Что известно о лицевом счёте", [part for row in found.facts for part in (_fact(row), _file(row))]),
    ):
        if rows:
            lines += ["", title, *rows]
    return "\n".join([*lines, "", "Сумма частей равна счёту до копейки; пересчёт совпал с опубликованным."])


def _head(found: Explanation) -> Iterator[str]:
    yield f"Лицевой счёт {found.account}, {month(found.period)}"
    yield f"Как было известно {found.run.as_of:%d.%m.%Y %H:%M} (ночь № {found.run.run_id})"
    yield ""


def _months(found: Explanation) -> Iterator[str]:
    for title, column in MONTH_ROWS:
        yield f"  {title:<18}{rubles(found.month[column]):>18}"


def _line(row: Row) -> str:
    what = RUSSIAN["line_kind"][row["kind"]]
    meter = f"счётчик {row['meter_serial']}, " if row["meter_serial"] else ""
    words = ", ".join((RUSSIAN["zone"][row["zone"]], RUSSIAN["band"][row["band"]], RUSSIAN["basis"][row["basis"]]))
    return f"  {what} за {month(row['service_period'])}: {meter}{words}: {_formula(row)}"


def _formula(row: Row) -> str:
    """«312 кВт·ч × 5,99 ₽ = 1 868,88 ₽»; of a correction, what it is now and what it was before."""
    now = _product(row, "now")
    if not row["before_kwh"] and not row["before_kopecks"]:
        return now
    return f"стало {now}; было {_product(row, 'before')}; разница {rubles(row['amount_kopecks'])}"


def _product(row: Row, when: str) -> str:
    price = _decimal(row["price_rub_per_kwh"])
    return f"{kwh(row[f'{when}_kwh'])} × {price} ₽ = {rubles(row[f'{when}_kopecks'])}"


def _grounds(row: Row) -> Iterator[str]:
    """Tariff, limit and normative behind a line, with how sure they are."""
    if row["normative_reason"]:
        yield f"      норматив: {NORMATIVE_REASONS[row['normative_reason']]}"
    yield f"      тариф: {row['tariff_source']}{_doubt(row, 'price_status')}"
    if row["limit_source"]:
        yield f"      {_limit(row)}: {row['limit_source']}{_doubt(row, 'limit_status')}"


def _limit(row: Row) -> str:
    if row["first_limit_kwh"] is None:
        return "граница"
    first, volume = kwh(row["first_limit_kwh"]), kwh(row["volume_kwh"])
    if row["second_limit_kwh"] is None:
        persons = row["persons"]
        people = f"{persons} {plural(persons, 'человек', 'человека', 'человек')}"
        return f"норма {first} ({people}), израсходовано за месяц {volume}"
    return f"диапазоны до {first} и до {kwh(row['second_limit_kwh'])}, израсходовано за месяц {volume}"


def _doubt(row: Row, column: str) -> str:
    status = row[column]
    return "" if status is None or status in SURE_STATUSES else f" [{RUSSIAN['value_status'][str(status)]}]"


def _average(row: Row) -> str:
    zone = RUSSIAN["zone"][row["zone"]]
    return (
        f"  {month(row['service_period'])}: счётчик {row['meter_serial']}, {zone}: {kwh(row['average_kwh'])}"
        f" в месяц, последнее показание за {month(row['last_period'])}"
    )


def _house_need(row: Row) -> str:
    """«март 2025: (12 000 кВт·ч по дому − 10 000 кВт·ч по квартирам) × 60 ÷ 2400 м² = 50 кВт·ч»."""
    if row["basis"] == "house_need_normative":
        need = f"{_decimal(row['kwh_per_m2'])} кВт·ч × {_decimal(row['common_m2'])} м² общего имущества"
    else:
        source = "по общедомовому прибору" if row["basis"] == "house_need" else "по среднему за прошлые месяцы"
        need = f"({kwh(row['house_kwh'])} {source} − {kwh(row['flats_kwh'])} по квартирам)"
    share = f"{_decimal(row['area_m2'])} ÷ {_decimal(row['premises_m2'])} м²"
    return f"  {month(row['service_period'])}: {need} × {share} = {kwh(row['kwh'])}"


def _decimal(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _reading(row: Row) -> str:
    verdict = RUSSIAN["verdict"][row["verdict"]]
    used = ""
    if row["verdict"] == "accepted":
        used = f", было {row['previous_register']}, расход {kwh(row['consumption_kwh'])}"
    rule = f" ({row['rule_id']})" if row["rule_id"] else ""
    return (
        f"  {day(row['read_on'])} {RUSSIAN['channel'][row['channel']]}: счётчик {row['meter_serial']},"
        f" {RUSSIAN['zone'][row['zone']]}: {row['register']}{used}, {verdict}{rule}, за {month(row['period'])}"
    )


def _penalty(row: Row) -> str:
    kind = RUSSIAN["debt_kind"][row["debt_kind"]]
    return f"  {kind}, {month(row['debt_period'])}, срок оплаты {day(row['due_on'])}: {rubles(row['amount_kopecks'])}"


def _penalty_formula(row: Row) -> str:
    rate = str(row["rate_pct"]).replace(".", ",")
    days = row["now_days"]
    counted = (
        f"{rubles(row['base_kopecks'])} × {whole(days)} {plural(days, 'день', 'дня', 'дней')}"
        f" × 1/{row['fraction_divisor']} × {rate} % = {rubles(row['now_kopecks'])}"
    )
    before = row["now_kopecks"] - row["amount_kopecks"]
    return f"      с {day(row['day_from'])}: {counted}; предъявлено раньше {rubles(before)}"


def _payment(row: Row) -> str:
    named = f" за {month(row['named_period'])}" if row["named_period"] else ""
    taken = " (снят)" if row["status"] == "reversal" else ""
    return (
        f"  {day(row['paid_on'])} {RUSSIAN['channel'][row['channel']]}, операция {row['operation_id']}"
        f"{named}{taken}: {rubles(row['amount_kopecks'])}"
    )


def _brought(row: Row) -> str:
    return f"  за {month(row['service_period'])}: {rubles(row['amount_kopecks'])}"


def _fact(row: Row) -> str:
    since = f"с {day(row['valid_from'])}"
    if row["subject"] == "tenants":
        return f"  зарегистрировано {since}: {row['persons']}"
    if row["subject"] == "meter":
        ratio = f", коэффициент {row['transformer_ratio']}" if row["transformer_ratio"] > 1 else ""
        return f"  счётчик {since}: {row['meter_serial']}, {RUSSIAN['zone_plan'][row['zone_plan']]}{ratio}"
    if row["subject"] == "condition":
        end = f" по {day(row['valid_to'])}" if row["valid_to"] else ""
        return f"  {RUSSIAN['condition_reason'][row['reason']]} {since}{end}"
    words = (RUSSIAN[name][row[name]] for name in ("settlement", "stove", "heating"))
    return f"  помещение {since}: {', '.join((row['address'], *words))}"


def _file(row: Row) -> str:
    return f"      {row['file_name']}, строка {row['source_line']}, SHA-256 {row['sha256']}"
