"""Documents of bank statements find the contract they pay, or wait with a reason."""

import datetime as dt

import pytest

from tests.bank.conftest import Business, Statement, month

INN, OTHER = "6164000001", "6164000002"
RECEIPT = "select status::varchar, rule::varchar, reason::varchar, contract_number, named_period from business.receipt"


def received(business: Business, purpose: str, *, inn: str = INN, rubles: str = "100.00") -> tuple[object, ...]:
    Statement.of("2026-11-18").document(rubles, purpose, inn=inn).put(business)
    business.replay()
    [row] = business.query(RECEIPT)
    return row


PURPOSES: dict[str, str | None] = {
    "Оплата за электроэнергию за октябрь 2026 по договору № 61-0001, в т.ч. НДС 22%": "2026-10",
    "Аванс за ноябрь по дог. энергоснабжения от 01.01.2025 г. №61-0001": "2026-11",
    "Оплата по договору 61-0001 от 15 января 2020, счёт 118 от 05.11.2026 за 10.2026г.": "2026-10",
    "ЗА ЭЛ/ЭНЕРГИЮ ДОГОВОР N 61-0001 ОКТ. 2026": "2026-10",
    "по контракту №: 61-0001 за 2026-09": "2026-09",
    "долг за январь, дог.61-0001": "2026-01",
    "аванс за декабрь, дог.61-0001": "2026-12",
    "за май 2026г 61-0001": "2026-05",
    "Оплата по договору 61-0001 ул. Октябрьская, Майская": None,
    "Оплата за октябрь, ноябрь 2026 по договору 61-0001": None,
    "Оплата от 10.11.2026 по договору 61-0001": None,
}


def test_contract_and_month_are_read_from_the_purpose(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0009", INN)
    statement = Statement.of("2026-11-18")
    for number, purpose in enumerate(PURPOSES):
        statement.document("100.00", purpose, inn=INN, number=str(number))
    statement.put(business)
    business.replay()
    found = business.query("select purpose, rule::varchar, contract_number, named_period from business.receipt")
    assert {purpose: read for purpose, *read in found} == {
        purpose: ["contract_and_inn", "61-0001", month(period) if period else None]
        for purpose, period in PURPOSES.items()
    }


def test_latin_letters_in_a_number_are_the_cyrillic_ones_they_look_like(business: Business) -> None:
    business.contract("61/77-А", INN)
    business.contract("61/78-А", INN)
    assert received(business, "по договору 61/77-A")[1:4] == ("contract_and_inn", None, "61/77-А")


def test_another_may_pay_when_he_names_the_contract(business: Business) -> None:
    business.contract("61-0001", INN)
    assert received(business, "за ООО по договору № 61-0001", inn=OTHER)[:4] == (
        "credited",
        "contract_of_another",
        None,
        "61-0001",
    )


def test_a_payer_with_one_contract_needs_no_number(business: Business) -> None:
    business.contract("61-0001", INN)
    assert received(business, "Оплата за электроэнергию")[:4] == ("credited", "inn", None, "61-0001")


def test_of_several_contracts_the_one_asked_for_that_sum_is_paid(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0002", INN)
    business.bill("61-0002", "2026-10", 12_345, "2026-11-18")
    business.bill("61-0001", "2026-10", 99_999, "2026-11-18")
    assert received(business, "Оплата", rubles="123.45")[:4] == ("credited", "amount", None, "61-0002")


def test_of_several_contracts_the_one_that_this_account_pays_for_is_paid(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0002", INN)
    Statement.of("2026-10-20").document("5.00", "по договору 61-0002", inn=INN).put(business)
    Statement.of("2026-11-18").document("7.00", "Оплата", inn=INN).put(business)
    Statement.of("2026-11-19").document("9.00", "Оплата", inn=INN, account="40702810000000000888").put(business)
    business.replay()
    assert business.query(
        "select amount_kopecks, rule::varchar, reason::varchar, contract_number from business.receipt order by 1"
    ) == [
        (500, "contract_and_inn", None, "61-0002"),
        (700, "account", None, "61-0002"),
        (900, None, "several_contracts", None),
    ]


@pytest.mark.parametrize(
    ("purpose", "inn", "reason"),
    [
        ("Оплата за электроэнергию", OTHER, "unknown_payer"),
        ("Оплата по договору 77-123", OTHER, "unknown_contract"),
        ("Возврат ошибочно перечисленных по договору 61-0001", INN, "says_refund"),
        ("Оплата за электроэнергию", "", "unknown_payer"),
    ],
)
def test_what_cannot_be_told_waits_with_a_reason(business: Business, purpose: str, inn: str, reason: str) -> None:
    business.contract("61-0001", INN)
    assert received(business, purpose, inn=inn)[:4] == ("suspense", None, reason, None)


def test_the_sum_of_a_registry_of_households_waits_for_nobody(business: Business) -> None:
    business.contract("61-0001", INN)
    assert received(business, "Перевод платежей населения по реестру № 12")[0] == "registry"


def test_money_is_credited_on_the_day_it_reached_our_account(business: Business) -> None:
    business.contract("61-0001", INN)
    Statement.of("2026-11-20").document("1.00", "Оплата", inn=INN, on="2026-11-19", drawn_on="2026-11-17").put(business)
    business.replay()
    assert business.query("select drawn_on, paid_on, posting_period, waits_since from business.receipt") == [
        (dt.date(2026, 11, 17), dt.date(2026, 11, 19), month("2026-11"), dt.date(2026, 11, 20))
    ]


def test_a_refund_takes_back_and_other_spending_is_no_receipt(business: Business) -> None:
    business.contract("61-0001", INN)
    Statement.of("2026-11-18").document("5.00", "Возврат переплаты", inn=INN, outgoing=True).document(
        "7.00", "Аренда", inn=INN, number="2", outgoing=True
    ).put(business)
    business.replay()
    assert business.query("select amount_kopecks, status::varchar, contract_number from business.receipt") == [
        (-500, "credited", "61-0001")
    ]


def test_a_contract_that_comes_later_is_credited_in_its_own_month(business: Business) -> None:
    Statement.of("2026-09-18").document("5.00", "по договору 61-0001", inn=INN).put(business)
    business.replay(run_id=1)
    assert business.query("select reason::varchar, posting_period from business.receipt") == [
        ("unknown_contract", None)
    ]
    business.contract("61-0001", INN, known="2026-11-05")
    business.replay(run_id=2)
    assert business.query("select contract_number, posting_period from business.receipt") == [
        ("61-0001", month("2026-11"))
    ]


def test_a_second_contract_moves_nothing_that_was_credited(business: Business) -> None:
    business.contract("61-0001", INN)
    Statement.of("2026-09-18").document("5.00", "Оплата", inn=INN).put(business)
    business.contract("61-0002", INN, known="2026-11-05")
    business.replay()
    assert business.query("select contract_number, rule::varchar, posting_period from business.receipt") == [
        ("61-0001", "inn", month("2026-09"))
    ]


def test_a_decision_credits_what_waits_and_moves_what_was_credited(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0002", OTHER)
    Statement.of("2026-09-18").document("5.00", "Оплата", inn="7700000000", number="12").document(
        "6.00", "Оплата", inn=INN, number="13"
    ).document("8.00", "Оплата", inn="7700000000", number="14").put(business)
    account = "40702810000000000777"
    business.decide(
        "2026-10-05",
        f"18.09.2026;12;5,00;{account};assign;61-0002;09.2026",
        f"18.09.2026;13;6,00;{account};зачислить на договор;61-0002;",
        f"18.09.2026;14;8,00;{account};dismiss;;",
    )
    business.replay()
    assert business.query(
        "select amount_kopecks, status::varchar, rule::varchar, contract_number, named_period, posting_period,"
        " cancelled_period from business.receipt order by amount_kopecks, posting_period"
    ) == [
        (500, "credited", "decision", "61-0002", month("2026-09"), month("2026-10"), None),
        (600, "credited", "inn", "61-0001", None, month("2026-09"), month("2026-10")),
        (600, "credited", "decision", "61-0002", None, month("2026-10"), None),
        (800, "foreign", "decision", None, None, month("2026-10"), None),
    ]


def test_a_decision_for_an_unknown_contract_changes_nothing(business: Business) -> None:
    Statement.of("2026-09-18").document("5.00", "Оплата", number="12").put(business)
    business.decide("2026-10-05", "18.09.2026;12;5,00;40702810000000000777;assign;61-0002;")
    business.replay()
    assert business.query("select status::varchar, reason::varchar from business.receipt") == [
        ("suspense", "unknown_payer")
    ]


def test_of_several_contracts_the_one_whose_invoice_is_named_is_paid(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0002", INN)
    business.connection.execute(
        "insert into intake.document_fact"
        " select 'invoice', 2026, 118, '61-0002', date '2026-10-01', date '2026-10-01', 0, date '2026-10-31', 0, '{}', [], timestamptz '2026-11-02 09:00:00+03'"
    )
    assert received(business, "Оплата по счету N 118 от 31.10.26") == (
        "credited",
        "invoice_and_inn",
        None,
        "61-0002",
        month("2026-10"),
    )


def test_of_one_day_the_last_decision_counts(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0002", OTHER)
    Statement.of("2026-09-18").document("5.00", "Оплата", inn="7700000000", number="12").put(business)
    line = "18.09.2026;12;5,00;40702810000000000777;assign"
    business.decide("2026-10-05", f"{line};61-0001;", f"{line};61-0002;")
    business.replay()
    assert business.query("select contract_number, posting_period, cancelled_period from business.receipt") == [
        ("61-0002", month("2026-10"), None)
    ]


def test_an_invoice_issued_after_the_month_of_the_payment_was_not_known_then(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0002", INN)
    business.connection.execute(
        "insert into intake.document_fact"
        " select 'invoice', 2026, 118, '61-0002', date '2026-10-01', date '2026-10-01', 0, date '2026-10-31', 0, '{}', [],"
        " timestamptz '2026-12-01 00:00:00+03'"
    )
    assert received(business, "Оплата по счету N 118 от 31.10.26")[2] == "several_contracts"


def test_a_bill_is_asked_for_from_the_month_after_it(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0002", INN)
    business.bill("61-0002", "2026-11", 12_345, "2026-12-18")
    assert received(business, "Оплата", rubles="123.45")[2] == "several_contracts"


def test_who_has_a_contract_and_names_anothers_is_asked(business: Business) -> None:
    business.contract("61-0001", INN)
    business.contract("61-0002", OTHER)
    assert received(business, "Оплата по договору № 61-0002")[:4] == ("suspense", None, "names_another", None)
