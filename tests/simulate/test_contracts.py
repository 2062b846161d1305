"""Invented businesses are written to the letter by their seed, and the intake takes every line."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.simulate.businesses import businesses, day_wh
from pipelines.simulate.contracts import write_contracts
from pipelines.simulate.writing import Inbox
from pipelines.warehouse.connection import open_warehouse
from tests.oracle.business.load import replay_businesses
from tests.oracle.periods import MOSCOW
from tests.simulate.test_simulate import contents

FIRST = dt.date(2025, 11, 1)


def write(out: Path, seed: int = 7) -> None:
    write_contracts(Inbox(out), 40, FIRST, 3, seed)


def test_the_same_seed_writes_the_same_contracts(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("same", 7), ("other", 8)):
        write(tmp_path / name, seed)
    assert contents(tmp_path / "one") == contents(tmp_path / "same")
    assert contents(tmp_path / "one") != contents(tmp_path / "other")


def test_a_day_is_the_same_whoever_asks_and_as_long_as_the_clock_says() -> None:
    known = businesses(20, 7)
    day = day_wh(known, FIRST)
    assert np.array_equal(day, day_wh(businesses(20, 7), FIRST))
    assert [day_wh(known, FIRST, hours).shape[1] for hours in (23, 24, 25)] == [23, 24, 25]
    assert (day > 0).all()
    assert (day <= known.max_power_kw[:, None] * 1000).all()


def test_every_line_is_taken_and_registers_give_what_was_used(tmp_path: Path) -> None:
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    write(settings.inbox)
    known = businesses(40, 7)
    with open_warehouse(settings) as connection:
        report = ingest(connection, settings, 1)
        assert (report.refused, report.rows.rejected, report.rows.duplicate) == (0, 0, 0)
        replay_businesses(connection, dt.datetime(2026, 2, 14, tzinfo=MOSCOW))
        found = dict(
            connection.execute(
                "select point_code, register_kwh from business.volume"
                " where service_period = ? and closing = service_period and register_kwh is not null",
                [FIRST],
            ).fetchall()
        )
    used = sum(day_wh(known, FIRST + dt.timedelta(days=day)).sum(axis=1) for day in range(30))
    assert len(found) > 0.9 * len(known.point_code)
    for point, code in enumerate(known.point_code):
        if code in found:
            assert abs(found[code] - used[point] / 1000) <= max(3, 3 * known.ratio[point] / 1000 + 2)
