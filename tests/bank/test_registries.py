"""One transfer of a bank pays the registry of many households: matched by order, number, sum and day, or shown as it waits."""

import datetime as dt

import pytest

from tests.bank.conftest import Business, Statement
from tests.intake.deliveries import bank_line

INN = "6164000001"
FOUND = """
    select registry_number, document_number, rule::varchar, status::varchar, difference_kopecks
    from business.registry_transfer order by registry_number, document_number
"""
PURPOSE = "Перевод платежей населения по реестру № 118 за вычетом комиссии"


def registry(
    business: Business,
    *kopecks: int,
    number: str = "118",
    order: str = "5512",
    on: str = "2026-11-17",
    agent: str = "sber",
) -> None:
    """A registry of so many payments, each less one kopeck of commission, and the order its last line names."""
    ordered = f"{dt.date.fromisoformat(on):%d-%m-%Y}"
    total, count = sum(kopecks), len(kopecks)
    lines = [bank_line(f"{number}-{place}", one) for place, one in enumerate(kopecks)]
    rubles = [f"{value // 100},{value % 100:02d}" for value in (total, total - count, count)]
    footer = f"={count};{';'.join(rubles)};{order};{ordered}"
    business.inbox.put(f"{on}/bank/{agent}_{number}_20261117.txt", "\n".join([*lines, footer]) + "\n")


def transfer(
    business: Business,
    rubles: str,
    purpose: str = PURPOSE,
    *,
    number: str = "5512",
    on: str = "2026-11-18",
    inn: str = "",
) -> None:
    Statement.of(on).document(rubles, purpose, number=number, inn=inn).put(business, f"{number}-{rubles}.txt")


def test_a_transfer_pays_the_registry_less_the_commission_of_the_agent(business: Business) -> None:
    registry(business, 10_000, 20_000)
    transfer(business, "299.98", "Платежи физлиц")
    business.replay()
    assert business.query(FOUND) == [("118", "5512", "order", "matched", 0)]
    assert business.query(
        "select agent, payments, amount_kopecks, commission_kopecks, transferred_kopecks, paid_on::varchar, waits_days"
        " from business.registry_transfer"
    ) == [("sber", 2, 30_000, 2, 29_998, "2026-11-18", None)]
    assert business.query("select status::varchar, reason from business.receipt") == [("registry", None)], (
        "though its purpose says nothing of a registry, nobody needs to look for a contract"
    )


@pytest.mark.parametrize(
    ("rubles", "purpose", "number", "expected"),
    [
        ("299.98", PURPOSE, "77", ("118", "77", "number", "matched", 0)),
        ("299.98", "Зачисление по реестру платежей", "77", ("118", "77", "sum", "matched", 0)),
        ("298.00", PURPOSE, "77", ("118", "77", "number_alone", "differs", -198)),
    ],
)
def test_without_the_number_of_the_order_the_registry_the_sum_and_the_day_tell(
    business: Business, rubles: str, purpose: str, number: str, expected: tuple[object, ...]
) -> None:
    registry(business, 10_000, 20_000)
    transfer(business, rubles, purpose, number=number)
    business.replay()
    assert business.query(FOUND) == [expected]


def test_without_a_statement_of_its_days_nobody_says_that_money_is_missing(business: Business) -> None:
    registry(business, 10_000)
    transfer(business, "5.00", "Оплата", number="8", on="2026-11-16")
    business.replay("2026-12-20")
    assert [row[3] for row in business.query(FOUND)] == ["no_statement"]


def test_money_and_registry_wait_for_each_other_and_say_how_long(business: Business) -> None:
    registry(business, 10_000)
    transfer(business, "5.00", "По реестру № 7", number="8")
    business.replay("2026-11-20")
    assert business.query(
        "select status::varchar, difference_kopecks, waits_days from business.registry_transfer order by 1"
    ) == [("no_registry", 500, 2), ("no_transfer", -9999, 3)]


@pytest.mark.parametrize(("on", "rule"), [("2026-11-22", "sum"), ("2026-11-23", None)])
def test_a_sum_is_no_evidence_more_than_five_days_apart(business: Business, on: str, rule: str | None) -> None:
    registry(business, 10_000)
    transfer(business, "99.99", "По реестру", number="8", on=on)
    business.replay()
    assert {row[2] for row in business.query(FOUND)} == {rule}


def test_of_two_registries_of_one_sum_neither_is_guessed_and_a_number_decides(business: Business) -> None:
    registry(business, 10_000)
    registry(business, 10_000, number="119", order="5513", agent="vtb")
    transfer(business, "99.99", "По реестру", number="1")
    business.replay()
    assert [row[3] for row in business.query(FOUND)] == ["no_transfer", "no_transfer", "no_registry"]
    transfer(business, "99.99", "По реестру", number="5513")
    business.replay()
    assert business.query(FOUND) == [
        ("118", "1", "sum", "matched", 0),
        ("119", "5513", "order", "matched", 0),
    ], "what the number leaves is one registry and one sum"


def test_a_registry_that_is_sent_again_waits_for_no_second_transfer(business: Business) -> None:
    registry(business, 10_000)
    lines = [bank_line("118-0", 10_000), "=1;100,00;99,99;0,01;5512;17-11-2026"]
    business.inbox.put("2026-11-18/bank/sber_118_20261118.txt", "\r\n".join(lines) + "\r\n")
    transfer(business, "99.99")
    business.replay()
    assert business.query("select count(*) from intake.registry_fact") == [(2,)]
    assert business.query(FOUND) == [("118", "5512", "order", "matched", 0)]


def test_the_money_of_a_contract_pays_no_registry(business: Business) -> None:
    business.contract("61-0001", INN)
    registry(business, 10_000)
    transfer(business, "99.99", "Оплата за электроэнергию", inn=INN)
    business.replay()
    assert [row[3] for row in business.query(FOUND)] == ["no_transfer"]
    assert business.query("select status::varchar from business.receipt") == [("credited",)]


def test_the_post_is_paid_in_full_and_names_no_order(business: Business) -> None:
    rows = ["Номер перевода;Дата;Лицевой счёт;Период;Сумма;Отделение", "1;16.11.2026;610000000001;;150,25;344700"]
    business.inbox.put("2026-11-17/post/transfers.csv", "\n".join([*rows, "ИТОГО;1;150,25"]) + "\n")
    transfer(business, "150.25", "Переводы населения по реестру", number="9")
    business.replay()
    assert business.query(FOUND) == [(None, "9", "sum", "matched", 0)]
