"""What a controller reads holds against what customers said before it (ПП РФ 354 п. 61)."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.warehouse.replay import replay
from tests.intake.deliveries import READINGS, Deliveries, deliveries

ACCOUNT = (
    "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating\n"
    "610000000001;2026-02-01;;;Азов;Иванов И. И.;г. Азов, ул. Мира, д. 1;urban;gas;none\n"
)
METER = (
    "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
    "verified_until;opening_t1;opening_t2;opening_t3\n"
)
ONE_RATE = "610000000001;7;one_rate;5;0;1;2020-01-01;;;450;;\n"
TWO_ZONE = "610000000001;7;two_zone;5;0;1;2020-01-01;;;450;100;\n"


@pytest.fixture
def inbox(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> Deliveries:
    """An account with a meter that showed 450 when it was taken over."""
    made = deliveries(tmp_path, empty_warehouse)
    made.put("2026-02-01/customers/accounts.csv", ACCOUNT)
    made.put("2026-02-01/customers/meters.csv", METER + ONE_RATE)
    return made


def read(inbox: Deliveries, day: str, channel: str, *values: tuple[str, int], read_on: str | None = None) -> None:
    """Readings of the meter by zone, sent on a day through a channel; of the day itself, or of an earlier one."""
    lines = "".join(f"610000000001;7;{zone};{read_on or day};{day} 10:00;{value}\n" for zone, value in values)
    inbox.put(f"{day}/{channel}/r.csv", f"{READINGS}\n{lines}")


def verdicts(inbox: Deliveries) -> list[tuple[Any, ...]]:
    """Channel, verdict, rule and energy of every reading, in the order of arrival."""
    inbox.ingest()
    replay(inbox.connection, businesses=False)
    return inbox.query(
        """
        select channel::varchar, verdict::varchar, rule_id, consumption_kwh
        from metering.reading order by known_period, received_at, zone
        """
    )


def lines(inbox: Deliveries) -> list[tuple[Any, ...]]:
    """Service month, posting month, kind, band, kWh, price and kopecks of the lines."""
    return inbox.query(
        """
        select month(service_period), month(posting_period), kind::varchar, band::varchar, kwh, price_rub_per_kwh::varchar,
            amount_kopecks
        from ledger.charge_line order by posting_period, service_period, amount_kopecks
        """
    )


def test_less_than_was_charged_is_taken_back_in_the_month_of_the_check(inbox: Deliveries) -> None:
    read(inbox, "2026-02-20", "phone", ("all", 1450))
    read(inbox, "2026-03-20", "controller", ("all", 1150))
    assert verdicts(inbox) == [("phone", "accepted", None, 1000), ("controller", "accepted", None, -300)]
    assert lines(inbox)[-1] == (3, 3, "charge", "band1", -300, "5.9900", -179700)


def test_a_controller_is_believed_before_the_customer_about_the_same_day(inbox: Deliveries) -> None:
    read(inbox, "2026-02-20", "phone", ("all", 500))
    read(inbox, "2026-02-21", "controller", ("all", 520), read_on="2026-02-20")
    read(inbox, "2026-02-22", "cabinet", ("all", 500), read_on="2026-02-20")
    assert verdicts(inbox) == [
        ("phone", "accepted", None, 50),
        ("controller", "accepted", None, 20),
        ("cabinet", "held", "two_values_for_one_day", None),
    ]


def test_a_customer_who_then_says_less_than_the_controller_is_held(inbox: Deliveries) -> None:
    read(inbox, "2026-02-20", "controller", ("all", 520))
    read(inbox, "2026-02-22", "cabinet", ("all", 510))
    assert verdicts(inbox)[-1] == ("cabinet", "held", "below_previous", None)


def test_a_dial_that_passed_zero_is_no_correction(inbox: Deliveries) -> None:
    read(inbox, "2026-02-20", "phone", ("all", 99900))
    read(inbox, "2026-03-20", "controller", ("all", 100))
    assert verdicts(inbox)[-1] == ("controller", "accepted", None, 200)


def test_estimates_before_the_check_are_reversed_though_it_reads_less(inbox: Deliveries) -> None:
    read(inbox, "2026-02-20", "phone", ("all", 550))
    read(inbox, "2026-05-20", "controller", ("all", 530))
    assert verdicts(inbox)[-1] == ("controller", "accepted", None, -20)
    of_closed_months = {line[0] for line in lines(inbox) if line[1] < 5}
    assert of_closed_months == {2, 3, 4}
    in_force = inbox.query(
        "select month(service_period), sum(kwh)::bigint from ledger.charge_line group by all having sum(kwh) <> 0 order by 1"
    )
    assert in_force == [(2, 100), (5, -20)]


def test_what_one_zone_gives_back_leaves_the_bands_of_the_other_alone(inbox: Deliveries) -> None:
    inbox.put("2026-02-02/customers/meters.csv", METER + TWO_ZONE)
    read(inbox, "2026-02-20", "phone", ("day", 500), ("night", 400))
    read(inbox, "2026-03-20", "controller", ("day", 1500), ("night", 350))
    verdicts(inbox)
    march = [(line[3], line[4]) for line in lines(inbox) if line[0] == 3]
    day = [(band, kwh) for band, kwh in march if kwh > 0]
    assert sum(kwh for _, kwh in day) == 1000
    assert len(day) > 1
    assert [(band, kwh) for band, kwh in march if kwh < 0] == [("band1", -50)]


def test_what_is_taken_back_pays_the_debts_there_are(inbox: Deliveries) -> None:
    read(inbox, "2026-02-20", "phone", ("all", 750))
    read(inbox, "2026-03-20", "controller", ("all", 650))
    verdicts(inbox)
    [(owed, charged)] = inbox.query(
        "select (select sum(open_kopecks) from ledger.debt)::bigint, sum(amount_kopecks)::bigint from ledger.charge_line"
    )
    assert owed == charged == 200 * 599
