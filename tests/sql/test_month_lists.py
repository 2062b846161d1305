"""What a list of a month looks into holds all that the list is of."""

import duckdb

from pipelines.warehouse.replay import replay
from tests.oracle.histories import history
from tests.oracle.load import load
from tests.sql.test_parity import warehouse as empty_warehouse


def test_a_reading_not_accepted_is_kept_beside_its_place(warehouse: duckdb.DuckDBPyConnection) -> None:
    refused = warehouse.execute(
        """
        select readings.reading_id, readings.rule_id, months.district
        from metering.reading as readings
        left join marts.account_month as months
            on months.account_number = readings.account_number
            and months.period = least(readings.period, readings.known_period)
        where readings.verdict in ('held', 'rejected')
        order by all
        """
    ).fetchall()
    kept = warehouse.execute("select reading_id, rule_id, district from marts.refused_reading order by all").fetchall()
    assert refused
    assert kept == refused


def test_every_payment_of_a_month_came_in_its_files_or_is_named_among_the_late() -> None:
    facts, _ = history(3, 4)
    with empty_warehouse() as connection:
        load(connection, facts)
        replay(connection, businesses=False)
        posted = connection.execute(
            "select posting_period, payment_id, account_number, amount_kopecks from ledger.payment"
            " where account_number is not null order by all"
        ).fetchall()
        late = connection.execute(
            "select posting_period, payment_id, account_number, amount_kopecks from marts.late_payment order by all"
        ).fetchall()
        in_files = connection.execute(
            """
            select payments.posting_period, payments.payment_id, payments.account_number, payments.amount_kopecks
            from ledger.payment as payments
            inner join intake.source_file as files on files.source_file_id = payments.source_file_id
            where payments.posting_period = files.known_period
            """
        ).fetchall()
    assert late
    assert sorted(late + in_files) == posted
