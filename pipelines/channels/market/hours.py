"""Hourly prices of a month: every hour of it, or the file is refused."""

import calendar
import datetime as dt
from collections.abc import Mapping

import pyarrow as pa

from pipelines.channels.askue.grid import grid
from pipelines.channels.market.sheet import Line, RefusedError, Sheet
from pipelines.russian import plural
from pipelines.vocabulary import CODE_SETS, RUSSIAN

HOURS = "intake.market_hour_fact"

PRICES: Mapping[str, str] = {
    "day_ahead": "Рынок на сутки вперёд",
    "energy": "Нерегулируемая цена",
    "imbalance_up": "Превышение плана",
    "imbalance_down": "Недобор плана",
}
"""Kind of hourly price, rub/MWh -> its title: r, p, u and d of the formulas."""

SIGNED = frozenset({"imbalance_up", "imbalance_down"})

VERSIONS: Mapping[str, str] = {
    word: code for code in CODE_SETS["price_version"] for word in (code, RUSSIAN["price_version"][code])
}

HOUR_TITLES: Mapping[str, str] = {"period": "Период", "version": "Версия", "day": "Сутки", "hour": "Час", **PRICES}


def read_hours(sheet: Sheet) -> pa.Table:
    """The rows of a month.

    Raises:
        RefusedError: an hour is missing, said twice or cannot be read.
    """
    if not sheet.lines:
        raise RefusedError("price_hours", 1, "цены всех часов месяца", "ни одной строки")
    period, version = head(sheet)
    found: dict[tuple[dt.date, int], Line] = {}
    for line in sheet.lines:
        day, hour = line.day("day", "Сутки"), line.whole("hour", "Час", 24)
        if day.replace(day=1) != period or hour >= grid(day, 60).size:
            raise RefusedError(
                "price_hours", line.number, f"час месяца {period:%m.%Y}", f"{day:%d.%m.%Y}, час {hour}", line.text
            )
        if (day, hour) in found:
            earlier = found[day, hour].number
            raise RefusedError(
                "price_hours",
                line.number,
                "каждый час один раз",
                f"{day:%d.%m.%Y}, час {hour}, уже в строке {earlier}",
                line.text,
            )
        found[day, hour] = line
    _refuse_gaps(period, found)
    columns: dict[str, pa.Array] = {
        name: pa.array(
            [line.price(name, title, signed=name in SIGNED) for line in found.values()], pa.decimal128(12, 5)
        )
        for name, title in PRICES.items()
    }
    count = len(found)
    return pa.table(
        {
            "period": pa.array([period] * count, pa.date32()),
            "version": pa.array([version] * count, pa.string()),
            "day": pa.array([day for day, _ in found], pa.date32()),
            "hour": pa.array([hour for _, hour in found], pa.int8()),
            **columns,
            "source_line": pa.array([line.number for line in found.values()], pa.int64()),
        }
    )


def head(sheet: Sheet) -> tuple[dt.date, str]:
    """Month and version, the same in every line.

    Raises:
        RefusedError: a line says another month or version.
    """
    first = sheet.lines[0]
    period, version = first.period("period", "Период"), first.code("version", "Версия", VERSIONS)
    for line in sheet.lines:
        if line.period("period", "Период") != period or line.code("version", "Версия", VERSIONS) != version:
            raise RefusedError(
                "price_file",
                line.number,
                f"один месяц и одна версия, как в строке {first.number}",
                f"«{line.fields['period']}», «{line.fields['version']}»",
                line.text,
            )
    return period, version


def _refuse_gaps(period: dt.date, found: Mapping[tuple[dt.date, int], Line]) -> None:
    days = [period.replace(day=day) for day in range(1, calendar.monthrange(period.year, period.month)[1] + 1)]
    wanted = [(day, hour) for day in days for hour in range(grid(day, 60).size)]
    missing = [one for one in wanted if one not in found]
    if missing:
        count = len(wanted)
        words = plural(count, "час", "часа", "часов")
        first = ", ".join(f"{day:%d.%m.%Y} час {hour}" for day, hour in missing[:3])
        more = f" и ещё {len(missing) - 3}" if len(missing) > 3 else ""
        raise RefusedError(
            "price_hours", 1, f"цены за {count} {words} месяца {period:%m.%Y}", f"{len(found)}, нет: {first}{more}"
        )
