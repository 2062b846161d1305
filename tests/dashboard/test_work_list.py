"""The work list: what waits, by naive counts, and a decision that the night takes in as a fact, once."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import reading_queries, work_queries
from dashboard.decisions import Decision, DecisionError, submit, waiting
from dashboard.queries import REGION
from dashboard.store import Snapshot, current
from pipelines.settings import Settings
from tests.dashboard.conftest import Facts, Open
from tests.dashboard.marts import write_marts
from tests.nights import run_night
from tests.snapshots import current_snapshot

AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
ASSIGN = Decision(
    "sber", "70002", "assign", 610_000_000_001, dt.date(2026, 10, 1), "Петрова А. С.", "обращение; «1184»"
)


SPOILT = """
update reading set verdict = 'held', rule_id = 'below_previous' where period = '2026-11-01' and account_number % 5 = 0;
insert into reading_decision by name
select reading_id, account_number, meter_serial, zone, read_on, received_at, value, 'reject' as decision, 'Решающая' as decided_by
from reading where verdict = 'held' and account_number % 10 = 0;
update account_month set charged_kopecks = charged_kopecks * (1 + account_number % 7) where period = '2026-10-01';
"""

RECEIPTS = """receipt_number,paid_at,account_number,period,amount,desk
K-1,2026-04-02 10:00,61000,,500.00,2
K-2,2026-04-02 10:05,61001,,70.00,2
"""


@pytest.fixture(scope="module")
def spoilt_home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small snapshot with readings that nothing has settled and bills up to seven times too large."""
    home = tmp_path_factory.mktemp("spoilt") / "home"
    shutil.copytree(small_home, home)
    with duckdb.connect(str(home / "published" / "snapshot-000214.duckdb")) as snapshot:
        snapshot.execute(SPOILT)
        write_marts(snapshot)
    return home


@pytest.fixture
def spoilt(spoilt_home: Path) -> Snapshot:
    snapshot = current(spoilt_home / "published")
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="module")
def spoilt_facts(spoilt_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    copy = shutil.copy(spoilt_home / "published" / "snapshot-000214.duckdb", tmp_path_factory.mktemp("facts"))
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield lambda query: connection.execute(query).fetchall()


def published(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(current_snapshot(settings.home)), read_only=True) as snapshot:
        return snapshot.execute(query).fetchall()


@pytest.fixture
def own_night(night: Settings, tmp_path: Path) -> Settings:
    """An installation of its own, after a night that met two payments without an account."""
    home = tmp_path / "home"
    shutil.copytree(night.home, home)
    settings = replace(night, home=home)
    (settings.inbox / "cash").mkdir(parents=True, exist_ok=True)
    (settings.inbox / "cash" / "receipts.csv").write_text(RECEIPTS, encoding="utf-8")
    run_night(settings)
    return settings


def test_a_decision_lies_whole_in_the_inbox_and_reads_back(tmp_path: Path) -> None:
    path = submit(tmp_path, ASSIGN, AT)
    assert path.parent == tmp_path / "customers"
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert waiting(tmp_path) == [replace(ASSIGN, comment="обращение; «1184» (24.11.2026 12:00:00)")]


def test_a_payment_is_decided_about_once_a_night(tmp_path: Path) -> None:
    submit(tmp_path, ASSIGN, AT)
    with pytest.raises(DecisionError, match="decide_waits"):
        submit(tmp_path, replace(ASSIGN, decision="reverse", account_number=None), AT)
    assert [decision.decision for decision in waiting(tmp_path)] == ["assign"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"operation_id": ""}, "decide_no_payment"),
        ({"account_number": None}, "decide_no_account"),
        ({"decision": "reverse"}, "decide_no_account"),
        ({"decision": "name_period", "account_number": None, "named_period": None}, "decide_no_month"),
        ({"decided_by": ""}, "decide_no_author"),
        ({"comment": ""}, "decide_no_comment"),
    ],
)
def test_what_the_night_would_refuse_is_not_written(wrong: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=said):
        submit(tmp_path, replace(ASSIGN, **wrong), AT)
    assert not list(tmp_path.rglob("*.csv"))


def test_the_night_assigns_the_payment_once_and_keeps_the_author(own_night: Settings) -> None:
    agent, operation = published(own_night, "select agent, operation_id from suspense order by payment_id limit 1")[0]
    number = published(own_night, "select max(account_number) from account")[0][0]
    decision = replace(ASSIGN, agent=agent, operation_id=operation, account_number=number, named_period=None)
    submit(own_night.inbox, decision, dt.datetime.now(dt.UTC))
    run_night(own_night)
    assert not waiting(own_night.inbox)
    query = (
        f"select account_number, status::varchar from payment where agent = '{agent}' and operation_id = '{operation}'"
    )
    assert published(own_night, query) == [(number, "posted")]
    [(author, refusal)] = published(own_night, "select decided_by, refusal from payment_decision")
    assert (author, refusal) == ("Петрова А. С.", None)
    submit(own_night.inbox, decision, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1))
    run_night(own_night)
    assert published(own_night, query) == [(number, "posted")]
    refusals = published(own_night, "select refusal from payment_decision order by source_file_id")
    assert refusals == [(None,), ("not_waiting",)]


def test_a_held_reading_waits_until_a_later_one_is_accepted_or_a_specialist_rejects_it(
    spoilt: Snapshot, spoilt_facts: Facts
) -> None:
    rows = spoilt_facts(
        "select account_number, meter_serial, zone, received_at, verdict::varchar, reading_id from reading"
    )
    last: dict[tuple[Any, ...], dt.datetime] = {}
    for *register, received, verdict, _ in rows:
        if verdict == "accepted":
            last[tuple(register)] = max(received, last.get(tuple(register), received))
    expected = {row[5] for row in rows if row[4] == "held" and not last.get(tuple(row[:3]), row[3]) > row[3]}
    rejected = {reading_id for (reading_id,) in spoilt_facts("select reading_id from reading_decision")}
    assert expected & rejected
    assert expected - rejected
    held = work_queries.held_readings(spoilt)
    assert set(held["reading_id"]) == expected - rejected
    sites: dict[int, str] = dict(
        spoilt_facts("select account_number, arg_max(site, valid_from) from account group by all")
    )
    assert all(site == sites[number] for number, site in held.select("account_number", "site").iter_rows())


def test_a_held_reading_does_not_end_the_silence_of_an_account(spoilt: Snapshot, spoilt_facts: Facts) -> None:
    read = "select account_number from reading where verdict = 'accepted' and period = '2026-11-01'"
    [(unread,)] = spoilt_facts(
        f"select count(*) from account_month where period = '2026-11-01' and account_number not in ({read})"
    )
    silent = reading_queries.unread_months(spoilt, REGION, dt.date(2026, 11, 1))
    assert silent.filter(silent["months"] > 0)["meters"].sum() == unread


def test_a_bill_is_implausible_against_the_usual_one_of_its_own_account(spoilt: Snapshot, spoilt_facts: Facts) -> None:
    [(times, least)] = spoilt_facts("select times_usual, least_more_kopecks from bill_rule")
    bills: dict[int, dict[dt.date, int]] = {}
    for number, period, bill in spoilt_facts(
        "select account_number, period, charged_kopecks + corrected_kopecks from account_month"
    ):
        bills.setdefault(number, {})[period] = bill
    found = 0
    for period in sorted({period for months in bills.values() for period in months}):
        expected = set()
        for number, months in bills.items():
            first = period.replace(year=period.year - 1)
            before = [bill for month, bill in months.items() if first <= month < period and bill > 0]
            now = months.get(period, 0)
            many_times = now * len(before) >= times * sum(before)
            if len(before) >= 3 and many_times and now * len(before) - sum(before) >= least * len(before):
                expected.add(number)
        assert set(work_queries.implausible_bills(spoilt, period)["account_number"]) == expected
        found += len(expected)
    assert found


def test_each_kind_of_work_shows_its_own_rows(spoilt_home: Path, open_page: Open) -> None:
    def columns(task: str) -> set[str]:
        return {name for table in open_page(spoilt_home, "work_list", task=task).dataframe for name in table.value}

    assert "amount_kopecks" in columns("task_payments")
    assert "meter_serial" in columns("task_readings")
    assert "message" in columns("task_files")
    assert "usual_kopecks" in columns("task_bills")
