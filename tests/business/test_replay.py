"""Night by night and at once: every journal of contracts ends in the same rows."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.business.little import FEBRUARY, JANUARY, MARCH, at, little, meter, read
from tests.business.test_parity import part
from tests.nights import seal
from tests.oracle.business.facts import Contract, World
from tests.oracle.business.load import empty_warehouse, load, replay_businesses
from tests.oracle.periods import plus_months

JOURNALS = ("charge_line", "volume", "advance")


def changed() -> World:
    """A contract that pays otherwise from the start, told in March; a reading corrected a month late."""
    world = little()
    meter(world)
    for period, value in ((JANUARY, "1000"), (FEBRUARY, "2000"), (MARCH, "3500")):
        read(world, period, value)
    read(world, JANUARY, "1200", known=at(FEBRUARY))
    world.contracts.append(Contract(at(MARCH), "c", JANUARY, payment_schedule="single"))
    return world


def rows(world: World, *, is_by_night: bool) -> dict[str, list[tuple[object, ...]]]:
    closings = [plus_months(JANUARY, month) for month in (-1, 0, 1, 2)]
    with TemporaryDirectory() as home, empty_warehouse(Path(home)) as connection:
        if not is_by_night:
            load(connection, world)
            replay_businesses(connection, at(MARCH, 14))
        for run_id, closing in enumerate(closings if is_by_night else (), start=1):
            load(connection, part(world, closing), run_id)
            replay_businesses(connection, at(closing, 14))
            seal(connection)
        return {table: connection.execute(f"from business.{table} order by all").fetchall() for table in JOURNALS}


def test_nights_and_one_replay_keep_the_same_journals() -> None:
    world = changed()
    by_night, at_once = rows(world, is_by_night=True), rows(world, is_by_night=False)
    assert by_night == at_once
    assert all(by_night.values())


def test_a_schedule_told_late_leaves_the_parts_of_closed_months() -> None:
    shares = {(row[1], row[5]) for row in rows(changed(), is_by_night=True)["advance"]}
    assert (FEBRUARY, 30) in shares
    assert (MARCH, 30) not in shares
