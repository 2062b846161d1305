"""The rows of a message, column by column, as they become a table of facts."""

import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from pipelines.channels.askue.channel import Day


@dataclass(slots=True)
class Area:
    """The `area` (or `sender`) a row stands in; its children may come after the row."""

    inn: str = ""
    name: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """What is measured: a point, a group, a flow."""

    kind: str
    code: str
    name: str
    area: Area


@dataclass
class Rows:
    """One row per node and channel, all of one day."""

    nodes: list[Node] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    minutes: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    wh: "array.array[int]" = field(default_factory=lambda: array.array("q"))
    unknown: list[int] = field(default_factory=list)
    noncommercial_wh: dict[int, list[int | None]] = field(default_factory=dict)
    bypass_of: dict[int, list[str | None]] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.lines)

    def add(self, node: Node, channel: str, line: int, day: Day) -> None:
        """Add what a channel says, read period by period."""
        row, start = len(self), len(self.wh)
        self.unknown += [start + place for place, wh in enumerate(day.wh) if wh is None]
        if day.noncommercial_wh:
            self.noncommercial_wh[row] = day.noncommercial_wh
        if day.bypass_of:
            self.bypass_of[row] = day.bypass_of
        self.add_known(node, channel, line, day.minutes, [wh or 0 for wh in day.wh])

    def add_known(self, node: Node, channel: str, line: int, minutes: int, wh: list[int]) -> None:
        """Add a channel of which every interval is known."""
        self.nodes.append(node)
        self.channels.append(channel)
        self.lines.append(line)
        self.minutes.append(minutes)
        self.wh.fromlist(wh)
        self.ends.append(len(self.wh))

    def content(self, row: int) -> tuple[object, ...]:
        """What two rows of the same point and channel must have in common."""
        start, end = self.ends[row - 1] if row else 0, self.ends[row]
        unknown = self.unknown[bisect_left(self.unknown, start) : bisect_left(self.unknown, end)]
        places = [place - start for place in unknown]
        return self.minutes[row], self.wh[start:end], places, self.noncommercial_wh.get(row), self.bypass_of.get(row)

    def table(self, shared: Mapping[str, pa.Scalar]) -> pa.Table:
        """The rows as facts, without the dropped ones; `shared` is what they all have in common."""
        columns = {
            "node": pa.array([one.kind for one in self.nodes], pa.string()),
            "point_code": pa.array([one.code for one in self.nodes], pa.string()),
            "point_name": pa.array([one.name for one in self.nodes], pa.string()),
            "channel_code": pa.array(self.channels, pa.string()),
            "area_code": pa.array([one.area.inn for one in self.nodes], pa.string()),
            "area_name": pa.array([one.area.name for one in self.nodes], pa.string()),
            "interval_minutes": pa.array(self.minutes, pa.int16()),
            "wh": self._energy(),
            "noncommercial_wh": pa.array(
                [self.noncommercial_wh.get(row) for row in range(len(self))], pa.list_(pa.int64())
            ),
            "bypass_of": pa.array([self.bypass_of.get(row) for row in range(len(self))], pa.list_(pa.string())),
            "source_line": pa.array(self.lines, pa.int64()),
        }
        table = pa.table(columns)
        if self.dropped:
            table = table.take(pa.array(sorted(set(range(len(self))) - self.dropped), pa.int64()))
        for name, value in shared.items():
            table = table.append_column(name, pa.repeat(value, len(table)))
        return table

    def _energy(self) -> pa.ListArray:
        values = np.frombuffer(self.wh, np.int64) if self.wh else np.zeros(0, np.int64)
        mask = np.zeros(len(values), bool)
        mask[self.unknown] = True
        ends = np.zeros(len(self) + 1, np.int32)
        ends[1:] = self.ends
        return pa.ListArray.from_arrays(pa.array(ends), pa.array(values, pa.int64(), mask=mask))
