"""Prices of a month that are not hourly: one value a line, all of them, or the file is refused."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Mapping
from decimal import Decimal

import pyarrow as pa

from pipelines.channels.layout import normalised
from pipelines.channels.market.hours import head
from pipelines.channels.market.sheet import Line, RefusedError, Sheet
from pipelines.vocabulary import CODE_SETS, RUSSIAN

MONTHS = "intake.market_month_fact"

MONTH_TITLES: Mapping[str, str] = {
    "period": "Период",
    "version": "Версия",
    "name": "Показатель",
    "key": "Ключ",
    "value": "Значение",
}

NUMBERS: Mapping[str, str] = {
    "capacity_price": "Цена мощности, руб/МВт",
    "average_price": "Средневзвешенная цена энергии, руб/МВт·ч",
    "infrastructure": "Иные услуги, руб/МВт·ч",
    "a_rate": "Ставка за плановый объём, руб/МВт·ч",
    "b_rate": "Ставка за отклонения, руб/МВт·ч",
    "alpha_pgp": "Пиковая мощность поставщика, МВт",
    "alpha_pret": "Куплено мощности на рознице, МВт",
    "alpha_pcat": "Мощность категорий 2–6, МВт",
    "alpha_pnas": "Мощность населения, МВт",
    "alpha_egp": "Энергия поставщика, МВт·ч",
    "alpha_eret": "Куплено энергии на рознице, МВт·ч",
    "alpha_ecat": "Энергия категорий 2–6, МВт·ч",
    "alpha_enas": "Энергия населения, МВт·ч",
}
"""Value of a month -> its title."""

MAPS: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "zone_price": ("zone_prices", "zone", frozenset({"peak", "half_peak", "day", "night"})),
    "markup": ("markups", "power_group", frozenset(CODE_SETS["power_group"])),
}
"""Value with a key -> its column, the codes of its keys, the keys there must be."""

_SIGNED = frozenset({"a_rate", "b_rate"})
_NAMES = (*NUMBERS, *MAPS, "peak_hour", "planned_hour")


def read_month(sheet: Sheet) -> pa.Table:
    """The one row of a month.

    Raises:
        RefusedError: a value is missing, said twice or cannot be read.
    """
    if not sheet.lines:
        raise RefusedError("price_month", 1, f"показатели {', '.join(_NAMES)}", "ни одной строки")
    period, version = head(sheet)
    numbers: dict[str, Decimal] = {}
    maps: dict[str, dict[str, Decimal]] = defaultdict(dict)
    peaks: dict[dt.date, int] = {}
    planned: list[int] = []
    for line in sheet.lines:
        name = line.code("name", "Показатель", {one: one for one in _NAMES})
        if name in NUMBERS:
            _once(line, name, numbers)
            numbers[name] = line.price("value", NUMBERS[name], signed=name in _SIGNED, places=_places(name))
        elif name in MAPS:
            column, codes, _ = MAPS[name]
            key = line.code("key", "Ключ", _words(codes))
            _once(line, key, maps[column])
            maps[column][key] = line.price("value", name)
        elif name == "peak_hour":
            day = line.day("key", "Ключ")
            if day.replace(day=1) != period:
                raise line.wrong("Ключ", f"день месяца {period:%m.%Y}", "key")
            _once(line, day, peaks)
            peaks[day] = line.whole("value", "Час пика", 23)
        else:
            planned.append(line.whole("value", "Плановый час пика", 23))
    _refuse_gaps(numbers, maps, peaks, planned)
    return pa.table(
        {
            "period": pa.array([period], pa.date32()),
            "version": pa.array([version], pa.string()),
            **{name: pa.array([value], pa.decimal128(18, _places(name))) for name, value in numbers.items()},
            **{
                column: pa.array([list(values.items())], pa.map_(pa.string(), pa.decimal128(12, 5)))
                for column, values in maps.items()
            },
            "peak_hours": pa.array([sorted(peaks.items())], pa.map_(pa.date32(), pa.int8())),
            "planned_hours": pa.array([sorted(set(planned))], pa.list_(pa.int8())),
            "source_line": pa.array([sheet.lines[0].number], pa.int64()),
        }
    )


def _once(line: Line, key: object, known: Container[object]) -> None:
    if key in known:
        raise RefusedError(
            "price_month", line.number, "каждый показатель один раз", f"повтор «{line.text[:80]}»", line.text
        )


def _places(name: str) -> int:
    return 3 if name.startswith("alpha") else 5


def _words(codes: str) -> dict[str, str]:
    return {normalised(word): code for code in CODE_SETS[codes] for word in (code, RUSSIAN[codes][code])}


def _refuse_gaps(
    numbers: Mapping[str, Decimal],
    maps: Mapping[str, Mapping[str, Decimal]],
    peaks: Mapping[dt.date, int],
    planned: list[int],
) -> None:
    missing = [name for name in NUMBERS if name not in numbers]
    for name, (column, _, keys) in MAPS.items():
        missing += [f"{name} {key}" for key in sorted(keys - maps.get(column, {}).keys())]
    missing += ["peak_hour"] * (not peaks) + ["planned_hour"] * (not planned)
    if missing:
        raise RefusedError("price_month", 1, "все показатели месяца", f"нет: {', '.join(missing)}")
