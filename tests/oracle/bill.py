"""The whole bill: verdicts, lines, payments and the balance of every month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tests.oracle.arrears import open_now, post_penalties, postings
from tests.oracle.decisions import payment_rows
from tests.oracle.facts import Books, DebtKey, Facts, LineRow, MonthRow, PenaltyLine
from tests.oracle.houses import Houses
from tests.oracle.periods import months_between, moscow_day
from tests.oracle.posting import post_account
from tests.oracle.spans import Span, spans
from tests.oracle.verdicts import Verdict, judge_all


def bill(facts: Facts, open_period: dt.date) -> Books:
    """Books of every account up to the open month."""
    verdicts = judge_all(facts)
    first_known: dict[int, dt.date] = {}
    for account in facts.accounts:
        known = first_known.get(account.account_number, account.known_period)
        first_known[account.account_number] = min(known, account.known_period)
    rows = payment_rows(facts, first_known)
    cancelled = {row.payment.payment_id: row.cancelled_period for row in rows if row.cancelled_period}
    payments = {row.payment.payment_id: (row.payment.account_number, row.posting_period, row.status) for row in rows}
    facts = replace(facts, payments=[row.payment for row in rows])
    as_of = moscow_day(max(fact.known_at for fact in facts.all()))
    lines: list[LineRow] = []
    penalties: list[PenaltyLine] = []
    open_debts: dict[DebtKey, tuple[dt.date, int, int]] = {}
    months: dict[tuple[int, dt.date], MonthRow] = {}
    houses = Houses(facts.houses, facts.house_volumes, measured(facts, verdicts))
    for number, first in first_known.items():
        own, _ = houses.flats[number]
        own_lines = post_account(number, houses, open_period)
        lines += own_lines
        posted = [
            (period, fact)
            for fact in own.payments
            for _, period, status in [payments[fact.payment_id]]
            if period and status == "posted"
        ]
        closings = months_between(first, open_period)
        own_postings = postings(own, own_lines, posted, cancelled, first)
        own_penalties = post_penalties(number, own_postings, closings, as_of)
        penalties += own_penalties
        open_debts |= {(number, *debt.key): row for debt, row in open_now(own_postings.known_at(open_period))}
        for period, row in balance(own, own_lines, own_penalties, payments, closings).items():
            months[number, period] = row
    return Books(
        verdicts={
            verdict.reading.reading_id: (verdict.verdict, verdict.rule_id, verdict.period, verdict.consumption_kwh)
            for verdict in verdicts
        },
        lines=sorted(lines),
        payments=payments,
        penalties=sorted(penalties),
        debts=open_debts,
        months=months,
        cancelled=cancelled,
    )


def measured(facts: Facts, verdicts: Sequence[Verdict]) -> dict[int, tuple[Facts, list[Span]]]:
    """The facts of each account, and what its accepted readings measured."""
    accepted: defaultdict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.verdict == "accepted":
            accepted[verdict.reading.account_number].append(verdict)
    return {
        number: (own, list(spans(accepted[number], own.accounts)))
        for number, own in by_account(facts).items()
        if own.accounts
    }


def by_account(facts: Facts) -> dict[int, Facts]:
    """The facts of each account."""
    found: defaultdict[int, Facts] = defaultdict(Facts)
    for fact in facts.all():
        number = getattr(fact, "account_number", None)
        if number is not None:
            found[number].add(fact)
    return found


def balance(
    own: Facts,
    lines: list[LineRow],
    penalties: list[PenaltyLine],
    payments: dict[int, tuple[int | None, dt.date | None, str]],
    months: list[dt.date],
) -> dict[dt.date, MonthRow]:
    """How the balance of one account moved, month after month."""
    first = months[0]
    rows: dict[dt.date, MonthRow] = {}
    opening = sum(debt.amount_kopecks for debt in own.opening_debts if debt.known_period <= first)
    for month in months:
        charged = sum(line[9] for line in lines if line[1] == month and line[3] == "charge")
        corrected = sum(line[9] for line in lines if line[1] == month and line[3] != "charge")
        if month > first:
            corrected += sum(debt.amount_kopecks for debt in own.opening_debts if debt.known_period == month)
        penalty = sum(line[10] for line in penalties if line[1] == month)
        paid = sum(fact.amount_kopecks for fact in own.payments if payments[fact.payment_id][1] == month)
        closing = opening + charged + corrected + penalty - paid
        kwh = sum(line[7] for line in lines if line[1] == month)
        rows[month] = (opening, charged, corrected, penalty, paid, closing, kwh)
        opening = closing
    return rows
