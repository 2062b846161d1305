"""Published and derived bills of households (VECTORS.md), each through the product's SQL."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.replay import replay
from tests.vectors.billing import Household, bill, lines, total, used

OCTOBER_2014, JANUARY_2014, JANUARY_2026 = dt.date(2014, 10, 1), dt.date(2014, 1, 1), dt.date(2026, 1, 1)
MAY_2024, MARCH_2024 = dt.date(2024, 5, 1), dt.date(2024, 3, 1)


def norm_prices(within: str, above: str, zones: tuple[str, ...] = ("all",)) -> dict[tuple[str, str], str]:
    return {(zone, band): price for zone in zones for band, price in (("in_norm", within), ("above_norm", above))}


def flat_prices(**zones: str) -> dict[tuple[str, str], str]:
    return {(zone, band): price for zone, price in zones.items() for band in ("in_norm", "above_norm")}


def test_n1_kursk_ministry_190_kwh_of_two_persons_with_75_each_cost_560(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    home = Household(MAY_2024, {"all": ("0", "190")}, persons=2, norm_kwh=150, prices=norm_prices("2.80", "3.50"))
    made = bill(home, tmp_path, empty_warehouse)
    assert lines(made) == {("all", "in_norm"): (150, 42_000), ("all", "above_norm"): (40, 14_000)}


def test_n2_krasnoyarsk_a_norm_of_150_is_109_by_day_and_41_by_night(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    home = Household(MAY_2024, {"day": ("0", "160"), "night": ("0", "60")}, plan="two_zone", persons=2, norm_kwh=150)
    made = bill(home, tmp_path, empty_warehouse)
    found = lines(made)
    assert (found["day", "in_norm"][0], found["night", "in_norm"][0]) == (109, 41)
    assert (found["day", "above_norm"][0], found["night", "above_norm"][0]) == (51, 19)


def test_n3_cntd_801105943_400_kwh_with_a_benefit_on_35_and_a_norm_of_215_cost_113_50(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    prices = {("all", "band1"): "0.10", ("all", "band2"): "0.20", ("all", "band3"): "0.40"}
    home = Household(JANUARY_2026, {"all": ("0", "400")}, persons=5, ranges_kwh=(35, 215), prices=prices)
    made = bill(home, tmp_path, empty_warehouse)
    assert [kopecks for _, kopecks in lines(made).values()] == [350, 3600, 7400]


@pytest.mark.parametrize(
    ("month", "persons", "norm"), [(MAY_2024, 1, 96), (MAY_2024, 3, 196), (MAY_2024, 6, 316), (MARCH_2024, 4, 212)]
)
def test_n4_azovskiy_mfc_the_norm_of_the_city(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection, month: dt.date, persons: int, norm: int
) -> None:
    made = bill(Household(month, {"all": ("0", "900")}, persons=persons), tmp_path, empty_warehouse)
    assert lines(made)["all", "in_norm"][0] == norm


def test_r1_rostov_2026_213_kwh_at_5_99_cost_1275_87(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    made = bill(Household(JANUARY_2026, {"all": ("100", "313")}), tmp_path, empty_warehouse)
    assert lines(made) == {("all", "band1"): (213, 127_587)}


def test_r2_ria_autumn_2013_150_kwh_of_one_person_cost_546_06(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    """Billed as January 2014, the first month there is; the prices are those of the vector."""
    home = Household(JANUARY_2014, {"all": ("0", "150")}, prices=norm_prices("3.50", "3.89"))
    assert total(bill(home, tmp_path, empty_warehouse)) == 54_606


def test_r3_ria_second_half_of_2014_300_kwh_of_three_persons_cost_1134_64(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    home = Household(OCTOBER_2014, {"all": ("0", "300")}, persons=3, prices=norm_prices("3.64", "4.05"))
    assert total(bill(home, tmp_path, empty_warehouse)) == 113_464


def test_r4_rostov_january_2026_7000_kwh_over_three_ranges_cost_55_686(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    prices = {("all", "band1"): "5.99", ("all", "band2"): "8.16", ("all", "band3"): "13.67"}
    home = Household(JANUARY_2026, {"all": ("0", "7000")}, ranges_kwh=(3200, 6000), prices=prices)
    assert total(bill(home, tmp_path, empty_warehouse)) == 5_568_600


@pytest.mark.parametrize(
    ("plan", "registers", "prices", "month_kopecks", "year_rubles"),
    [
        ("one_rate", {"all": ("0", "305")}, {"all": "2.40"}, 73_200, 8784),
        ("two_zone", {"day": ("0", "120"), "night": ("0", "185")}, {"day": "2.40", "night": "0.60"}, 39_900, 4788),
    ],
)
def test_z1_mathb_ege_246063_two_zones_save_3996_a_year(
    tmp_path: Path,
    empty_warehouse: duckdb.DuckDBPyConnection,
    plan: str,
    registers: dict[str, tuple[str, str]],
    prices: dict[str, str],
    month_kopecks: int,
    year_rubles: int,
) -> None:
    home = Household(MAY_2024, registers, plan=plan, prices=flat_prices(**prices))
    found = total(bill(home, tmp_path, empty_warehouse))
    assert (found, found * 12 // 100) == (month_kopecks, year_rubles)


def test_z3_yege5_three_zones_cost_535_46(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    home = Household(
        MAY_2024,
        {"night": ("0", "52"), "half_peak": ("0", "32"), "peak": ("0", "38")},
        plan="three_zone",
        prices=flat_prices(night="2.13", half_peak="5.47", peak="6.57"),
    )
    assert total(bill(home, tmp_path, empty_warehouse)) == 53_546


@pytest.mark.parametrize(("before", "after", "kwh"), [("10324", "10903", 579), ("01032", "01090", 58)])
def test_m1_sprashivalka_the_difference_of_two_readings(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection, before: str, after: str, kwh: int
) -> None:
    assert used(bill(Household(MAY_2024, {"all": (before, after)}), tmp_path, empty_warehouse)) == {"all": kwh}


def test_m2_dec_a_dial_of_four_digits_passes_zero(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    home = Household(MAY_2024, {"all": ("9985", "0011.2")}, digits=4)
    assert used(bill(home, tmp_path, empty_warehouse)) == {"all": 26}


def test_m3_aiotnse_two_zones_of_one_meter(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    home = Household(MAY_2024, {"day": ("4980", "5100"), "night": ("2140", "2200")}, plan="two_zone")
    assert used(bill(home, tmp_path, empty_warehouse)) == {"day": 120, "night": 60}


def test_m4_outhows_835_kwh_at_2_80_cost_2338(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    home = Household(MAY_2024, {"all": ("25728", "26563")}, prices=flat_prices(all="2.80"))
    made = bill(home, tmp_path, empty_warehouse)
    assert (used(made), total(made)) == ({"all": 835}, 233_800)


@pytest.mark.parametrize(("current", "ratio"), [(150, 30), (200, 40), (250, 50), (300, 60), (1000, 200)])
def test_m6_dec_a_current_transformer_multiplies_what_the_register_shows(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection, current: int, ratio: int
) -> None:
    assert current // 5 == ratio
    home = Household(MAY_2024, {"all": ("10", "13")}, ratio=ratio)
    assert used(bill(home, tmp_path, empty_warehouse)) == {"all": 3 * ratio}


@pytest.mark.parametrize(("day", "period"), [(25, 8), (26, 9), (31, 9)])
def test_m8_stepnaya_a_reading_of_25_august_counts_for_august_and_a_later_one_for_september(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection, day: int, period: int
) -> None:
    made = bill(Household(dt.date(2024, 8, 1), {"all": ("0", "10")}), tmp_path, empty_warehouse)
    sent = f"2024-08-{day}"
    made.put(
        f"{sent}/office/later.csv",
        f"account_number;meter_serial;zone;read_on;received_at;value\n610000000001;7;all;{sent};{sent} 23:59:59;20\n",
    )
    made.ingest(2)
    replay(made.connection, businesses=False)
    assert made.query("select month(period) from metering.reading where channel = 'office'") == [(period,)]


@pytest.mark.parametrize(("charged", "closing"), [("659.96", 2728), ("668.39", 3571)])
def test_b1_aiotnse_27_32_less_660_and_the_bill_of_the_month(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection, charged: str, closing: int
) -> None:
    home = Household(
        MAY_2024, {"all": ("0", "1")}, prices=flat_prices(all=charged), opening_debt="27.32", paid=("660.00",)
    )
    made = bill(home, tmp_path, empty_warehouse)
    assert made.query("select opening_kopecks, paid_kopecks, closing_kopecks from marts.account_month") == [
        (2732, 66_000, closing)
    ]


def test_b3_hass_moscow_pgu_16_two_payments_against_one_bill_leave_an_advance(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    home = Household(MAY_2024, {"all": ("0", "1")}, prices=flat_prices(all="604.32"), paid=("412.48", "604.32"))
    made = bill(home, tmp_path, empty_warehouse)
    assert made.query("select charged_kopecks, paid_kopecks, closing_kopecks from marts.account_month") == [
        (60_432, 101_680, -41_248)
    ]
