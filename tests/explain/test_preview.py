"""A preview says what the night then does."""

import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.explain import SentReading, preview
from pipelines.explain.ground import Ground
from pipelines.explain.preview import WANTED, Asked, previews
from pipelines.explain.replayed import find_run
from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.snapshot import connect_snapshot
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run
from tests.snapshots import current_snapshot
from tests.sql.test_house_needs import FLAT, NEIGHBOUR, settle, volume

NUMBER = 610000000001
MARCH = dt.date(2025, 3, 1)


@pytest.fixture(scope="module")
def february(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A flat whose February is closed."""
    home = replace(Settings(), home=tmp_path_factory.mktemp("february"), memory_limit="1GB")
    deliver(home, "2025-01-01/customers/a.csv", ACCOUNT + f"{NUMBER};2025-01-01;;;Азов;И;ул.;urban;gas;none\n")
    deliver(home, "2025-01-01/customers/m.csv", METER + f"{NUMBER};7;two_zone;5;1;1;2020-01-01;;;100;50;\n")
    deliver(
        home,
        "2025-02-20/cabinet/r.csv",
        READING + "".join(f"{NUMBER};7;{zone};2025-02-20;2025-02-20 10:00;200\n" for zone in ("day", "night")),
    )
    run(home, dt.datetime(2025, 3, 5, tzinfo=MOSCOW))
    return home


@pytest.fixture
def settings(february: Settings, tmp_path: Path) -> Settings:
    """The same in a home of the test's own."""
    return replace(february, home=shutil.copytree(february.home, tmp_path / "home"))


def sent(day: int, night: int | None, at: dt.datetime) -> list[SentReading]:
    values = {"day": day} | ({"night": night} if night is not None else {})
    return [SentReading("7", zone, at.date(), at, Decimal(value)) for zone, value in values.items()]


@pytest.mark.parametrize(
    ("day", "night", "verdict", "rule"),
    [
        (300, 260, "accepted", None),
        (1500, 260, "accepted", None),
        (150, 260, "held", "below_previous"),
        (300, None, "held", "missing_zone"),
        (100300, 260, "rejected", "too_many_digits"),
    ],
)
def test_verdict_and_charge_are_those_of_the_night(
    day: int, night: int | None, verdict: str, rule: str | None, settings: Settings
) -> None:
    at = dt.datetime(2025, 3, 20, 10, 0, tzinfo=MOSCOW)
    readings = sent(day, night, at)
    seen = preview(current_snapshot(settings.home), settings, NUMBER, "cabinet", readings, MARCH)
    lines = "".join(f"{NUMBER};7;{one.zone};2025-03-20;2025-03-20 10:00;{one.value}\n" for one in readings)
    deliver(settings, "2025-03-20/cabinet/r.csv", READING + lines)
    run(settings)
    with open_warehouse(settings) as connection:
        charged = connection.execute(
            "select sum(amount_kopecks) from ledger.charge_line where posting_period = ?", [MARCH]
        ).fetchall()
        judged = connection.execute(
            "select verdict::varchar, rule_id from metering.reading where read_on = date '2025-03-20' and zone = 'day'"
        ).fetchall()
    assert judged == [(verdict, rule)]
    assert [(one.verdict, one.rule_id) for one in seen.readings if one.zone == "day"] == judged
    assert [(sum(line["amount_kopecks"] for line in seen.lines),)] == charged


def test_a_preview_leaves_nothing_behind_for_the_next_one(settings: Settings) -> None:
    snapshot, at = current_snapshot(settings.home), dt.datetime(2025, 3, 20, 10, 0, tzinfo=MOSCOW)
    low, high = (
        [preview(snapshot, settings, NUMBER, "cabinet", sent(day, day, at), MARCH) for day in days]
        for days in ((300, 300), (900, 300))
    )
    assert low[0] == low[1] == high[1] != high[0]


def test_the_thousand_kwh_of_the_site_do_not_bind_the_cabinet(settings: Settings) -> None:
    readings = sent(1500, 260, dt.datetime(2025, 3, 20, 10, 0, tzinfo=MOSCOW))
    snapshot = current_snapshot(settings.home)
    verdicts = {
        channel: [one.rule_id for one in preview(snapshot, settings, NUMBER, channel, readings, MARCH).readings]
        for channel in ("cabinet", "site")
    }
    assert verdicts == {"cabinet": [None, None], "site": ["site_jump", None]}


def test_what_was_sent_before_and_is_not_published_yet_counts(settings: Settings) -> None:
    first = sent(300, 260, dt.datetime(2025, 3, 20, 10, 0, tzinfo=MOSCOW))
    second = sent(320, 270, dt.datetime(2025, 3, 21, 10, 0, tzinfo=MOSCOW))
    seen = preview(current_snapshot(settings.home), settings, NUMBER, "cabinet", [*first, *second], MARCH)
    assert [(one.zone, one.previous_register, one.consumption_kwh) for one in seen.readings] == [
        ("day", 300, 20),
        ("night", 260, 10),
    ]


def test_a_reading_of_the_last_days_counts_for_the_next_month(settings: Settings) -> None:
    readings = sent(300, 260, dt.datetime(2025, 3, 28, 10, 0, tzinfo=MOSCOW))
    seen = preview(current_snapshot(settings.home), settings, NUMBER, "cabinet", readings, dt.date(2025, 4, 1))
    assert {one.period for one in seen.readings} == {dt.date(2025, 4, 1)}
    assert any(line["kind"] == "charge" and line["service_period"] == dt.date(2025, 4, 1) for line in seen.lines)


def on_ground(settings: Settings, at: dt.datetime, values: list[tuple[int, str, int]]) -> tuple[Ground, list[Asked]]:
    """A reading of each account and meter, sent at the same moment, and what their replays stand on."""
    asked = [
        Asked(
            account,
            "cabinet",
            (SentReading(meter, "all", at.date(), at, Decimal(value)),),
            at.date().replace(day=1),
            at,
        )
        for account, meter, value in values
    ]
    snapshot = current_snapshot(settings.home)
    run = replace(find_run(snapshot, None), as_of=at.replace(hour=23, minute=59))
    return Ground(snapshot, settings, run, WANTED), asked


def test_those_who_ask_together_are_told_what_each_would_be_told_alone(night: Settings) -> None:
    with connect_snapshot(current_snapshot(night.home)) as connection:
        rows = connection.execute(
            """
            select account_number, meter_serial, max(value)::bigint + 100
            from reading inner join meter using (account_number, meter_serial)
            where verdict = 'accepted' and zone = 'all' and removed_on is null
            group by all order by account_number limit 12
            """
        ).fetchall()
    sent = [(account, meter, value + 7 * place) for place, (account, meter, value) in enumerate(rows)]
    ground, asked = on_ground(night, dt.datetime(2026, 4, 20, 10, 0, tzinfo=MOSCOW), sent)
    together = previews(ground, asked)
    assert together == [previews(ground, [one])[0] for one in asked]
    assert len({str(seen.lines) for seen in together}) == len(asked)


def test_neighbours_of_a_house_do_not_see_what_the_other_is_about_to_send(tmp_path: Path) -> None:
    settings = settle(tmp_path)
    volume(settings, "2025-04-15", "H1;2025-04;24000;1000")
    run(settings, dt.datetime(2025, 4, 16, tzinfo=MOSCOW))
    at = dt.datetime(2025, 4, 20, 10, 0, tzinfo=MOSCOW)
    sent = [(FLAT, str(FLAT), 300), (NEIGHBOUR, str(NEIGHBOUR), 9500), (FLAT, str(FLAT), 310)]
    ground, asked = on_ground(settings, at, sent)
    together = previews(ground, asked)
    assert together == [previews(ground, [one])[0] for one in asked]
    assert any(line["basis"].startswith("house_need") for line in together[0].lines)
