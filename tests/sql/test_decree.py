"""A decree that is loaded late posts the differences, once, in the open month; what was known before stays told."""

import csv
import datetime as dt
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli import main
from pipelines.decree import load_decree
from pipelines.explain import bill_in_words, explain
from pipelines.settings import MOSCOW, ROOT, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import replay
from pipelines.warehouse.verify import verify
from tests.nights import seal
from tests.oracle import norms, reference, target
from tests.oracle.bill import bill
from tests.oracle.histories import history
from tests.oracle.load import assert_same_books, books, load
from tests.oracle.periods import plus_months
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run
from tests.snapshots import current_snapshot
from tests.sql.test_parity import nights

Row = dict[str, str]
NUMBER = 610000000001
LATER = dt.date(2025, 5, 1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A flat that used 50 kWh in March 2025; reference data of its own."""
    made = replace(Settings(), home=tmp_path, memory_limit="1GB", reference=tmp_path / "reference")
    shutil.copytree(ROOT / "data" / "reference", made.reference)
    deliver(made, "2025-03-01/customers/a.csv", ACCOUNT + f"{NUMBER};2025-01-01;;;Азов;И;ул.;urban;gas;none\n")
    deliver(made, "2025-03-01/customers/m.csv", METER + f"{NUMBER};7;one_rate;5;1;1;2020-01-01;;;100;;\n")
    deliver(made, "2025-03-20/cabinet/r.csv", READING + f"{NUMBER};7;all;2025-03-20;2025-03-20 10:00;150\n")
    return made


def rows_of(folder: Path, table: str = "tariff_rate") -> list[Row]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(
            lines, [name for name in rows[0] if name not in {"known_from", "known_to"}], extrasaction="ignore"
        )
        writer.writeheader()
        writer.writerows(rows)
    return path


def decree(folder: Path, path: Path, first: str, last: str, more: str = "1.00") -> Path:
    """Every price in force on a day, dearer by a ruble from `first` to `last`."""
    inside = [
        row for row in rows_of(folder) if row["valid_from"] <= first < row["valid_to"] and not row.get("known_to")
    ]
    return write(
        path,
        [
            {
                **row,
                "valid_from": first,
                "valid_to": min(last, row["valid_to"]),
                "price_rub_per_kwh": str(Decimal(row["price_rub_per_kwh"]) + Decimal(more)),
                "status": "quoted",
                "source": "https://example.org/decree",
            }
            for row in inside
        ],
    )


def posted(settings: Settings) -> list[tuple[Any, ...]]:
    """Lines of March: posting month, kind, kWh, price, kopecks."""
    with open_warehouse(settings) as connection:
        return connection.execute(
            """
            select month(posting_period), kind::varchar, kwh, price_rub_per_kwh, amount_kopecks
            from ledger.charge_line where service_period = date '2025-03-01' order by posting_period, amount_kopecks
            """
        ).fetchall()


def test_a_decree_for_a_closed_month_posts_the_difference_once_and_known_at_shows_the_old_bill(
    settings: Settings, tmp_path: Path
) -> None:
    run(settings, dt.datetime(2025, 4, 11, tzinfo=MOSCOW))
    run(settings, dt.datetime(2025, 5, 2, tzinfo=MOSCOW))
    [(_, _, _, price, amount)] = before = posted(settings)
    told = explain(current_snapshot(settings.home), settings, NUMBER, dt.date(2025, 3, 1))
    loaded = load_decree(decree(settings.reference, tmp_path / "d.csv", "2025-03-01", "2025-04-01"), settings, LATER)
    assert (loaded.first_period, loaded.added, loaded.superseded) == (dt.date(2025, 3, 1), 36, 36)
    for day in (3, 4):
        run(settings, dt.datetime(2025, 5, day, tzinfo=MOSCOW))
        assert posted(settings) == [
            *before,
            (5, "storno", -50, price, -amount),
            (5, "correction", 50, price + 1, amount + 5000),
        ]
    snapshot = current_snapshot(settings.home)
    assert [one for one in verify(snapshot, settings) if one.differing] == []
    again = explain(snapshot, settings, NUMBER, dt.date(2025, 3, 1), dt.date(2025, 5, 2))
    assert bill_in_words(again).splitlines()[3:] == bill_in_words(told).splitlines()[3:]
    words = [
        line["tariff_source"]
        for line in explain(snapshot, settings, NUMBER, LATER).lines
        if line["kind"] == "correction"
    ]
    assert words == ["https://example.org/decree"]


def test_what_a_decree_leaves_of_a_superseded_row_stays_in_force(settings: Settings, tmp_path: Path) -> None:
    load_decree(decree(settings.reference, tmp_path / "d.csv", "2025-03-01", "2025-04-01"), settings, LATER)
    one = [
        (row["valid_from"], row["valid_to"], row["known_from"], row["known_to"])
        for row in rows_of(settings.reference)
        if (row["settlement_category"], row["zone"], row["band"]) == ("urban", "all", "in_norm")
        and row["valid_from"] < "2025-07-01"
        and row["valid_to"] > "2025-01-01"
    ]
    assert one == [
        ("2025-01-01", "2025-07-01", "", "2025-05-01"),
        ("2025-01-01", "2025-03-01", "2025-05-01", ""),
        ("2025-04-01", "2025-07-01", "2025-05-01", ""),
        ("2025-03-01", "2025-04-01", "2025-05-01", ""),
    ]


@pytest.mark.parametrize("table", ["tariff_rate", "heating_season"])
def test_a_decree_loaded_twice_or_of_no_table_is_refused_and_no_byte_changes(
    settings: Settings, tmp_path: Path, table: str
) -> None:
    file = decree(settings.reference, tmp_path / "d.csv", "2025-03-01", "2025-04-01")
    if table != "tariff_rate":
        file = write(tmp_path / "d.csv", rows_of(settings.reference, table))
    else:
        load_decree(file, settings, LATER)
    before = {path.name: path.read_bytes() for path in settings.reference.iterdir()}
    with pytest.raises(ValueError, match="stands in tariff_rate.csv already|its header is that of none"):
        load_decree(file, settings, LATER)
    assert {path.name: path.read_bytes() for path in settings.reference.iterdir()} == before


def test_a_decree_without_a_source_is_refused_and_no_byte_changes(settings: Settings, tmp_path: Path) -> None:
    file = decree(settings.reference, tmp_path / "d.csv", "2025-03-01", "2025-04-01")
    write(file, [{**row, "source": ""} for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())])
    before = {path.name: path.read_bytes() for path in settings.reference.iterdir()}
    with pytest.raises(ValueError, match="names its decree or page"):
        load_decree(file, settings, LATER)
    assert {path.name: path.read_bytes() for path in settings.reference.iterdir()} == before


def test_a_closed_month_cannot_learn_of_a_decree(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(settings, dt.datetime(2025, 4, 11, tzinfo=MOSCOW))
    file = decree(settings.reference, tmp_path / "d.csv", "2025-03-01", "2025-04-01")
    monkeypatch.setenv("ENERGOSBYT_HOME", str(settings.home))
    monkeypatch.setenv("ENERGOSBYT_REFERENCE", str(settings.reference))
    for month, sentence in (("2025-03", "2025-03 is closed; 2025-04 is the first month"), ("", "")):
        monkeypatch.setattr(
            sys, "argv", ["energosbyt", "decree", str(file), *(["--known-from", month] if month else [])]
        )
        if month:
            with pytest.raises(SystemExit):
                main()
            assert sentence in capsys.readouterr().err
        else:
            with pytest.raises(SystemExit) as done:
                main()
            assert done.value.code == 0
            assert "Closings from 2025-04 on know them" in capsys.readouterr().out


@pytest.fixture
def oracle_reads(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The oracle reads the same folder, and forgets what it read of it."""
    caches = (reference.rows, reference.in_force, reference.amended_at, norms._component, target.prices)
    monkeypatch.setattr(reference, "FOLDER", settings.reference)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.mark.usefixtures("oracle_reads")
@pytest.mark.parametrize("seed", [3, 15, 40])
def test_the_oracle_posts_the_same_differences_in_one_load_and_night_by_night(
    settings: Settings, tmp_path: Path, seed: int
) -> None:
    facts, open_period = history(seed, 3)
    known_from = plus_months(open_period, -3)
    first = plus_months(open_period, -6)
    load_decree(
        decree(settings.reference, tmp_path / "d.csv", first.isoformat(), plus_months(first, 2).isoformat()),
        settings,
        known_from,
    )
    expected = bill(facts, open_period)
    assert any(line[1] == known_from and line[2] < known_from and line[3] == "storno" for line in expected.lines)
    for way in ("load", "nights"):
        with open_warehouse(replace(settings, home=tmp_path / way)) as connection:
            for run_id, night in enumerate([facts] if way == "load" else nights(facts, 40), start=1):
                load(connection, night, run_id)
                replay(connection, businesses=False)
                seal(connection)
            assert_same_books(expected, books(connection))


def test_a_decree_for_a_month_long_closed_takes_no_energy_away(settings: Settings, tmp_path: Path) -> None:
    run(settings, dt.datetime(2025, 4, 11, tzinfo=MOSCOW))
    run(settings, dt.datetime(2026, 10, 2, tzinfo=MOSCOW))
    [(_, _, _, price, amount)] = before = posted(settings)
    file = decree(settings.reference, tmp_path / "d.csv", "2025-03-01", "2025-04-01")
    load_decree(file, settings, dt.date(2026, 10, 1))
    run(settings, dt.datetime(2026, 10, 3, tzinfo=MOSCOW))
    assert posted(settings) == [
        *before,
        (10, "storno", -50, price, -amount),
        (10, "correction", 50, price + 1, amount + 5000),
    ]
    assert [one for one in verify(current_snapshot(settings.home), settings) if one.differing] == []
