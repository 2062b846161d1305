"""A proposal charges the months that were billed by the same SQL: unchanged tables change no kopeck, others what they should."""

import csv
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.settings import ROOT, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import replay
from pipelines.whatif import Group, outcome_in_words, reckon
from pipelines.whatif import reckoning as reckoned
from tests.oracle.histories import history
from tests.oracle.load import load
from tests.snapshots import current_snapshot

Row = dict[str, str]
TARIFFS = ROOT / "data" / "reference" / "tariff_rate.csv"


def proposal(path: Path, change: Callable[[Row], Row]) -> Path:
    """The table of prices in force with every row changed."""
    with TARIFFS.open(encoding="utf-8", newline="") as lines:
        rows = [change(row) for row in csv.DictReader(lines)]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def dearer(row: Row) -> Row:
    """Twice the price above the norm and in the ranges after the first, everywhere."""
    factor = 1 if row["band"] in {"in_norm", "band1"} else 2
    return {**row, "price_rub_per_kwh": str(Decimal(row["price_rub_per_kwh"]) * factor)}


@pytest.mark.parametrize("seed", [1, 7, 20, 33])
def test_the_tables_in_force_give_what_was_posted_on_random_histories(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    facts, _ = history(seed, 6)
    with open_warehouse(settings) as connection:
        load(connection, facts)
        replay(connection)
    monkeypatch.setattr(reckoned, "ACCOUNTS_A_BUCKET", 7)
    outcome = reckon(settings.warehouse, settings, [TARIFFS], 24)
    assert outcome.region.posted_kopecks > 0
    assert [group for group in outcome.groups if group.posted_kopecks != group.proposed_kopecks] == []
    assert outcome.region.losers == outcome.region.winners == 0


def test_prices_twice_as_high_above_the_norm_cost_what_the_lines_there_cost_again(
    night: Settings, tmp_path: Path
) -> None:
    snapshot = current_snapshot(night.home)
    outcome = reckon(snapshot, night, [proposal(tmp_path / "tariffs.csv", dearer)])
    with duckdb.connect(snapshot, read_only=True) as connection:
        lines = connection.execute(
            """
            select account_number, price_rub_per_kwh, sum(kwh)::bigint
            from charge_line
            where service_period between ? and ? and band not in ('in_norm', 'band1')
            group by account_number, service_period, meter_serial, zone, band, price_rub_per_kwh, basis
            """,
            [outcome.first, outcome.last],
        ).fetchall()
    more = sum(kopecks(kwh * price * 2) - kopecks(kwh * price) for _, price, kwh in lines)
    assert outcome.region.proposed_kopecks - outcome.region.posted_kopecks == more > 0
    assert outcome.region.losers == len({account for account, _, kwh in lines if kwh})
    assert outcome.region.winners == 0


def kopecks(rubles: Decimal) -> int:
    return int((rubles * 100).quantize(Decimal(1), ROUND_HALF_UP))


def total(groups: list[Group]) -> tuple[int, ...]:
    names = ("accounts", "losers", "winners", "kwh", "posted_kopecks", "proposed_kopecks")
    return tuple(sum(getattr(group, name) for group in groups) for name in names)


def test_categories_deciles_and_districts_each_add_up_to_the_region(night: Settings, tmp_path: Path) -> None:
    outcome = reckon(current_snapshot(night.home), night, [proposal(tmp_path / "tariffs.csv", dearer)])
    for kind in ("category", "decile", "district"):
        assert total([group for group in outcome.groups if group.kind == kind]) == total([outcome.region])
    assert "разница" in outcome_in_words(outcome)


def test_a_proposal_with_a_gap_or_of_no_table_is_refused_with_a_sentence(
    night: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TARIFFS.read_text(encoding="utf-8").splitlines(keepends=True)
    gap = tmp_path / "gap.csv"
    gap.write_text("".join(line for line in text if not line.startswith("2026-01-01")), encoding="utf-8")
    other = tmp_path / "other.csv"
    other.write_text("name;price\n", encoding="utf-8")
    monkeypatch.setenv("ENERGOSBYT_HOME", str(night.home))
    for file, sentence in ((gap, "Not so in"), (other, "its header is that of none of tariff_rate.csv")):
        monkeypatch.setattr(sys, "argv", ["energosbyt", "whatif", "--tariffs", str(file)])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 1
        assert sentence in capsys.readouterr().err
