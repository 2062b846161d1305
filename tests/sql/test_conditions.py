"""Each reason to charge an account in another way, with numbers reckoned by hand: one person, a flat of two rooms, gas."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.settings import MOSCOW, Settings
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run

CONDITION = "account_number;reason;valid_from;valid_to\n"
NUMBER = 610000000001
NORMATIVE = 155
"""kWh a month by the table."""

Lines = list[tuple[str, int]]


def charged(
    home: Path, conditions: list[str], *, has_meter: bool = True, last: dt.date = dt.date(2025, 9, 1)
) -> dict[str, Lines]:
    """Month -> basis and kWh of its charges; read through March 2025, 100 kWh a month, then silent."""
    settings = replace(Settings(), home=home, memory_limit="1GB")
    deliver(settings, "2024-09-01/customers/a.csv", ACCOUNT + f"{NUMBER};2024-09-01;;;Азов;И;ул.;urban;gas;none\n")
    if has_meter:
        deliver(settings, "2024-09-01/customers/m.csv", METER + f"{NUMBER};7;one_rate;5;1;1;2020-01-01;;;0;;\n")
        for count, month in enumerate(["2024-09", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03"], 1):
            line = f"{NUMBER};7;all;{month}-20;{month}-20 10:00;{100 * count}\n"
            deliver(settings, f"{month}-20/cabinet/r.csv", READING + line)
    for number, line in enumerate(conditions):
        deliver(settings, f"2024-09-02/customers/c{number}.csv", CONDITION + f"{NUMBER};{line}\n")
    months: dict[str, Lines] = {}
    for service, posting, kind, basis, kwh in run(settings, dt.datetime.combine(last, dt.time(), MOSCOW)):
        assert service == posting
        assert kind == "charge"
        months.setdefault(f"{service:%Y-%m}", []).append((str(basis), int(str(kwh))))
    return months


def of(months: dict[str, Lines], *names: str) -> list[tuple[str, int]]:
    """Basis and kWh of each month, its bands together."""
    return [(months[name][0][0], sum(kwh for _, kwh in months[name])) for name in names]


SILENT = ("2025-04", "2025-06", "2025-07", "2025-08")


def test_rules_354_59b_no_reading_is_the_average_for_three_months_then_the_normative(tmp_path: Path) -> None:
    months = charged(tmp_path, [])
    assert of(months, *SILENT) == [
        ("average", 100),
        ("average", 100),
        ("normative", NORMATIVE),
        ("normative", NORMATIVE),
    ]


def test_rules_354_59g_the_average_of_a_failed_meter_has_no_end(tmp_path: Path) -> None:
    months = charged(tmp_path, ["meter_failed;2025-03-25;"])
    assert of(months, *SILENT) == [("average", 100)] * 4


def test_rules_354_59v_refused_access_ends_in_the_normative_times_one_and_a_half(tmp_path: Path) -> None:
    months = charged(tmp_path, ["access_refused;2025-03-25;"])
    # 155 × 1.5 = 232.5
    assert of(months, *SILENT) == [("average", 100), ("average", 100), ("normative", 233), ("normative", 233)]


def test_rules_354_60_3_two_refusals_lead_to_the_raised_normative_at_once(tmp_path: Path) -> None:
    months = charged(tmp_path, ["two_refusals;2025-04-10;"])
    assert of(months, *SILENT) == [("normative", 233)] * 4


def test_rules_354_62_interference_is_charged_tenfold_three_months_back_from_the_check_and_no_further(
    tmp_path: Path,
) -> None:
    months = charged(tmp_path, ["interference;2024-10-05;2025-03-18"])
    assert of(months, "2024-10", "2024-11") == [("reading", 100), ("reading", 100)]
    assert of(months, "2024-12", "2025-03") == [("normative", 1550), ("normative", 1550)]
    assert of(months, "2025-04") == [("average", 100)]


@pytest.mark.parametrize(("conditions", "kwh"), [([], 233), (["no_meter_impossible;2024-09-01;"], NORMATIVE)])
def test_rules_354_42_without_a_meter_the_normative_is_raised_only_where_one_could_be(
    tmp_path: Path, conditions: list[str], kwh: int
) -> None:
    assert of(charged(tmp_path, conditions, has_meter=False), "2025-04") == [("normative", kwh)]


def test_rules_354_86_absence_takes_off_full_days_without_those_of_leaving_and_return(tmp_path: Path) -> None:
    months = charged(
        tmp_path,
        ["no_meter_impossible;2024-09-01;", "absent;2025-04-10;2025-04-21", "absent;2025-06-10;2025-06-16"],
        has_meter=False,
    )
    # 11 to 20 April are ten full days: 155 × 20 ÷ 30 = 103.3; five full days in June are not more than five.
    assert of(months, "2025-04", "2025-06") == [("normative", 103), ("normative", NORMATIVE)]


def test_the_exempt_have_no_norm_and_large_families_no_ranges(tmp_path: Path) -> None:
    plain = charged(tmp_path / "plain", [], last=dt.date(2026, 3, 1))
    both = charged(tmp_path / "both", ["exempt;2024-09-01;", "large_family;2024-09-01;"], last=dt.date(2026, 3, 1))
    # One person: a norm of 96, in April 86.
    assert [kwh for _, kwh in plain["2025-01"]] == [4, 96]
    assert [kwh for _, kwh in both["2025-01"]] == [100]
    assert of(both, "2026-02") == of(plain, "2026-02")


def test_a_statement_that_ends_before_it_begins_withdraws_the_condition(tmp_path: Path) -> None:
    months = charged(tmp_path, ["two_refusals;2025-04-10;", "two_refusals;2025-04-10;2025-04-09"])
    assert of(months, "2025-04") == [("average", 100)]
