"""How the dashboard speaks, Russian or English: sentences, numbers, dates; codes as `vocabulary` names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from dashboard.sentences import TEXTS
from pipelines import russian
from pipelines.settings import MOSCOW
from pipelines.vocabulary import ENGLISH, RUSSIAN, SURE_STATUSES

Language = Literal["ru", "en"]
Freshness = Literal["fresh", "late", "stale"]

NOTHING = "—"
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

LATE_HOURS, STALE_HOURS = 26, 50
"""A night every day: more than 26 hours means that one was missed, more than 50 that two were."""

_COUNTED: Mapping[str, tuple[tuple[str, str, str], tuple[str, str]]] = MappingProxyType(
    {
        "accounts": (("счёт", "счёта", "счетов"), ("account", "accounts")),
        "meters": (("счётчик", "счётчика", "счётчиков"), ("meter", "meters")),
        "payments": (("платёж", "платежа", "платежей"), ("payment", "payments")),
        "files": (("файл", "файла", "файлов"), ("file", "files")),
        "rows": (("строка", "строки", "строк"), ("row", "rows")),
        "meters_of": (("счётчика", "счётчиков", "счётчиков"), ("meter", "meters")),
        "contracts_of": (("договору", "договорам", "договорам"), ("contract", "contracts")),
        "persons": (("человек", "человека", "человек"), ("person", "persons")),
        "minutes": (("минуту", "минуты", "минут"), ("minute", "minutes")),
        "hours": (("час", "часа", "часов"), ("hour", "hours")),
        "days": (("день", "дня", "дней"), ("day", "days")),
        "working_days": (("рабочий день", "рабочих дня", "рабочих дней"), ("working day", "working days")),
    }
)

_THOUSAND = 10**3
_MONEY_SCALES = ((10**9, "млрд", "bn"), (10**6, "млн", "m"), (_THOUSAND, "тыс.", "k"))
_ENERGY_SCALES = ((10**9, "ТВт·ч", "TWh"), (10**6, "ГВт·ч", "GWh"), (_THOUSAND, "МВт·ч", "MWh"))

_MONTHS_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTHS_DATIVE = (
    "январю",
    "февралю",
    "марту",
    "апрелю",
    "маю",
    "июню",
    "июлю",
    "августу",
    "сентябрю",
    "октябрю",
    "ноябрю",
    "декабрю",
)
_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Words:
    """All that is written on a page, in one language. Money comes in whole kopecks, rates in tenths of a percent."""

    language: Language = "ru"

    @property
    def is_russian(self) -> bool:
        """Whether the page speaks Russian."""
        return self.language == "ru"

    def __call__(self, text: str, **values: object) -> str:
        """One of TEXTS with its gaps filled in."""
        return TEXTS[text][not self.is_russian].format(**values)

    def code(self, code_set: str, code: str | None) -> str:
        """What a code is called; a dash for none, the code itself when the vocabulary does not know it."""
        if code is None:
            return NOTHING
        return (RUSSIAN if self.is_russian else ENGLISH).get(code_set, {}).get(code, code)

    def counted(self, number: int, what: str) -> str:
        """A number with its noun: «5 счетов»."""
        russian_forms, english_forms = _COUNTED[what]
        noun = russian.plural(number, *russian_forms) if self.is_russian else english_forms[number != 1]
        return f"{self.count(number)}{SPACE}{noun}"

    # Numbers

    def count(self, number: int) -> str:
        """A whole number with its thousands apart."""
        return russian.whole(number) if self.is_russian else f"{number:,}".replace("-", MINUS)

    def scaled(self, number: int, places: int) -> str:
        """A whole number of the last place shown: 12345 with two places is «123,45»."""
        whole, rest = divmod(abs(number), 10**places)
        sign = MINUS if number < 0 else ""
        return f"{sign}{self.count(whole)}" + (f"{',' if self.is_russian else '.'}{rest:0{places}d}" if places else "")

    def rubles(self, kopecks: int) -> str:
        """An exact sum of money: «1 234,56 ₽»."""
        return russian.rubles(kopecks) if self.is_russian else f"{self.scaled(kopecks, 2)}{SPACE}₽"

    def kwh(self, kwh: int) -> str:
        """An exact amount of energy: «1 234 кВт·ч»."""
        return russian.kwh(kwh) if self.is_russian else f"{self.count(kwh)}{SPACE}kWh"

    def short_rubles(self, kopecks: int) -> str:
        """A sum for a card, three or four digits of it: «12,3 млн ₽»."""
        digits, name = self._short(kopecks, 100, _MONEY_SCALES)
        return f"{digits}{SPACE}{name}{SPACE}₽" if name else f"{digits}{SPACE}₽"

    def short_kwh(self, kwh: int) -> str:
        """Energy for a card: «256,9 МВт·ч»."""
        digits, name = self._short(kwh, 1, _ENERGY_SCALES)
        return f"{digits}{SPACE}{name or ('кВт·ч' if self.is_russian else 'kWh')}"

    def _short(self, amount: int, unit: int, scales: tuple[tuple[int, str, str], ...]) -> tuple[str, str]:
        """`amount` ÷ `unit` in the scale that leaves three or four digits, half up, and the scale's name."""
        for scale, russian_name, english_name in scales:
            if abs(amount) >= (10 * scale if scale == _THOUSAND else scale) * unit:
                places = 2 if abs(amount) < 10 * scale * unit else 1
                return self.scaled(
                    _rounded(amount * 10**places, scale * unit), places
                ), russian_name if self.is_russian else english_name
        return self.count(_rounded(amount, unit)), ""

    def share(self, permille: int | None) -> str:
        """Tenths of a percent: «96,4 %»."""
        return NOTHING if permille is None else f"{self.scaled(permille, 1)}{SPACE}%"

    def days(self, tenths: int | None) -> str:
        """Tenths of a day: «45,2 дня»."""
        if tenths is None:
            return NOTHING
        return f"{self.scaled(tenths, 1)}{SPACE}{'дня' if self.is_russian else 'days'}"

    def price(self, price: Decimal) -> str:
        """A price of a kWh: two places, more only where the decree has them."""
        places = max(2, -int(price.normalize().as_tuple().exponent))
        return self.scaled(int(price.scaleb(places)), places)

    def number(self, value: Decimal) -> str:
        """A decimal as it stands, without zeros it does not need."""
        plain = f"{value.normalize():f}"
        whole, _, rest = plain.partition(".")
        return self.count(int(whole)) + (f"{',' if self.is_russian else '.'}{rest}" if rest else "")

    def growth(self, now: int | None, before: int | None) -> str | None:
        """Change against the month before in percent, with its sign; None when there is nothing to compare with."""
        if now is None or not before:
            return None
        return f"{self.signed(_rounded((now - before) * 1000, abs(before)), 1)}{SPACE}%"

    def growth_rubles(self, now: int | None, before: int | None) -> str | None:
        """Change of a sum that may be above or below zero, in money."""
        if now is None or before is None:
            return None
        return f"{'+' if now > before else ''}{self.short_rubles(now - before)}"

    def growth_points(self, now: int | None, before: int | None) -> str | None:
        """Change of a rate, in percentage points."""
        if now is None or before is None:
            return None
        return f"{self.signed(now - before, 1)}{SPACE}{self('points', space=SPACE)}"

    def growth_count(self, now: int | None, before: int | None) -> str | None:
        """Change of a number of things."""
        return None if now is None or before is None else self.signed(now - before, 0)

    def signed(self, number: int, places: int) -> str:
        """A difference: always with its sign unless it is nothing."""
        return f"+{self.scaled(number, places)}" if number > 0 else self.scaled(number, places)

    # Dates

    def day(self, day: date | None) -> str:
        """«23.11.2026»."""
        if day is None:
            return NOTHING
        return russian.day(day) if self.is_russian else f"{day.day} {_english_month(day)[:3]} {day.year}"

    def month(self, period: date) -> str:
        """«ноябрь 2026»."""
        return russian.month(period) if self.is_russian else f"{_english_month(period)} {period.year}"

    def short_month(self, period: date) -> str:
        """«ноя 2026», for axes."""
        return f"{_MONTHS_SHORT[period.month - 1] if self.is_russian else _english_month(period)[:3]} {period.year}"

    def against_month(self, period: date) -> str:
        """«к октябрю»: what a change is measured against."""
        return self("against", month=_MONTHS_DATIVE[period.month - 1] if self.is_russian else _english_month(period))

    def instant(self, at: datetime) -> str:
        """«23.11.2026, 04:12», Moscow time."""
        local = at.astimezone(MOSCOW)
        return f"{self.day(local.date())}, {local:%H:%M}"

    def ago(self, then: datetime, now: datetime) -> str:
        """How long ago, in the greatest unit that fits."""
        minutes = max(int((now - then).total_seconds()) // 60, 0)
        if not minutes:
            return self("just_now")
        for length, unit in ((24 * 60, "days"), (60, "hours"), (1, "minutes")):
            if minutes >= length:
                return f"{self.counted(minutes // length, unit)} {'назад' if self.is_russian else 'ago'}"
        raise AssertionError(minutes)

    # Sentences

    def balance(self, closing_kopecks: int) -> str:
        """A balance in words: debt, advance or nothing owed."""
        if not closing_kopecks:
            return self("even")
        return self("owes" if closing_kopecks > 0 else "ahead", amount=self.rubles(abs(closing_kopecks)))

    def price_mark(self, price_status: str, limit_status: str) -> str:
        """What makes a line provisional; nothing when price, limit and normative are published or derived."""
        marks = [
            self(text, status=self.code("value_status", status))
            for text, status in (("uncertain", price_status), ("uncertain_limit", limit_status))
            if status not in SURE_STATUSES
        ]
        return "; ".join(marks)

    def reason(self, rule_id: str | None, message_ru: str | None) -> str:
        """Why a reading was not accepted: the rule's sentence, or in English its name."""
        if rule_id is None:
            return ""
        return message_ru if self.is_russian and message_ru else rule_id.replace("_", " ")


def freshness(published_at: datetime, now: datetime) -> Freshness:
    """Whether the snapshot is of the last night, of the one before, or older."""
    hours = (now - published_at).total_seconds() / 3600
    return "fresh" if hours <= LATE_HOURS else "late" if hours <= STALE_HOURS else "stale"


def plain(data: str) -> str:
    """Text from the data, safe to put where Streamlit reads Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|~$:<>&" else sign for sign in data)


def _rounded(amount: int, unit: int) -> int:
    """`amount` ÷ `unit`, half away from zero."""
    whole = (2 * abs(amount) + unit) // (2 * unit)
    return whole if amount >= 0 else -whole


def _english_month(day: date) -> str:
    return _ENGLISH_MONTHS[day.month - 1]
