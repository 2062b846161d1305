"""Fixtures every room uses: a small region, taken in and replayed once."""

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
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

MadeOnce = Callable[[str, Callable[[Path], object]], Path]
"""Gives a folder by its name, made by a function unless it was before."""

LONGEST = ("tests/sql/test_parity", "tests/faults/", "tests/e2e/", "tests/pipeline/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: a file is one worker's, and the last one to begin is waited for alone."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Folders that one worker makes, the first that needs them; every worker has a copy of its own."""
    own = tmp_path_factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def of(name: str, make: Callable[[Path], object]) -> Path:
        made, finished = common / f"common-{name}", common / f"common-{name}.made"
        with (common / f"common-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not finished.exists():
                make(made)
                finished.touch()
        return Path(shutil.copytree(made, tmp_path_factory.mktemp(name) / name))

    return of


@pytest.fixture(scope="session")
def region(made_once: MadeOnce) -> Path:
    """Channel files of 80 accounts from October 2025 to March 2026: the norm, then the ranges."""
    return made_once("region", lambda folder: simulate(folder, 80, dt.date(2025, 10, 1), dt.date(2026, 3, 1), 5))


@pytest.fixture(scope="session")
def night(region: Path, made_once: MadeOnce) -> Settings:
    """An installation after one night over the region."""

    def make(home: Path) -> None:
        settings = replace(Settings(), home=home, memory_limit="1GB")
        shutil.copytree(region, settings.inbox)
        run_night(settings)

    return replace(Settings(), home=made_once("night", make), memory_limit="1GB")


@pytest.fixture(scope="session")
def business_home(made_once: MadeOnce) -> Path:
    """An installation after one night with six contracts of January to March, documents of January issued."""

    def make(home: Path) -> None:
        settings = replace(Settings(), home=home, memory_limit="1GB")
        simulate(settings.inbox, 5, dt.date(2026, 1, 1), dt.date(2026, 3, 1), 5, contracts=6)
        with open_warehouse(settings) as connection:
            ingest(connection, settings, 1)
            replay(connection)
            issue_documents(connection, settings.documents, dt.date(2026, 1, 1), reference=settings.reference)
            publish(connection, settings, dt.datetime.now(dt.UTC))

    return made_once("businesses", make)


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
