"""What a business sends of its energy, by form, workbook and message, is in the next night's facts, once."""

import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import outbox
from dashboard.cabinet.energy import plans, registers
from dashboard.cabinet.energy.own import read_workbook
from dashboard.cabinet.store.tables import EnergySending
from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.publish import publish
from pipelines.warehouse.replay import replay
from tests.cabinet.energy.conftest import MARCH, NOW, PLANNED, PLANNED_POINT, POINT, Acting, published
from tests.cabinet.energy.test_sending import last_value, planned, typed
from tests.cabinet.energy.workbooks import filled
from tests.cabinet.energy.xml import message

REGISTERS = f"""
    select service_period, value::varchar from intake.point_register_fact
    where point_code = '{POINT}' and source_file_id > 0 and known_at > '2026-04-19'
"""


@pytest.fixture
def installation(business_home: Path, tmp_path: Path) -> Settings:
    """A copy in which another night may pass."""
    home = Path(shutil.copytree(business_home, tmp_path / "home"))
    return replace(Settings(), home=home, memory_limit="1GB")


def next_night(settings: Settings, store: Engine) -> None:
    outbox.deliver(store, settings.inbox, NOW)
    with open_warehouse(settings) as connection:
        ingest(connection, settings, 2)
        replay(connection)
        publish(connection, settings, dt.datetime.now(dt.UTC))


def facts(settings: Settings, select: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(published(settings).path), read_only=True) as connection:
        connection.execute("set timezone = 'Europe/Moscow'")
        return connection.execute(select).fetchall()


def send_registers(acting: Acting) -> Decimal:
    """By form, twice as a hasty finger does, then by workbook."""
    energy = acting()
    value = last_value(energy) + 1000
    assert len({energy.send_registers(typed(f"{value}"), "form", "", "token") for _ in range(2)}) == 1
    rows = read_workbook("a.xlsx", filled(energy.registers_template(MARCH), {POINT: f"{value + 5}"}))
    energy.send_registers(registers.from_sheet(rows), "xlsx", "a.xlsx", "other")
    return value


def send_plans(acting: Acting, people: Engine, day: dt.date) -> None:
    """By form, an hour later by workbook; a third comes late, which only the night can say."""
    acting(PLANNED).send_plans(planned(day), "form", "", "1")
    later = acting(PLANNED, now=NOW + dt.timedelta(hours=1))
    rows = read_workbook("p.xlsx", filled(later.plans_template([day], ""), {"": "7"}))
    later.send_plans(plans.from_sheet(rows), "xlsx", "p.xlsx", "2")
    later.send_plans([*planned(day, "1"), planned(day + dt.timedelta(days=1))[1]], "form", "", "3")
    with Work(people) as work:
        row = work.scalars(select(EnergySending).order_by(EnergySending.sending_id.desc())).first()
        assert row is not None
        row.content = row.content.replace(b"2026-04-20", b"2026-04-24", 1)
        work.commit()


def test_what_is_sent_by_every_way_is_in_the_next_nights_facts_once_and_its_state_is_told(
    acting: Acting, people: Engine, installation: Settings
) -> None:
    value, day, measured = send_registers(acting), dt.date(2026, 4, 22), dt.date(2026, 4, 18)
    send_plans(acting, people, day)
    name, content = "80020_6199000019_20260418_7.xml", message(POINT, day=measured)
    assert len({acting().send_message(f"C:\\выгрузка\\{name}", content, "token") for _ in range(2)}) == 1
    broken = message(POINT, day=measured - dt.timedelta(days=1), number=8, last_end="2345")
    [left_out] = acting().check_message("b.xml", broken).left_out
    acting().send_message("b.xml", broken, "another")
    assert {one.status for one in acting().sent()} == {"waiting"}

    next_night(installation, people)
    assert outbox.deliver(people, installation.inbox, NOW) == 0
    assert sorted(facts(installation, REGISTERS)) == [(MARCH, f"{value:.3f}"), (MARCH, f"{value + 5:.3f}")]
    assert facts(
        installation,
        "select point_code, day, list_sum(wh)::bigint, strftime(submitted_at, '%H:%M:%S') from intake.plan_fact"
        f" where contract_number = '{PLANNED}' and day >= '{day}' order by submitted_at, day",
    ) == [
        (PLANNED_POINT, day, 24 * 120_500, "12:00:30"),
        (None, day, 24 * 7_000, "13:00:30"),
        (PLANNED_POINT, day + dt.timedelta(days=1), 24 * 120_500, "13:00:30"),
    ]
    assert facts(
        installation,
        "select sender_inn, message_number, list_sum(wh)::bigint from intake.energy_day_fact where day >= '2026-04-01'"
        " order by 2",
    ) == [("6199000019", 7, 240_000), ("6199000019", 8, 230_000)]
    [archived] = installation.archive.rglob(f"*-{name}")
    assert archived.read_bytes() == content

    told = [(one.name, one.status, [problem.line for problem in one.not_taken]) for one in acting().sent()]
    assert told == [
        ("b.xml", "partly", [left_out.line]),
        (name, "taken", []),
        ("a.xlsx", "taken", []),
        ("", "taken", []),
    ]
    ours = acting(PLANNED).sent()
    assert [(one.status, [problem.line for problem in one.not_taken]) for one in ours] == [
        ("partly", [1]),
        ("taken", []),
        ("taken", []),
    ]
    assert [problem.rule_id for problem in ours[0].not_taken] == ["plan_late"]
    assert [(one.point_code, one.kwh) for one in plans.versions_of(ours[1].content)] == [("", Decimal(168))]
