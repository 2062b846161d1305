"""Every check passes on a sound night, and was seen to fail on a broken one."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.settings import Settings
from pipelines.warehouse.checks import Check, load_checks, run_check
from tests.conftest import copy_of

ONE_LINE = "rowid = (select min(rowid) from ledger.charge_line)"
A_FILE = "source_file_id = (select min(source_file_id) from intake.source_file where rows_received > 0)"
A_MONTH = "(account_number, period) = (select (account_number, period) from marts.account_month order by all limit 1 offset 2)"

A_CHARGE = """
    insert into business.charge_line values (
        'c', 'p', date '2026-01-01', date '2026-01-01', 'energy', 'all', 'register', 10, null, 1000, 1000, 22, 220, 'charge', ''
    )
"""
A_VOLUME = """
    insert into business.volume values (
        'c', 'p', date '2026-01-01', date '2026-01-01', 3, 11, 0, 'register', 744, 744, 111, 11, 100
    )
"""

BREAKS = {
    "every_line_of_a_file_is_accounted_for": f"update intake.source_file set rows_accepted = rows_accepted - 1 where {A_FILE}",
    "registry_totals_hold": """
        update intake.source_file set control_kopecks = control_kopecks + 1
        where source_file_id = (select min(source_file_id) from intake.source_file where control_kopecks is not null)
    """,
    "every_reading_has_one_verdict": "delete from metering.reading where rowid = (select min(rowid) from metering.reading)",
    "every_month_has_its_prices": "delete from rating.price where zone = 'night' and band = 'above_norm'",
    "every_month_has_its_limits": "update rating.band_limit set status = null where persons = 2",
    "every_accepted_kwh_is_charged": """
        delete from ledger.charge_line where rowid = (select min(rowid) from ledger.charge_line where basis = 'reading')
    """,
    "every_line_is_its_energy_times_its_price": """
        update ledger.charge_line set amount_kopecks = amount_kopecks + 1
        where rowid = (select min(rowid) from ledger.charge_line where service_period = posting_period)
    """,
    "every_payment_is_in_a_balance_or_waits": f"update marts.account_month set paid_kopecks = paid_kopecks + 1 where {A_MONTH}",
    "every_balance_adds_up": f"update marts.account_month set charged_kopecks = charged_kopecks + 1 where {A_MONTH}",
    "every_month_opens_where_the_last_one_closed": f"delete from marts.account_month where {A_MONTH}",
    "every_balance_is_the_sum_of_postings": f"delete from ledger.charge_line where {ONE_LINE}",
    "every_open_debt_is_in_the_balance": """
        update ledger.debt set open_kopecks = 0 where rowid = (select min(rowid) from ledger.debt)
    """,
    "no_debt_bears_less_than_no_penalty": "update ledger.penalty_line set days = -days",
    "district_sums_are_the_accounts": """
        delete from marts.district_month where rowid = (select min(rowid) from marts.district_month)
    """,
    "ages_of_debts_are_the_debt": "update marts.debt_age set debt_kopecks = debt_kopecks + 1 where age = 'days_60'",
    "category_sums_are_the_districts": "update marts.age_move set accounts = accounts + 1",
    "energy_of_categories_is_the_charged": "update marts.energy_month set kwh = kwh + 1",
    "money_of_days_is_the_paid": "update marts.payment_day set amount_kopecks = amount_kopecks + 1",
    "readings_of_days_are_the_readings": "update marts.reading_day set readings = readings + 1",
    "branch_sums_are_the_accounts": """
        update marts.branch_month set closing_kopecks = closing_kopecks + 1
        where rowid = (select min(rowid) from marts.branch_month)
    """,
    "site_sums_are_the_accounts": """
        update marts.site_month set accounts = accounts + 1 where rowid = (select min(rowid) from marts.site_month)
    """,
    "every_tariff_has_a_source_and_no_gap": """
        update reference.tariff_rate set valid_to = valid_to - 1 where valid_from = date '2025-07-01' and band = 'in_norm'
    """,
    "every_range_has_a_source_and_no_gap": "update reference.consumption_range set from_kwh = from_kwh + 1 where band = 'band2'",
    "every_norm_has_a_source_and_no_overlap": "update reference.social_norm set source = ' ' where persons = 3",
    "every_penalty_rate_has_a_source_and_no_gap": """
        update reference.penalty_rate set valid_to = valid_to - 1 where valid_from = date '2022-08-01'
    """,
    "every_penalty_scale_has_a_source_and_no_gap": """
        update reference.penalty_scale set day_from = 32 where customer_kind = 'household' and day_from = 31
    """,
    "every_reading_rule_has_a_law_and_a_sentence": "update reference.reading_rule set message_ru = '' where rule_id = 'site_jump'",
    "every_hour_is_measured_filled_or_shown": """
        insert into business.point_day values
            ('61', date '2026-10-01', [1, null], ['measured', 'measured'], 0, 0, 1, 1, 1)
    """,
    "every_step_for_missing_hours_has_a_law": "update reference.substitution_rule set source = ' ' where step = 2",
    "every_district_has_a_site": "delete from reference.organisation where district = 'Азов'",
    "every_condition_has_a_rule_and_a_source": "delete from reference.condition_rule where reason = 'absent'",
    "every_house_need_has_a_rule_and_a_source": "update reference.house_need_normative set source = ''",
    "every_business_volume_is_charged": f"{A_CHARGE}; {A_VOLUME}",
    "every_hour_of_a_business_is_charged": f"""
        {A_CHARGE};
        insert into business.supply_point by name
        select
            'c' as contract_number, 'p' as point_code, date '2026-01-01' as from_period, date '9999-12-31' as to_period,
            date '9999-12-31' as known_to, date '2026-01-01' as supplied_from, 3 as price_category;
        insert into business.point_day by name
        select 'p' as point_code, date '2026-01-05' as day, [11000] as wh, 0 as hours_filled, 0 as hours_unknown
    """,
    "every_business_line_is_its_energy_times_its_price": f"{A_CHARGE}; update business.charge_line set amount_kopecks = 1001",
    "parts_of_a_payment_are_the_bill": """
        insert into business.advance values ('c', date '2026-01-01', 3, date '2026-02-18', 2, null, 2, date '2026-01-01');
        insert into business.bill by name select 'c' as contract_number, date '2026-01-01' as period, 1 as total_kopecks
    """,
    "every_month_of_a_business_is_charged": A_VOLUME,
    "hours_agree_with_the_registers": f"{A_VOLUME}; update business.volume set service_period = date '2026-03-01'",
    "every_point_has_a_contract": """
        insert into business.supply_point by name
        select 'c' as contract_number, 'p' as point_code, date '9999-12-31' as known_to, date '2026-01-01' as supplied_from
    """,
    "every_payment_schedule_has_a_source_and_no_gap": "delete from reference.payment_schedule where share_pct is null",
    "few_readings_are_held": "update metering.reading set verdict = 'held', channel = 'cabinet', known_period = date '2026-03-01'",
    "every_receipt_is_in_a_contracts_balance_or_waits": """
        insert into business.balance (contract_number, period, paid_kopecks) values ('61-0001', date '2026-03-01', 1)
    """,
    "every_contracts_debt_is_its_bills_less_its_receipts": """
        insert into business.debt (contract_number, is_billed, part, paid_kopecks, open_kopecks)
        values ('61-0001', true, 1, 0, 1)
    """,
    "documents_are_numbered_without_a_gap": """
        insert into intake.document_fact
        select 'act', 2026, 2, '61-0001', date '2026-03-01', date '2026-03-01', 0, date '2026-03-31', 0, '{}', [], now()
    """,
    "every_key_rate_has_a_source_and_no_gap": """
        update reference.key_rate set valid_to = valid_to - 1 where valid_from = date '2024-07-29'
    """,
    "every_business_kind_has_its_penalty": "delete from reference.business_penalty where customer_kind = 'tszh'",
    "bank_statements_agree_with_themselves": """
        insert into business.disagreement (account, kind) values ('40702810000000000001', 'received')
    """,
    "every_registry_is_paid_by_its_transfer": """
        insert into business.registry_transfer by name
        select 1 as registry_file_id, date '2026-03-01' as handed_on, 'no_transfer' as status, 6 as waits_days
    """,
    "little_money_waits_in_suspense": "delete from intake.account_fact",
}


@pytest.fixture(scope="module")
def sound(night: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A night's warehouse of which no month is closed yet."""
    with copy_of(night, tmp_path_factory.mktemp("sound")) as connection:
        connection.execute("update replay.bounds set sealed_period = date '1900-01-01'")
        yield connection


@pytest.fixture
def warehouse(sound: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """It again for each test: whatever a test breaks is taken back."""
    sound.execute("begin")
    yield sound
    sound.execute("rollback")


def test_every_check_has_a_case_that_breaks_it() -> None:
    assert BREAKS.keys() == {check.name for check in load_checks()}


def test_a_sound_night_breaks_no_claim(warehouse: duckdb.DuckDBPyConnection) -> None:
    broken = {check.name: finding for check in load_checks() if (finding := run_check(warehouse, check)).offenders}
    assert not {name for name in broken if next(c for c in load_checks() if c.name == name).is_blocking}, broken


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.name)
def test_a_broken_claim_is_found(warehouse: duckdb.DuckDBPyConnection, check: Check) -> None:
    warehouse.execute(BREAKS[check.name])
    finding = run_check(warehouse, check)
    assert finding.offenders > 0
    assert finding.shown
