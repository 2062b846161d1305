"""An invented region is written to the letter by its seed, in the formats that intake reads."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.simulate import simulate
from pipelines.simulate.real_use import read_use
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import replay

FIRST, LAST = dt.date(2025, 11, 1), dt.date(2026, 1, 1)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("written")
    simulate(out, 300, FIRST, LAST, 3)
    return out


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(written: Path, tmp_path: Path) -> None:
    simulate(tmp_path / "same", 300, FIRST, LAST, 3)
    simulate(tmp_path / "other", 300, FIRST, LAST, 4)
    assert contents(tmp_path / "same") == contents(written)
    assert contents(tmp_path / "other") != contents(written)


def test_the_footer_of_every_registry_is_the_sum_of_its_lines(written: Path) -> None:
    registries = sorted(written.glob("*/bank/*.txt"))
    assert registries
    for path in registries:
        *lines, footer = path.read_text(encoding="cp1251").splitlines()
        amounts = [[Decimal(text.replace(",", ".")) for text in line.split(";")[9:12]] for line in lines]
        count, *sums = footer.removeprefix("=").split(";")[:4]
        assert int(count) == len(lines)
        assert [Decimal(text.replace(",", ".")) for text in sums] == [
            sum(column) for column in zip(*amounts, strict=True)
        ]


def test_older_programs_write_windows_1251_and_russian_headers(written: Path) -> None:
    for channel in ("office", "phone", "controller"):
        path = next(written.glob(f"*/{channel}/*.csv"))
        assert path.read_text(encoding="cp1251").startswith(
            "Лицевой счёт;Номер счётчика;Зона;Дата снятия;Дата приёма;Показание"
        )


def test_nothing_is_delivered_before_it_is_received(written: Path) -> None:
    for path in written.glob("*/cabinet/*.csv"):
        day = path.relative_to(written).parts[0]
        received = [line.split(";")[4][:10] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
        assert max(received) <= day


def test_daily_delivery_sends_the_same_payments_in_more_files(written: Path, tmp_path: Path) -> None:
    simulate(tmp_path, 300, FIRST, LAST, 3, "daily")

    def receipts(folder: Path) -> set[str]:
        return {
            line.split(",")[0]
            for path in folder.glob("*/cash/*.csv")
            for line in path.read_text(encoding="utf-8").splitlines()[1:]
        }

    assert receipts(tmp_path) == receipts(written)
    assert len(contents(tmp_path)) > len(contents(written))


def test_the_region_meets_every_kind_of_trouble(tmp_path: Path) -> None:
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    simulate(settings.inbox, 1500, FIRST, LAST, 3)
    with open_warehouse(settings) as connection:
        ingest(connection, settings, 1)
        replay(connection)
        rules = {rule for (rule,) in connection.execute("select distinct rule_id from metering.reading").fetchall()}
        [(duplicates, suspense, refunds)] = connection.execute(
            """
            select
                (select sum(rows_duplicate) from intake.source_file),
                (select count(*) from ledger.payment where status = 'suspense'),
                (select count(*) from ledger.payment where amount_kopecks < 0)
            """
        ).fetchall()
    assert {None, "site_jump", "below_previous", "missing_zone", "unknown_account"} <= rules
    assert duplicates > 0
    assert suspense > 0
    assert refunds > 0


@pytest.mark.parametrize(
    ("accounts", "first", "last", "delivery"),
    [(0, FIRST, LAST, "monthly"), (5, LAST, FIRST, "monthly"), (5, FIRST, LAST, "hourly")],
)
def test_what_cannot_be_simulated_is_refused(
    accounts: int, first: dt.date, last: dt.date, delivery: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="simulate needs"):
        simulate(tmp_path, accounts, first, last, 1, delivery)


def test_a_letter_in_the_use_of_a_household_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "use.csv"
    months = ",".join(f"kwh_{month:02d}" for month in range(1, 13))
    path.write_text(
        f"account_number,building_type,residents,{months}\n610000000001,Частный,2,1,x" + "," * 10 + "\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="line 2: kwh_02 should be a whole number, found 'x'"):
        read_use(path)
