"""Posting: at each closing, what the target has more or less than was posted before it."""

import datetime as dt
from collections.abc import Sequence

from tests.oracle.facts import Fact, Facts, LineRow
from tests.oracle.houses import Houses
from tests.oracle.periods import months_between
from tests.oracle.reference import amended_at
from tests.oracle.spans import Span
from tests.oracle.target import Key, Target, target


def learns(facts: Facts, known: Sequence[Span], houses: Houses, closing: dt.date) -> bool:
    """Whether something about the account became known for this closing that may change months before it."""
    statements: list[Fact] = [*facts.accounts, *facts.tenants, *facts.meters, *facts.conditions]
    if any(span.closing == closing for span in known) or any(fact.known_period == closing for fact in statements):
        return True
    if closing in amended_at():
        return True
    return any(houses.learned(fact.house_id, closing) for fact in facts.accounts if fact.house_id)


def kind_of(key: Key, service: dt.date, closing: dt.date, due: Target) -> str:
    """What a posted difference is called."""
    if service == closing:
        return "charge"
    return "correction" if key in due else "storno"


def post_account(number: int, houses: Houses, open_period: dt.date) -> list[LineRow]:
    """Lines of one account, closing after closing: its own month, and those before it when something was learned."""
    posted: dict[dt.date, Target] = {}
    lines: list[LineRow] = []
    facts, measured = houses.flats[number]
    first = min(fact.known_period for fact in facts.accounts)
    for closing in months_between(first, open_period):
        earliest = min([first, *(span.first for span in measured if span.closing <= closing)])
        services = months_between(earliest, closing) if learns(facts, measured, houses, closing) else [closing]
        for service in services:
            due = target(facts, measured, service, closing, houses.share(number, service, closing))
            before = posted.get(service, {})
            posted[service] = due
            for key in sorted(due.keys() | before.keys()):
                kwh = due.get(key, (0, 0))[0] - before.get(key, (0, 0))[0]
                amount = due.get(key, (0, 0))[1] - before.get(key, (0, 0))[1]
                if kwh or amount:
                    serial, zone, band, price, basis = key
                    kind = kind_of(key, service, closing, due)
                    lines.append((number, closing, service, kind, serial, zone, band, kwh, price, amount, basis))
    return lines
