"""The product and the oracle keep the same money of random contracts: debts, crediting, penalties, balances."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.settings import Settings
from pipelines.warehouse.checks import load_checks, run_check
from pipelines.warehouse.connection import prepare
from tests.bank.conftest import Business, Statement, prepared
from tests.oracle.business.money import Month, Sum, close, closings
from tests.oracle.periods import plus_months

FIRST = dt.date(2024, 6, 1)
CONTRACTS = 12
KINDS = ("general", "uk", "tszh", "heat_water")
CHECKS = ("every_receipt_is_in_a_contracts_balance_or_waits", "every_contracts_debt_is_its_bills_less_its_receipts")


@dataclass
class World:
    """Contracts, what they are asked for, and files that say what they paid, by the day that delivers them."""

    as_of: dt.date
    kinds: dict[str, str] = field(default_factory=dict)
    months: dict[str, list[Month]] = field(default_factory=lambda: defaultdict(list))
    sums: dict[str, list[Sum]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[dt.date, Statement] = field(default_factory=dict)
    decisions: dict[dt.date, list[str]] = field(default_factory=lambda: defaultdict(list))


def invent(seed: int) -> World:
    random = Random(seed)
    world = World(FIRST + dt.timedelta(days=random.randint(150, 330)))
    for contract in range(CONTRACTS):
        number = f"61-{contract:04d}"
        world.kinds[number] = random.choice(KINDS)
        for index in range(random.randint(1, 8)):
            _ask(random, world, number, plus_months(FIRST, index))
        for _ in range(random.randint(0, 9)):
            _pay(random, world, number)
    return world


def _ask(random: Random, world: World, number: str, period: dt.date) -> None:
    following = plus_months(period, 1)
    bill = random.choice([random.randint(1, 90_000), random.randint(1, 900), 0, -random.randint(1, 20_000)])
    is_known = following <= world.as_of.replace(day=1)
    advances = random.choice([(), ((10, 30), (25, 40))])
    world.months[number].append(
        Month(
            period,
            bill if is_known else None,
            tuple((period.replace(day=on), random.randint(1, 300) * share) for on, share in advances),
            following.replace(day=18),
        )
    )


def _pay(random: Random, world: World, number: str) -> None:
    paid_on = FIRST + dt.timedelta(days=random.randint(0, 300))
    told_on = paid_on + dt.timedelta(days=random.choice([0, 1, 1, 20, 45]))
    if told_on >= world.as_of:
        return
    named = random.choice([None, None, plus_months(paid_on.replace(day=1), random.randint(-3, 1))])
    kopecks = random.randint(1, 60_000)
    is_refund = random.random() < 0.1
    statement = world.statements.setdefault(told_on, Statement.of(told_on.isoformat()))
    document = len(statement.lines)
    statement.document(
        f"{kopecks // 100}.{kopecks % 100:02d}",
        f"{'Возврат' if is_refund else 'Оплата'} по договору {number}" + (f" за {named:%m.%Y}" if named else ""),
        inn=f"61640{int(number[3:]):05d}",
        number=str(document),
        on=paid_on.isoformat(),
        outgoing=is_refund,
    )
    known, until = told_on.replace(day=1), dt.date.max
    order = (told_on.toordinal(), document)
    decided_on = told_on + dt.timedelta(days=random.randint(1, 90))
    other = f"61-{random.randrange(CONTRACTS):04d}"
    if random.random() < 0.1 and not is_refund and decided_on < world.as_of:
        until = decided_on.replace(day=1)
        world.decisions[decided_on].append(
            f"{paid_on};{document};{kopecks // 100},{kopecks % 100:02d};40702810000000000777;assign;{other};"
        )
        world.sums[other].append(Sum(paid_on, kopecks, named, until, dt.date.max, order))
    if known < until:
        world.sums[number].append(Sum(paid_on, -kopecks if is_refund else kopecks, named, known, until, order))


def deliver(world: World, business: Business, until: dt.date) -> None:
    """Put the files that were there by a day, those of earlier nights again: they change nothing."""
    for number, kind in world.kinds.items():
        business.contract(number, f"61640{int(number[3:]):05d}", kind=kind)
    for told_on, statement in world.statements.items():
        if told_on < until:
            statement.put(business, f"{told_on}.txt")
    for decided_on, lines in world.decisions.items():
        if decided_on < until:
            business.decide(decided_on.isoformat(), *lines)


def ask(world: World, business: Business) -> None:
    for number, months in world.months.items():
        for month in months:
            advances = [(due_on.isoformat(), kopecks) for due_on, kopecks in month.advances]
            if month.bill is not None:
                business.bill(number, f"{month.period:%Y-%m}", month.bill, month.due_on.isoformat(), advances)
            else:
                for part, (due_on, kopecks) in enumerate(advances, 1):
                    business.advance(number, f"{month.period:%Y-%m}", part, due_on, kopecks)


@contextmanager
def warehouse() -> Iterator[Business]:
    with TemporaryDirectory() as home, duckdb.connect() as connection:
        prepare(connection, replace(Settings(), home=Path(home), memory_limit="1GB"))
        yield prepared(Path(home), connection)


def expected(world: World) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Penalties posted by contract and month, and the debts at the end with what was paid of them."""
    posted: list[tuple[object, ...]] = []
    debts: list[tuple[object, ...]] = []
    for number, kind in world.kinds.items():
        months, sums = world.months[number], world.sums[number]
        before: dict[dt.date, tuple[int, int]] = {}
        for closing, last_day in closings(FIRST, world.as_of):
            found = close(closing, last_day, kind, months, sums)
            now = {
                period: (sum(row.days for row in rows), sum(row.amount_kopecks for row in rows))
                for period, rows in found.penalties.items()
            }
            for period in sorted(now.keys() | before.keys()):
                days, kopecks = (
                    new - old for new, old in zip(now.get(period, (0, 0)), before.get(period, (0, 0)), strict=True)
                )
                if days or kopecks:
                    posted.append((number, closing, period, days, kopecks))
            before = now
            if closing == world.as_of.replace(day=1):
                debts += [
                    (number, *claim.part, claim.due_on, claim.kopecks, sum(part for _, part in found.paid[claim.part]))
                    for claim in found.claims
                    if claim.kopecks
                ]
    return sorted(posted), sorted(debts)


POSTED = """
    select contract_number, posting_period, period, sum(days)::integer as days, sum(amount_kopecks)::bigint as kopecks
    from business.penalty_line
    group by contract_number, posting_period, period
    having sum(days) <> 0 or sum(amount_kopecks) <> 0
    order by all
"""
DEBTS = "select contract_number, period, part, due_on, kopecks, paid_kopecks from business.debt order by all"


def assert_same(seed: int, world: World, expected: list[tuple[object, ...]], found: list[tuple[object, ...]]) -> None:
    """Contracts have nothing to do with each other: of those that differ the one with the least history is shown."""
    lacking, extra = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    differing = {str(row[0]) for row in (*lacking, *extra)}
    if differing:
        number = min(differing, key=lambda one: len(world.months[one]) + len(world.sums[one]))
        own = [
            f"{word} {row}"
            for word, rows in (("lacking", lacking), ("too many", extra))
            for row in rows
            if row[0] == number
        ]
        history = [*world.months[number], *sorted(world.sums[number], key=lambda one: one.order)]
        told = f"seed {seed}, as of {world.as_of}: contract {number} ({world.kinds[number]}) differs"
        pytest.fail("\n".join([told, *own, "by:", *map(str, history)]), pytrace=False)


# A smaller seed is no simpler history: no shrinking.
@settings(max_examples=4, deadline=None, database=None, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_product_and_oracle_credit_and_charge_penalties_alike(seed: int) -> None:
    world = invent(seed)
    with warehouse() as business:
        deliver(world, business, world.as_of)
        ask(world, business)
        business.replay(world.as_of.isoformat())
        posted, debts = expected(world)
        assert_same(seed, world, debts, business.query(DEBTS))
        assert_same(seed, world, posted, business.query(POSTED))
        for check in load_checks():
            if check.name in CHECKS:
                assert not run_check(business.connection, check).shown, check.claim


def test_history_in_one_night_and_month_by_month_posts_the_same() -> None:
    world = invent(7)
    with warehouse() as business:
        deliver(world, business, world.as_of)
        ask(world, business)
        business.replay(world.as_of.isoformat())
        at_once = business.query(POSTED), business.query("from business.balance order by all")
    with warehouse() as business:
        ask(world, business)
        months = [closing for closing, _ in closings(plus_months(FIRST, 1), world.as_of)]
        for run_id, night in enumerate([*months[1:], world.as_of], 1):
            deliver(world, business, night)
            business.replay(night.isoformat(), run_id)
            business.close(f"{night:%Y-%m}", run_id)
        assert (business.query(POSTED), business.query("from business.balance order by all")) == at_once
