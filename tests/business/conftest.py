from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.oracle.business.load import empty_warehouse


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory, without a fact."""
    with empty_warehouse(tmp_path) as connection:
        yield connection
