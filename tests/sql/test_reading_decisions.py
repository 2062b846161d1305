"""What a specialist decides about a held reading is charged once, from the night that knows it."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import SQL
from pipelines.warehouse.replay import replay
from tests.intake.deliveries import READINGS, Deliveries, deliveries

ACCOUNT = (
    "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating\n"
    "610000000001;2026-08-01;;;Азов;Иванов И. И.;г. Азов, ул. Мира, д. 1;urban;gas;none\n"
)
METER = (
    "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
    "verified_until;opening_t1;opening_t2;opening_t3\n610000000001;7;one_rate;5;0;1;2020-01-01;;;{opening};;\n"
)
DECISIONS = f"{READINGS};decision;decided_value;decided_by;comment"
HELD = "610000000001;7;all;2026-09-20;2026-09-20 10:00;400"


@pytest.fixture
def inbox(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> Deliveries:
    """A meter that showed 500 in August and, as somebody says, 400 in September: held."""
    made = deliveries(tmp_path, empty_warehouse)
    tell(made, opening=450)
    return made


def tell(inbox: Deliveries, opening: int) -> None:
    inbox.put("2026-08-01/customers/accounts.csv", ACCOUNT)
    inbox.put("2026-08-01/customers/meters.csv", METER.format(opening=opening))
    inbox.put("2026-08-20/office/r.csv", f"{READINGS}\n610000000001;7;all;2026-08-20;2026-08-20 10:00;{opening + 50}\n")
    inbox.put("2026-09-20/phone/r.csv", f"{READINGS}\n{HELD}\n")


def decide(inbox: Deliveries, day: str, decision: str, name: str = "d") -> None:
    inbox.put(f"{day}/specialist/{name}.csv", f"{DECISIONS}\n{HELD};{decision};Решающая;\n")


def charged(inbox: Deliveries) -> list[tuple[Any, ...]]:
    """Service month, posting month and kWh of the lines by reading, bands together."""
    inbox.ingest()
    replay(inbox.connection, businesses=False)
    return inbox.query(
        """
        select month(service_period), month(posting_period), sum(kwh)::bigint
        from ledger.charge_line where basis = 'reading' group by all order by all
        """
    )


def verdicts(inbox: Deliveries) -> list[tuple[Any, ...]]:
    return inbox.query(
        "select channel::varchar, verdict::varchar, rule_id from metering.reading where month(period) = 9 order by reading_id"
    )


def test_a_held_reading_is_not_charged(inbox: Deliveries) -> None:
    assert charged(inbox) == [(8, 8, 50)]
    assert verdicts(inbox) == [("phone", "held", "below_previous")]


def test_a_corrected_reading_is_charged_for_its_month_beside_the_one_that_stays_held(inbox: Deliveries) -> None:
    decide(inbox, "2026-09-25", "correct;560")
    assert charged(inbox) == [(8, 8, 50), (9, 9, 60)]
    assert verdicts(inbox) == [("phone", "held", "below_previous"), ("specialist", "accepted", None)]


def test_a_decision_after_the_month_is_posted_in_its_own_month_once(inbox: Deliveries) -> None:
    decide(inbox, "2026-10-12", "correct;560")
    decide(inbox, "2026-10-13", "correct;560", "again")
    assert charged(inbox) == [(8, 8, 50), (9, 10, 60)]


def test_a_rejected_reading_stays_uncharged_and_the_decision_is_kept(inbox: Deliveries) -> None:
    decide(inbox, "2026-09-25", "reject;")
    assert charged(inbox) == [(8, 8, 50)]
    published = (SQL / "published" / "reading_decision.sql").read_text(encoding="utf-8")
    [(decision, decided_by, is_found)] = inbox.query(
        f"select decision::varchar, decided_by, reading_id is not null from ({published})"
    )
    assert (decision, decided_by, is_found) == ("reject", "Решающая", True)


def test_an_accepted_reading_below_the_previous_means_that_the_dial_passed_zero(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    made = deliveries(tmp_path, empty_warehouse)
    tell(made, opening=97_000)
    decide(made, "2026-09-25", "accept;")
    # 100 000 + 400 − 97 050
    assert charged(made) == [(8, 8, 50), (9, 9, 3350)]


def test_a_decision_that_comes_after_a_newer_reading_is_held_for_its_order(inbox: Deliveries) -> None:
    inbox.put("2026-10-20/phone/r.csv", f"{READINGS}\n610000000001;7;all;2026-10-20;2026-10-20 10:00;600\n")
    decide(inbox, "2026-10-25", "correct;560")
    charged(inbox)
    assert verdicts(inbox)[-1] == ("specialist", "held", "date_before_previous")
