"""Prices of the market: a month whole or not at all, versions kept, every refusal with its line and what to do."""

import calendar
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from pipelines.channels.rules import PRICE_RULES
from pipelines.warehouse.checks import load_checks, run_check
from tests.intake.deliveries import Deliveries

HOUR_HEADER = "period;version;day;hour;day_ahead;energy;imbalance_up;imbalance_down"
MONTH_HEADER = "period;version;name;key;value"
NETWORK_HEADER = "valid_from;voltage;variant;energy_price;capacity_price"


def hour_lines(period: dt.date = dt.date(2026, 10, 1), version: str = "final") -> list[str]:
    days = calendar.monthrange(period.year, period.month)[1]
    return [
        f"{period:%Y-%m};{version};{period.replace(day=day)};{hour};1{hour}.5;2{hour},12345;-3;4"
        for day in range(1, days + 1)
        for hour in range(24)
    ]


def month_lines(version: str = "final") -> list[str]:
    values = {
        "capacity_price": "850000.12345",
        "average_price": "1850,5",
        "infrastructure": "4.2",
        "a_rate": "-1.5",
        "b_rate": "2",
        "alpha_pgp": "2500",
        "alpha_pret": "10",
        "alpha_pcat": "900.125",
        "alpha_pnas": "800",
        "alpha_egp": "1700000",
        "alpha_eret": "5000",
        "alpha_ecat": "600000",
        "alpha_enas": "500000",
    }
    keyed = [
        ("zone_price", "peak", "3000"),
        ("zone_price", "полупик", "2500"),
        ("zone_price", "day", "2600"),
        ("zone_price", "ночь", "1200"),
        ("markup", "up_to_670", "300"),
        ("markup", "to_10_mw", "200"),
        ("markup", "от 10 МВт", "100"),
        ("peak_hour", "2026-10-01", "18"),
        ("peak_hour", "02.10.2026", "19"),
        ("planned_hour", "", "8"),
        ("planned_hour", "", "18"),
        ("planned_hour", "", "19"),
    ]
    head = f"2026-10;{version};"
    return [f"{head}{name};;{value}" for name, value in values.items()] + [f"{head}{';'.join(one)}" for one in keyed]


def accounted(inbox: Deliveries) -> bool:
    [check] = [one for one in load_checks() if one.name == "every_line_of_a_file_is_accounted_for"]
    return run_check(inbox.connection, check).offenders == 0


def test_every_hour_of_a_month_is_taken_in_both_versions(inbox: Deliveries) -> None:
    inbox.lines("market/a.csv", HOUR_HEADER, *hour_lines(version="предварительные"))
    inbox.lines("market/b.csv", HOUR_HEADER, *reversed(hour_lines()))
    inbox.ingest()
    assert inbox.rejected() == []
    assert inbox.query("select version::varchar, count(*) from intake.market_hour_fact group by 1 order by 1") == [
        ("final", 744),
        ("preliminary", 744),
    ]
    assert inbox.query(
        "select day_ahead, energy, imbalance_up, imbalance_down, source_line from intake.market_hour_fact"
        " where version = 'preliminary' and day = date '2026-10-02' and hour = 3"
    ) == [(Decimal("13.5"), Decimal("23.12345"), Decimal(-3), Decimal(4), 29)]
    assert accounted(inbox)


@pytest.mark.parametrize(("period", "hours"), [(dt.date(2014, 10, 1), 745), (dt.date(2011, 3, 1), 743)])
def test_a_month_has_as_many_hours_as_the_clock_gave_it(inbox: Deliveries, period: dt.date, hours: int) -> None:
    lines = hour_lines(period)
    inbox.lines("market/a.csv", HOUR_HEADER, *lines)
    if hours > 744:
        lines.append(lines[0].replace("2014-10-01;0;", "2014-10-26;24;"))
    else:
        lines.remove(next(line for line in lines if ";2011-03-27;23;" in line))
    inbox.lines("market/b.csv", HOUR_HEADER, *lines)
    inbox.ingest()
    assert inbox.query("select count(*) from intake.market_hour_fact") == [(hours,)]
    assert inbox.file("status, kind", "a.csv") == ("refused", "market_prices")


def test_the_prices_of_a_month_are_one_row(inbox: Deliveries) -> None:
    inbox.lines("market/a.csv", MONTH_HEADER, *month_lines())
    inbox.ingest()
    assert inbox.rejected() == []
    [row] = inbox.query(
        "select capacity_price, a_rate, alpha_pcat, zone_prices['half_peak'], map_keys(markups), peak_hours, planned_hours"
        " from intake.market_month_fact"
    )
    assert row == (
        Decimal("850000.12345"),
        Decimal("-1.5"),
        Decimal("900.125"),
        Decimal(2500),
        ["up_to_670", "to_10_mw", "over_10_mw"],
        {dt.date(2026, 10, 1): 18, dt.date(2026, 10, 2): 19},
        [8, 18, 19],
    )
    assert accounted(inbox)


def test_network_tariffs_have_a_capacity_price_with_two_rates_only(inbox: Deliveries) -> None:
    inbox.lines(
        "market/a.csv", NETWORK_HEADER, "2026-10-01;nn;one_rate;3500,5;", "01.10.2026;СН2;двухставочный;90;1200000"
    )
    inbox.ingest()
    assert inbox.query(
        "select voltage::varchar, variant::varchar, energy_price, capacity_price from intake.network_tariff_fact order by voltage"
    ) == [
        ("sn2", "two_rate", Decimal(90), Decimal(1200000)),
        ("nn", "one_rate", Decimal("3500.5"), None),
    ]


def test_what_comes_again_is_a_version_of_its_own(inbox: Deliveries) -> None:
    for number, price in enumerate(("3500", "3600", "3500")):
        inbox.lines(f"market/{number}.csv", NETWORK_HEADER, f"2026-10-01;nn;one_rate;{price};{';' * 0}", *[""] * number)
        inbox.ingest(number + 1)
    assert inbox.query("select energy_price::integer from intake.network_tariff_fact order by source_file_id") == [
        (3500,),
        (3600,),
        (3500,),
    ]


def changed(lines: list[str], place: int, old: str, new: str) -> list[str]:
    return [*lines[:place], lines[place].replace(old, new, 1), *lines[place + 1 :]]


REFUSED: list[tuple[str, Callable[[], list[str]], str, int, str]] = [
    (
        HOUR_HEADER,
        lambda: hour_lines()[:-1],
        "price_hours",
        1,
        "цены за 744 часа месяца 10.2026; найдено: 743, нет: 31.10.2026 час 23. Исправьте файл и передайте его снова целиком.",
    ),
    (
        HOUR_HEADER,
        lambda: hour_lines()[24:],
        "price_hours",
        1,
        "найдено: 720, нет: 01.10.2026 час 0, 01.10.2026 час 1,",
    ),
    (HOUR_HEADER, list, "price_hours", 1, "ни одной строки"),
    (HOUR_HEADER, lambda: [*hour_lines(), hour_lines()[5]], "price_hours", 746, "01.10.2026, час 5, уже в строке 7"),
    (
        HOUR_HEADER,
        lambda: changed(hour_lines(), 3, ";3;", ";24;"),
        "price_hours",
        5,
        "час месяца 10.2026; найдено: 01.10.2026, час 24",
    ),
    (
        HOUR_HEADER,
        lambda: changed(hour_lines(), 3, ";2026-10-01;", ";2026-11-01;"),
        "price_hours",
        5,
        "найдено: 01.11.2026, час 3",
    ),
    (
        HOUR_HEADER,
        lambda: changed(hour_lines(), 3, "13.5", "-13.5"),
        "price_value",
        5,
        "число от 0, после запятой не больше 5 знаков; найдено: «-13.5»",
    ),
    (HOUR_HEADER, lambda: changed(hour_lines(), 3, "13.5", ""), "price_value", 5, "найдено: пусто"),
    (HOUR_HEADER, lambda: changed(hour_lines(), 3, "13.5", "1e5"), "price_value", 5, "найдено: «1e5»"),
    (HOUR_HEADER, lambda: changed(hour_lines(), 3, "final", "maybe"), "price_value", 5, "Версия: одно из: preliminary"),
    (
        HOUR_HEADER,
        lambda: changed(hour_lines(), 3, "final", "preliminary"),
        "price_file",
        5,
        "один месяц и одна версия, как в строке 2",
    ),
    (
        HOUR_HEADER,
        lambda: changed(hour_lines(), 3, "2026-10;", "2026-09;"),
        "price_file",
        5,
        "один месяц и одна версия",
    ),
    (HOUR_HEADER, lambda: changed(hour_lines(), 3, ";4", ""), "row_columns", 5, "полей в строке: 8; найдено: 7"),
    (HOUR_HEADER.replace("energy", "power"), hour_lines, "file_header", 1, "колонки из: period"),
    (HOUR_HEADER.replace(";imbalance_down", ""), list, "file_header", 1, "period;version;day;hour;day_ahead;energy"),
    (MONTH_HEADER, lambda: month_lines()[1:], "price_month", 1, "все показатели месяца; найдено: нет: capacity_price."),
    (MONTH_HEADER, lambda: month_lines()[:-5], "price_month", 1, "нет: peak_hour, planned_hour."),
    (
        MONTH_HEADER,
        lambda: [one for one in month_lines() if "ночь" not in one],
        "price_month",
        1,
        "нет: zone_price night.",
    ),
    (MONTH_HEADER, lambda: [*month_lines(), month_lines()[0]], "price_month", 27, "каждый показатель один раз"),
    (
        MONTH_HEADER,
        lambda: [*month_lines(), "2026-10;final;peak_hour;2026-11-01;5"],
        "price_value",
        27,
        "день месяца 10.2026",
    ),
    (MONTH_HEADER, lambda: changed(month_lines(), 7, "900.125", "900.1255"), "price_value", 9, "не больше 3 знаков"),
    (
        MONTH_HEADER,
        lambda: changed(month_lines(), 0, "capacity_price", "capacity"),
        "price_value",
        2,
        "Показатель: одно из",
    ),
    (MONTH_HEADER, list, "price_month", 1, "ни одной строки"),
    (NETWORK_HEADER, lambda: ["2026-10-01;nn;one_rate;1;5"], "price_value", 2, "пусто у одноставочного; найдено: «5»"),
    (NETWORK_HEADER, lambda: ["2026-10-01;nn;two_rate;1;"], "price_value", 2, "цена у двухставочного; найдено: пусто"),
    (NETWORK_HEADER, lambda: ["2026-13-01;nn;one_rate;1;"], "price_value", 2, "дата вида ГГГГ-ММ-ДД"),
]


@pytest.mark.parametrize(
    ("header", "lines", "rule_id", "line", "sentence"), REFUSED, ids=[f"{one[2]} {one[4][:30]}" for one in REFUSED]
)
def test_a_file_that_is_not_whole_is_refused_whole(
    inbox: Deliveries, header: str, lines: Callable[[], list[str]], rule_id: str, line: int, sentence: str
) -> None:
    inbox.lines("market/a.csv", header, *lines())
    inbox.lines("market/good.csv", NETWORK_HEADER, "2026-10-01;nn;one_rate;1;")
    inbox.ingest()
    [(found_line, rule, message, _)] = inbox.rejected()
    assert (found_line, rule) == (line, rule_id)
    assert sentence in message
    assert message.startswith(f"Строка {line}. Ожидается: ")
    assert inbox.file("status", "a.csv") == ("refused",)
    assert inbox.counts("good.csv") == ("accepted", 1, 1, 0, 0)
    assert accounted(inbox)


@pytest.mark.parametrize(
    ("content", "rule_id"),
    [
        (b"\x00\x01\x02\n", "price_file"),
        ("\n".join([HOUR_HEADER, *hour_lines()]).encode(), "file_unfinished"),
        (b" " * (16 << 20) + b"\n", "price_file"),
        (b"\n", "file_header"),
    ],
)
def test_what_is_no_file_of_prices_is_refused(inbox: Deliveries, content: bytes, rule_id: str) -> None:
    inbox.put("2026-10-31/market/a.csv", content)
    inbox.ingest()
    assert [row[1] for row in inbox.rejected()] == [rule_id]


def test_every_rule_of_prices_is_met_by_a_test() -> None:
    assert set(PRICE_RULES) <= {one[2] for one in REFUSED}
