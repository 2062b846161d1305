"""The penalty of one debt, day by day: nothing is added before the days of a row are counted."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tests.oracle.debts import Debt
from tests.oracle.reference import rows

FOREVER = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class Scale:
    """Which part of the rate a day costs: days day_from..day_to after the due day, on dates before `valid_to`."""

    valid_from: dt.date
    valid_to: dt.date
    day_from: int
    day_to: int | None
    fraction: Fraction


@dataclass(frozen=True)
class Rate:
    """Percent a year, in force before `valid_to`."""

    valid_from: dt.date
    valid_to: dt.date
    rate_pct: Fraction


@dataclass(frozen=True)
class Moratorium:
    """Days before `to_day` that bear nothing: for all debts, or for those due before a day."""

    from_day: dt.date
    to_day: dt.date
    debts_due_before: dt.date | None = None


@dataclass(frozen=True)
class PenaltyRow:
    """Days on which the same sum stood at the same fraction and rate; a moratorium may lie between the first and last."""

    day_from: dt.date
    day_to: dt.date
    days: int
    base_kopecks: int
    fraction: Fraction
    rate_pct: Fraction
    amount_kopecks: int


def half_up(kopecks: Fraction) -> int:
    """To whole kopecks, half a kopeck up."""
    return int((kopecks + Fraction(1, 2)) // 1)


def cut_then_half_up(kopecks: Fraction) -> int:
    """To whole kopecks as vectors P1 and P7 say it: rubles are cut to three decimals first (the same in the end)."""
    return half_up(Fraction(kopecks * 10 // 1, 10))


@cache
def scale(customer_kind: str) -> tuple[Scale, ...]:
    """The scale of the law for a kind of customer."""
    return tuple(
        Scale(
            dt.date.fromisoformat(row["valid_from"]),
            dt.date.fromisoformat(row["valid_to"]),
            int(row["day_from"]),
            int(row["day_to"]) if row["day_to"] else None,
            Fraction(row["fraction"]),
        )
        for row in rows("penalty_scale")
        if row["customer_kind"] == customer_kind
    )


@cache
def rates() -> tuple[Rate, ...]:
    """The rates of the law for households."""
    return tuple(
        Rate(
            dt.date.fromisoformat(row["valid_from"]),
            dt.date.fromisoformat(row["valid_to"]),
            Fraction(row["rate_pct"]),
        )
        for row in rows("penalty_rate")
    )


@cache
def moratoria() -> tuple[Moratorium, ...]:
    """The moratoria of the law."""
    return tuple(
        Moratorium(
            dt.date.fromisoformat(row["from_day"]),
            dt.date.fromisoformat(row["to_day"]),
            dt.date.fromisoformat(row["debts_due_before"]) if row["debts_due_before"] else None,
        )
        for row in rows("moratorium")
    )


def rate_on(day: dt.date, known: Sequence[Rate]) -> Fraction:
    """Percent a year on that day."""
    [rate] = [rate.rate_pct for rate in known if rate.valid_from <= day < rate.valid_to]
    return rate


def fraction_on(day: dt.date, due: dt.date, known: Sequence[Scale]) -> Fraction:
    """Which part of the rate the day costs."""
    number = (day - due).days
    [fraction] = [
        stretch.fraction
        for stretch in known
        if stretch.valid_from <= day < stretch.valid_to
        and stretch.day_from <= number
        and (stretch.day_to is None or number <= stretch.day_to)
    ]
    return fraction


def is_spared(day: dt.date, due: dt.date, known: Sequence[Moratorium]) -> bool:
    """Whether a moratorium covers the day of this debt."""
    return any(
        pause.from_day <= day < pause.to_day and (pause.debts_due_before is None or due < pause.debts_due_before)
        for pause in known
    )


def days_after(day: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day after the first one through the last."""
    while day < last:
        day += dt.timedelta(days=1)
        yield day


def penalty_rows(
    debt: Debt,
    parts: Iterable[tuple[dt.date, int]],
    as_of: dt.date,
    scale_rows: Sequence[Scale],
    rate_rows: Sequence[Rate],
    moratorium_rows: Sequence[Moratorium] = (),
    rounded: Callable[[Fraction], int] = half_up,
) -> list[PenaltyRow]:
    """Penalty of a debt through a day; `parts` are what paid it, (day, kopecks). Free days make no row."""
    paid = [(paid_on, kopecks) for paid_on, kopecks in parts if paid_on <= as_of]
    unpaid = debt.amount_kopecks - sum(kopecks for _, kopecks in paid)
    # What a part costs is fixed by the day that ends it: the payment day, for the unpaid part the day of the count.
    standing = [(paid_on, kopecks, rate_on(paid_on, rate_rows)) for paid_on, kopecks in paid if paid_on > debt.due_on]
    if unpaid:
        standing.append((FOREVER, unpaid, rate_on(as_of, rate_rows)))
    found = []
    after = debt.due_on
    for end in sorted({paid_on for paid_on, _, _ in standing}):
        chargeable: dict[Fraction, list[dt.date]] = {}
        for day in days_after(after, min(as_of, end)):
            fraction = fraction_on(day, debt.due_on, scale_rows)
            if fraction and not is_spared(day, debt.due_on, moratorium_rows):
                chargeable.setdefault(fraction, []).append(day)
        bases: dict[Fraction, int] = {}
        for paid_on, kopecks, rate in standing:
            if paid_on >= end:
                bases[rate] = bases.get(rate, 0) + kopecks
        for fraction, days in chargeable.items():
            for rate, base in bases.items():
                amount = rounded(base * len(days) * fraction * rate / 100)
                found.append(PenaltyRow(days[0], days[-1], len(days), base, fraction, rate, amount))
        after = end
    return sorted(found, key=lambda row: (row.day_from, row.rate_pct))


def penalty(found: Iterable[PenaltyRow]) -> int:
    """Kopecks of a debt's rows together."""
    return sum(row.amount_kopecks for row in found)
