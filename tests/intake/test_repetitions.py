"""What was said already is not taken twice, and what contradicts it is not taken at all."""

import pytest

from tests.intake.deliveries import CARD, CASH, DAY, READINGS, Deliveries, bank_footer, bank_line, reading

SMART = "account_number;meter_serial;read_on;received_at;t1;t2;t3"


def duplicates(inbox: Deliveries) -> list[tuple[object, ...]]:
    return inbox.query("from intake.duplicate_row order by source_file_id, source_line")


def test_the_same_file_again_changes_nothing_whatever_its_name(inbox: Deliveries) -> None:
    text = f"{READINGS}\n{reading()}\n"
    inbox.put(f"{DAY}/cabinet/a.csv", text)
    inbox.ingest()
    before = inbox.tables()
    again = [inbox.put("2026-11-30/cabinet/b.csv", text), inbox.put("mobile/a.csv", text)]
    report = inbox.ingest(2)
    assert inbox.tables() == before
    assert report.repeated == ("2026-11-30/cabinet/b.csv", "mobile/a.csv")
    assert report.files == ()
    assert not any(path.exists() for path in again)
    assert (inbox.settings.archive / DAY / "cabinet/a.csv").read_text(encoding="utf-8") == text


def test_of_two_equal_files_in_one_night_the_first_is_taken(inbox: Deliveries) -> None:
    text = f"{READINGS}\n{reading()}\n"
    for name in ("mobile/a.csv", "cabinet/b.csv", "cabinet/a.csv"):
        inbox.put(f"{DAY}/{name}", text)
    report = inbox.ingest()
    assert [file.name for file in report.files] == [f"{DAY}/cabinet/a.csv"]
    assert report.repeated == (f"{DAY}/cabinet/b.csv", f"{DAY}/mobile/a.csv")
    assert not any(path.is_file() for path in inbox.settings.inbox.rglob("*"))


def test_a_row_repeated_in_its_file_and_in_later_files_is_a_duplicate_of_the_first(inbox: Deliveries) -> None:
    inbox.lines("cabinet/a.csv", READINGS, reading("1"), reading("2"), reading("1"))
    inbox.lines("cabinet/b.csv", READINGS, reading("2"))
    inbox.ingest()
    inbox.lines("cabinet/c.csv", READINGS, reading("1"), '"610000000001";12345;сутки;30.10.2026;30.10.2026 10:00;1,000')
    inbox.ingest(2)
    assert duplicates(inbox) == [(1, 4, 1, 2), (2, 2, 1, 3), (3, 2, 1, 2), (3, 3, 1, 2)]
    assert [inbox.counts(name) for name in ("a.csv", "b.csv", "c.csv")] == [
        ("accepted", 3, 2, 0, 1),
        ("accepted", 1, 0, 0, 1),
        ("accepted", 2, 0, 0, 2),
    ]
    assert inbox.query("select count(*) from intake.reading_fact") == [(2,)]


@pytest.mark.parametrize(
    "other",
    [
        reading("2"),
        reading(day=29),
        reading(zone="day"),
        reading(account="610000000002"),
        reading().replace("12345", "012345"),
        reading().replace("10:00", "10:00:01"),
    ],
)
def test_a_reading_that_differs_in_anything_is_another_reading(inbox: Deliveries, other: str) -> None:
    inbox.lines("cabinet/a.csv", READINGS, reading(), other)
    inbox.ingest()
    assert inbox.counts("a.csv") == ("accepted", 2, 2, 0, 0)


def test_the_same_reading_through_another_channel_is_another_reading(inbox: Deliveries) -> None:
    inbox.lines("cabinet/a.csv", READINGS, reading())
    inbox.lines("mobile/a.csv", READINGS, reading(), "")
    inbox.ingest()
    assert inbox.query("select count(*) from intake.reading_fact") == [(2,)]


def test_a_smart_meter_line_is_repeated_only_when_all_its_registers_are(inbox: Deliveries) -> None:
    head = "610000000001;7;2026-10-30;2026-10-30 10:00"
    inbox.lines("smart_meter/a.csv", SMART, f"{head};1;2;3", f"{head};1;2;", f"{head};1;2;3")
    inbox.ingest()
    inbox.lines("smart_meter/b.csv", SMART, f"{head};1;2;", f"{head};1;2;4", f"{head};1;;", f"{head};1;2;3")
    inbox.ingest(2)
    assert duplicates(inbox) == [(1, 4, 1, 2), (2, 2, 1, 3), (2, 5, 1, 2)]
    assert inbox.query("select count(*) from intake.reading_fact") == [(3 + 2 + 3 + 1,)]


def test_customer_records_are_repeated_when_every_field_is(inbox: Deliveries) -> None:
    header = "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating"
    first = "610000000001;2014-01-01;;;Азов;Иванов;Мира;urban;gas;none"
    inbox.lines("customers/a.csv", header, first, first.replace(";;;", ";2020-01-01;;"))
    inbox.ingest()
    inbox.lines("customers/b.csv", header, first, first.replace(";;;", ";;д-1;"), first.replace("gas", "electric"))
    inbox.ingest(2)
    assert duplicates(inbox) == [(2, 2, 1, 2)]
    assert inbox.query("select count(*) from intake.account_fact") == [(4,)]


def test_a_payment_again_is_a_duplicate_and_its_readings_go_with_it(inbox: Deliveries) -> None:
    line = bank_line("a", more=";CounterVal:7:all:5")
    inbox.lines("bank/sber_1_20261031.txt", line, line, bank_footer(2, 20000))
    inbox.ingest()
    inbox.lines("bank/sber_2_20261031.txt", line, bank_line("b"), bank_footer(2, 20000))
    inbox.ingest(2)
    assert duplicates(inbox) == [(1, 2, 1, 1), (2, 1, 1, 1)]
    assert inbox.query("select operation_id from intake.payment_fact order by 1") == [("a",), ("b",)]
    assert inbox.query("select count(*) from intake.reading_fact") == [(1,)]
    assert inbox.file("control_kopecks, received_kopecks", "1_20261031.txt") == (20000, 20000)


def test_operation_numbers_belong_to_their_agent(inbox: Deliveries) -> None:
    inbox.lines("bank/sber_1_20261031.txt", bank_line("a"), bank_footer(1, 10000))
    inbox.lines("bank/vtb_1_20261031.txt", bank_line("a", 20000), bank_footer(1, 20000))
    inbox.lines("cash/a.csv", CASH, "a,2026-10-30,610000000001,,5,1")
    inbox.ingest()
    assert inbox.query("select agent from intake.payment_fact order by 1") == [("cash",), ("sber",), ("vtb",)]


def test_an_operation_number_used_for_another_payment_is_a_conflict(inbox: Deliveries) -> None:
    inbox.lines("cash/a.csv", CASH, "k,2026-10-30,610000000001,,1234.5,1")
    inbox.ingest()
    other = [
        "k,2026-10-30,610000000001,,1234.51,1",
        "k,2020-01-01,610000000001,,1234.50,1",
        "k,2026-10-30,610000000002,,1234.50,1",
        'k,30.10.2026,610000000001,2026-10,"1234,50",7',
        "n,2026-10-30,x,,1,1",
        "n,2026-10-30,y,,1,1",
    ]
    inbox.lines("cash/b.csv", CASH, *other)
    inbox.ingest(2)
    assert duplicates(inbox) == [(2, 5, 1, 2)]
    rejected = inbox.rejected()
    assert [(row[0], row[1], row[3]) for row in rejected] == [
        (2, "operation_conflict", other[0]),
        (3, "operation_conflict", other[1]),
        (4, "operation_conflict", other[2]),
        (7, "operation_conflict", other[5]),
    ]
    assert rejected[1][2].replace("\u00a0", " ") == (
        "Операция «k» уже принята из файла «2026-10-31/cash/a.csv», строка 2. Ожидается то же самое: «610000000001» ·"
        " 30.10.2026 · 1 234,50 ₽; найдено: «610000000001» · 01.01.2020 · 1 234,50 ₽. Уточните у отправителя, какая из"
        " двух верна; новой операции нужен новый номер."
    )
    assert inbox.counts("b.csv") == ("accepted", 6, 1, 4, 1)
    assert inbox.query("select sum(amount_kopecks)::bigint from intake.payment_fact") == [(123450 + 100,)]


def test_a_conflict_shows_a_refund_below_zero(inbox: Deliveries) -> None:
    line = "2026-10-30;c2;{};;610000000001;lk;c1;REFUND;SBP;1;o"
    inbox.lines("card/a.csv", CARD, line.format("-5"), line.format("-1000000,05"))
    inbox.ingest()
    assert "найдено: «610000000001» · 30.10.2026 · −1 000 000,05 ₽." in inbox.rejected()[0][2].replace("\u00a0", " ")


def test_a_rejected_line_is_nobodys_first(inbox: Deliveries) -> None:
    inbox.lines("cash/a.csv", CASH, "k,2026-10-30,610000000001,,1x,1", "k,2026-10-30,610000000001,,5,1")
    inbox.ingest()
    assert inbox.counts("a.csv") == ("accepted", 2, 1, 1, 0)


def test_a_conflict_in_a_refused_registry_leaves_no_trace(inbox: Deliveries) -> None:
    inbox.lines("bank/sber_1_20261031.txt", bank_line("a"), bank_line("a", 5000), bank_footer(2, 1))
    inbox.lines("bank/sber_2_20261031.txt", bank_line("a"), bank_footer(1, 10000))
    inbox.ingest()
    assert inbox.counts("1_20261031.txt") == ("refused", 2, 0, 2, 0)
    assert inbox.counts("2_20261031.txt") == ("accepted", 1, 1, 0, 0)
    assert duplicates(inbox) == []
