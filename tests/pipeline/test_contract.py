"""The published tables keep the columns that others build on: add, do not rename."""

import duckdb
import pytest

from pipelines.settings import Settings
from tests.snapshots import current_snapshot

CONTRACT = {
    "account": "account_number house_id district branch site holder_name address settlement stove heating valid_from valid_to",
    "meter": (
        "meter_serial account_number zone_plan whole_digits fraction_digits transformer_ratio installed_on removed_on"
        " verified_until"
    ),
    "reading": (
        "reading_id account_number meter_serial zone read_on received_at value channel verdict rule_id period"
        " source_file_id source_line"
    ),
    "charge_line": (
        "account_number posting_period service_period kind basis meter_serial zone band kwh price_rub_per_kwh price_status"
        " amount_kopecks tariff_source rules_version"
    ),
    "payment": (
        "payment_id account_number paid_on posting_period amount_kopecks channel named_period status source_file_id source_line"
    ),
    "posting": "account_number posting_period kind amount_kopecks",
    "account_fact": "account_number valid_from known_at source_file_id source_line",
    "account_month": (
        "account_number period opening_kopecks charged_kopecks corrected_kopecks penalty_kopecks paid_kopecks closing_kopecks kwh"
    ),
    "district_month": (
        "district period opening_kopecks charged_kopecks corrected_kopecks penalty_kopecks paid_kopecks closing_kopecks kwh"
    ),
    "rejected_row": "source_file_id source_line rule_id message raw_text",
    "source_file": (
        "source_file_id channel name sha256 known_at rows_received rows_accepted rows_rejected rows_duplicate"
    ),
    "run": "run_id as_of",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_a_published_table_has_the_columns_of_the_contract(night: Settings, table: str) -> None:
    with duckdb.connect(current_snapshot(night.home), read_only=True) as snapshot:
        relation = snapshot.execute(f"select * from {table} limit 1")
        columns = {str(column[0]): str(column[1]) for column in relation.description}
        assert set(CONTRACT[table].split()) <= columns.keys()
        assert all(
            kind == "BIGINT" for name, kind in columns.items() if name.endswith("_kopecks") and table != "source_file"
        )


def test_every_published_file_gives_a_table_with_rows(night: Settings) -> None:
    with duckdb.connect(current_snapshot(night.home), read_only=True) as snapshot:
        for table in CONTRACT.keys() - {"rejected_row"}:
            [(count,)] = snapshot.execute(f"select count(*) from {table}").fetchall()
            assert count > 0, table
