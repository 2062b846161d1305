"""What changes how an account is charged for a while, as a closing knows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tests.oracle.facts import ConditionFact
from tests.oracle.periods import month_of, plus_months
from tests.oracle.reference import in_force


@dataclass(frozen=True)
class Conditions:
    """Reasons that hold in a month, and the full days of absence in it."""

    reasons: frozenset[str]
    gravest: dict[str, str]
    absent_days: int

    @property
    def average_periods(self) -> int | None:
        """How long an average may stand in; None: as ever."""
        return int(self.gravest["average_periods"]) if self.gravest else None

    @property
    def normative_reason(self) -> str:
        """Why the normative is charged where a meter stands."""
        return self.gravest["normative_reason"] if self.gravest else "no_reading"


def newest(facts: Sequence[ConditionFact], closing: dt.date) -> list[ConditionFact]:
    """Every condition by the last statement that the closing knows."""
    found: dict[tuple[str, dt.date], ConditionFact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.known_at, fact.source_file_id, fact.source_line)):
        if fact.known_period <= closing:
            found[fact.reason, fact.valid_from] = fact
    return list(found.values())


def holds(fact: ConditionFact, rule: dict[str, str], service: dt.date) -> bool:
    """Whether the condition says something about the month."""
    first = month_of(fact.valid_from)
    if fact.valid_to is None:
        return first <= service
    if rule["months_back_most"]:
        first = max(first, plus_months(month_of(fact.valid_to), -int(rule["months_back_most"])))
    return fact.valid_from <= fact.valid_to and first <= service <= fact.valid_to


def full_days(fact: ConditionFact, rule: dict[str, str], service: dt.date) -> set[dt.date]:
    """Days of the month wholly away, if there were enough of them in a row."""
    assert fact.valid_to is not None
    away = {fact.valid_from + dt.timedelta(days=number) for number in range(1, (fact.valid_to - fact.valid_from).days)}
    return {day for day in away if month_of(day) == service} if len(away) > int(rule["full_days_more_than"]) else set()


def conditions(facts: Sequence[ConditionFact], service: dt.date, closing: dt.date) -> Conditions:
    """All that holds in a month."""
    rules = {row["reason"]: row for row in in_force("condition_rule", service)}
    held = [
        fact for fact in newest(facts, closing) if fact.reason in rules and holds(fact, rules[fact.reason], service)
    ]
    reasons = frozenset(fact.reason for fact in held)
    placed = sorted(
        (rules[reason] for reason in reasons if rules[reason]["place"]), key=lambda rule: int(rule["place"])
    )
    away: set[dt.date] = set()
    for fact in held:
        if fact.reason == "absent":
            away |= full_days(fact, rules["absent"], service)
    return Conditions(reasons, placed[0] if placed else {}, len(away))
