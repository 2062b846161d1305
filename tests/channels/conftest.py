from pathlib import Path

import duckdb
import pytest

from tests.intake.deliveries import Deliveries, deliveries


@pytest.fixture
def inbox(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> Deliveries:
    return deliveries(tmp_path, empty_warehouse)
