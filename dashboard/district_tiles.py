"""Districts as patches of hexagons where no borders are at hand: as large as in truth, a city at least one hexagon.

`district_tiles.csv` gives each of 386 hexagons of 270 km² a district: as many as its area makes, laid by
a least-cost assignment as near to its centre as the others let it. No patch is torn, 92 % of neighbours touch.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl

from dashboard.borders import Borders, Ring

FILE = Path(__file__).with_name("district_tiles.csv")

WEST, SOUTH = 38.4084, 45.8945
"""Longitude and latitude of the middle of the hexagon 0, 0."""

WIDE, HIGH = 0.23478, 0.13736
"""Degrees to the next hexagon of a row, and to the next row; odd rows stand half a hexagon to the east."""

Corner = tuple[int, int]
"""A corner of hexagons in half widths and thirds of a row, whole numbers so that equal corners are equal."""


@cache
def tiles() -> Borders:
    """District -> the line around its patch, in degrees."""
    patches: defaultdict[str, list[Corner]] = defaultdict(list)
    for name, column, row in pl.read_csv(FILE).iter_rows():
        patches[name].append((2 * column + row % 2, 3 * row))
    return {name: _outline(patch) for name, patch in patches.items()}


@cache
def middles() -> Mapping[str, tuple[float, float]]:
    """District -> longitude and latitude of the hexagon nearest to the middle of its patch."""
    rows = pl.read_csv(FILE).with_columns(x=2 * pl.col("column") + pl.col("row") % 2, y=3 * pl.col("row"))
    far = (pl.col("x") - pl.col("x").mean().over("district")).pow(2) * 3 + (
        pl.col("y") - pl.col("y").mean().over("district")
    ).pow(2)
    nearest = rows.sort(far, "row", "column").unique("district", keep="first", maintain_order=True)
    return {name: _degrees((x, y)) for name, x, y in nearest.select("district", "x", "y").iter_rows()}


def _outline(patch: Iterable[Corner]) -> Sequence[Ring]:
    """The edges that only one hexagon of the patch has, joined to closed lines."""
    follows: dict[Corner, list[Corner]] = defaultdict(list)
    edges = {edge for middle in patch for edge in _edges(middle)}
    for begin, end in sorted(edges):
        if (end, begin) not in edges:
            follows[begin].append(end)
    rings = []
    while follows:
        first = here = min(follows)
        ring = [_degrees(here)]
        while True:
            here = follows[here].pop()
            ring.append(_degrees(here))
            if here == first:
                break
        rings.append(tuple(ring))
        follows = {corner: ends for corner, ends in follows.items() if ends}
    return rings


def _edges(middle: Corner) -> list[tuple[Corner, Corner]]:
    """The six edges of a hexagon, one way around."""
    x, y = middle
    corners = [(x, y + 2), (x - 1, y + 1), (x - 1, y - 1), (x, y - 2), (x + 1, y - 1), (x + 1, y + 1)]
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))


def _degrees(corner: Corner) -> tuple[float, float]:
    return WEST + corner[0] * WIDE / 2, SOUTH + corner[1] * HIGH / 3
