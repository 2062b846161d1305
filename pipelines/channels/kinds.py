"""Kinds of fields: how a text becomes a value, and what a person reads when it does not.

A kind turns the SQL expression of a text into the SQL expression of a value; null means "not what the contract says".
The patterns are strict on purpose: a cast alone would take `1e5` for a number and `infinity` for a date.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.vocabulary import CODE_SETS, RUSSIAN

ADVICE = "Исправьте значение и пришлите строку снова."

_YEAR = "(19|20)[0-9]{2}"
_ISO_DATE = f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
_RUSSIAN_DATE = f"[0-9]{{2}}[.][0-9]{{2}}[.]{_YEAR}"
_TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
REGISTER_PATTERN = "[0-9]{1,12}([.,][0-9]{1,3})?"
_MONEY_PATTERN = "[0-9]{1,11}([.,][0-9]{1,2})?"


@dataclass(frozen=True)
class Kind:
    """What a field holds.

    Attributes:
        sql: text expression -> value expression, null when unreadable.
        sql_type: type of the value.
        expected: words after «ожидается:».
        rule_id: rule that rejects a line whose field is unreadable.
        is_unsigned: a number that must not stand below zero; such a value has a rule of its own.
    """

    sql: Callable[[str], str]
    sql_type: str
    expected: str
    rule_id: str
    is_unsigned: bool = False


def literal(text: str) -> str:
    """A text of ours as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def matching(text: str, pattern: str, value: str) -> str:
    """SQL: the value where the whole text matches the pattern, else null."""
    return f"case when regexp_full_match({text}, {literal(pattern)}) then {value} end"


def account_sql(text: str) -> str:
    """SQL: the account number when the text is one, exactly 12 digits."""
    return matching(text, "[0-9]{12}", f"try_cast({text} as bigint)")


def register_sql(text: str) -> str:
    """SQL: a register value, up to three decimals after a point or comma."""
    return matching(text, REGISTER_PATTERN, f"try_cast(replace({text}, ',', '.') as decimal(15, 3))")


def _kopecks_sql(text: str, pattern: str) -> str:
    return matching(text, pattern, f"(try_cast(replace({text}, ',', '.') as decimal(15, 2)) * 100)::bigint")


def _date_sql(text: str) -> str:
    return (
        f"case when regexp_full_match({text}, {literal(_ISO_DATE)}) then try_cast({text} as date)"
        f" when regexp_full_match({text}, {literal(_RUSSIAN_DATE)}) then try_strptime({text}, '%d.%m.%Y')::date end"
    )


def _wall_time_sql(text: str) -> str:
    iso = literal(f"{_ISO_DATE}[T ]{_TIME}")
    russian = literal(f"{_RUSSIAN_DATE} {_TIME}")
    return (
        f"case when regexp_full_match({text}, {iso}) then try_cast({text} as timestamp)"
        f" when regexp_full_match({text}, {russian})"
        f" then try_strptime({text}, ['%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M']) end"
    )


def moscow_sql(wall_time: str) -> str:
    """SQL: the instant of a Moscow wall time."""
    return f"timezone('Europe/Moscow', {wall_time})"


def _day_sql(text: str) -> str:
    return f"coalesce({_date_sql(text)}, ({_wall_time_sql(text)})::date)"


def _period_sql(text: str) -> str:
    iso = matching(text, f"{_YEAR}-[0-9]{{2}}", f"try_strptime({text}, '%Y-%m')::date")
    digits = matching(text, f"[0-9]{{2}}[.]?{_YEAR}", f"try_strptime(replace({text}, '.', ''), '%m%Y')::date")
    short = matching(text, "[0-9]{4}", f"try_strptime({text}[1:2] || '20' || {text}[3:4], '%m%Y')::date")
    return f"coalesce({iso}, {digits}, {short})"


def _text_sql(text: str, shortest: int, longest: int) -> str:
    """Text without spaces around it: a careful second reading trims them."""
    return f"case when length({text}) between {shortest} and {longest} and {text} = trim({text}) then {text} end"


ACCOUNT = Kind(account_sql, "bigint", "12 цифр", "row_account")
DATE = Kind(_date_sql, "date", "дата вида ГГГГ-ММ-ДД или ДД.ММ.ГГГГ", "row_date")
DASHED_DATE = Kind(
    lambda text: matching(text, f"[0-9]{{2}}-[0-9]{{2}}-{_YEAR}", f"try_strptime({text}, '%d-%m-%Y')::date"),
    "date",
    "дата вида ДД-ММ-ГГГГ",
    "row_date",
)
DASHED_TIME = Kind(
    lambda text: matching(text, "[0-9]{2}-[0-9]{2}-[0-9]{2}", f"try_cast(replace({text}, '-', ':') as time)"),
    "time",
    "время вида ЧЧ-ММ-СС",
    "row_date",
)
INSTANT = Kind(
    lambda text: moscow_sql(_wall_time_sql(text)),
    "timestamptz",
    "дата и время вида ГГГГ-ММ-ДД ЧЧ:ММ или ДД.ММ.ГГГГ ЧЧ:ММ",
    "row_date",
)
DAY = Kind(_day_sql, "date", "дата вида ГГГГ-ММ-ДД или ДД.ММ.ГГГГ, можно со временем", "row_date")
PERIOD = Kind(_period_sql, "date", "месяц вида ГГГГ-ММ, ММ.ГГГГ, ММГГГГ или ММГГ", "row_date")
REGISTER = Kind(
    register_sql, "decimal(15, 3)", "число от 0, не больше трёх знаков после запятой", "row_number", is_unsigned=True
)
MONEY = Kind(
    lambda text: _kopecks_sql(text, _MONEY_PATTERN),
    "bigint",
    "сумма в рублях от 0, не больше двух знаков после запятой",
    "row_number",
    is_unsigned=True,
)
AREA = Kind(
    lambda text: matching(text, _MONEY_PATTERN, f"try_cast(replace({text}, ',', '.') as decimal(9, 2))"),
    "decimal(9, 2)",
    "площадь в квадратных метрах, не больше двух знаков после запятой",
    "row_number",
    is_unsigned=True,
)
SIGNED_MONEY = Kind(
    lambda text: _kopecks_sql(text, f"-?{_MONEY_PATTERN}"),
    "bigint",
    "сумма в рублях, не больше двух знаков после запятой",
    "row_number",
)


def whole(lowest: int, highest: int, sql_type: str) -> Kind:
    """A whole number between two bounds, both allowed."""

    def sql(text: str) -> str:
        number = f"try_cast({text} as integer)"
        bounded = f"case when {number} between {lowest} and {highest} then {number}::{sql_type} end"
        return matching(text, "[0-9]{1,9}", bounded)

    return Kind(sql, sql_type, f"целое число от {lowest} до {highest}", "row_number", is_unsigned=True)


def text(longest: int, shortest: int = 1) -> Kind:
    """A free text; `shortest=0` takes an empty one as it is."""
    return Kind(
        lambda expression: _text_sql(expression, shortest, longest),
        "varchar",
        f"текст не длиннее {longest} знаков",
        "row_text",
    )


def code(words: Mapping[str, str], sql_type: str) -> Kind:
    """One of a closed set: every word that may be written -> the code it means."""

    def sql(expression: str) -> str:
        branches = " ".join(
            f"when {literal(word.lower())} then {literal(value)}::{sql_type}" for word, value in words.items()
        )
        return f"case lower({expression}) {branches} end"

    return Kind(sql, sql_type, f"одно из: {', '.join(words)}", "row_code")


def vocabulary_code(name: str) -> Kind:
    """A closed set of the vocabulary: its codes, and the Russian words for them."""
    return code({word: value for value in CODE_SETS[name] for word in (value, RUSSIAN[name][value])}, name)


ZONE_WORDS: Mapping[str, str] = {word: zone for zone in CODE_SETS["zone"] for word in (zone, RUSSIAN["zone"][zone])}
"""Every word for a zone of the day (зона суток) -> its code."""

ZONE = vocabulary_code("zone")

KNOWN_DISTRICTS = "known_district"
"""The table, made by the intake from data/reference/district.csv, that a district is looked up in."""

PLAN_DEADLINES = "plan_term"
"""The table, made by the intake from data/reference/plan_deadline.csv, that says until when a plan is taken."""

DISTRICT = Kind(
    lambda expression: f"case when {expression} in (select district from {KNOWN_DISTRICTS}) then {expression} end",
    "varchar",
    "район или город из справочника районов (data/reference/district.csv)",
    "row_code",
)
