"""Files of the channel `market`: which of its three kinds a file is, the header says."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from pipelines.channels.layout import Identity
from pipelines.channels.market.hours import HOUR_TITLES, HOURS, read_hours
from pipelines.channels.market.month import MONTH_TITLES, MONTHS, read_month
from pipelines.channels.market.sheet import RefusedError, Sheet, read_sheet
from pipelines.channels.whole import Parsed, Refusal, WholeFormat, WholeRows
from pipelines.vocabulary import CODE_SETS, RUSSIAN

NETWORK = "intake.network_tariff_fact"

NETWORK_TITLES: Mapping[str, str] = {
    "valid_from": "Действует с",
    "voltage": "Уровень напряжения",
    "variant": "Вариант тарифа",
    "energy_price": "За энергию, руб/МВт·ч",
    "capacity_price": "За мощность, руб/МВт",
}

_KINDS = (
    (frozenset(HOUR_TITLES), HOURS, read_hours),
    (frozenset(MONTH_TITLES), MONTHS, read_month),
)


def read_market(path: Path, _: str) -> Parsed | Refusal:
    """Read a file of the channel."""
    titles = {**HOUR_TITLES, **MONTH_TITLES, **NETWORK_TITLES}
    rows = 0
    try:
        sheet = read_sheet(path, titles)
        rows = len(sheet.lines)
        for columns, table, read in _KINDS:
            if sheet.columns == columns:
                return Parsed({table: read(sheet)})
        if sheet.columns == frozenset(NETWORK_TITLES):
            return Parsed({NETWORK: _read_network(sheet)})
        kinds = " или ".join(";".join(one) for one in (HOUR_TITLES, MONTH_TITLES, NETWORK_TITLES))
        return RefusedError("file_header", 1, kinds, ";".join(sorted(sheet.columns))).refusal(rows)
    except RefusedError as error:
        return error.refusal(rows)


def _read_network(sheet: Sheet) -> pa.Table:
    """Network tariffs: a capacity price where the variant has two rates, and none where it has one."""
    voltages, variants = _words("voltage"), _words("network_variant")
    rows = []
    for line in sheet.lines:
        variant = line.code("variant", NETWORK_TITLES["variant"], variants)
        is_empty = not line.fields["capacity_price"]
        if is_empty != (variant == "one_rate"):
            expected = "пусто у одноставочного" if variant == "one_rate" else "цена у двухставочного"
            raise line.wrong(NETWORK_TITLES["capacity_price"], expected, "capacity_price")
        rows.append(
            {
                "valid_from": line.day("valid_from", NETWORK_TITLES["valid_from"]),
                "voltage": line.code("voltage", NETWORK_TITLES["voltage"], voltages),
                "variant": variant,
                "energy_price": line.price("energy_price", NETWORK_TITLES["energy_price"]),
                "capacity_price": None if is_empty else line.price("capacity_price", NETWORK_TITLES["capacity_price"]),
                "source_line": line.number,
            }
        )
    schema = pa.schema(
        [
            ("valid_from", pa.date32()),
            ("voltage", pa.string()),
            ("variant", pa.string()),
            ("energy_price", pa.decimal128(12, 5)),
            ("capacity_price", pa.decimal128(18, 5)),
            ("source_line", pa.int64()),
        ]
    )
    return pa.Table.from_pylist(rows, schema)


def _words(codes: str) -> dict[str, str]:
    return {word.lower(): code for code in CODE_SETS[codes] for word in (code, RUSSIAN[codes][code])}


def _rows(table: str) -> WholeRows:
    """A version that says what an earlier one said is a version all the same: the last one holds."""
    return WholeRows(
        table,
        Identity(("source_file_id", "source_line"), f"select source_file_id, source_line from {table} where false"),
    )


MARKET_PRICES = WholeFormat("market_prices", (_rows(HOURS), _rows(MONTHS), _rows(NETWORK)), read_market)
