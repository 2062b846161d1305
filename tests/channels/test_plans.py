"""Planned volumes: as many hours as the day has, before the term, every version kept."""

import datetime as dt

import pytest

from tests.intake.deliveries import Deliveries

HOURS = ";".join(f"h{hour:02d}" for hour in range(1, 25))
HEADER = f"contract_number;point_code;day;submitted_at;{HOURS}"


def plan(day: str, hours: str, *, at: str = "2026-10-01 08:00", point: str = "610000000000001") -> str:
    return f"61-00001;{point};{day};{at};{hours}"


def of(count: int, last: str = "1.5") -> str:
    return ";".join([last] * count)


def test_a_plan_is_the_hours_of_a_day_in_watt_hours(inbox: Deliveries) -> None:
    inbox.lines("plans/a.csv", HEADER, plan("2026-10-31", of(23) + ";2,25"), plan("2026-10-31", of(24, "2"), point=""))
    inbox.ingest()
    assert inbox.rejected() == []
    assert inbox.query(
        "select contract_number, point_code, day, wh[1], wh[24], len(wh) from intake.plan_fact order by 2"
    ) == [
        ("61-00001", "610000000000001", dt.date(2026, 10, 31), 1500, 2250, 24),
        ("61-00001", None, dt.date(2026, 10, 31), 2000, 2000, 24),
    ]


def test_versions_are_kept_and_the_same_one_again_is_a_repetition(inbox: Deliveries) -> None:
    first, second = plan("2026-10-31", of(24)), plan("2026-10-31", of(24, "2"), at="2026-10-02 08:00")
    inbox.lines("plans/a.csv", HEADER, first, second)
    inbox.lines("plans/b.csv", HEADER, first)
    inbox.ingest()
    assert inbox.counts("a.csv") == ("accepted", 2, 2, 0, 0)
    assert inbox.counts("b.csv") == ("accepted", 1, 0, 0, 1)


@pytest.mark.parametrize(("day", "count"), [("2014-10-26", 25), ("2011-03-27", 23), ("2026-10-31", 24)])
def test_a_day_is_planned_in_as_many_hours_as_it_has(inbox: Deliveries, day: str, count: int) -> None:
    header = f"{HEADER};h25"
    for given in (23, 24, 25):
        line = plan(day, of(given) + ";" * (25 - given), at="2010-01-01 08:00", point=str(given))
        inbox.lines(f"plans/{given}.csv", header, line)
    inbox.ingest()
    assert inbox.query("select point_code, len(wh) from intake.plan_fact") == [(str(count), count)]
    assert [rule for _, rule, _, _ in inbox.rejected()] == ["plan_hours"] * 2


def test_an_hour_in_the_middle_that_is_empty_is_no_plan(inbox: Deliveries) -> None:
    inbox.lines("plans/a.csv", HEADER, plan("2026-10-31", ";".join(["1"] * 10 + [""] + ["1"] * 13)))
    inbox.ingest()
    assert [row[1] for row in inbox.rejected()] == ["row_empty"]


@pytest.mark.parametrize(
    ("at", "is_taken"),
    [
        ("2026-10-30 09:00", True),
        ("2026-10-30 09:00:01", False),
        ("2026-10-31 00:00", False),
        ("2026-01-01 00:00", True),
    ],
)
def test_a_plan_after_the_term_is_refused_with_a_sentence(inbox: Deliveries, at: str, is_taken: bool) -> None:  # noqa: FBT001
    line = plan("2026-10-31", of(24), at=at)
    inbox.lines("plans/a.csv", HEADER, line)
    inbox.ingest()
    if is_taken:
        assert inbox.rejected() == []
    else:
        assert inbox.rejected() == [
            (
                2,
                "plan_late",
                (
                    f"План на «2026-10-31» подан «{at}». Ожидается подача до срока (data/reference/plan_deadline.csv). План"
                    " не принят, действует поданный раньше; договоритесь со сбытом, если срок для договора другой."
                ),
                line,
            )
        ]
