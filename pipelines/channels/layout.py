"""What a layout says: the fields of a line, what must hold between them, which facts they make, what names a fact.

Everything here is data. The SQL in it is ours and reads only columns that the layout itself names; texts of a file
never become SQL. Four variables stand for what a batch of files has in common, the intake sets them beforehand.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.channels.kinds import Kind

CHANNEL = "getvariable('intake_channel')::channel"
AGENT = "getvariable('intake_agent')::varchar"
FIRST_DAY = "getvariable('intake_first_day')::date"
LAST_DAY = "getvariable('intake_last_day')::date"

PAYMENTS = "intake.payment_fact"


@dataclass(frozen=True)
class Field:
    """One field of a line.

    Attributes:
        column: name of its value.
        header: its name in a header.
        title: its Russian name, in a header and in messages.
        kind: how its text becomes a value; None for a field nobody reads.
        may_be_empty: an empty text is a null value, not a mistake.
        may_be_absent: the header may leave the column out; its value is null then.
    """

    column: str
    header: str
    title: str
    kind: Kind | None
    may_be_empty: bool = False
    may_be_absent: bool = False

    @property
    def names(self) -> frozenset[str]:
        """Names under which a header may hold it, normalised."""
        return frozenset(normalised(name) for name in (self.header, self.title))


@dataclass(frozen=True)
class Tail:
    """Fields repeated at the end of a line, any number of times.

    `column` holds them joined by `;` (null when there are none), `pattern` is what each must match.
    """

    column: str
    pattern: str
    most: int
    title: str
    expected: str
    rule_id: str


@dataclass(frozen=True)
class Claim:
    """What must hold between the fields of a line. In `message`, `{column}` stands for the field as written."""

    rule_id: str
    holds: str
    message: str


@dataclass(frozen=True)
class FactRows:
    """Rows of a fact table that the accepted lines make: target column -> expression over `source`.

    The intake adds source_file_id, source_line, known_at and known_period, the same for every fact.
    """

    table: str
    columns: Mapping[str, str]
    source: str = "accepted"


@dataclass(frozen=True)
class Identity:
    """What makes two lines the same fact.

    Attributes:
        columns: columns of the line that name the fact.
        known: a select of the same columns (and `content`), source_file_id and source_line of the facts known already.
        nullable: those of the columns that may be null.
        content: columns in which the same fact may contradict itself; the later line is a conflict then, no repetition.
        day: the date column that bounds the search among known facts.
    """

    columns: tuple[str, ...]
    known: str
    nullable: frozenset[str] = frozenset()
    content: tuple[str, ...] = ()
    day: str | None = None


class Totals(NamedTuple):
    """What a footer says of its file: rows, and sums in kopecks of its columns."""

    rows: int
    kopecks: tuple[int, ...]


@dataclass(frozen=True)
class Footer:
    """The last line of a registry: how it begins, how its fields follow, which columns its sums add up."""

    mark: str
    expected: str
    columns: tuple[str, ...]
    titles: tuple[str, ...]

    def read(self, fields: Sequence[str]) -> Totals | None:
        """The totals of a footer's fields, or None when this is no footer or not a whole one."""
        if not fields or not fields[0].casefold().startswith(self.mark.casefold()):
            return None
        count, *sums = [fields[0][len(self.mark) :], *fields[1:]] if fields[0] != self.mark else fields[1:]
        amounts = [kopecks(text) for text in sums[: len(self.columns)]]
        if not count.strip().isdecimal() or len(amounts) < len(self.columns) or None in amounts:
            return None
        return Totals(int(count), tuple(amount for amount in amounts if amount is not None))

    def order(self, fields: Sequence[str]) -> tuple[str | None, dt.date | None]:
        """Number and day of the payment order that a footer names after its sums; None where it names none."""
        said = fields[1:] if fields[0] == self.mark else fields
        number, day, *_ = [*(text.strip() for text in said[1 + len(self.columns) :]), "", ""]
        try:
            return number or None, dt.datetime.strptime(day, "%d-%m-%Y").date()  # noqa: DTZ007 (a day, no instant)
        except ValueError:
            return number or None, None

    def transferred(self, totals: Totals) -> int:
        """Kopecks that the agent transfers: all, where no commission is taken off them."""
        column = "transferred_kopecks"
        return totals.kopecks[self.columns.index(column) if column in self.columns else 0]


@dataclass(frozen=True)
class Layout:
    """One format of lines.

    Attributes:
        kind: its name; `source_file.kind` keeps it.
        fields: in the order of the columns where there is no header.
        facts: what accepted lines become.
        identity: what makes a line a repetition.
        derived: further columns of a line, over the values of its fields.
        claims: what must hold between fields, checked in order.
        tail: repeated fields at the end.
        footer: the registry's own totals, compared before anything is taken.
        has_header: the first line names the columns.
        is_quoted: fields may stand in double quotes.
        agent: whose operation numbers these are; None where the file's name says it.
        name_pattern: what the file's name must match; its group `agent` names the agent, `registry` the registry.
    """

    kind: str
    fields: tuple[Field, ...]
    facts: tuple[FactRows, ...]
    identity: Identity
    derived: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    tail: Tail | None = None
    footer: Footer | None = None
    has_header: bool = True
    is_quoted: bool = True
    agent: str | None = None
    name_pattern: str | None = None
    name_expected: str = ""

    @property
    def summed_columns(self) -> tuple[str, ...]:
        """Columns of kopecks added up for a whole file, the amount of the payment first; none without payments."""
        if self.footer:
            return self.footer.columns
        return ("amount_kopecks",) if any(rows.table == PAYMENTS for rows in self.facts) else ()

    @property
    def values(self) -> tuple[Field, ...]:
        """The fields that hold values."""
        return tuple(one for one in self.fields if one.kind is not None)


def normalised(name: str) -> str:
    """A header name as it is compared: without spaces at its ends, in small letters, ё as е."""
    return " ".join(name.split()).casefold().replace("ё", "е")


def kopecks(text: str) -> int | None:
    """Rubles with a decimal comma or point as kopecks; None when the text is no such sum."""
    sign, digits = (-1, text.strip()[1:]) if text.strip().startswith("-") else (1, text.strip())
    rubles, _, fraction = digits.replace(",", ".").partition(".")
    if not (rubles + fraction).isascii() or not (rubles + fraction).isdecimal() or not rubles or len(fraction) > 2:
        return None
    return sign * (int(rubles) * 100 + int(fraction.ljust(2, "0")))
