"""Debts and penalty against the published and worked vectors, each under its own name and with its own reference rows.

Decision 16: a vector brings its scale, rate, moratorium and final due date; the tables of the project play no part.
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.oracle.debts import Debt, Money, Postings, allocate, debts, money, next_working_day
from tests.oracle.facts import LineRow, OpeningDebtFact, PaymentFact
from tests.oracle.penalty import (
    FOREVER,
    Moratorium,
    PenaltyRow,
    Rate,
    Scale,
    cut_then_half_up,
    half_up,
    penalty,
    penalty_rows,
)
from tests.oracle.periods import MOSCOW

START = dt.date(2016, 1, 1)
FREE, ONE_300TH, ONE_170TH, ONE_130TH = Fraction(0), Fraction(1, 300), Fraction(1, 170), Fraction(1, 130)
AT_9_5 = [Rate(START, FOREVER, Fraction("9.5"))]
MANAGING_COMPANY = [
    Scale(START, FOREVER, 1, 60, ONE_300TH),
    Scale(START, FOREVER, 61, 90, ONE_170TH),
    Scale(START, FOREVER, 91, None, ONE_130TH),
]
HOUSEHOLD = [
    Scale(START, FOREVER, 1, 30, FREE),
    Scale(START, FOREVER, 31, 90, ONE_300TH),
    Scale(START, FOREVER, 91, None, ONE_130TH),
]
OWNERS_ASSOCIATION = HOUSEHOLD
MORATORIUM_2020 = Moratorium(dt.date(2020, 4, 6), dt.date(2021, 1, 1))
MORATORIUM_2022 = Moratorium(dt.date(2022, 4, 1), dt.date(2022, 10, 1), dt.date(2022, 4, 1))

Told = tuple[str, str, int, str, Fraction, str]
"""A row as the vectors write it: first day, last day, days, rubles owed, fraction, rubles of penalty."""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def kopecks(rubles: str) -> int:
    return int(Decimal(rubles) * 100)


def owed(rubles: str, due: str, period: str = "2020-01-01") -> Debt:
    return Debt(day(period), "bill", kopecks(rubles), day(due))


def told(found: list[PenaltyRow]) -> list[Told]:
    return [
        (
            row.day_from.isoformat(),
            row.day_to.isoformat(),
            row.days,
            f"{Decimal(row.base_kopecks) / 100:.2f}",
            row.fraction,
            f"{Decimal(row.amount_kopecks) / 100:.2f}",
        )
        for row in found
    ]


def business(debt: Debt, as_of: str, scale: list[Scale], paid: list[Money] | None = None) -> list[PenaltyRow]:
    parts = allocate([debt], paid or []).parts[debt.key]
    return penalty_rows(debt, parts, day(as_of), scale, AT_9_5, rounded=cut_then_half_up)


def household_days(due: str, as_of: str, *moratoria: Moratorium) -> dict[Fraction, int]:
    found = penalty_rows(owed("1000.00", due), [], day(as_of), HOUSEHOLD, AT_9_5, moratoria)
    return {row.fraction: row.days for row in found}


def test_p1_case_1_managing_company_paid_twice() -> None:
    debt = owed("2312918.61", due="2025-05-15")
    paid = [Money(day("2025-07-02"), 1), Money(day("2025-07-09"), kopecks("846698.22"))]
    found = business(debt, "2025-07-31", MANAGING_COMPANY, paid)
    assert told(found) == [
        ("2025-05-16", "2025-07-02", 48, "2312918.61", ONE_300TH, "35156.36"),
        ("2025-07-03", "2025-07-09", 7, "2312918.60", ONE_300TH, "5126.97"),
        ("2025-07-10", "2025-07-14", 5, "1466220.38", ONE_300TH, "2321.52"),
        ("2025-07-15", "2025-07-31", 17, "1466220.38", ONE_170TH, "13929.09"),
    ]
    assert penalty(found) == kopecks("56533.94")


def test_p1_case_2_managing_company_three_months() -> None:
    assert next_working_day(day("2025-01-18"), frozenset()) == day("2025-01-20")
    october = business(owed("23354.06", due="2024-11-18"), "2025-02-28", MANAGING_COMPANY)
    november = business(owed("47350.61", due="2024-12-18"), "2025-02-28", MANAGING_COMPANY)
    december = business(owed("22645.05", due="2025-01-20"), "2025-02-28", MANAGING_COMPANY)
    assert told(october) == [
        ("2024-11-19", "2025-01-17", 60, "23354.06", ONE_300TH, "443.73"),
        ("2025-01-18", "2025-02-16", 30, "23354.06", ONE_170TH, "391.52"),
        ("2025-02-17", "2025-02-28", 12, "23354.06", ONE_130TH, "204.80"),
    ]
    assert told(november) == [
        ("2024-12-19", "2025-02-16", 60, "47350.61", ONE_300TH, "899.66"),
        ("2025-02-17", "2025-02-28", 12, "47350.61", ONE_170TH, "317.53"),
    ]
    assert told(december) == [("2025-01-21", "2025-02-28", 39, "22645.05", ONE_300TH, "279.67")]
    assert penalty(october + november + december) == kopecks("2536.91")


def test_p1_case_5_owners_association_first_thirty_days_free() -> None:
    assert next_working_day(day("2025-07-20"), frozenset()) == day("2025-07-21")
    april = business(owed("461466.36", due="2025-05-20"), "2025-09-25", OWNERS_ASSOCIATION)
    may = business(owed("461466.36", due="2025-06-20"), "2025-09-25", OWNERS_ASSOCIATION)
    june = business(owed("461466.36", due="2025-07-21"), "2025-09-25", OWNERS_ASSOCIATION)
    # The rows of nothing that the vector writes for days 1 to 30 are not written here.
    assert told(april) == [
        ("2025-06-20", "2025-08-18", 60, "461466.36", ONE_300TH, "8767.86"),
        ("2025-08-19", "2025-09-25", 38, "461466.36", ONE_130TH, "12814.57"),
    ]
    assert told(may) == [
        ("2025-07-21", "2025-09-18", 60, "461466.36", ONE_300TH, "8767.86"),
        ("2025-09-19", "2025-09-25", 7, "461466.36", ONE_130TH, "2360.58"),
    ]
    assert told(june) == [("2025-08-21", "2025-09-25", 36, "461466.36", ONE_300TH, "5260.72")]
    assert penalty(april + may + june) == kopecks("37971.59")


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        ("2024-01-30", {}),
        ("2024-02-01", {ONE_300TH: 1}),
        ("2024-03-31", {ONE_300TH: 60}),
        ("2024-04-01", {ONE_300TH: 60, ONE_130TH: 1}),
    ],
)
def test_p2_household_days_are_numbered_from_the_due_day(as_of: str, days: dict[Fraction, int]) -> None:
    assert household_days("2024-01-01", as_of) == days


def test_p2_moratorium_of_2020_takes_270_days() -> None:
    whole = household_days("2019-01-01", "2021-01-01")
    spared = household_days("2019-01-01", "2021-01-01", MORATORIUM_2020)
    assert whole[ONE_130TH] - spared[ONE_130TH] == 270
    assert whole[ONE_300TH] == spared[ONE_300TH] == 60


def test_p2_moratorium_of_2022_takes_all_of_31_to_90() -> None:
    days = household_days("2022-03-01", "2022-10-01", MORATORIUM_2022)
    assert ONE_300TH not in days
    assert days == {ONE_130TH: 1}


def test_p4_money_goes_to_the_earliest_due() -> None:
    first = owed("100.00", due="2024-01-01", period="2023-12-01")
    second = owed("100.00", due="2024-02-01", period="2024-01-01")
    paid_on = day("2024-05-01")
    allocation = allocate([second, first], [Money(paid_on, kopecks("150.00"))])
    assert allocation.parts == {first.key: [(paid_on, 10000)], second.key: [(paid_on, 5000)]}
    assert allocation.advances == []


def test_p5_arithmetic_of_fifteen_days() -> None:
    every_day = [Scale(START, FOREVER, 1, None, ONE_300TH)]
    at_7_5 = [Rate(START, FOREVER, Fraction("7.5"))]
    found = penalty_rows(owed("5000.00", due="2023-03-10"), [], day("2023-03-25"), every_day, at_7_5)
    assert told(found) == [("2023-03-11", "2023-03-25", 15, "5000.00", ONE_300TH, "18.75")]


def test_p6_household_unpaid_since_april_2026() -> None:
    found = penalty_rows(owed("1000.00", due="2026-04-15"), [], day("2026-08-31"), HOUSEHOLD, AT_9_5)
    assert told(found) == [
        ("2026-05-16", "2026-07-14", 60, "1000.00", ONE_300TH, "19.00"),
        ("2026-07-15", "2026-08-31", 48, "1000.00", ONE_130TH, "35.08"),
    ]
    assert penalty(found) == kopecks("54.08")


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        ("8215.154961538461", "8215.15"),
        ("8215.155000000000", "8215.16"),
        ("8215.154999999999", "8215.15"),
        ("100.004999999999", "100.00"),
        ("100.005", "100.01"),
    ],
)
def test_p7_rounding_of_a_row(exact: str, rounded: str) -> None:
    assert cut_then_half_up(Fraction(exact) * 100) == kopecks(rounded)
    assert half_up(Fraction(exact) * 100) == kopecks(rounded)


@pytest.mark.parametrize(("charged", "balance"), [(None, "-632.68"), ("659.96", "27.28"), ("668.39", "35.71")])
def test_b1_advance_pays_the_next_bill(charged: str | None, balance: str) -> None:
    month, next_month = day("2023-01-01"), day("2023-02-01")
    known_at = dt.datetime(2023, 1, 20, tzinfo=MOSCOW)
    opening = OpeningDebtFact(1, day("2022-12-01"), kopecks("27.32"), known_at, month, 1, 2)
    payment = PaymentFact(1, 1, "1", day("2023-01-20"), kopecks("660.00"), "bank", "", "", None, known_at, month, 2, 2)
    lines: list[LineRow] = []
    if charged is not None:
        lines = [
            (1, next_month, next_month, "charge", "M", "all", "in_norm", 100, Decimal(6), kopecks(charged), "reading")
        ]
    posted = Postings(lines, [(month, opening)], [(month, payment)])
    owing = debts(posted)
    allocation = allocate(owing, money(posted))
    paid = sum(part for parts in allocation.parts.values() for _, part in parts)
    advance = sum(left.amount_kopecks for left in allocation.advances)
    assert sum(debt.amount_kopecks for debt in owing) - paid - advance == kopecks(balance)
    assert (advance > 0) == (charged is None)
