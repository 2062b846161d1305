"""Use and services: nobody's single value is shown, receipts go where they were asked for, facts have sources."""

import csv
import datetime as dt
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import guidance
from dashboard.cabinet.access import receipt_address
from dashboard.cabinet.access.people import Caller
from dashboard.cabinet.receipts import subscriptions
from dashboard.cabinet.store.tables import OwnedAccount, Person
from dashboard.cabinet.subscription import Subscription, subscribe, subscription
from pipelines.settings import REFERENCE, SQL
from pipelines.vocabulary import CODE_SETS

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
SIMILAR = (SQL / "dashboard" / "cabinet" / "similar_use.sql").read_text(encoding="utf-8")


def region(*groups: tuple[int, str, str, int]) -> duckdb.DuckDBPyConnection:
    """Accounts by how many, district, category, persons; in October account n used n kWh, counted through all groups."""
    connection = duckdb.connect()
    connection.execute(
        "create table account (account_number int, district text, category text, persons int, valid_from date)"
    )
    connection.execute(
        "create table charge_line (account_number int, service_period date, posting_period date, basis text, kwh bigint)"
    )
    number = 0
    for count, district, category, persons in groups:
        for _ in range(count):
            number += 1
            connection.execute(
                "insert into account values (?, ?, ?, ?, '2014-01-01')", [number, district, category, persons]
            )
            # A correction of the month counts for it, the needs of the house do not.
            for posted, basis, kwh in (
                ("10", "reading", number + 7),
                ("11", "reading", -7),
                ("10", "house_need", 1000),
            ):
                line = [number, f"2026-{posted}-01", basis, kwh]
                connection.execute("insert into charge_line values (?, '2026-10-01', ?, ?, ?)", line)
    return connection


def similar(connection: duckdb.DuckDBPyConnection, account: int) -> list[tuple[object, ...]]:
    given = {"account_number": account, "since": dt.date(2025, 10, 1), "open_period": dt.date(2026, 11, 1)}
    return [row[1:] for row in connection.execute(SIMILAR, given).fetchall()]


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        # 21 others as like as can be: numbers 2 to 22.
        ([(22, "Азов", "urban", 2), (50, "Азов", "urban", 3)], [(7, 12, 17, 21, 1)]),
        # One fewer than twenty: the district, whatever the persons.
        ([(20, "Азов", "urban", 2), (5, "Азов", "urban", 3)], [(7, 13, 19, 24, 2)]),
        ([(5, "Азов", "urban", 2), (30, "Шахты", "urban", 2)], [(10, 18, 27, 34, 3)]),
        ([(20, "Азов", "urban", 2)], []),
        ([(5, "Азов", "urban", 2), (100, "Азов", "rural", 2)], []),
    ],
)  # fmt: skip
def test_similar_households_are_twenty_or_none_and_never_the_account_itself(
    groups: list[tuple[int, str, str, int]], told: list[tuple[object, ...]]
) -> None:
    assert similar(region(*groups), 1) == told


def test_a_month_in_which_few_of_the_similar_were_billed_is_not_shown() -> None:
    connection = region((30, "Азов", "urban", 2))
    connection.execute(
        "insert into charge_line select account_number, '2026-09-01', '2026-09-01', 'average', 5 from account"
        " where account_number <= 20"
    )
    assert len(similar(connection, 1)) == 1
    connection.execute("insert into charge_line values (21, '2026-09-01', '2026-09-01', 'reading', 5)")
    assert len(similar(connection, 1)) == 2


@pytest.fixture
def owner(store: Engine) -> Engine:
    with Work(store) as work:
        for number in (1, 2):
            times = dict.fromkeys(("consented_at", "created_at", "password_changed_at"), NOW)
            work.add(Person(person_id=number, email=f"{number}@example.org", password_hash="", **times))
            work.flush()
            work.add(OwnedAccount(person_id=number, account_number=610000000001, added_at=NOW))
        work.commit()
    return store


def test_receipts_go_to_the_one_address_a_person_chose(owner: Engine) -> None:
    account = 610000000001
    assert subscription(owner, 1, account) == Subscription("1@example.org", is_on=False)
    for person, email in ((1, "1@example.org"), (2, "2@example.org"), (1, "book@example.org")):
        subscribe(owner, person, account, email, is_on=True, now=NOW)
    assert {one.email for one in subscriptions(owner, account) if one.is_on} == {"2@example.org", "book@example.org"}
    subscribe(owner, 1, account, "book@example.org", is_on=False, now=NOW)
    assert not subscription(owner, 1, account).is_on
    assert subscription(owner, 2, account) == Subscription("2@example.org", is_on=True)


def test_only_a_mailbox_that_is_not_the_cabinets_own_is_asked_first_and_only_once(owner: Engine) -> None:
    account, caller = 610000000001, Caller("", "", NOW)
    assert subscribe(owner, 1, account, "1@example.org", is_on=True, now=NOW) is None
    letter = subscribe(owner, 1, account, "book@example.org", is_on=True, now=NOW)
    assert letter is not None
    assert (letter.kind, letter.email) == ("receipt_address", "book@example.org")
    assert subscription(owner, 1, account) == Subscription("book@example.org", is_on=True, is_confirmed=False)
    assert receipt_address.confirm(owner, str(letter.token), caller) == "book@example.org"
    assert subscription(owner, 1, account).is_confirmed
    subscribe(owner, 1, account, "book@example.org", is_on=False, now=NOW)
    assert subscribe(owner, 1, account, "book@example.org", is_on=True, now=NOW) is None
    # What it said to one person it has not said to another.
    assert subscribe(owner, 2, account, "book@example.org", is_on=True, now=NOW) is not None
    assert not subscription(owner, 2, account).is_confirmed


@pytest.mark.parametrize("table", ["faq", "service_price", "partner"])
def test_what_everybody_is_told_has_a_source_and_a_status_in_both_languages(table: str) -> None:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    for row in rows:
        assert None not in row, row
        assert row["source"], row
        assert row["status"] in CODE_SETS["value_status"], row
        for name in row:
            if name.endswith("_ru"):
                assert bool(row[name]) == bool(row[name.removesuffix("_ru") + "_en"]), row


def test_a_price_is_the_one_of_its_day(tmp_path: Path) -> None:
    before = set(guidance.services(REFERENCE, "household", dt.date(2025, 12, 26))["service_en"])
    after = set(guidance.services(REFERENCE, "household", dt.date(2025, 12, 27))["service_en"])
    assert after - before == {"Reconnection after a restriction for debt"}
    assert {*guidance.services(REFERENCE, "business", NOW.date())["price"]} <= set(guidance.PRICES)
    (tmp_path / "service_price.csv").write_text(
        "valid_from,valid_to,audience,price_rub\n2026-01-01,2026-02-01,household,1.50\n2026-02-01,9999-12-31,household,2.00\n",
        encoding="utf-8",
    )
    told = guidance.services(tmp_path, "household", dt.date(2026, 2, 1))["price_rub"].to_list()
    assert [str(price) for price in told] == ["2.00"]
