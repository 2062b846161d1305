"""Fixtures every room uses: a small region, taken in and replayed once."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.documents import issue_documents
from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.simulate import simulate
from pipelines.warehouse.connection import open_warehouse, prepare
from pipelines.warehouse.publish import publish
from pipelines.warehouse.replay import replay, replay_model, set_as_of, stages
from tests.nights import run_night

LONGEST = ("tests/sql/test_parity", "tests/faults/", "tests/e2e/", "tests/pipeline/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: a file is one worker's, and the last one to begin is waited for alone."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Channel files of 80 accounts from October 2025 to March 2026: the norm, then the ranges."""
    folder = tmp_path_factory.mktemp("region")
    simulate(folder, 80, dt.date(2025, 10, 1), dt.date(2026, 3, 1), 5)
    return folder


@pytest.fixture(scope="session")
def night(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation after one night over the region."""
    settings = replace(Settings(), home=tmp_path_factory.mktemp("night"), memory_limit="1GB")
    shutil.copytree(region, settings.inbox)
    run_night(settings)
    return settings


@pytest.fixture(scope="session")
def business_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation after one night with six contracts of January to March, documents of January issued."""
    settings = replace(Settings(), home=tmp_path_factory.mktemp("businesses"), memory_limit="1GB")
    simulate(settings.inbox, 5, dt.date(2026, 1, 1), dt.date(2026, 3, 1), 5, contracts=6)
    with open_warehouse(settings) as connection:
        ingest(connection, settings, 1)
        replay(connection)
        issue_documents(connection, settings.documents, dt.date(2026, 1, 1), reference=settings.reference)
        publish(connection, settings, dt.datetime.now(dt.UTC))
    return settings.home


@contextmanager
def copy_of(night: Settings, home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of a night's warehouse in another home, with the tables in memory that hold for all accounts."""
    settings = replace(night, home=home)
    settings.warehouse.parent.mkdir(parents=True)
    shutil.copyfile(night.warehouse, settings.warehouse)
    with open_warehouse(settings) as connection:
        set_as_of(connection, None)
        for model in stages()[0]:
            replay_model(connection, model)
        yield connection


@pytest.fixture
def warehouse(night: Settings, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of that night, a copy to break."""
    with copy_of(night, tmp_path) as connection:
        yield connection


@pytest.fixture
def empty_warehouse(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory with every table and no fact."""
    with duckdb.connect() as connection:
        prepare(connection, replace(Settings(), home=tmp_path, memory_limit="1GB"))
        yield connection
