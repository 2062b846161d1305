"""House needs (ОДН, КР на СОИ), reckoned by hand: a flat of 60 m², another that uses the rest, a house of 2400 m²."""

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.explain import explain, explanation_in_words
from pipelines.settings import MOSCOW, ROOT, Settings
from pipelines.warehouse import replay as replaying
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import buckets
from tests.pipeline.test_late_file import METER, READING, deliver, run
from tests.snapshots import current_snapshot

FLAT, NEIGHBOUR = 610000000001, 610000000009
ACCOUNT = (
    "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating;area_m2\n"
    f"{FLAT};2025-01-01;;H1;Азов;И;ул.;urban;gas;none;60\n"
    f"{NEIGHBOUR};2025-01-01;;H1;Азов;П;ул.;urban;gas;none;1000,5\n"
)
HOUSE = "house_id;valid_from;management;premises_m2;common_m2\n"
VOLUME = "house_id;service_period;metered_kwh;other_kwh\n"
MARCH = dt.datetime(2025, 3, 30, tzinfo=MOSCOW)

Needs = list[tuple[str, str, str, int]]
"""Service month, posting month, basis and kWh, bands together."""


def settle(home: Path, house: str = "H1;2025-01-01;direct;2400;310,5", own_kwh: int = 150) -> Settings:
    """Two flats that used `own_kwh` and 9000 kWh in March, and their house."""
    settings = replace(Settings(), home=home, memory_limit="1GB")
    deliver(settings, "2025-03-01/customers/a.csv", ACCOUNT)
    deliver(settings, "2025-03-01/customers/h.csv", f"{HOUSE}{house}\n")
    for number in (FLAT, NEIGHBOUR):
        meter = f"{number};{number};one_rate;6;0;1;2025-02-28;;;0;;\n"
        deliver(settings, f"2025-03-01/customers/m{number}.csv", METER + meter)
        value = own_kwh if number == FLAT else 9000
        deliver(
            settings,
            f"2025-03-20/controller/r{number}.csv",
            f"{READING}{number};{number};all;2025-03-20;2025-03-20 10:00;{value}\n",
        )
    return settings


def volume(settings: Settings, day: str, line: str) -> None:
    deliver(settings, f"{day}/customers/v{len(list(settings.inbox.rglob('*.csv')))}.csv", f"{VOLUME}{line}\n")


def needs(settings: Settings, as_of: dt.datetime, account: int = FLAT) -> Needs:
    run(settings, as_of)
    with open_warehouse(settings) as connection:
        return connection.execute(
            """
            select
                strftime(service_period, '%Y-%m'), strftime(posting_period, '%Y-%m'), basis::varchar, sum(kwh)::bigint
            from ledger.charge_line
            where account_number = ? and basis::varchar like 'house_need%'
            group by all
            order by all
            """,
            [account],
        ).fetchall()


@pytest.mark.parametrize(("own_kwh", "rubles"), [(150, "387.20"), (0, "96.80")])
def test_o1_khabarovsk_50_kwh_of_60_in_2400_square_metres_at_1_936(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_kwh: int, rubles: str
) -> None:
    """DEC khabsbyt, private_clients/odn/calculation: 12 000 − 1 000 − 4 000 − 5 000 kWh, 60 of 2400 m²."""
    reference = tmp_path / "reference"
    shutil.copytree(ROOT / "data" / "reference", reference)
    prices = (reference / "tariff_rate.csv").read_text(encoding="utf-8")
    one_price = re.sub(r"(one_rate,all,(?:in|above)_norm),[0-9.]+", r"\1,1.936", prices)
    (reference / "tariff_rate.csv").write_text(one_price, encoding="utf-8", newline="")
    settings = replace(settle(tmp_path, own_kwh=own_kwh), reference=reference)
    monkeypatch.setenv("ENERGOSBYT_REFERENCE", str(reference))
    volume(settings, "2025-03-25", f"H1;2025-03;{12_000 + own_kwh};1000")
    assert needs(settings, MARCH) == [("2025-03", "2025-03", "house_need", 50)]
    with open_warehouse(settings) as connection:
        [(kopecks,)] = connection.execute(
            "select sum(amount_kopecks) from ledger.charge_line where account_number = ?", [FLAT]
        ).fetchall()
    assert kopecks == int(rubles.replace(".", ""))


def test_rules_354_formula_15_without_a_meter_of_the_house_the_normative_for_the_common_premises(
    tmp_path: Path,
) -> None:
    # 1.000 kWh × 310.5 m² × 60 ÷ 2400 = 7.7625
    assert needs(settle(tmp_path), MARCH) == [("2025-03", "2025-03", "house_need_normative", 8)]


def test_a_house_that_used_less_than_its_flats_charges_nothing(tmp_path: Path) -> None:
    settings = settle(tmp_path)
    volume(settings, "2025-03-25", "H1;2025-03;9149;0")
    assert needs(settings, MARCH) == []


def test_a_house_that_was_not_read_takes_its_average_for_three_months_and_then_the_normative(tmp_path: Path) -> None:
    settings = settle(tmp_path)
    for month, metered in (("2024-12", 11_150), ("2025-01", 11_150), ("2025-02", 11_153), ("2025-03", 11_150)):
        volume(settings, "2025-03-25", f"H1;{month};{metered};0")
    found = needs(settings, dt.datetime(2025, 8, 2, tzinfo=MOSCOW))
    # March: (11 150 − 9 150) × 60 ÷ 2400. April to June: the average 11 151 − two normatives of 155. July: the normative.
    assert found[0] == ("2025-03", "2025-03", "house_need", 50)
    assert found[1:] == [
        ("2025-04", "2025-04", "house_need_average", 271),
        ("2025-05", "2025-05", "house_need_average", 271),
        ("2025-06", "2025-06", "house_need_average", 271),
        ("2025-07", "2025-07", "house_need_normative", 8),
        ("2025-08", "2025-08", "house_need_normative", 8),
    ]


def test_where_somebody_manages_the_house_its_flats_pay_nothing_since_2017(tmp_path: Path) -> None:
    assert needs(settle(tmp_path, "H1;2025-01-01;managed;2400;310,5"), MARCH) == []


def test_a_volume_that_comes_late_posts_the_difference_once(tmp_path: Path) -> None:
    settings = settle(tmp_path)
    first = needs(settings, dt.datetime(2025, 4, 2, tzinfo=MOSCOW))
    volume(settings, "2025-04-10", "H1;2025-03;11150;0")
    march = [line for line in needs(settings, dt.datetime(2025, 5, 2, tzinfo=MOSCOW)) if line[0] == "2025-03"]
    assert march == [
        *[line for line in first if line[0] == "2025-03"],
        ("2025-03", "2025-04", "house_need", 50),
        ("2025-03", "2025-04", "house_need_normative", -8),
    ]
    again = needs(settings, dt.datetime(2025, 6, 2, tzinfo=MOSCOW))
    assert [line for line in again if line[0] == "2025-03"] == march


def test_a_late_reading_of_a_neighbour_leaves_the_share_of_the_house_as_it_was(tmp_path: Path) -> None:
    settings = settle(tmp_path)
    volume(settings, "2025-03-25", "H1;2025-03;11150;0")
    before = needs(settings, dt.datetime(2025, 4, 2, tzinfo=MOSCOW))
    deliver(
        settings, "2025-04-10/phone/r.csv", f"{READING}{NEIGHBOUR};{NEIGHBOUR};all;2025-03-21;2025-03-21 10:00;9500\n"
    )
    after = needs(settings, dt.datetime(2025, 5, 2, tzinfo=MOSCOW))
    assert [line for line in after if line[0] == "2025-03"] == [line for line in before if line[0] == "2025-03"]


def test_house_needs_take_what_own_use_leaves_of_the_norm_and_no_range_counts_them(tmp_path: Path) -> None:
    settings = settle(tmp_path, own_kwh=70)
    volume(settings, "2025-03-25", "H1;2025-03;11070;0")
    volume(settings, "2025-12-25", "H1;2025-12;400000;0")
    volume(settings, "2026-01-25", "H1;2026-01;400000;0")
    run(settings, dt.datetime(2026, 1, 30, tzinfo=MOSCOW))
    with open_warehouse(settings) as connection:
        bands = connection.execute(
            """
            select strftime(service_period, '%Y-%m'), band::varchar, kwh from ledger.charge_line
            where account_number = ? and basis = 'house_need' order by all
            """,
            [FLAT],
        ).fetchall()
    # One person in March: 96 × 0.9 = 86 kWh, 70 of them used. In December the normative of 155 leaves nothing of 96.
    assert bands == [
        ("2025-03", "above_norm", 34),
        ("2025-03", "in_norm", 16),
        ("2025-12", "above_norm", 9992),
        ("2026-01", "band1", 9992),
    ]


def test_no_bucket_ends_inside_a_house_with_needs_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settle(tmp_path)
    others = "".join(f"{FLAT + n};2025-01-01;;;Азов;И;ул.;urban;gas;none;\n" for n in range(1, 15) if n != 8)
    deliver(settings, "2025-03-02/customers/b.csv", ACCOUNT.splitlines(keepends=True)[0] + others)
    run(settings, MARCH)
    monkeypatch.setattr(replaying, "READINGS_A_BUCKET", 1)
    with open_warehouse(settings) as connection:
        connection.execute("update replay.bounds set sealed_period = date '1900-01-01'")
        found = buckets(connection)
        monkeypatch.setattr(replaying, "READINGS_A_BUCKET", 10)
        assert len(buckets(connection)) == 1
        connection.execute("delete from intake.house_fact")
        monkeypatch.setattr(replaying, "READINGS_A_BUCKET", 1)
        halves = buckets(connection)
    assert [first for first, last in found if first <= FLAT <= last] == [
        first for first, last in found if first <= NEIGHBOUR <= last
    ]
    assert len(halves) == 2
    assert FLAT < halves[1][0] <= NEIGHBOUR


def test_the_explanation_shows_the_house_and_equals_what_was_published(tmp_path: Path) -> None:
    settings = settle(tmp_path)
    volume(settings, "2025-03-25", "H1;2025-03;12150;1000")
    run(settings, MARCH)
    words = explanation_in_words(explain(current_snapshot(settings.home), settings, FLAT, dt.date(2025, 3, 1)))
    assert (
        "(11 150 кВт·ч по общедомовому прибору − 9 150 кВт·ч по квартирам) × 60 ÷ 2400 м² = 50 кВт·ч"
        in words.replace("\N{NO-BREAK SPACE}", " ")
    )
