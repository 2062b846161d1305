"""Business files of the simulator: taken without a rejected row, the same hours however they are delivered."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.simulate import simulate
from pipelines.simulate.businesses import businesses, day_wh
from tests.intake.deliveries import Deliveries, deliveries

PERIOD = dt.date(2026, 2, 1)
CONTRACTS = 14


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folders = {delivery: tmp_path_factory.mktemp(delivery) for delivery in ("monthly", "daily")}
    for delivery, folder in folders.items():
        simulate(folder, 1, PERIOD, PERIOD, 7, delivery, CONTRACTS)
    return folders


def taken(inbox: Deliveries, folder: Path, channels: tuple[str, ...]) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name in channels:
            place = inbox.settings.inbox / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    report = inbox.ingest()
    assert inbox.rejected() == []
    assert report.refused == report.rows.duplicate == 0
    assert report.rows.accepted > 0


def test_every_row_of_messages_plans_and_prices_is_taken(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection, written: dict[str, Path]
) -> None:
    inbox = deliveries(tmp_path, empty_warehouse)
    taken(inbox, written["monthly"], ("askue", "plans", "market", "contracts"))
    for table in ("energy_day_fact", "plan_fact", "market_hour_fact", "market_month_fact", "network_tariff_fact"):
        [(rows,)] = inbox.query(f"select count(*) from intake.{table}")
        assert rows > 0, table
    assert inbox.query("select count(*) from intake.market_hour_fact") == [(2 * 28 * 24,)]


def test_messages_say_the_hours_that_the_points_used(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection, written: dict[str, Path]
) -> None:
    inbox = deliveries(tmp_path, empty_warehouse)
    taken(inbox, written["daily"], ("askue",))
    known = businesses(CONTRACTS, 7)
    for point, day, wh in inbox.query("select point_code, day, wh from intake.energy_day_fact"):
        used = day_wh(known, day)[known.point_code.index(point)].tolist()
        for hour, energy in enumerate(used):
            halves = wh[2 * hour : 2 * hour + 2]
            assert None in halves or sum(halves) == energy
    [(points, days)] = inbox.query("select count(distinct point_code), count(distinct day) from intake.energy_day_fact")
    assert (points, days) == (int((known.category >= 3).sum()), 28)


def test_the_same_hours_are_written_day_by_day_and_as_an_archive_of_the_month(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection, written: dict[str, Path]
) -> None:
    said = []
    for delivery, folder in written.items():
        inbox = deliveries(tmp_path / delivery, empty_warehouse)
        taken(inbox, folder, ("askue",))
        said.append(inbox.query("select point_code, day, message_number, wh from intake.energy_day_fact order by all"))
        for table in ("energy_day_fact", "source_file"):
            inbox.query(f"delete from intake.{table}")
    assert said[0] == said[1]
