"""What the tests of documents share: the night's snapshot, and ways to read what was made of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import Settings
from tests.snapshots import current_snapshot

Asked = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def snapshot(night: Settings) -> Path:
    return current_snapshot(night.home)


@pytest.fixture(scope="session")
def asked(snapshot: Path) -> Asked:
    """Asks the snapshot; opened for each question, for the product opens the same file."""

    def ask(query: str, **parameters: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(snapshot, read_only=True) as connection:
            return connection.execute(query, parameters).fetchall()

    return ask
