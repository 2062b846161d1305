"""Penalties of businesses: the vectors by their source, then the law's own turns (RULES.md 11.2–11.4, decision 14)."""

import pytest

from tests.bank.conftest import Business, Statement

INN = "6164000001"
Told = tuple[str, str, int, str, int, str]
"""A row as the vectors write it: first day, last day, days, rubles owed, the rate's divisor, rubles of penalty."""


def told(business: Business, contract: str = "61-0001") -> list[Told]:
    """What all closings posted together."""
    rows = business.query(
        """
        select
            day_from::varchar, max(day_to)::varchar, sum(days)::integer, (base_kopecks / 100.0)::decimal(15, 2)::varchar,
            fraction_divisor, (sum(amount_kopecks) / 100.0)::decimal(15, 2)::varchar
        from business.penalty_line
        where contract_number = ?
        group by period, due_on, day_from, base_kopecks, fraction_divisor, rate_pct
        having sum(days) <> 0
        order by period, day_from, base_kopecks desc
        """,
        [contract],
    )
    return [tuple(row) for row in rows]


def total(business: Business) -> int:
    [(kopecks,)] = business.query("select coalesce(sum(amount_kopecks), 0)::bigint from business.penalty_line")
    return int(kopecks)


def test_p1_case_1_legaldocinspector_managing_company_paid_twice(business: Business) -> None:
    business.contract("61-0001", INN, kind="uk")
    business.bill("61-0001", "2025-04", 231_291_861, "2025-05-15")
    Statement.of("2025-07-02").document("0.01", "за апрель 2025", inn=INN).put(business)
    Statement.of("2025-07-09").document("846698.22", "Оплата", inn=INN).put(business)
    business.replay("2025-07-31")
    assert told(business) == [
        ("2025-05-16", "2025-07-02", 48, "2312918.61", 300, "35156.36"),
        ("2025-07-03", "2025-07-09", 7, "2312918.60", 300, "5126.97"),
        ("2025-07-10", "2025-07-14", 5, "1466220.38", 300, "2321.52"),
        ("2025-07-15", "2025-07-31", 17, "1466220.38", 170, "13929.09"),
    ]
    assert total(business) == 5_653_394


def test_p1_case_2_legaldocinspector_managing_company_three_months(business: Business) -> None:
    business.contract("61-0001", INN, kind="uk")
    business.bill("61-0001", "2024-10", 2_335_406, "2024-11-18")
    business.bill("61-0001", "2024-11", 4_735_061, "2024-12-18")
    business.bill("61-0001", "2024-12", 2_264_505, "2025-01-20")
    business.replay("2025-02-28")
    assert told(business) == [
        ("2024-11-19", "2025-01-17", 60, "23354.06", 300, "443.73"),
        ("2025-01-18", "2025-02-16", 30, "23354.06", 170, "391.52"),
        ("2025-02-17", "2025-02-28", 12, "23354.06", 130, "204.80"),
        ("2024-12-19", "2025-02-16", 60, "47350.61", 300, "899.66"),
        ("2025-02-17", "2025-02-28", 12, "47350.61", 170, "317.53"),
        ("2025-01-21", "2025-02-28", 39, "22645.05", 300, "279.67"),
    ]
    assert total(business) == 253_691


def test_p1_case_5_legaldocinspector_owners_association_first_thirty_days_free(business: Business) -> None:
    business.contract("61-0001", INN, kind="tszh")
    for period, due in (("2025-04", "2025-05-20"), ("2025-05", "2025-06-20"), ("2025-06", "2025-07-21")):
        business.bill("61-0001", period, 46_146_636, due)
    business.replay("2025-09-25")
    # The rows of nothing that the vector writes for days 1 to 30 are not written here.
    assert told(business) == [
        ("2025-06-20", "2025-08-18", 60, "461466.36", 300, "8767.86"),
        ("2025-08-19", "2025-09-25", 38, "461466.36", 130, "12814.57"),
        ("2025-07-21", "2025-09-18", 60, "461466.36", 300, "8767.86"),
        ("2025-09-19", "2025-09-25", 7, "461466.36", 130, "2360.58"),
        ("2025-08-21", "2025-09-25", 36, "461466.36", 300, "5260.72"),
    ]
    assert total(business) == 3_797_159


def test_others_pay_a_130th_of_the_key_rate_from_the_first_day_without_a_cap(business: Business) -> None:
    business.contract("61-0001", INN)
    business.bill("61-0001", "2024-10", 10_000_000, "2024-11-18")
    business.replay("2024-12-31")
    # 100 000 rubles × 43 days × 21 % ÷ 130.
    assert told(business) == [("2024-11-19", "2024-12-31", 43, "100000.00", 130, "6946.15")]


def test_a_paid_part_is_charged_at_the_rate_of_its_day_and_the_rest_at_the_rate_of_the_count(
    business: Business,
) -> None:
    business.contract("61-0001", INN)
    business.bill("61-0001", "2025-04", 10_000_000, "2025-05-19")
    Statement.of("2025-06-05").document("40000.00", "Оплата", inn=INN).put(business)
    business.replay("2025-06-20")
    # Key rate: 21 % until 8 June 2025, 20 % from then on. Of the unpaid part every day so far costs by 20 %.
    assert told(business) == [
        ("2025-05-20", "2025-06-05", 17, "60000.00", 130, "1569.23"),
        ("2025-05-20", "2025-06-05", 17, "40000.00", 130, "1098.46"),
        ("2025-06-06", "2025-06-20", 15, "60000.00", 130, "1384.62"),
    ]


@pytest.mark.parametrize(("kind", "rate", "base"), [("heat_water", 21, "300"), ("uk", 9.5, "300")])
def test_housing_chain_pays_by_the_lowered_rate_and_suppliers_of_heat_by_the_key_rate(
    business: Business, kind: str, rate: float, base: str
) -> None:
    business.contract("61-0001", INN, kind=kind)
    business.bill("61-0001", "2025-04", 30_000_000, "2025-05-19")
    business.replay("2025-05-29")
    assert told(business)[0][2:] == (10, "300000.00", int(base), f"{rate * 100:.2f}")


def test_a_late_advance_bears_nothing_before_the_month_is_to_be_paid(business: Business) -> None:
    business.contract("61-0001", INN)
    business.bill(
        "61-0001", "2025-04", 10_000_000, "2025-05-19", [("2025-04-10", 3_000_000), ("2025-04-25", 4_000_000)]
    )
    business.replay("2025-05-20")
    # One day on the whole month, in one row.
    assert told(business) == [("2025-05-20", "2025-05-20", 1, "100000.00", 130, "161.54")]


def test_a_night_posts_only_what_the_closed_months_have_not(business: Business) -> None:
    business.contract("61-0001", INN)
    business.bill("61-0001", "2024-10", 10_000_000, "2024-11-18")
    business.replay("2024-12-01", run_id=1)
    business.close("2024-12", run_id=1)
    november = business.query("from business.penalty_line where posting_period = date '2024-11-01'")
    Statement.of("2024-12-10").document("100000.00", "Оплата", inn=INN, on="2024-11-20").put(business)
    business.replay("2024-12-31", run_id=2)
    assert business.query("from business.penalty_line where posting_period = date '2024-11-01'") == november
    # Paid on the second day late, known in December: the other ten days are taken back.
    assert business.query(
        "select days, amount_kopecks from business.penalty_line where posting_period = date '2024-12-01'"
    ) == [(-10, -161_538)]
    assert [row[2:] for row in told(business)] == [(2, "100000.00", 130, "323.08")]
