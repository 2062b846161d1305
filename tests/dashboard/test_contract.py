"""The invented snapshot is like the real one, and the real one answers every question."""

from pathlib import Path

import duckdb
import pytest

from dashboard import queries
from dashboard.queries import REGION
from dashboard.store import Snapshot, SnapshotError, ask, current
from tests.dashboard.conftest import Open
from tests.dashboard.snapshot import move_pointer
from tests.dashboard.test_queries import ASKED, FILES, placeholders


def columns(path: Path) -> dict[str, dict[str, str]]:
    # Attached, for the dashboard may hold the file open with settings of its own.
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as looked_at (read_only)")
        rows = connection.execute(
            """
            select table_name, column_name, data_type from duckdb_columns()
            where not internal and database_name = 'looked_at'
            """
        ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        tables.setdefault(table, {})[column] = kind
    return tables


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


def busy_account(snapshot: Snapshot) -> int:
    """The greatest debtor who sends readings."""
    debtors = queries.top_debtors(snapshot, REGION, snapshot.open_period)["account_number"].to_list()
    return next(
        int(number) for number in debtors if queries.account_readings(snapshot, number, queries.BEGINNING).height
    )


@pytest.mark.parametrize(
    "page",
    ["overview", "district", "receivables", "payments", "readings", "tariffs", "night", "work_list", "kpis", "account"],
)
def test_every_page_draws_the_real_snapshot(page: str, real: Path, open_page: Open) -> None:
    snapshot = current(real)
    assert snapshot is not None
    number = busy_account(snapshot)
    for shelf in ("charges", "readings") if page == "account" else ("",):
        app = open_page(real.parent, page, account=str(number), show=shelf, months="all")
        assert app.dataframe or page == "work_list"


def test_the_account_page_explains_a_bill_down_to_its_files(real: Path, open_page: Open) -> None:
    snapshot = current(real)
    assert snapshot is not None
    number = busy_account(snapshot)
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


def test_the_penalty_of_a_real_month_is_the_same_by_its_lines_and_by_its_accounts(real: Path) -> None:
    snapshot = current(real)
    assert snapshot is not None
    lines = queries.penalty_months(snapshot, REGION, snapshot.open_period, None)
    months = queries.month_totals(snapshot, REGION, snapshot.open_period)
    posted = dict(lines.select("period", "penalty_kopecks").iter_rows())
    assert any(posted.values())
    for period, kopecks in months.select("period", "penalty_kopecks").iter_rows():
        assert posted.get(period, 0) == kopecks


def test_real_debts_are_aged_in_full_and_agree_with_what_rolled_to_the_open_month(real: Path) -> None:
    snapshot = current(real)
    assert snapshot is not None
    aged = queries.debt_ages(snapshot, REGION)["open_kopecks"].sum()
    assert aged == queries.roll_rates(snapshot, REGION, snapshot.open_period)["to_kopecks"].sum()
    assert aged == queries.debt_ages_by_district(snapshot, REGION)["open_kopecks"].sum()


def test_money_of_a_real_month_is_the_same_by_day_by_channel_and_by_account(real: Path) -> None:
    snapshot = current(real)
    assert snapshot is not None
    for period, paid in (
        queries.month_totals(snapshot, REGION, snapshot.open_period).select("period", "paid_kopecks").iter_rows()
    ):
        assert queries.payment_days(snapshot, REGION, period)["amount_kopecks"].sum() == paid
        assert queries.payment_channels(snapshot, REGION, period)["amount_kopecks"].sum() == paid
