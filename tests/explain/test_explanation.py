"""A bill is explained by the same SQL that made it, to the kopeck and the line, as it stands and as it stood."""

import datetime as dt
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.explain import Explanation, ExplanationError, bill_in_words, explain, explanation_in_words
from pipelines.settings import MOSCOW, Settings
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run
from tests.snapshots import current_snapshot

MONTHS = [dt.date(2025, 12, 1), dt.date(2026, 3, 1)]


def busy_accounts(snapshot: Path, period: dt.date) -> list[int]:
    """The account with the most lines, one corrected, one with penalty: what is hardest to explain in the month."""
    with duckdb.connect(snapshot, read_only=True) as connection:
        found = [
            connection.execute(
                f"select account_number from {table} where posting_period = ? {condition} group by all order by count(*) desc, 1",
                [period],
            ).fetchone()
            for table, condition in (
                ("charge_line", ""),
                ("charge_line", "and kind <> 'charge'"),
                ("penalty_line", ""),
                ("charge_line", "and basis = 'average'"),
            )
        ]
    return sorted({row[0] for row in found if row})


@pytest.mark.parametrize("period", MONTHS)
def test_the_parts_of_every_kind_of_bill_are_found_with_their_files(night: Settings, period: dt.date) -> None:
    snapshot = current_snapshot(night.home)
    accounts = busy_accounts(snapshot, period)
    assert accounts
    for account in accounts:
        found = explain(snapshot, night, account, period)
        words = explanation_in_words(found)
        assert all(line["tariff_source"] in words for line in found.lines)
        assert all(len(row["sha256"]) == 64 for row in (*found.readings, *found.payments, *found.facts))
        assert {row["subject"] for row in found.facts} >= {"account"}


def test_a_line_changed_by_a_single_kopeck_is_noticed(night: Settings, tmp_path: Path) -> None:
    snapshot = tmp_path / "tampered.duckdb"
    shutil.copyfile(current_snapshot(night.home), snapshot)
    with duckdb.connect(snapshot) as connection:
        [(account,)] = connection.execute(
            """
            update ledger.charge_line set amount_kopecks = amount_kopecks + 1
            where rowid = (select min(rowid) from ledger.charge_line where posting_period = date '2026-01-01')
            returning account_number
            """
        ).fetchall()
    with pytest.raises(ExplanationError, match=r"does not give the published ledger\.charge_line"):
        explain(snapshot, night, account, dt.date(2026, 1, 1))


def test_an_account_or_month_that_does_not_exist_is_a_sentence(night: Settings) -> None:
    snapshot = current_snapshot(night.home)
    with pytest.raises(ValueError, match="account 999999999999 is not known"):
        explain(snapshot, night, 999999999999, MONTHS[0])
    [account, *_] = busy_accounts(snapshot, MONTHS[0])
    with pytest.raises(ValueError, match="has months from 2025-10 to 2026-04, not 2019-01"):
        explain(snapshot, night, account, dt.date(2019, 1, 1))
    with pytest.raises(ValueError, match=r"nothing was published by 01\.01\.2020"):
        explain(snapshot, night, account, MONTHS[0], dt.date(2020, 1, 1))


def without_run(found: Explanation) -> Explanation:
    return replace(found, run=replace(found.run, run_id=0, as_of=dt.datetime.min.replace(tzinfo=dt.UTC)))


def test_a_bill_can_be_had_as_it_stood_on_each_night(tmp_path: Path) -> None:
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    account, april = 610000000001, dt.date(2025, 4, 1)
    deliver(settings, "2025-03-01/customers/a.csv", ACCOUNT + f"{account};2025-01-01;;;Азов;И;ул.;urban;gas;none\n")
    deliver(settings, "2025-03-01/customers/m.csv", METER + f"{account};7;one_rate;5;1;1;2020-01-01;;;100;;\n")
    deliver(settings, "2025-03-20/cabinet/r.csv", READING + f"{account};7;all;2025-03-20;2025-03-20 10:00;150\n")
    nights = [
        dt.datetime(2025, 4, 11, tzinfo=MOSCOW),
        dt.datetime(2025, 4, 21, tzinfo=MOSCOW),
        dt.datetime(2025, 5, 2, tzinfo=MOSCOW),
    ]
    said: dict[dt.date, Explanation] = {}
    for night in nights:
        day = night.date() - dt.timedelta(days=1)
        if day.day == 20:
            deliver(settings, "2025-04-20/phone/r.csv", READING + f"{account};7;all;2025-04-20;2025-04-20 10:00;180\n")
        if day.month == 5:
            deliver(settings, "2025-05-01/phone/r.csv", READING + f"{account};7;all;2025-04-24;2025-04-24 10:00;195\n")
        run(settings, night)
        said[night.date()] = explain(current_snapshot(settings.home), settings, account, april)
    assert len({bill_in_words(without_run(bill)) for bill in said.values()}) > 1
    for day, bill in said.items():
        again = explain(current_snapshot(settings.home), settings, account, april, day)
        assert again == bill


def test_the_command_says_what_is_wrong_and_fails(
    night: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENERGOSBYT_HOME", str(night.home))
    monkeypatch.setattr(sys, "argv", ["energosbyt", "explain", "999999999999", "2026-01"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert capsys.readouterr().err == "energosbyt: account 999999999999 is not known\n"
