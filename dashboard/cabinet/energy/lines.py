"""Lines of the night's channels that registers and plans become: what stands in them, in which order."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

REGISTERS = ("point_code", "meter_serial", "zone", "service_period", "value")
HOURS = tuple(f"h{hour:02d}" for hour in range(1, 26))
PLANS = ("contract_number", "point_code", "day", "submitted_at", *HOURS)

HEADERS: Mapping[str, Sequence[str]] = MappingProxyType({"contracts": REGISTERS, "plans": PLANS})
"""Channel -> the header of the files it is delivered in."""


def written(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as lines of a file; an empty row is an empty line, so that a row keeps its number."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    for row in rows:
        if row:
            writer.writerow(row)
        else:
            text.write("\n")
    return text.getvalue().encode()


def read(content: bytes) -> list[list[str]]:
    """The fields of lines that `written` made."""
    return list(csv.reader(io.StringIO(content.decode()), delimiter=";"))
