"""Posting: at each closing, what the target has more or less than was posted before it."""

import datetime as dt
from collections.abc import Sequence

from tests.oracle.facts import AccountFact, LineRow, TenantFact
from tests.oracle.norms import from_period
from tests.oracle.periods import months_between
from tests.oracle.target import Key, Target, target
from tests.oracle.verdicts import Verdict


def is_touched(
    facts: Sequence[AccountFact | TenantFact], accepted: Sequence[Verdict], service: dt.date, closing: dt.date
) -> bool:
    """Whether the closing learned something that may change the bill of the service period."""
    readings = [verdict.reading.known_period for verdict in accepted if verdict.period == service]
    if any(max(service, known) == closing for known in readings):
        return True
    is_billed_before = any(max(service, known) < closing for known in readings)
    known_facts = [fact for fact in facts if fact.known_period <= closing]
    return is_billed_before and any(
        fact.known_period == closing and from_period(fact, known_facts) <= service for fact in known_facts
    )


def kind_of(key: Key, service: dt.date, closing: dt.date, due: Target) -> str:
    """What a posted difference is called."""
    if service == closing:
        return "charge"
    return "correction" if key in due else "storno"


def post_account(
    accounts: Sequence[AccountFact], tenants: Sequence[TenantFact], accepted: Sequence[Verdict], open_period: dt.date
) -> list[LineRow]:
    """Lines of one account, closing after closing."""
    posted: dict[tuple[dt.date, Key], tuple[int, int]] = {}
    lines: list[LineRow] = []
    services = sorted({verdict.period for verdict in accepted})
    first = services[0] if services else open_period
    for closing in months_between(first, open_period):
        for service in [service for service in services if service <= closing]:
            if not any(is_touched(facts, accepted, service, closing) for facts in (accounts, tenants)):
                continue
            due = target(accounts, tenants, accepted, service, closing)
            before = {key: sums for (period, key), sums in posted.items() if period == service}
            for key in sorted(due.keys() | before.keys()):
                kwh = due.get(key, (0, 0))[0] - before.get(key, (0, 0))[0]
                amount = due.get(key, (0, 0))[1] - before.get(key, (0, 0))[1]
                posted[service, key] = due.get(key, (0, 0))
                if kwh or amount:
                    serial, zone, band, price = key
                    kind = kind_of(key, service, closing, due)
                    number = accounts[0].account_number
                    lines.append((number, closing, service, kind, serial, zone, band, kwh, price, amount))
    return lines
