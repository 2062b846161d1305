"""Messages of metering systems (80020) and plans of the invented businesses."""

import calendar
import datetime as dt
import io
import zipfile
from collections.abc import Iterator

import numpy as np
import polars as pl

from pipelines.channels.askue.grid import grid
from pipelines.simulate.businesses import Businesses, day_wh
from pipelines.simulate.households import Ints
from pipelines.simulate.writing import Inbox

SENDER, AREA = "6100000001", "6100000600"
HOURLY, PLANNED = 3, 5
"""First price category that is billed by hours, and by plans."""
SILENT, UNKNOWN, CORRECTED = 0.004, 0.01, 0.1
"""Share of days a point does not report, or reports with two half-hours unknown; of days with a corrected message."""

_EMPTY = '<value status="1"/>'


def write_energy(inbox: Inbox, known: Businesses, period: dt.date, delivery: str) -> None:
    """The hours of a month: a message the day after its day, or one archive on the 2nd of the next month."""
    messages = [one for day in days_of(period) for one in _messages(known, day)]
    if not messages:
        return
    if delivery == "daily":
        for delivered, name, text, rows in messages:
            inbox.binary(delivered, "askue", name, text.encode("cp1251"), rows)
        return
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for _, name, text, _ in messages:
            # A date of its own would make the bytes depend on the clock.
            archive.writestr(zipfile.ZipInfo(name), text.encode("cp1251"), zipfile.ZIP_DEFLATED)
    delivered = _next(period).replace(day=2)
    rows = sum(rows for *_, rows in messages)
    inbox.binary(delivered, "askue", f"80020_{SENDER}_{period:%Y%m}.zip", buffer.getvalue(), rows)


def write_plans(inbox: Inbox, known: Businesses, period: dt.date) -> None:
    """Plans of a month, handed in two days before the month: about what will be used."""
    chosen = np.flatnonzero(known.category >= PLANNED)
    random = np.random.default_rng((known.seed, 442, period.toordinal()))
    delivered = period - dt.timedelta(days=2)
    rows = []
    for day in days_of(period):
        hours = grid(day, 60).size
        wh = day_wh(known, day, hours)[chosen]
        plan = (wh * random.uniform(0.9, 1.1, wh.shape)).astype(np.int64) // 1000
        came = random.random(len(chosen)) >= SILENT
        for point, kwh in zip(chosen[came].tolist(), plan[came].tolist(), strict=True):
            owner = known.contract_number[int(known.contract[point])]
            padding = [None] * (25 - hours)
            rows.append((owner, known.point_code[point], day.isoformat(), f"{delivered} 16:00", *kwh, *padding))
    columns = ["contract_number", "point_code", "day", "submitted_at", *(f"h{hour:02d}" for hour in range(1, 26))]
    frame = pl.DataFrame(
        rows, schema={name: pl.String if place < 4 else pl.Int64 for place, name in enumerate(columns)}, orient="row"
    )
    inbox.write(
        delivered, "plans", f"plans_{period:%Y%m}.csv", frame.with_columns(pl.all().cast(pl.String).fill_null(""))
    )


def days_of(period: dt.date) -> list[dt.date]:
    """The days of a month."""
    return [period.replace(day=day) for day in range(1, calendar.monthrange(period.year, period.month)[1] + 1)]


def _next(period: dt.date) -> dt.date:
    return (period + dt.timedelta(days=31)).replace(day=1)


def _messages(known: Businesses, day: dt.date) -> Iterator[tuple[dt.date, str, str, int]]:
    """When it is delivered, its name, text and rows: the message of a day, sometimes a correction of some points."""
    points = np.flatnonzero(known.category >= HOURLY)
    if not len(points):
        return
    random = np.random.default_rng((known.seed, 80040, day.toordinal()))
    wh = day_wh(known, day, grid(day, 60).size)[points]
    halves = np.stack([wh // 2, wh - wh // 2], axis=2).reshape(len(points), -1)
    chance = random.random(len(points))
    number = (day - dt.date(2010, 1, 1)).days * 2
    spoilt = (chance >= SILENT) & (chance < SILENT + UNKNOWN)
    told = chance >= SILENT
    yield _message(known, day, points[told], halves[told], spoilt[told], number)
    if random.random() < CORRECTED and spoilt.any():
        yield _message(known, day, points[spoilt], halves[spoilt], np.zeros(int(spoilt.sum()), bool), number + 1)


def _message(
    known: Businesses,
    day: dt.date,
    points: Ints,
    halves: Ints,
    spoilt: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    number: int,
) -> tuple[dt.date, str, str, int]:
    periods = "\n".join(
        f'<period start="{_clock(start)}" end="{_clock(end)}">%s</period>' for start, end in _intervals(day)
    )
    channel = f'<measuringchannel code="01" desc="активная, приём">\n{periods}\n</measuringchannel>'
    bodies = []
    for point, milli, is_spoilt in zip(points.tolist(), halves.tolist(), spoilt.tolist(), strict=True):
        values = [f"<value>{one // 1000}.{one % 1000:03d}</value>" for one in milli]
        if is_spoilt:
            values[20:22] = [_EMPTY, _EMPTY]
        body = channel % tuple(values)
        bodies.append(
            f'<measuringpoint code="{known.point_code[point]}" name="Ввод {point + 1}">\n{body}\n</measuringpoint>'
        )
    made = day + dt.timedelta(days=1 + number % 2 * 3)
    text = (
        '<?xml version="1.0" encoding="windows-1251"?>\n'
        f'<message class="80020" version="2" number="{number}">\n'
        f"<datetime><timestamp>{made:%Y%m%d}031500</timestamp><daylightsavingtime>0</daylightsavingtime>"
        f"<day>{day:%Y%m%d}</day></datetime>\n<sender><inn>{SENDER}</inn><name>Сетевая компания</name></sender>\n"
        f'<area timezone="1"><inn>{AREA}</inn><name>Потребители</name>\n'
        + "\n".join(bodies)
        + "\n</area>\n</message>\n"
    )
    return made, f"80020_{SENDER}_{day:%Y%m%d}_{number}.xml", text, len(points)


def _intervals(day: dt.date) -> list[tuple[int, int]]:
    """Starts and ends of the half-hours of a day, by the clock."""
    found = grid(day, 30)
    starts = {place: start for start, places in found.places.items() for place in places}
    return [(starts[place], starts.get(place + 1, 0)) for place in range(found.size)]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}{minutes % 60:02d}"
