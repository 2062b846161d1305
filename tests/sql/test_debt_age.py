"""The ages of debts, against a walk through the bills of each account, the newest first."""

import datetime as dt
from collections import Counter, defaultdict

import duckdb

YOUNGER_THAN = {
    1: "not_due", 2: "days_30", 3: "days_60", 4: "days_90", 7: "days_180", 13: "days_365", 37: "years_3",
}  # fmt: skip

Month = tuple[dt.date, str, int, int, int]
"""Period, district, opening, billed, closing; kopecks."""


def age(months_back: int) -> str:
    """The age of a bill so many months before the month looked at."""
    return next((name for months, name in YOUNGER_THAN.items() if months_back < months), "older")


def aged(history: list[Month]) -> Counter[tuple[str, dt.date, str]]:
    """Kopecks owed by district, month and age: the last bills make the debt, what was brought along is the oldest."""
    found: Counter[tuple[str, dt.date, str]] = Counter()
    for last, (period, district, _, _, closing) in enumerate(history):
        left = closing
        bills = [max(billed, 0) for _, _, _, billed, _ in history[: last + 1]]
        for months_back, billed in enumerate([*reversed(bills), max(history[0][2], 0)]):
            part = min(max(left, 0), billed)
            found[district, period, age(months_back)] += part
            left -= part
        found[district, period, "older"] += max(left, 0)
    return +found


def test_a_debt_is_as_old_as_the_bills_that_money_did_not_reach(warehouse: duckdb.DuckDBPyConnection) -> None:
    months = warehouse.execute(
        """
        select
            account_number, period, district, opening_kopecks, charged_kopecks + corrected_kopecks + penalty_kopecks,
            closing_kopecks
        from marts.account_month order by account_number, period
        """
    ).fetchall()
    histories: defaultdict[int, list[Month]] = defaultdict(list)
    for number, *month in months:
        histories[number].append(tuple(month))
    expected: Counter[tuple[str, dt.date, str]] = Counter()
    for history in histories.values():
        expected += aged(history)
    rows = warehouse.execute("select district, period, age::varchar, debt_kopecks from marts.debt_age").fetchall()
    assert {(district, period, name): kopecks for district, period, name, kopecks in rows} == expected
    assert {name for _, _, name in expected} >= {"not_due", "days_30", "days_60", "days_90", "days_180"}
