"""Real households of a neighbouring region, a year of monthly use, through the whole way and against the oracle."""

import csv
import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb
import pytest

from pipelines.intake.ingest import ingest
from pipelines.settings import ROOT, Settings
from pipelines.simulate import simulate_real_use
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import replay
from tests.oracle.bill import bill
from tests.oracle.facts import AccountFact, Facts, MeterFact, OpeningDebtFact, PaymentFact, ReadingFact, TenantFact
from tests.oracle.load import assert_same_books, books

F = TypeVar("F", AccountFact, TenantFact, MeterFact, OpeningDebtFact, ReadingFact, PaymentFact)

REAL = ROOT.parent / "shared" / "data" / "households_monthly_kwh.csv"
INVENTED = (
    "account_number,building_type,rooms,residents,area_m2," + ",".join(f"kwh_{month:02d}" for month in range(1, 13)),
    "610000000011,Частный,3,2,,1000,,2500,1001,1000,999,0,10,4000,7000,300,1",
    "610000000012,Квартира,1,1,30.5,100,120,,,,90,80,70,60,50,40,30",
    "610000000013,Частный,5,,,1001,1000,999,1001,1000,999,1001,1000,999,1001,1000,999",
)


def facts_of(connection: duckdb.DuckDBPyConnection) -> Facts:
    """What intake made of the files, as the oracle reads it."""

    def rows(kind: type[F], table: str) -> list[F]:
        columns = ", ".join(
            f"{one.name}::varchar" if one.type == "str" else one.name for one in dataclasses.fields(kind)
        )
        found = connection.execute(f"select {columns} from intake.{table}").fetchall()
        return [kind(*row) for row in found]

    return Facts(
        accounts=rows(AccountFact, "account_fact"),
        tenants=rows(TenantFact, "tenant_fact"),
        meters=rows(MeterFact, "meter_fact"),
        opening_debts=rows(OpeningDebtFact, "opening_debt_fact"),
        readings=rows(ReadingFact, "reading_fact"),
        payments=rows(PaymentFact, "payment_fact"),
    )


@pytest.fixture(params=["invented", "real"])
def use(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Three invented households; where the shared data are, every twelfth real one: the oracle is slow on all 4826."""
    lines: list[str] = list(INVENTED)
    if request.param == "real":
        if not REAL.exists():
            pytest.skip(f"{REAL} is absent: the real households may not be committed")
        head, *real = REAL.read_text(encoding="utf-8").splitlines()
        lines = [head, *real[::12]]
    path = tmp_path / "use.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def year(use: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    settings = replace(Settings(), home=tmp_path / "home", memory_limit="2GB")
    simulate_real_use(settings.inbox, use, date(2025, 4, 1))
    with open_warehouse(settings) as connection:
        ingest(connection, settings, 1)
        replay(connection, businesses=False)
        yield connection


def test_a_year_of_real_use_is_judged_charged_and_balanced_as_the_oracle_does(
    year: duckdb.DuckDBPyConnection, use: Path
) -> None:
    [(open_period,)] = year.execute("select open_period from replay.bounds").fetchall()
    assert_same_books(bill(facts_of(year), open_period), books(year))
    # What the site refused for one month the next reading brings: nobody's use is lost on the way.
    with use.open(encoding="utf-8") as file:
        written = {
            int(row["account_number"]): sum(int(row[f"kwh_{month:02d}"] or 0) for month in range(1, 13))
            for row in csv.DictReader(file)
        }
    registers = dict(
        year.execute(
            "select account_number, max(register) - 100 from metering.reading group by account_number"
        ).fetchall()
    )
    assert {number: registers.get(number, 0) for number in written} == written
    [(refused,)] = year.execute("select count(*) from metering.reading where rule_id = 'site_jump'").fetchall()
    assert refused > 0
