"""One channel of one day: its periods in the places of the day, and what of them cannot be believed."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.channels.askue.energy import IS_NUMBER, watt_hours
from pipelines.channels.askue.grid import MINUTES, Grid, grid, minutes_of
from pipelines.channels.askue.words import RESEND, quoted
from pipelines.channels.whole import RAW_LIMIT

BYPASS = "1114"
"""The `extendedstatus` of energy that a bypass breaker (обходной выключатель) carried."""

_TIME_SHOWN = 20
"""Characters of a time that a sentence shows."""

_NEGATIVE = re.compile(r"-\s*[0-9]")


@dataclass(slots=True)
class Period:
    """One `period` as it is written; `stray` is text beside its value, `element` its name, should it be another."""

    line: int
    start: str = ""
    end: str = ""
    text: str = ""
    status: str = ""
    extended_status: str = ""
    donor: str = ""
    stray: str = ""
    values: int = 0
    element: str = "period"

    @property
    def span(self) -> str:
        """From when to when, as a sentence shows it."""
        return f"{self.start[:_TIME_SHOWN]}–{self.end[:_TIME_SHOWN]}"

    @property
    def raw_text(self) -> str:
        """As a person finds it again."""
        return f'<{self.element} start="{self.start}" end="{self.end}">{self.text.strip()}'[:RAW_LIMIT]


@dataclass(slots=True)
class Problem:
    """A period that is not taken: where, the rule, what a person reads after «точка …, канал …»."""

    period: Period
    rule_id: str
    message: str


@dataclass(slots=True)
class Day:
    """What a channel says of its day.

    Attributes:
        minutes: length of its intervals; 0 when they cannot be told.
        wh: an interval's energy in watt-hours, None where it is not known: never zero instead.
        noncommercial_wh: values the sender does not vouch for (status other than 0); empty when there are none.
        bypass_of: the point whose bypass supplied the value, '' when not known which; empty when there are none.
        places: the places of the numbers, in the order they are written; None when the next channel cannot rely on it.
        problems: periods that are not taken.
    """

    minutes: int
    wh: list[int | None]
    noncommercial_wh: list[int | None] = field(default_factory=list)
    bypass_of: list[str | None] = field(default_factory=list)
    places: tuple[int, ...] | None = None
    problems: list[Problem] = field(default_factory=list)


def read_day(day: dt.date, periods: Sequence[Period]) -> Day:
    """Put the periods of a channel in their places."""
    problems = [_unknown(one) for one in periods if one.element != "period"]
    lengths = Counter(length for one in periods if (length := _length(one)) in MINUTES)
    if not lengths:
        return Day(0, [], problems=problems)
    minutes = lengths.most_common(1)[0][0]
    day_grid = grid(day, minutes)
    said = Day(minutes, [None] * day_grid.size, problems=problems)
    taken: dict[int, Period] = {}
    for one in periods:
        if one.element == "period":
            _place(said, day_grid, taken, one)
    _fill(said, taken)
    if not (said.problems or said.noncommercial_wh or said.bypass_of):
        places = [place for place, one in taken.items() if one.text.strip()]
        said.places = tuple(places) if places == sorted(places) else None
    said.problems.sort(key=lambda one: one.period.line)
    return said


def _place(said: Day, day_grid: Grid, taken: dict[int, Period], one: Period) -> None:
    start, end = minutes_of(one.start), minutes_of(one.end)
    places = day_grid.places.get(start, ()) if start is not None else ()
    if not places:
        if start is not None and start % said.minutes == 0 and one.text.strip(" 0,.") == "":
            return  # the hour that the clock skips, written as nothing
        said.problems.append(_wrong_time(one, said.minutes))
        return
    free = [place for place in places if place not in taken]
    place = free[0] if free else places[-1]
    if end not in day_grid.ends[place]:
        said.problems.append(_wrong_time(one, said.minutes))
    elif not free:
        said.problems.append(_twice(one, taken[place]))
        if one.text.strip() != taken[place].text.strip():
            taken[place].text = ""  # nobody knows which of the two it is
    elif (problem := _value_problem(one)) is not None:
        said.problems.append(problem)
    else:
        taken[place] = one


def _fill(said: Day, taken: dict[int, Period]) -> None:
    written = [(place, one) for place, one in sorted(taken.items()) if one.text.strip()]
    energy = watt_hours([one.text.strip() for _, one in written])
    for (place, one), wh in zip(written, energy, strict=True):
        if one.status.strip() not in {"", "0"}:
            said.noncommercial_wh = said.noncommercial_wh or [None] * len(said.wh)
            said.noncommercial_wh[place] = wh
        else:
            said.wh[place] = wh
        if one.extended_status.strip() == BYPASS:
            said.bypass_of = said.bypass_of or [None] * len(said.wh)
            said.bypass_of[place] = one.donor.strip().strip("0") and one.donor.strip()


def _length(one: Period) -> int | None:
    start, end = minutes_of(one.start), minutes_of(one.end)
    return None if one.element != "period" or start is None or end is None else (end - start) % (24 * 60)


def _unknown(one: Period) -> Problem:
    message = (
        f"Строка {one.line}. Ожидается: элемент period; найдено: {quoted(one.element)}, значение"
        f" {quoted(one.text + one.stray)}. Значение не принято. {RESEND}"
    )
    return Problem(one, "energy_period", message)


def _wrong_time(one: Period, minutes: int) -> Problem:
    message = (
        f"Строка {one.line}. Ожидается: период этих суток длиной {minutes} минут, с целого получаса или часа; найдено:"
        f" «{one.span}», значение {quoted(one.text)}. {RESEND}"
    )
    return Problem(one, "energy_period", message)


def _twice(one: Period, first: Period) -> Problem:
    equal = one.text.strip() == first.text.strip()
    outcome = "принято один раз" if equal else "какое верно, неизвестно: не принято ни одно"
    message = (
        f"Строка {one.line}: период {one.span} повторён. Ожидается один раз; найдено:"
        f" {quoted(first.text)} в строке {first.line} и {quoted(one.text)}, {outcome}. {RESEND}"
    )
    return Problem(one, "energy_period", message)


def _value_problem(one: Period) -> Problem | None:
    text = one.text.strip()
    if one.values > 1 or one.stray.strip():
        message = (
            f"Строка {one.line}. Ожидается: одно значение (value); найдено: {one.values} и текст {quoted(one.stray)}."
            f" {RESEND}"
        )
        return Problem(one, "row_number", message)
    if not text or IS_NUMBER.fullmatch(text):
        return None
    rule_id = "row_negative" if _NEGATIVE.match(text) else "row_number"
    message = (
        f"Строка {one.line}, период {one.span}. Ожидается: число кВт·ч от 0, целая часть не длиннее 12 цифр,"
        f" дробная не длиннее 9; найдено: {quoted(text)}. Значение не принято. {RESEND}"
    )
    return Problem(one, rule_id, message)
