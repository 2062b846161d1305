"""Another plan of one's meter costs what the night would have charged for it, to the kopeck."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.whatif import compare_plans
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run
from tests.snapshots import current_snapshot

NUMBER, HUNDRED_MORE = 610000000001, 100
USED = {"2025-11": 137, "2025-12": 451, "2026-01": 388, "2026-02": 1013}
"""Months under the norm and under the ranges; the split of the second range is hit."""


def installed(home: Path, plan: str, night_percent: int) -> Settings:
    """A household that used so much by month, counted by a meter of the plan."""
    settings = replace(Settings(), home=home, memory_limit="1GB")
    zones = {"one_rate": ("all",), "two_zone": ("day", "night")}[plan]
    openings = ";".join(["0"] * len(zones) + [""] * (3 - len(zones)))
    deliver(settings, "2025-11-01/customers/a.csv", ACCOUNT + f"{NUMBER};2025-11-01;;;Азов;И;ул.;urban;gas;none\n")
    deliver(settings, "2025-11-01/customers/m.csv", METER + f"{NUMBER};7;{plan};6;1;1;2020-01-01;;;{openings}\n")
    read = dict.fromkeys(zones, 0)
    for month, kwh in USED.items():
        night = (kwh * night_percent + 50) // 100
        for zone in zones:
            read[zone] += {"all": kwh, "night": night, "day": kwh - night}[zone]
        lines = [f"{NUMBER};7;{zone};{month}-20;{month}-20 10:00;{read[zone]}\n" for zone in zones]
        deliver(settings, f"{month}-20/cabinet/r.csv", READING + "".join(lines))
    run(settings, dt.datetime(2026, 3, 5, tzinfo=MOSCOW))
    return settings


def posted(settings: Settings) -> list[tuple[dt.date, int]]:
    with open_warehouse(settings) as connection:
        return connection.execute(
            "select service_period, sum(amount_kopecks)::bigint from ledger.charge_line"
            " where service_period < date '2026-03-01' group by 1 order by 1"
        ).fetchall()


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The household with its meter of one rate."""
    return installed(tmp_path_factory.mktemp("now"), "one_rate", 0)


@pytest.mark.parametrize("night_percent", [31, 100])
def test_two_zones_cost_what_the_night_charges_a_meter_of_two_zones(
    night_percent: int, now: Settings, tmp_path: Path
) -> None:
    then = installed(tmp_path, "two_zone", night_percent)
    told = compare_plans(current_snapshot(now.home), now, NUMBER, night_percent)
    assert [(one.period, one.two_zone_kopecks) for one in told.months] == posted(then)
    assert [(one.period, one.one_rate_kopecks) for one in told.months] == posted(now)
    back = compare_plans(current_snapshot(then.home), then, NUMBER, 50)
    assert [(one.period, one.one_rate_kopecks) for one in back.months] == posted(now)
    assert [one.kwh for one in told.months] == list(USED.values())


def test_the_share_from_which_it_pays_is_the_least_one(now: Settings) -> None:
    snapshot = current_snapshot(now.home)
    pays = compare_plans(snapshot, now, NUMBER, 0).pays_from_percent
    assert pays is not None

    def gain(percent: int) -> int:
        months = compare_plans(snapshot, now, NUMBER, percent).months
        return sum(one.one_rate_kopecks - one.two_zone_kopecks for one in months)

    assert gain(pays) >= 0 > gain(pays - 1)


def test_the_plan_a_meter_has_gives_what_was_posted(night: Settings) -> None:
    with duckdb.connect(str(night.warehouse), read_only=True) as connection:
        rows = connection.execute(
            """
            select account_number, any_value(zone_plan)::varchar from marts.meter
            group by account_number
            having count(distinct zone_plan) = 1 and any_value(zone_plan) <> 'three_zone'
            order by account_number
            """
        ).fetchall()
    rows = [row for plan in ("one_rate", "two_zone") for row in [one for one in rows if one[1] == plan][:4]]
    assert len(rows) == 8
    for account, plan in rows:
        told = compare_plans(current_snapshot(night.home), night, account, 30)
        assert told.months
        assert [one.posted_kopecks for one in told.months] == [
            one.one_rate_kopecks if plan == "one_rate" else one.two_zone_kopecks for one in told.months
        ], account


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_share_that_is_none_is_refused(percent: int, night: Settings) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        compare_plans(current_snapshot(night.home), night, NUMBER, percent)
