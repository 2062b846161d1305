"""Every layout as a channel delivers it, and the facts it makes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.intake.deliveries import CARD, CASH, READINGS, Deliveries, bank_footer, bank_line

READING = "account_number, meter_serial, zone::varchar, read_on, received_at, value, channel::varchar, source_line"
PAYMENT = (
    "account_number, account_as_written, paid_on, amount_kopecks, channel::varchar, agent, operation_id, named_period,"
    " source_line"
)
TEN = datetime(2026, 10, 30, 7, tzinfo=UTC)
"""10:00 in Moscow."""


def readings(inbox: Deliveries) -> list[tuple[object, ...]]:
    return inbox.query(f"select {READING} from intake.reading_fact order by reading_id")


def payments(inbox: Deliveries) -> list[tuple[object, ...]]:
    return inbox.query(f"select {PAYMENT} from intake.payment_fact order by payment_id")


@pytest.mark.parametrize("channel", ["cabinet", "mobile", "site"])
def test_readings_with_an_english_header(inbox: Deliveries, channel: str) -> None:
    inbox.lines(f"{channel}/a.csv", READINGS, "610000000001;007;day;2026-10-30;2026-10-30T10:00;12345.678")
    inbox.ingest()
    assert readings(inbox) == [
        (610000000001, "007", "day", date(2026, 10, 30), TEN, Decimal("12345.678"), channel, 2),
    ]


@pytest.mark.parametrize("channel", ["office", "phone", "controller"])
@pytest.mark.parametrize("encoding", ["cp1251", "utf-8"])
def test_readings_with_a_russian_header(inbox: Deliveries, channel: str, encoding: str) -> None:
    header = "Лицевой счёт;Номер счётчика;Зона;Дата снятия;Дата приёма;Показание"
    inbox.put(
        f"2026-10-31/{channel}/a.csv",
        f"{header}\r\n610000000001;Ж-7;полупик;30.10.2026;30.10.2026 10:00:00;5,5\r\n",
        encoding,
    )
    inbox.ingest()
    assert readings(inbox) == [
        (610000000001, "Ж-7", "half_peak", date(2026, 10, 30), TEN, Decimal("5.500"), channel, 2),
    ]


def test_columns_may_stand_in_any_order_and_case(inbox: Deliveries) -> None:
    inbox.lines(
        "cabinet/a.csv",
        "ПОКАЗАНИЕ; READ_ON ;Зона;Received_At;лицевой  счет;meter_serial",
        "7;2026-10-30;НОЧЬ;2026-10-30 10:00;610000000001;12",
    )
    inbox.ingest()
    assert readings(inbox) == [(610000000001, "12", "night", date(2026, 10, 30), TEN, Decimal(7), "cabinet", 2)]


def test_a_bom_windows_line_ends_and_commas_with_a_quoted_decimal_comma(inbox: Deliveries) -> None:
    text = "\ufeff" + READINGS.replace(";", ",") + '\r\n610000000001,1,all,2026-10-30,2026-10-30 10:00,"5,25"\r\n'
    inbox.put("2026-10-31/cabinet/a.csv", text)
    inbox.ingest()
    assert readings(inbox) == [(610000000001, "1", "all", date(2026, 10, 30), TEN, Decimal("5.25"), "cabinet", 2)]


def test_quotes_and_spaces_around_fields_say_nothing(inbox: Deliveries) -> None:
    inbox.lines("cabinet/a.csv", READINGS, '"610000000001"; "1;""2" ; all ;" 2026-10-30";2026-10-30 10:00\t;5')
    inbox.ingest()
    assert readings(inbox) == [(610000000001, '1;"2', "all", date(2026, 10, 30), TEN, Decimal(5), "cabinet", 2)]


def test_moscow_time_was_an_hour_further_east_before_october_2014(inbox: Deliveries) -> None:
    line = "610000000001;1;all;2014-{0};2014-{0} 10:00;5"
    inbox.lines("cabinet/a.csv", READINGS, line.format("10-25"), line.format("10-27"))
    inbox.ingest()
    assert [row[4] for row in readings(inbox)] == [
        datetime(2014, 10, 25, 6, tzinfo=UTC),
        datetime(2014, 10, 27, 7, tzinfo=UTC),
    ]


def test_a_smart_meter_sends_one_two_or_three_registers_in_a_line(inbox: Deliveries) -> None:
    head = "2026-10-30;2026-10-30 10:00"
    inbox.lines(
        "smart_meter/a.csv",
        "account_number;meter_serial;read_on;received_at;t1;t2;t3",
        f"610000000001;1;{head};1;;",
        f"610000000002;2;{head};1;2;",
        f"610000000003;3;{head};1;2;3.5",
    )
    inbox.ingest()
    assert [(row[1], row[2], row[5], row[7]) for row in readings(inbox)] == [
        ("1", "all", 1, 2),
        ("2", "day", 1, 3),
        ("2", "night", 2, 3),
        ("3", "peak", 1, 4),
        ("3", "half_peak", 2, 4),
        ("3", "night", Decimal("3.5"), 4),
    ]
    assert inbox.counts("a.csv") == ("accepted", 3, 3, 0, 0)


def test_a_bank_registry_brings_payments_and_the_readings_sent_with_them(inbox: Deliveries) -> None:
    inbox.lines(
        "bank/Sber_12_20261031.txt",
        bank_line("a1", 10050, more=";CounterVal:77:day:5,5;CounterVal:77:Ночь:6").replace(";;", ";0926;"),
        bank_line("a2", account="61 0").replace("ИВАНОВ", 'ООО "РОМАШКА'),
        bank_footer(2, 20050),
        encoding="cp1251",
    )
    inbox.ingest()
    day = date(2026, 10, 30)
    assert payments(inbox) == [
        (610000000001, "610000000001", day, 10050, "bank", "sber", "a1", date(2026, 9, 1), 1),
        (None, "61 0", day, 10000, "bank", "sber", "a2", None, 2),
    ]
    at = datetime(2026, 10, 30, 7, 11, 12, tzinfo=UTC)
    assert readings(inbox) == [
        (610000000001, "77", "day", day, at, Decimal("5.5"), "bank", 1),
        (610000000001, "77", "night", day, at, Decimal(6), "bank", 1),
    ]
    assert inbox.counts("12_20261031.txt") == ("accepted", 2, 2, 0, 0)
    assert inbox.file("kind, control_rows, control_kopecks, received_kopecks", "12_20261031.txt") == (
        "bank_registry",
        2,
        20050,
        20050,
    )


def test_money_with_a_wrong_account_waits_in_suspense_and_its_readings_are_left_out(inbox: Deliveries) -> None:
    inbox.lines(
        "bank/sber_12_20261031.txt", bank_line("a", account="123", more=";CounterVal:7:all:5"), bank_footer(1, 10000)
    )
    inbox.ingest()
    assert [row[:2] for row in payments(inbox)] == [(None, "123")]
    assert readings(inbox) == []


def test_an_acquiring_report_brings_payments_and_refunds(inbox: Deliveries) -> None:
    inbox.lines(
        "card/a.csv",
        f"{CARD};PAYM_PERIOD",
        "2026-10-30 23:50:00;c1;1234,50;9,80;610000000001;lk;;PAYMENT;SBP;1;o;092026",
        "30.10.2026;c2;-1234,50;;610000000001;lk;c1;REFUND;SBP;1;o;",
    )
    inbox.ingest()
    day = date(2026, 10, 30)
    assert payments(inbox) == [
        (610000000001, "610000000001", day, 123450, "card", "card", "c1", date(2026, 9, 1), 2),
        (610000000001, "610000000001", day, -123450, "card", "card", "c2", None, 3),
    ]


def test_a_post_registry(inbox: Deliveries) -> None:
    inbox.lines(
        "post/a.csv",
        "Номер перевода;Дата;Лицевой счёт;Период;Сумма;Отделение",
        "п-1;30.10.2026;610000000001;2026-09;10,00;344000",
        "п-2;30.10.2026;610000000001;;0,5;344000",
        "ИТОГО;2;10,50",
        encoding="cp1251",
    )
    inbox.ingest()
    day = date(2026, 10, 30)
    assert payments(inbox) == [
        (610000000001, "610000000001", day, 1000, "post", "post", "п-1", date(2026, 9, 1), 2),
        (610000000001, "610000000001", day, 50, "post", "post", "п-2", None, 3),
    ]
    assert inbox.file("control_rows, control_kopecks, received_kopecks", "a.csv") == (2, 1050, 1050)


def test_a_cash_office(inbox: Deliveries) -> None:
    inbox.lines("cash/a.csv", CASH, "k-1,2026-10-30 12:00,610000000001,2026-10,12.34,3", 'k-2,2026-10-30,,,"1,5",3')
    inbox.ingest()
    day = date(2026, 10, 30)
    assert payments(inbox) == [
        (610000000001, "610000000001", day, 1234, "cash", "cash", "k-1", date(2026, 10, 1), 2),
        (None, "", day, 150, "cash", "cash", "k-2", None, 3),
    ]


def test_the_header_tells_the_customer_files_apart(inbox: Deliveries) -> None:
    inbox.lines(
        "customers/1.csv",
        "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating",
        "610000000001;2014-01-01;;;Азов;Иванов;ул. Мира;urban;gas;none",
        '610000000002;2014-01-01;2020-05-31;д-7;Азовский район;"ООО ""Ель""";"с. Ель; 1";СЕЛО;электроплита;electric',
    )
    inbox.lines("customers/2.csv", "account_number;valid_from;persons", "610000000001;2014-01-01;0")
    inbox.lines(
        "customers/3.csv",
        "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
        "verified_until;opening_t1;opening_t2;opening_t3",
        "610000000001;7;three_zone;6;2;40;1999-12-31;;2030-01-01;1,5;2;3",
    )
    inbox.lines("customers/4.csv", "account_number;service_period;amount", "610000000001;2013-12;-12,5")
    inbox.ingest()
    assert [inbox.file("kind", f"{number}.csv") for number in (1, 2, 3, 4)] == [
        ("accounts",),
        ("tenants",),
        ("meters",),
        ("opening_debts",),
    ]
    assert inbox.query(
        "select account_number, valid_to, house_id, district, holder_name, address, settlement::varchar, stove::varchar,"
        " heating::varchar from intake.account_fact order by 1"
    ) == [
        (610000000001, None, None, "Азов", "Иванов", "ул. Мира", "urban", "gas", "none"),
        (
            610000000002, date(2020, 5, 31), "д-7", "Азовский район", 'ООО "Ель"', "с. Ель; 1", "rural", "electric",
            "electric",
        ),
    ]  # fmt: skip
    assert inbox.query("select account_number, valid_from, persons from intake.tenant_fact") == [
        (610000000001, date(2014, 1, 1), 0)
    ]
    assert inbox.query(
        "select meter_serial, zone_plan::varchar, whole_digits, fraction_digits, transformer_ratio, installed_on,"
        " removed_on, verified_until, opening_t1, opening_t2, opening_t3 from intake.meter_fact"
    ) == [
        (
            "7", "three_zone", 6, 2, 40, date(1999, 12, 31), None, date(2030, 1, 1),
            Decimal("1.5"), Decimal(2), Decimal(3),
        )
    ]  # fmt: skip
    assert inbox.query("select service_period, amount_kopecks from intake.opening_debt_fact") == [
        (date(2013, 12, 1), -1250)
    ]


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2026-09", date(2026, 9, 1)),
        ("09.2026", date(2026, 9, 1)),
        ("092026", date(2026, 9, 1)),
        ("0926", date(2026, 9, 1)),
    ],
)
def test_a_month_may_be_written_in_four_ways(inbox: Deliveries, written: str, period: date) -> None:
    inbox.lines("cash/a.csv", CASH, f"k,2026-10-30,610000000001,{written},1,1")
    inbox.ingest()
    assert [row[7] for row in payments(inbox)] == [period]


def test_a_header_and_nothing_else_is_a_delivery_of_no_rows(inbox: Deliveries) -> None:
    inbox.lines("cabinet/a.csv", READINGS)
    inbox.lines("bank/sber_1_20261031.txt", bank_footer(0, 0))
    inbox.ingest()
    assert inbox.counts("a.csv") == inbox.counts("1_20261031.txt") == ("accepted", 0, 0, 0, 0)


def test_empty_lines_are_no_rows(inbox: Deliveries) -> None:
    inbox.put(
        "2026-10-31/cabinet/a.csv", f"{READINGS}\r\n\r\n610000000001;1;all;2026-10-30;2026-10-30 10:00;5\r\n\r\n\r\n"
    )
    inbox.put(
        "2026-10-31/bank/sber_1_20261031.txt", f"{bank_line('a')}\n\n{bank_footer(1, 10000)}\n\n".encode("cp1251")
    )
    inbox.ingest()
    assert inbox.counts("a.csv") == inbox.counts("1_20261031.txt") == ("accepted", 1, 1, 0, 0)
    assert [row[7] for row in readings(inbox)] == [3]
