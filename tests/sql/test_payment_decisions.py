"""A decision about a payment posts once, in its own month, and nothing is lost."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import SQL
from pipelines.warehouse.replay import replay
from tests.intake.deliveries import CASH, Deliveries, deliveries

ACCOUNTS = (
    "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating",
    "610000000001;2026-01-01;;;Азов;Иванов И. И.;г. Азов, ул. Мира, д. 1;urban;gas;none",
    "610000000002;2026-01-01;;;Азов;Петров П. П.;г. Азов, ул. Мира, д. 2;urban;gas;none",
)
HEADER = "agent;operation_id;decision;account_number;named_period;decided_by;comment"


@pytest.fixture
def inbox(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> Deliveries:
    return deliveries(tmp_path, empty_warehouse)


def decide(inbox: Deliveries, day: str, *decisions: str) -> None:
    """Deliver decisions of a day about the payments k-1 (of the first account, 500 rubles) and k-2 (of nobody, 75.50)."""
    inbox.put("2026-08-10/customers/accounts.csv", "".join(f"{line}\n" for line in ACCOUNTS))
    inbox.put(
        "2026-09-10/cash/receipts.csv",
        f"{CASH}\nk-1,2026-09-09 10:00,610000000001,,500.00,2\nk-2,2026-09-09 10:05,61-2,,75.50,2\n",
    )
    lines = [HEADER, *(f"{decision};Решающая;" for decision in decisions)]
    inbox.put(f"{day}/customers/decisions.csv", "".join(f"{line}\n" for line in lines))


def postings(inbox: Deliveries) -> list[tuple[Any, ...]]:
    """Payments as they stand: account's last digit, day, month, kopecks, status, closing from which it is no money."""
    inbox.ingest()
    replay(inbox.connection, businesses=False)
    return inbox.query(
        """
        select account_number % 10, paid_on, month(posting_period), amount_kopecks, status::varchar, month(cancelled_period)
        from ledger.payment order by operation_id, posting_period, amount_kopecks, account_number
        """
    )


DAY = dt.date(2026, 9, 9)
FIRST = (1, DAY, 9, 50_000, "posted", None)
WAITING = (None, DAY, None, 7_550, "suspense", None)
GONE = (1, DAY, 9, 50_000, "posted", 10)
BACK = (1, DAY, 10, -50_000, "reversal", 10)


def test_an_assigned_payment_is_posted_once_in_the_month_of_the_decision(inbox: Deliveries) -> None:
    decide(inbox, "2026-10-05", "cash;k-2;assign;610000000002;")
    assert postings(inbox) == [FIRST, (2, DAY, 10, 7_550, "posted", None)]


def test_the_same_decision_in_another_file_posts_nothing_more(inbox: Deliveries) -> None:
    decide(inbox, "2026-10-05", "cash;k-2;assign;610000000002;")
    inbox.put("2026-11-05/customers/again.csv", f"{HEADER}\r\ncash;k-2;assign;610000000002;;Решающая;\r\n")
    inbox.put("2026-11-06/customers/another.csv", f"{HEADER}\ncash;k-2;assign;610000000001;;Решающая;ещё раз\n")
    assert postings(inbox) == [FIRST, (2, DAY, 10, 7_550, "posted", None)]
    assert inbox.counts("again.csv") == ("accepted", 1, 0, 0, 1)
    assert inbox.query("select refusal from ledger.payment_decision where refusal is not null") == [("not_waiting",)]


def test_a_moved_payment_leaves_one_account_and_comes_to_the_other_with_the_day_it_was_paid(inbox: Deliveries) -> None:
    decide(inbox, "2026-10-05", "cash;k-1;move;610000000002;")
    assert postings(inbox) == [GONE, BACK, (2, DAY, 10, 50_000, "posted", None), WAITING]


def test_a_reversed_payment_is_taken_off_in_the_month_of_the_decision_and_only_once(inbox: Deliveries) -> None:
    decide(inbox, "2026-10-05", "cash;k-1;reverse;;", "cash;k-1;move;610000000002;")
    assert postings(inbox) == [GONE, BACK, WAITING]
    assert inbox.query("select refusal from ledger.payment_decision where refusal is not null") == [
        ("already_reversed",)
    ]


def test_a_decision_about_a_payment_nobody_knows_changes_nothing_and_says_so(inbox: Deliveries) -> None:
    decide(inbox, "2026-10-05", "cash;k-9;reverse;;")
    assert postings(inbox) == [FIRST, WAITING]
    [(refusal, message)] = inbox.query(
        f"select refusal, message from ({(SQL / 'published' / 'payment_decision.sql').read_text(encoding='utf-8')})"
    )
    assert refusal == "unknown_payment"
    assert "Такого платежа нет" in message


def test_a_payment_waits_since_the_day_it_was_taken_in(inbox: Deliveries) -> None:
    decide(inbox, "2026-10-05", "cash;k-9;reverse;;")
    postings(inbox)
    waiting = (SQL / "published" / "suspense.sql").read_text(encoding="utf-8")
    assert inbox.query(f"select operation_id, reason, waits_days from ({waiting})") == [
        ("k-2", "no_account_number", 25)
    ]


def test_a_decision_without_the_account_it_needs_is_rejected_with_a_sentence(inbox: Deliveries) -> None:
    decide(inbox, "2026-10-05", "cash;k-1;move;;", "cash;k-1;reverse;610000000002;")
    inbox.ingest()
    assert [(line, rule) for line, rule, _, _ in inbox.rejected()] == [(2, "row_decision"), (3, "row_decision")]
