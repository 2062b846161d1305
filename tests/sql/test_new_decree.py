"""A new tariff period is data: rows appended to a table bill by themselves, and what cannot be billed by is refused."""

import csv
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import ROOT
from pipelines.warehouse.checks import load_checks, run_check
from pipelines.warehouse.models import load_models
from pipelines.warehouse.replay import replay, replay_model
from tests.intake.deliveries import READINGS, Deliveries, deliveries

Row = dict[str, str]
DECREE = "https://example.org/decree-2027"
ACCOUNT = "610000000001"


@pytest.fixture
def inbox(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> Deliveries:
    """A flat whose meter showed 100 kWh when it was put in and 150 kWh on 20 January 2027; reference data of its own."""
    made = deliveries(tmp_path, empty_warehouse)
    made.put(
        "2026-12-20/customers/accounts.csv",
        "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating\n"
        f"{ACCOUNT};2026-12-01;;;Азов;Иванов И. И.;г. Азов, ул. Мира, д. 1;urban;gas;none\n",
    )
    made.put(
        "2026-12-20/customers/meters.csv",
        "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
        f"verified_until;opening_t1;opening_t2;opening_t3\n{ACCOUNT};7;one_rate;6;0;1;2026-12-31;;;100;;\n",
    )
    made.put("2027-01-20/office/readings.csv", f"{READINGS}\n{ACCOUNT};7;all;2027-01-20;2027-01-20 10:00;150\n")
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "reference")
    empty_warehouse.execute("set variable reference = ?", [str(tmp_path / "reference")])
    return made


def decree(row: Row) -> Row:
    """The row of the last quarter of 2026 as a decree for 2027 would have it, seven kopecks dearer."""
    price = str(Decimal(row["price_rub_per_kwh"]) + Decimal("0.07"))
    dates = {"valid_from": "2027-01-01", "valid_to": "2028-01-01"}
    return {**row, **dates, "price_rub_per_kwh": price, "status": "quoted", "source": DECREE}


def append(tmp_path: Path, change: Callable[[Row], Row]) -> None:
    """Append what `change` makes of every row in force to the end of 2026."""
    path = tmp_path / "reference" / "tariff_rate.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["valid_to"] == "2027-01-01"]
    with path.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, list(rows[0]), lineterminator="\r\n").writerows(map(change, rows))


def offenders(inbox: Deliveries) -> int:
    """Rows of the table of prices, as it is read anew, that break its claim."""
    [model] = [model for model in load_models() if model.name == "reference.tariff_rate"]
    replay_model(inbox.connection, model)
    [check] = [check for check in load_checks() if check.name == "every_tariff_has_a_source_and_no_gap"]
    return run_check(inbox.connection, check).offenders


def test_january_2027_is_billed_by_the_rows_of_a_decree_added_as_data(inbox: Deliveries, tmp_path: Path) -> None:
    append(tmp_path, decree)
    assert offenders(inbox) == 0
    inbox.ingest()
    replay(inbox.connection, businesses=False)
    assert inbox.query(
        """
        select lines.kwh, lines.price_rub_per_kwh::varchar, lines.amount_kopecks, sources.source
        from ledger.charge_line as lines
        inner join reference.source as sources on sources.source_id = lines.tariff_source_id
        where lines.service_period = date '2027-01-01' and lines.kwh > 0
        """
    ) == [(50, "6.7300", 33_650, DECREE)]


def test_a_month_without_a_decree_is_refused_and_never_guessed(inbox: Deliveries) -> None:
    inbox.ingest()
    with pytest.raises(duckdb.ConstraintException, match="price_rub_per_kwh"):
        replay(inbox.connection, businesses=False)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"source": " "}, id="no source"),
        pytest.param({"valid_from": "2026-12-01"}, id="overlap"),
        pytest.param({"valid_from": "2027-02-01"}, id="gap"),
    ],
)
def test_a_decree_without_a_source_with_a_gap_or_an_overlap_is_refused(
    inbox: Deliveries, tmp_path: Path, change: Row
) -> None:
    append(tmp_path, lambda row: {**decree(row), **change})
    assert offenders(inbox) > 0
