"""Numbers, sums, dates and counted words as a Russian reader expects them."""

import datetime as dt

NO_BREAK = "\u00a0"
"""Keeps the groups of a number, and a number and its unit, on one line."""

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


def whole(value: int) -> str:
    """1234567 -> «1 234 567»."""
    return f"{value:,}".replace(",", NO_BREAK).replace("-", "−")


def rubles(kopecks: int) -> str:
    """123456 -> «1 234,56 ₽»; there is no minus zero."""
    sign = "−" if kopecks < 0 else ""
    units, rest = divmod(abs(kopecks), 100)
    return f"{sign}{whole(units)},{rest:02d}{NO_BREAK}₽"


def kwh(value: int) -> str:
    """1234 -> «1 234 кВт·ч»."""
    return f"{whole(value)}{NO_BREAK}кВт·ч"


def day(date: dt.date) -> str:
    """«23.11.2026»."""
    return f"{date:%d.%m.%Y}"


def month(date: dt.date) -> str:
    """«октябрь 2026»."""
    return f"{MONTHS[date.month - 1]} {date.year}"


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun after a number: 1 рубль, 2 рубля, 5 рублей, 11 рублей, 21 рубль."""
    last, tens = abs(number) % 10, abs(number) % 100 // 10
    if tens == 1 or last == 0 or last >= 5:
        return many
    return one if last == 1 else few
