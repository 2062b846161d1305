"""Records of businesses: what each line becomes, and what is said of a line that cannot be."""

from datetime import date
from decimal import Decimal

import pytest

from tests.intake.deliveries import Deliveries

CONTRACTS = (
    "contract_number;valid_from;valid_to;inn;kpp;name;customer_kind;representative;position;authority;email;phone;"
    "payment_schedule"
)
CONTRACT = "61-1;2025-01-01;;6164000001;616401001;ООО Хлеб;general;;;;;;thirds"
POINTS = (
    "contract_number;point_code;valid_from;valid_to;address;voltage;power_group;max_power_kw;price_category;"
    "network_variant;zone_plan"
)
POINT = "61-1;p1;2025-01-01;;ул. Мира;sn2;up_to_670;450;3;one_rate;one_rate"
METERS = (
    "point_code;meter_serial;zone_plan;whole_digits;transformer_ratio;installed_on;removed_on;verified_until;"
    "opening_t1;opening_t2;opening_t3;closing_t1;closing_t2;closing_t3"
)
METER = "p1;7;one_rate;6;40;2025-01-01;;;1,5;;;;;"
ACTS = "contract_number;point_code;act_number;valid_from;valid_to;act_kwh;power_kw"
ACT = "61-1;p1;А-1;2025-03-10;2025-03-12;100;"


def test_a_contract_and_its_point_become_facts(inbox: Deliveries) -> None:
    inbox.lines("contracts/a.csv", CONTRACTS, CONTRACT)
    inbox.lines("contracts/b.csv", POINTS, POINT.replace("450", "30,5").replace("sn2", "СН2"))
    inbox.ingest()
    assert inbox.query("select contract_number, inn, kpp, customer_kind::varchar, email from intake.contract_fact") == [
        ("61-1", "6164000001", "616401001", "general", None)
    ]
    assert inbox.query(
        "select point_code, valid_from, voltage::varchar, max_power_kw, price_category from intake.supply_point_fact"
    ) == [("p1", date(2025, 1, 1), "sn2", Decimal("30.500"), 3)]


@pytest.mark.parametrize(
    ("header", "line", "rule", "said"),
    [
        (CONTRACTS, CONTRACT.replace("6164000001", "616400001"), "row_identifier", "«616400001»"),
        (CONTRACTS, CONTRACT.replace("616401001", "61640100"), "row_identifier", "«61640100»"),
        (CONTRACTS, CONTRACT.replace("general", "завод"), "row_code", "«завод»"),
        (CONTRACTS, CONTRACT.replace("2025-01-01;", "2025-01-01;2024-12-31"), "row_order_of_dates", "«2024-12-31»"),
        (POINTS, POINT.replace(";3;", ";7;"), "row_number", "«7»"),
        (POINTS, POINT.replace(";3;", ";4;"), "row_category", "двухставочный"),
        (POINTS, POINT.replace(";3;", ";2;"), "row_category", "две или три зоны"),
        (POINTS, POINT.replace(";450;3;", ";670;1;"), "row_category", "категории 3–6"),
        (POINTS, POINT.replace(";450;", ";-1;"), "row_negative", "«-1»"),
        (METERS, METER.replace("one_rate", "two_zone"), "row_zones", "сколько зон"),
        (METERS, METER.replace("2025-01-01;;", "2025-01-01;2025-02-01;"), "row_zones", "на каждую зону"),
        (ACTS, ACT.replace(";100;", ";;"), "row_act", "одно из двух"),
        (ACTS, ACT + "5", "row_act", "одно из двух"),
        (ACTS, ACT.replace("2025-03-12", ""), "row_empty", "пусто"),
    ],
)
def test_a_line_that_cannot_be_is_rejected_with_a_sentence(
    inbox: Deliveries, header: str, line: str, rule: str, said: str
) -> None:
    inbox.lines("contracts/a.csv", header, line)
    inbox.ingest()
    [(number, rule_id, message, raw)] = inbox.rejected()
    assert (number, rule_id, raw) == (2, rule, line)
    assert said in message
    assert message.endswith("снова.")


def test_the_same_record_again_is_a_repetition(inbox: Deliveries) -> None:
    inbox.lines("contracts/a.csv", ACTS, ACT)
    inbox.lines("contracts/b.csv", ACTS, ACT, ACT.replace("100", "101"))
    inbox.ingest()
    assert inbox.counts("b.csv") == ("accepted", 2, 1, 0, 1)
