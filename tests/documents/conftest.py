"""A contract billed by the product's own SQL through March 2026, with a payment, and its documents."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from tests.business.little import FEBRUARY, JANUARY, at, flat_hours, little, same_hours
from tests.oracle.business.load import load, replay_businesses
from tests.oracle.periods import MOSCOW

PAID = """
    insert into intake.bank_document_fact by name
    select 'Платежное поручение' as kind, '17' as number, date '2026-02-20' as drawn_on, 50000 as amount_kopecks,
        date '2026-02-20' as received_on, 'incoming' as direction, '40702810000000000001' as own_account,
        '6164000001' as payer_inn, 'Оплата по договору c' as purpose, [] as other, known_at, known_period,
        source_file_id, 2 as source_line
    from intake.source_file where known_period = date '2026-02-01' order by source_file_id limit 1
"""


@pytest.fixture(scope="session")
def billed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a warehouse: January by hours, corrected in February, all of it closed."""
    home = tmp_path_factory.mktemp("documents")
    path = home / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        prepare(connection, replace(Settings(), home=home, memory_limit="1GB"))
        world = little(3)
        world.contracts = [replace(world.contracts[0], inn="6164000001", kpp="616401001")]
        world.hours = same_hours(JANUARY, 1000) + same_hours(FEBRUARY, 2000)
        world.days = flat_hours(JANUARY, "1000") + flat_hours(FEBRUARY, "1000")
        world.hours.append(replace(world.hours[9], known_at=at(FEBRUARY), wh=(2000,) * 24))
        load(connection, world)
        connection.execute(PAID)
        replay_businesses(connection, dt.datetime(2026, 4, 20, tzinfo=MOSCOW))
    return path


@pytest.fixture
def warehouse(billed: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of it, to issue documents from."""
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(billed.read_bytes())
    with duckdb.connect(path) as connection:
        yield connection
