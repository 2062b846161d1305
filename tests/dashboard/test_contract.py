"""The invented snapshot is like the real one, and the real one answers every question."""

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard.store import SnapshotError, ask, current
from pipelines.settings import Settings
from tests.dashboard.conftest import Open
from tests.dashboard.snapshot import move_pointer
from tests.dashboard.test_queries import ASKED, FILES, placeholders


def columns(path: Path) -> dict[str, dict[str, str]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal"
        ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        tables.setdefault(table, {})[column] = kind
    return tables


@pytest.fixture(scope="session")
def real(night: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of a night over a simulated region: a copy, since the pages keep theirs open."""
    return shutil.copytree(night.published, tmp_path_factory.mktemp("real") / "published")


def test_the_invented_snapshot_has_the_columns_of_the_real_one(real: Path, small_home: Path) -> None:
    snapshot = current(real)
    assert snapshot is not None
    published, invented = columns(snapshot.path), columns(small_home / "published" / "snapshot-000214.duckdb")
    for table, kinds in invented.items():
        differing = {
            name: (kind, published[table].get(name))
            for name, kind in kinds.items()
            if published[table].get(name) != kind
        }
        assert not differing, table


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_real_snapshot_answers_every_question(path: Path, real: Path) -> None:
    snapshot = current(real)
    assert snapshot is not None
    asked = ASKED | {"period": snapshot.open_period, "run_id": snapshot.run_id}
    assert ask(snapshot, path.stem, **{name: asked[name] for name in placeholders(path)}).columns


@pytest.mark.parametrize("page", ["overview", "district", "account", "readings", "tariffs", "night", "work_list"])
def test_every_page_draws_the_real_snapshot(page: str, real: Path, open_page: Open) -> None:
    snapshot = current(real)
    assert snapshot is not None
    number = ask(snapshot, "top_debtors", period=snapshot.open_period, branch=None, site=None, district=None)[
        "account_number"
    ].item(0)
    for shelf in ("charges", "readings") if page == "account" else ("",):
        app = open_page(real.parent, page, account=str(number), show=shelf, months="all")
        assert app.dataframe or page == "work_list"


def test_the_account_page_explains_a_bill_down_to_its_files(real: Path, open_page: Open) -> None:
    snapshot = current(real)
    assert snapshot is not None
    number = ask(snapshot, "top_debtors", period=snapshot.open_period, branch=None, site=None, district=None)[
        "account_number"
    ].item(0)
    app = open_page(real.parent, "account", account=str(number), show="explanation", period="2026-02")
    assert not app.error
    assert "SHA-256" in app.code[0].value


def test_a_question_that_the_snapshot_cannot_answer_is_named(tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    old = tmp_path / "published" / "old.duckdb"
    duckdb.connect(str(old)).close()
    move_pointer(tmp_path, old, run_id=1)
    snapshot = current(tmp_path / "published")
    assert snapshot is not None
    with pytest.raises(SnapshotError, match="periods"):
        ask(snapshot, "periods")
