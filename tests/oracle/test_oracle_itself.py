"""The oracle against figures worked by hand: published examples (names as in the list of vectors) and edges of the rules."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.oracle.bill import bill
from tests.oracle.delivery import UNSENT, delivered
from tests.oracle.facts import (
    AccountFact,
    Books,
    Facts,
    MeterFact,
    OpeningDebtFact,
    PaymentFact,
    ReadingFact,
    TenantFact,
)
from tests.oracle.histories import history
from tests.oracle.norms import is_heating_season, ranges, social_norm
from tests.oracle.periods import MOSCOW
from tests.oracle.split import shares, split
from tests.oracle.target import kopecks, price
from tests.oracle.verdicts import period_of, used_kwh

ACCOUNT = AccountFact(
    1, dt.date(2024, 1, 1), None, None, "Азов", "Иванова А. Б.", "ул. Ленина, 1", "urban", "gas", "none", *UNSENT
)
METER = MeterFact(
    1, "M", "one_rate", 4, 1, 1, dt.date(2020, 1, 1), None, None, Decimal(1000), Decimal(1000), Decimal(1000), *UNSENT
)
NORM_BANDS = ["in_norm", "above_norm"]


class Story:
    """Facts told day by day in a year, each in a file of its own."""

    def __init__(self, year: int, account: AccountFact = ACCOUNT, meter: MeterFact = METER) -> None:
        self.year = year
        self.facts = Facts()
        self.files = 0
        self.tell(1, 1, replace(account, valid_from=dt.date(year, 1, 1)))
        self.tell(1, 1, meter)

    def tell(
        self,
        month: int,
        day: int,
        *facts: AccountFact | TenantFact | MeterFact | OpeningDebtFact | ReadingFact | PaymentFact,
    ) -> list[int]:
        """Deliver facts in one file; the numbers readings and payments get from their place."""
        self.files += 1
        lines = range(2, 2 + len(facts))
        for line, fact in zip(lines, facts, strict=True):
            self.facts.add(delivered(fact, dt.date(self.year, month, day), self.files, line))
        return [self.files * 2**36 + line * 16 for line in lines]

    def persons(self, month: int, day: int, persons: int, valid_from: dt.date) -> None:
        """Say how many are registered."""
        self.tell(month, day, TenantFact(1, valid_from, persons, *UNSENT))

    def read(self, month: int, day: int, value: str, channel: str = "office", zones: tuple[str, ...] = ("all",)) -> int:
        """Read the meter, send and deliver the value on one day, the same for every zone; the number of the first."""
        received_at = dt.datetime(self.year, month, day, 12, tzinfo=MOSCOW)
        read_on = received_at.date()
        readings = [
            ReadingFact(0, 1, "M", zone, read_on, received_at, Decimal(value), channel, *UNSENT) for zone in zones
        ]
        return self.tell(month, day, *readings)[0]

    def read_the_same(self, first_month: int, last_month: int, value: str = "1000") -> None:
        """Read the meter month after month with nothing used."""
        for month in range(first_month, last_month + 1):
            self.read(month, 20, value)

    def books(self, open_month: int) -> Books:
        """The books at the end."""
        return bill(self.facts, dt.date(self.year, open_month, 1))


def verdict_of(story: Story, reading_id: int) -> tuple[str, str | None, int | None]:
    verdict, rule_id, _, kwh = story.books(12).verdicts[reading_id]
    return verdict, rule_id, kwh


def test_n1_two_prices_of_190_kwh_with_a_norm_of_150() -> None:
    cut = split({("M", "all"): 190}, [150], NORM_BANDS)
    amounts = [
        kopecks(cut["M", "all", "in_norm"], Decimal("2.80")),
        kopecks(cut["M", "all", "above_norm"], Decimal("3.50")),
    ]
    assert sum(amounts) == 560_00


def test_n2_norm_of_150_falls_on_day_160_and_night_60_as_109_and_41() -> None:
    assert shares({("M", "day"): 160, ("M", "night"): 60}, 150) == {("M", "day"): 109, ("M", "night"): 41}


def test_equal_fractions_go_to_the_first_meter_then_to_the_first_zone() -> None:
    assert shares({("B", "day"): 1, ("A", "night"): 1}, 1) == {("B", "day"): 0, ("A", "night"): 1}
    assert shares({("A", "night"): 1, ("A", "half_peak"): 1, ("A", "peak"): 1}, 2) == {
        ("A", "night"): 0, ("A", "half_peak"): 1, ("A", "peak"): 1,
    }  # fmt: skip


@pytest.mark.parametrize(("persons", "norm"), [(0, 0), (1, 96), (3, 196), (6, 316), (4, 236), (10, 476), (12, 556)])
def test_n4_norm_of_a_city_flat(persons: int, norm: int) -> None:
    assert social_norm(dt.date(2024, 5, 1), "urban", "gas", "none", persons) == norm


def test_n4_norm_of_four_is_212_from_february_to_april() -> None:
    norms = {month: social_norm(dt.date(2025, month, 1), "urban", "gas", "none", 4) for month in range(1, 13)}
    assert norms == {month: 212 if month in {2, 3, 4} else 259 if month in {6, 7, 8} else 236 for month in range(1, 13)}


def test_stove_and_heating_enlarge_the_norm_before_the_season_does() -> None:
    assert social_norm(dt.date(2025, 7, 1), "rural", "electric", "electric", 1) == int(
        (186 + 90 + 300) * Decimal("1.1")
    )


def test_ranges_of_electric_heating_shrink_outside_the_season() -> None:
    assert [month for month in range(1, 13) if is_heating_season(dt.date(2026, month, 1))] == [1, 2, 3, 4, 10, 11, 12]
    assert ranges(dt.date(2026, 4, 1), "rural", "electric") == [3200, 6000]
    assert ranges(dt.date(2026, 5, 1), "rural", "electric") == [600, 6000]
    assert ranges(dt.date(2026, 5, 1), "urban", "none") == [400, 6000]


def test_r1_213_kwh_in_the_city_in_2026_cost_1275_87() -> None:
    story = Story(2026)
    story.read(1, 20, "1213.9")
    [line] = story.books(1).lines
    assert line[6:] == ("band1", 213, Decimal("5.99"), 1275_87, "reading")


def test_r2_150_kwh_of_one_person_in_september_2013_cost_546_06() -> None:
    service = dt.date(2013, 9, 1)
    cut = split({("M", "all"): 150}, [social_norm(service, "urban", "gas", "none", 1)], NORM_BANDS)
    amounts = [kopecks(kwh, price(service, "urban", "one_rate", zone, band)) for (_, zone, band), kwh in cut.items()]
    assert sum(amounts) == 546_06


def test_every_range_boundary_of_2026_is_the_last_kwh_of_its_range() -> None:
    for used, bands in [(400, ["band1"]), (401, ["band1", "band2"]), (6001, ["band1", "band2", "band3"])]:
        assert [band for _, _, band in split({("M", "all"): used}, [400, 6000], ["band1", "band2", "band3"])] == bands


def test_z1_two_prices_of_day_and_night_save_3996_a_year() -> None:
    one_rate = kopecks(120 + 185, Decimal("2.40"))
    two_zone = kopecks(120, Decimal("2.40")) + kopecks(185, Decimal("0.60"))
    assert (one_rate, two_zone, 12 * (one_rate - two_zone)) == (732_00, 399_00, 3996_00)


def test_z3_three_zones_add_up_to_535_46() -> None:
    zones = [(52, "2.13"), (32, "5.47"), (38, "6.57")]
    assert sum(kopecks(kwh, Decimal(rubles)) for kwh, rubles in zones) == 535_46


def test_half_a_kopeck_goes_away_from_zero() -> None:
    assert (kopecks(1, Decimal("0.005")), kopecks(-1, Decimal("0.005")), kopecks(1, Decimal("0.0049"))) == (1, -1, 0)


@pytest.mark.parametrize(
    ("name", "previous", "register", "digits", "kwh"),
    [
        ("M1", 10324, 10903, 5, 579), ("M1", 1032, 1090, 5, 58), ("M2", 9985, 11, 4, 26),
        ("M3", 4980, 5100, 5, 120), ("M3", 2140, 2200, 5, 60), ("M4", 25728, 26563, 5, 835),
    ],
)  # fmt: skip
def test_m1_to_m4_energy_between_two_values(name: str, previous: int, register: int, digits: int, kwh: int) -> None:
    assert used_kwh(register, previous, digits, 1) == kwh, name


@pytest.mark.parametrize(
    ("received", "period"),
    [
        ((2025, 8, 25, 23, 59), (2025, 8, 1)), ((2025, 8, 26, 0, 0), (2025, 9, 1)), ((2025, 8, 31, 12, 0), (2025, 9, 1)),
        ((2025, 12, 26, 0, 0), (2026, 1, 1)), ((2019, 7, 31, 23, 59), (2019, 7, 1)), ((2019, 8, 26, 0, 0), (2019, 9, 1)),
    ],
)  # fmt: skip
def test_m8_a_reading_of_the_26th_counts_for_the_next_month_since_august_2019(
    received: tuple[int, int, int, int, int], period: tuple[int, int, int]
) -> None:
    assert period_of(dt.datetime(*received, tzinfo=MOSCOW)) == dt.date(*period)


def payment(month: int, amount_kopecks: int) -> PaymentFact:
    return PaymentFact(0, 1, "1", dt.date(2024, month, 5), amount_kopecks, "card", "card", "", None, *UNSENT)


def test_b1_payment_and_charges_of_the_rostov_fixtures() -> None:
    story = Story(2024)
    story.read_the_same(1, 3)
    story.tell(1, 5, OpeningDebtFact(1, dt.date(2023, 12, 1), 27_32, *UNSENT))
    story.tell(2, 5, payment(2, 660_00))
    story.tell(3, 5, payment(3, -659_96))
    closings = [story.books(3).months[1, dt.date(2024, month, 1)][5] for month in (1, 2, 3)]
    assert closings == [27_32, -632_68, 27_28]


def test_b3_two_payments_against_one_charge_leave_an_advance_of_412_48() -> None:
    story = Story(2024)
    story.read_the_same(1, 2)
    story.tell(1, 5, OpeningDebtFact(1, dt.date(2023, 12, 1), 604_32, *UNSENT))
    story.tell(2, 5, payment(2, 412_48), payment(2, 604_32))
    assert story.books(2).months[1, dt.date(2024, 2, 1)] == (604_32, 0, 0, 0, 1016_80, -412_48, 0)


def test_the_site_takes_a_jump_of_1000_kwh_and_refuses_1001() -> None:
    for value, channel, expected in [
        ("2000.9", "site", ("accepted", None, 1000)),
        ("2001", "site", ("rejected", "site_jump", None)),
        ("2001", "office", ("accepted", None, 1001)),
    ]:
        story = Story(2024)
        assert verdict_of(story, story.read(2, 1, value, channel)) == expected


def test_a_dial_passes_zero_with_2000_kwh_and_is_held_with_2001() -> None:
    for value, expected in [("0500", ("accepted", None, 2000)), ("0501", ("held", "below_previous", None))]:
        story = Story(2024, meter=replace(METER, opening_t1=Decimal("8500.7")))
        assert verdict_of(story, story.read(2, 1, value)) == expected


def test_the_ratio_counts_in_every_limit() -> None:
    story = Story(2024, meter=replace(METER, transformer_ratio=30))
    refused, taken = story.read(2, 1, "1034", "site"), story.read(2, 2, "1033", "site")
    assert verdict_of(story, refused) == ("rejected", "site_jump", None)
    assert verdict_of(story, taken) == ("accepted", None, 990)


def test_the_same_day_again_is_a_duplicate_and_another_value_is_held() -> None:
    story = Story(2024)
    story.read(2, 1, "1100")
    again, other, lower = story.read(2, 1, "1100.9"), story.read(2, 1, "1105"), story.read(2, 2, "1099")
    assert verdict_of(story, again) == ("rejected", "duplicate", None)
    assert verdict_of(story, other) == ("held", "two_values_for_one_day", None)
    assert verdict_of(story, lower) == ("held", "below_previous", None)


def test_a_refused_reading_is_not_compared_with() -> None:
    story = Story(2024)
    story.read(2, 1, "2500", "site")
    assert verdict_of(story, story.read(2, 2, "1100", "site")) == ("accepted", None, 100)


def test_a_submission_without_a_zone_is_held_but_a_wrong_zone_beside_it_is_refused() -> None:
    story = Story(2024, meter=replace(METER, zone_plan="two_zone"))
    alone = story.read(2, 1, "1100", zones=("day",))
    wrong = story.read(2, 2, "1100", zones=("all", "day", "night"))
    assert verdict_of(story, alone) == ("held", "missing_zone", None)
    assert verdict_of(story, wrong) == ("rejected", "zone_not_of_meter", None)
    assert verdict_of(story, wrong + 16) == ("accepted", None, 100)


def test_back_dated_tenants_post_a_correction_in_the_month_that_learned_of_them() -> None:
    story = Story(2024)
    story.read(1, 20, "1150")
    story.read_the_same(2, 4, "1150")
    story.persons(3, 10, 3, dt.date(2024, 1, 1))
    lines = [(line[1].month, line[2].month, line[3], line[6], line[7]) for line in story.books(4).lines]
    assert lines == [
        (1, 1, "charge", "above_norm", 54),
        (1, 1, "charge", "in_norm", 96),
        (3, 1, "correction", "in_norm", 54),
        (3, 1, "storno", "above_norm", -54),
    ]


def test_tenants_of_the_second_day_of_a_month_count_from_the_next() -> None:
    story = Story(2024)
    story.persons(1, 2, 1, dt.date(2024, 1, 1))
    story.persons(1, 3, 3, dt.date(2024, 5, 2))
    story.read_the_same(1, 4)
    story.read(5, 20, "1150")
    story.read(6, 20, "1300")
    lines = [(line[2].month, line[6], line[7]) for line in story.books(6).lines]
    assert lines == [(5, "above_norm", 54), (5, "in_norm", 96), (6, "in_norm", 150)]


def test_a_home_that_was_rural_all_along_has_its_city_lines_taken_back() -> None:
    story = Story(2024)
    story.read(1, 20, "1090")
    story.read_the_same(2, 2, "1090")
    story.tell(2, 3, replace(ACCOUNT, settlement="rural"))
    charge, *later = story.books(2).lines
    assert (charge[3], charge[7]) == ("charge", 90)
    assert [(line[3], line[7]) for line in sorted(later, key=lambda line: line[3])] == [
        ("correction", 90),
        ("storno", -90),
    ]
    assert sum(line[9] for line in later) < 0


def test_a_reading_that_comes_late_is_a_correction_of_its_own_month() -> None:
    story = Story(2024)
    received_at = dt.datetime(2024, 1, 20, 12, tzinfo=MOSCOW)
    story.tell(3, 1, ReadingFact(0, 1, "M", "all", received_at.date(), received_at, Decimal(1050), "office", *UNSENT))
    [line] = [line for line in story.books(3).lines if line[10] == "reading"]
    assert line[1:4] == (dt.date(2024, 3, 1), dt.date(2024, 1, 1), "correction")


def test_a_payment_waits_for_its_account() -> None:
    story = Story(2024)
    [waiting, lost] = story.tell(
        2, 5, replace(payment(2, 100), account_number=2), replace(payment(2, 5), account_number=None)
    )
    story.tell(4, 1, replace(ACCOUNT, account_number=2))
    payments = story.books(4).payments
    assert payments[waiting] == (2, dt.date(2024, 4, 1), "posted")
    assert payments[lost] == (None, None, "suspense")


def test_histories_go_through_every_rule_band_and_kind() -> None:
    books = [bill(*history(seed, 6)) for seed in range(6)]
    rules = {rule_id for kept in books for _, rule_id, _, _ in kept.verdicts.values()}
    assert len(rules - {None}) == 14
    assert {line[6] for kept in books for line in kept.lines} == {*NORM_BANDS, "band1", "band2", "band3"}
    assert {line[3] for kept in books for line in kept.lines} == {"charge", "correction", "storno"}
    assert any(line[3] == "charge" and line[7] < 0 for kept in books for line in kept.lines)
    assert {line[10] for kept in books for line in kept.lines} == {
        *("reading", "average", "normative", "house_need", "house_need_average", "house_need_normative"),
    }
    assert {status for kept in books for _, _, status in kept.payments.values()} == {
        "posted",
        "suspense",
        "reversal",
    }


def test_a_seed_always_makes_the_same_history() -> None:
    assert history(7) == history(7)


def kwh_of(story: Story, open_month: int) -> list[tuple[int, int, str, int]]:
    """Posting month, service month, basis and kWh of the lines, bands together."""
    sums: dict[tuple[int, int, str], int] = {}
    for line in story.books(open_month).lines:
        key = (line[1].month, line[2].month, line[10])
        sums[key] = sums.get(key, 0) + line[7]
    return [(*key, kwh) for key, kwh in sorted(sums.items())]


def test_three_silent_months_cost_the_average_then_the_normative() -> None:
    story = Story(2024)
    for month, value in enumerate(("1100", "1200", "1301"), start=1):
        story.read(month, 20, value)
    silent = [(posted, basis, kwh) for posted, _, basis, kwh in kwh_of(story, 7) if posted > 3]
    # 301 kWh in three months of a meter that has just begun; the normative of one person in two rooms.
    assert silent[:3] == [(4, "average", 100), (5, "average", 100), (6, "average", 100)]
    assert silent[3][:2] == (7, "normative")


def test_a_meter_read_for_two_months_has_no_average() -> None:
    story = Story(2024)
    story.read(1, 20, "1100")
    story.read(2, 20, "1200")
    assert [basis for posted, _, basis, _ in kwh_of(story, 3) if posted == 3] == ["normative"]


def test_a_reading_after_a_gap_is_spread_over_the_days_and_takes_the_estimates_back() -> None:
    story = Story(2024)
    for month, value in enumerate(("1100", "1200", "1300"), start=1):
        story.read(month, 20, value)
    story.read(6, 20, "1392")
    # April to June have 30, 31 and 30 days: 92 kWh over 91 days make 30.33, 61.67 and 92, so 30, 32 and 30.
    assert [row for row in kwh_of(story, 6) if row[0] == 6] == [
        (6, 4, "average", -100),
        (6, 4, "reading", 30),
        (6, 5, "average", -100),
        (6, 5, "reading", 32),
        (6, 6, "reading", 30),
    ]


def test_an_account_without_a_meter_is_charged_by_the_normative_and_half_as_much_again() -> None:
    story = Story(2024, meter=replace(METER, installed_on=dt.date(2023, 1, 1), removed_on=dt.date(2023, 6, 1)))
    # 155 kWh for one person in two rooms, times 1.5 since July 2016.
    [(_, _, basis, kwh)] = kwh_of(story, 1)
    assert (basis, kwh) == ("normative", 233)


def test_a_closed_account_costs_nothing_after_its_last_month() -> None:
    story = Story(2024, account=replace(ACCOUNT, valid_to=dt.date(2024, 2, 10)))
    story.read(1, 20, "1100")
    assert [service for _, service, _, _ in kwh_of(story, 5)] == [1, 2]
