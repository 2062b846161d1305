"""A night lays out the debts of those alone whom closed months left something to be counted: and it forgets nobody."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import replay
from pipelines.warehouse.verify import verify
from tests.intake.deliveries import CASH
from tests.nights import night
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver
from tests.snapshots import current_snapshot

BILL = 599
"""Rubles of 100 kWh in a town, January to September 2026."""

(
    PAYER, DEBTOR, KNOWN_LATE, TAKEN_BACK, BROUGHT, NAMER, WAITER, JUST_IN_TIME, JUST_TOO_LATE, PAYS_UP,
    PART_PAYER, NAMED_ONCE, OLD_DEBTOR, GIVEN_BACK,
) = range(610000000001, 610000000015)  # fmt: skip
"""Who pays in time; who stops paying in March; whose payment of March is known in August, when all he owed is paid; whose
payments of February and March are taken back in August; who brings a debt of October in August; who names the newest bill and never pays
January's; whose payment of March names a month without a bill and waits, so that February's stays unpaid; who pays June's bill in August, on the last
day free of penalty, and on the day after; who owed all since March, and pays all of it in August; who pays a third of each bill; who pays
one bill since March, and names April; who came with a debt of many bills; who pays no bill since March but one, which a decision of July
takes back."""

WHOLE = dt.date(1900, 1, 1)
"""From when on the whole past of an account is laid out."""

LAST = dt.date(2026, 8, 20)

DEBT = "account_number;service_period;amount\n"
DECISION = "agent;operation_id;decision;account_number;named_period;decided_by;comment\n"


@dataclass(frozen=True)
class Night:
    """Since when the last night laid out whom it held to be behind, and what each account's penalty of August is, kopecks."""

    settings: Settings
    behind: dict[int, dt.date]
    penalties: dict[int, int]


def payments(month: int) -> Iterator[tuple[int, float, str]]:
    """Who pays how many bills in a month of 2026, and the period he names."""
    yield from ((account, 1, "") for account in (PAYER, TAKEN_BACK, BROUGHT) if month > 1)
    if month in {2, 3}:
        yield DEBTOR, 1, ""
        yield PAYS_UP, 1, ""
    if 1 < month < 7:
        yield JUST_IN_TIME, 1, ""
        yield JUST_TOO_LATE, 1, ""
    if month == 6:
        yield KNOWN_LATE, 5, ""
    if month > 6:
        yield KNOWN_LATE, 1, ""
    if month > 2:
        yield NAMER, 1, f"2026-{month - 1:02}"
        yield WAITER, 1, "2025-06" if month == 3 else f"2026-{month - 1:02}"
    if month == 2:
        yield WAITER, 1, ""
    if month > 1:
        yield PART_PAYER, 1 / 3, ""
    if month in {2, 3}:
        yield NAMED_ONCE, 1, ""
        yield GIVEN_BACK, 1, ""
    if month == 5:
        yield NAMED_ONCE, 1, "2026-04"
        yield GIVEN_BACK, 1, ""


def cash(*lines: str) -> str:
    """A cash book of these lines."""
    return "\n".join((CASH, *lines, ""))


def tell_of(settings: Settings, day: str, installed_on: str, accounts: Sequence[int]) -> None:
    """Tell of flats, theirs since the first of that month, with a meter of one rate at zero."""
    first = f"{day[:7]}-01"
    lines = [f"{account};{first};;;Азов;И;ул.;urban;gas;none\n" for account in accounts]
    deliver(settings, f"{day}/customers/a.csv", ACCOUNT + "".join(lines))
    lines = [f"{account};{account % 100};one_rate;5;1;1;{installed_on};;;0;;\n" for account in accounts]
    deliver(settings, f"{day}/customers/m.csv", METER + "".join(lines))


def read(settings: Settings, day: str, accounts: Sequence[int], value: int) -> None:
    """Every meter shows a value on a day."""
    lines = [f"{one};{one % 100};all;{day};{day} 10:00;{value}\n" for one in accounts]
    deliver(settings, f"{day}/cabinet/r.csv", READING + "".join(lines))


@pytest.fixture(scope="module")
def last_night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The twentieth of August, after a night each month; everything late arrives for it."""
    settings = replace(Settings(), home=tmp_path_factory.mktemp("behind"), memory_limit="1GB")
    accounts = range(PAYER, GIVEN_BACK + 1)
    tell_of(settings, "2025-12-20", "2025-12-31", accounts)
    deliver(settings, "2025-12-20/customers/debts.csv", DEBT + f"{OLD_DEBTOR};2025-06;9999.00\n")
    for month in range(1, 8):
        day = f"2026-{month:02}-20"
        read(settings, day, accounts, month * 100)
        paid = [
            f"k-{month}-{account % 100},2026-{month:02}-05 10:00,{account},{named},{bills * BILL:.2f},1"
            for account, bills, named in payments(month)
        ]
        if paid:
            deliver(settings, f"{day}/cash/p.csv", cash(*paid))
        if month == 7:
            taken_back = f"cash;k-5-{GIVEN_BACK % 100};reverse;;;Решающая;\n"
            deliver(settings, "2026-07-20/customers/payment_decisions.csv", DECISION + taken_back)
        run(settings, dt.date(2026, month, 28))
    run(settings, dt.date(2026, 8, 2))
    deliver(
        settings,
        "2026-08-18/cash/late.csv",
        cash(
            f"k-late,2026-03-03 10:00,{KNOWN_LATE},,{BILL}.00,1",
            f"k-in-time,2026-08-14 10:00,{JUST_IN_TIME},,{BILL}.00,1",
            f"k-too-late,2026-08-15 10:00,{JUST_TOO_LATE},,{BILL}.00,1",
            f"k-all,2026-08-05 10:00,{PAYS_UP},,{5 * BILL}.00,1",
        ),
    )
    deliver(
        settings,
        "2026-08-07/customers/decisions.csv",
        DECISION + f"cash;k-2-{TAKEN_BACK % 100};reverse;;;Решающая;\n"
        f"cash;k-3-{TAKEN_BACK % 100};reverse;;;Решающая;\n",
    )
    deliver(
        settings,
        "2026-08-07/customers/debts.csv",
        DEBT + f"{BROUGHT};2025-10;300.00\n",
    )
    return run(settings, LAST)


def run(settings: Settings, as_of: dt.date) -> Night:
    with open_warehouse(settings) as connection:
        night(connection, settings, dt.datetime.combine(as_of, dt.time(), MOSCOW))
        behind = connection.execute("select account_number, from_period from arrears.behind").fetchall()
        penalties = connection.execute(
            "select account_number, penalty_kopecks from marts.account_month where period = date_trunc('month', $1)",
            [as_of],
        ).fetchall()
    return Night(settings, dict(behind), dict(penalties))


def test_who_pays_in_time_is_not_looked_at_again(last_night: Night) -> None:
    assert not {PAYER, JUST_IN_TIME} & last_night.behind.keys()


def test_of_who_owes_only_what_is_open_is_laid_out(last_night: Night) -> None:
    laid_out = {account: since for account, since in last_night.behind.items() if since > WHOLE}
    assert laid_out == {
        DEBTOR: dt.date(2026, 3, 1),
        PAYS_UP: dt.date(2026, 3, 1),
        JUST_TOO_LATE: dt.date(2026, 6, 1),
        PART_PAYER: dt.date(2026, 3, 1),
    }


def test_where_the_youngest_bills_may_not_be_those_open_the_whole_past_is_laid_out(last_night: Night) -> None:
    whole = {account for account, since in last_night.behind.items() if since == WHOLE}
    assert whole == {KNOWN_LATE, TAKEN_BACK, BROUGHT, NAMER, WAITER, NAMED_ONCE, OLD_DEBTOR, GIVEN_BACK}


def test_what_is_known_late_changes_the_penalty_of_the_open_month(last_night: Night) -> None:
    assert last_night.penalties[PAYER] == last_night.penalties[JUST_IN_TIME] == 0
    assert last_night.penalties[KNOWN_LATE] < 0
    assert all(
        last_night.penalties[account] > 0
        for account in (DEBTOR, TAKEN_BACK, BROUGHT, NAMER, WAITER, JUST_TOO_LATE, PAYS_UP)
    )


def test_the_nights_end_where_one_replay_of_all_facts_does(last_night: Night) -> None:
    compared = verify(current_snapshot(last_night.settings.home), last_night.settings)
    assert {one.table: one.examples for one in compared if one.differing} == {}


def test_other_reference_data_has_everybody_looked_at(warehouse: duckdb.DuckDBPyConnection) -> None:
    def share() -> tuple[int, int]:
        replay(warehouse)
        [(behind, accounts)] = warehouse.execute(
            "select (select count(*) from arrears.behind), (select count(*) from known.account)"
        ).fetchall()
        return behind, accounts

    behind, accounts = share()
    assert behind < accounts
    warehouse.execute("update replay.run set reference_sha256 = 'other'")
    assert share() == (accounts, accounts)


def test_money_that_was_not_known_when_a_bill_began_to_bear_penalty_leaves_its_account_behind(tmp_path: Path) -> None:
    """May's bill bears penalty from 16 July; paid on 5 July it bears none, but a closing that did not know has counted it."""
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    known_at_once, known_in_august = 610000000001, 610000000002
    accounts = (known_at_once, known_in_august)
    tell_of(settings, "2026-04-20", "2026-03-31", accounts)
    for month in (4, 5, 6, 7):
        read(settings, f"2026-{month:02}-20", accounts, (month - 3) * 100)
    deliver(
        settings,
        "2026-05-20/cash/p.csv",
        cash(*(f"k-5-{one % 10},2026-05-20 10:00,{one},,{BILL}.00,1" for one in accounts)),
    )
    paid = "k-7-{0},2026-07-05 10:00,{1},,{2}.00,1"
    deliver(settings, "2026-07-18/cash/p.csv", cash(paid.format(1, known_at_once, 2 * BILL)))
    run(settings, dt.date(2026, 7, 28))
    deliver(settings, "2026-08-18/cash/p.csv", cash(paid.format(2, known_in_august, 2 * BILL)))
    # No night between: July and August are open both, and July closes without the money.
    last = run(settings, LAST)
    assert last.behind.keys() == {known_in_august}
    assert last.penalties[known_in_august] < 0 == last.penalties[known_at_once]
    compared = verify(current_snapshot(settings.home), settings)
    assert {one.table: one.examples for one in compared if one.differing} == {}
