"""What a business sends of its energy is looked at as the night will look at it, and told row by row."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.energy import plans, registers
from dashboard.cabinet.energy.own import Energy, NotSentError
from dashboard.cabinet.store.tables import EnergySending
from pipelines.settings import MOSCOW
from tests.cabinet.energy.conftest import (
    MARCH,
    NOW,
    PLANNED,
    PLANNED_POINT,
    POINT,
    SERIAL,
    Acting,
)


def typed(value: str, period: str = "2026-03", point: str = POINT, serial: str = SERIAL) -> list[list[str]]:
    return [list(registers.TITLES), [point, serial, "all", period, value]]


def last_value(energy: Energy, period: dt.date = MARCH) -> Decimal:
    rows = energy.registers(period).filter(point_code=POINT)
    return Decimal(rows["last_value"].item(0))


def planned(day: dt.date, kwh: str = "120,5", hours: int = 24, point: str = PLANNED_POINT) -> list[list[str]]:
    header = [plans.POINT, plans.DAY, *(plans.hour_title(hour) for hour in range(1, hours + 1))]
    return [header, [point, day.isoformat(), *[kwh] * hours]]


def test_a_register_is_checked_as_the_night_does_and_told_its_energy(acting: Acting) -> None:
    energy = acting()
    last, ratio = last_value(energy), energy_ratio(energy)
    [reached] = energy.check_registers(typed(f"{last + 10}")).reached
    assert (reached.kwh, reached.is_much) == (10 * ratio, False)
    [much] = energy.check_registers(typed(f"{last + 90_000}")).reached
    assert much.is_much
    checked = energy.check_registers(typed(f"{last - 1}"))
    assert [problem.rule_id for problem in checked.problems] == ["register_fell"]
    assert "не меньше прошлого показания" in checked.problems[0].message
    with pytest.raises(NotSentError):
        energy.send_registers(typed(f"{last - 1}"), "form", "", "token")


def energy_ratio(energy: Energy) -> int:
    [one] = energy.check_registers(typed(f"{last_value(energy) + 1}")).reached
    return one.kwh


def test_a_register_is_compared_with_one_that_waits_too(acting: Acting) -> None:
    energy = acting(now=dt.datetime(2026, 5, 3, 9, 0, tzinfo=dt.UTC))
    value = last_value(energy) + 1000
    energy.send_registers(typed(f"{value}"), "form", "", "token")
    assert [one.rule_id for one in energy.check_registers(typed(f"{value - 1}", "2026-04")).problems] == [
        "register_fell"
    ]
    assert energy.check_registers(typed(f"{value + 1}", "2026-04")).reached


def test_a_value_that_was_replaced_is_not_told_again_for_the_night_would_not_hear_it(acting: Acting) -> None:
    energy = acting()
    known = energy.registers(MARCH).filter(point_code=POINT)["known_value"].item(0)
    assert energy.check_registers(typed(f"{known}")).reached
    energy.send_registers(typed(f"{known + 7}"), "form", "", "token")
    assert [one.rule_id for one in energy.check_registers(typed(f"{known}")).problems] == ["register_repeated"]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (typed("abc"), "row_number"),
        (typed("-5"), "row_negative"),
        (typed("5", "2020-01"), "register_month"),
        (typed("5", "март"), "row_date"),
        (typed("5", serial="чужой"), "register_foreign"),
        (typed("5", point="610000000400007", serial="M00400007"), "register_foreign"),
        (typed("12345678901"), "register_digits"),
        ([*typed("99000"), typed("99001")[1]], "register_twice"),
        ([["Лицевой счёт"], ["1"]], "file_header"),
        ([["contract_number", "valid_from"], ["1", "2"]], "file_header"),
        ([list(registers.TITLES)], "file_nothing"),
        ([], "file_empty"),
        ([list(registers.TITLES), [POINT, SERIAL, "all", "2026-03"]], "row_columns"),
    ],
)
def test_a_row_that_will_not_do_is_told_with_its_rule_and_nothing_is_kept(
    lines: list[list[str]], rule: str, acting: Acting, people: Engine
) -> None:
    energy = acting()
    problems = energy.check_registers(lines).problems
    assert [problem.rule_id for problem in problems] == [rule]
    with pytest.raises(NotSentError):
        energy.send_registers(lines, "xlsx", "a.xlsx", "token")
    with Work(people) as work:
        assert not work.scalars(select(EnergySending)).all()


def test_a_plan_after_its_term_is_not_taken_and_the_term_is_told(acting: Acting) -> None:
    day = dt.date(2026, 4, 21)
    due_at, hours = acting(PLANNED).terms()[day]
    assert (due_at.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M"), hours) == ("20.04.2026 09:00", 24)
    assert day not in plans.open_days(acting(PLANNED).terms(), NOW)
    late = acting(PLANNED, now=due_at + dt.timedelta(seconds=1)).check_plans(planned(day))
    assert [problem.rule_id for problem in late.problems] == ["plan_late"]
    assert acting(PLANNED, now=due_at).check_plans(planned(day)).planned


def test_a_page_left_open_past_a_term_hands_in_no_plan(acting: Acting) -> None:
    opened = acting(PLANNED)
    day = planned(dt.date(2026, 4, 22))
    assert opened.check_plans(day).planned
    with pytest.raises(NotSentError, match="plan_late"):
        opened.anew().send_plans(day, "form", "", "token")


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (planned(dt.date(2026, 4, 25), "x"), "row_number"),
        (planned(dt.date(2026, 4, 25), hours=23), "file_header"),
        (planned(dt.date(2026, 4, 25), point=POINT), "plan_point"),
        ([*planned(dt.date(2026, 4, 25)), planned(dt.date(2026, 4, 25), "1")[1]], "plan_twice"),
        (
            [[*planned(dt.date(2026, 4, 25))[0], "Номер договора"], [*planned(dt.date(2026, 4, 25))[1], "61-1"]],
            "file_header",
        ),
    ],
)
def test_a_plan_that_will_not_do_is_told_with_its_rule(lines: list[list[str]], rule: str, acting: Acting) -> None:
    assert {problem.rule_id for problem in acting(PLANNED).check_plans(lines).problems} == {rule}
