"""Messages of 80020 put together for tests, and the naive reading of one."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.channels.askue.format import ENERGY, read_askue
from pipelines.channels.whole import Parsed, Refusal
from pipelines.settings import ROOT

SHARED = next((one / "shared" for one in ROOT.parents if (one / "shared/formats").is_dir()), ROOT.parent / "shared")
SAMPLES = SHARED / "formats/samples/80020"
"""Real files without a licence: read where they lie, never committed."""

NAME = "80020_6100000001_20261031_7.xml"
DAY = [str(value) for value in range(1, 49)]
"""Values of a day's half hours."""


def clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}{minutes % 60:02d}"


def periods(values: Sequence[str], minutes: int = 30, first: int = 0) -> str:
    """Periods one after another; a value that begins with `<` is put in as it is."""
    return "\n".join(
        f'<period start="{clock(first + place * minutes)}" end="{clock(first + (place + 1) * minutes)}">'
        f"{value if value.startswith('<') else f'<value>{value}</value>'}</period>"
        for place, value in enumerate(values)
    )


def channel(body: str, code: str = "01") -> str:
    return f'<measuringchannel code="{code}" desc="АП">\n{body}\n</measuringchannel>\n'


def point(body: str, code: str = "610000000000001") -> str:
    return f'<measuringpoint code="{code}" name="Ввод 1">\n{body}</measuringpoint>\n'


def message(
    body: str,
    *,
    day: str = "20261031",
    number: object = 7,
    head: str = '<?xml version="1.0" encoding="windows-1251"?>\n',
    root: str = 'class="80020" version="2"',
    area: str = "<area><inn>6100000600</inn><name>Область</name>\n",
) -> str:
    return (
        f'{head}<message {root} number="{number}">\n<datetime><timestamp>{day}100000</timestamp>'
        f"<daylightsavingtime>0</daylightsavingtime><day>{day}</day></datetime>\n"
        f"<sender><inn>6100000001</inn><name>Сбыт</name></sender>\n{area}{body}</area>\n</message>\n"
    )


def read(folder: Path, text: str | bytes, name: str = NAME) -> Parsed | Refusal:
    path = folder / "file"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("cp1251"))
    return read_askue(path, name)


def taken(answer: Parsed | Refusal) -> list[dict[str, Any]]:
    """The rows of a file that was taken."""
    assert isinstance(answer, Parsed), answer
    rows: list[dict[str, Any]] = answer.facts[ENERGY].to_pylist()
    return rows


def naive(path: Path) -> dict[tuple[str, str, str, str], list[list[int | None]]]:
    """Every value of a real file in watt-hours, read with another parser, by node, code, channel."""
    found: dict[tuple[str, str, str, str], list[list[int | None]]] = {}
    for area in ET.fromstring(path.read_bytes()).iter("area"):  # noqa: S314 - the sample is known
        for node in area:
            channels: Iterable[ET.Element] = node.iter("measuringchannel")
            holders = list(channels) or ([node] if node.find("period") is not None else [])
            code = node.get("code") or f"{node.get('codefrom')}-{node.get('codeto')}"
            for holder in holders:
                key = (area.findtext("inn") or "", node.tag, code, holder.get("code", "") if holder is not node else "")
                values = [one.text for one in holder.iter("value")]
                found.setdefault(key, []).append([int(Decimal(text) * 1000) if text else None for text in values])
    return found


def zipped(files: dict[str, str | bytes], compression: int) -> bytes:
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, text in files.items():
            archive.writestr(name, text if isinstance(text, bytes) else text.encode("cp1251"))
    return buffer.getvalue()


def one(body: str, **options: object) -> str:
    """A message of one point and one channel."""
    return message(point(channel(body)), **options)  # type: ignore[arg-type]


def wh(answer: Parsed | Refusal) -> list[int | None]:
    [row] = taken(answer)
    energy: list[int | None] = row["wh"]
    return energy


def rejections(answer: Parsed | Refusal) -> list[tuple[str, str]]:
    assert isinstance(answer, Parsed), answer
    return [(one.rule_id, one.message) for one in answer.rejections]


def refusal(answer: Parsed | Refusal) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer
