"""Districts within their borders, or as patches of hexagons: lines and points, so that no map has to be fetched."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Any

import plotly.graph_objects as go
import polars as pl
from plotly.colors import sample_colorscale

from dashboard.borders import Borders, Ring
from dashboard.district_tiles import middles, tiles
from dashboard.measures import MEASURES, OF_A_PROPOSAL, Measure
from dashboard.palette import Look

DEGREE_PIXELS, DEGREE_PIXELS_NARROW = 80, 40
"""A degree of longitude on the map of a desk and of a telephone: tells which names find room."""

EXTREME_SHARE = 20
"""One district in so many may lie beyond each end of the colours."""

LETTER_PIXELS, NAME_PIXELS = 6, 14
"""Width of a letter and height of a line of a name on the map."""

SMALL_CIRCLE = 8
"""Diameter of the circle in a district that is drawn within its borders."""

MARGIN_PIXELS = 40
"""How far a name may reach beyond the outermost circle."""

SIDES = {
    "top center": (0, 1, 1.0),
    "bottom center": (0, -1, 1.0),
    "middle right": (1, 0, 1.0),
    "middle left": (-1, 0, 1.0),
    "bottom right": (1, -1, 0.7),
    "bottom left": (-1, -1, 0.7),
    "top right": (1, 1, 0.7),
    "top left": (-1, 1, 0.7),
}
"""Where a name may stand: steps to the right and up, and how much of the radius it keeps away on each axis."""

LATITUDE_STRETCH = 1.48
"""1 ÷ cos 47.5°: a degree of latitude is so much longer than one of longitude here."""


def district_map(
    districts: pl.DataFrame, measure: str, look: Look, *, selected: str | None = None, borders: Borders | None = None
) -> go.Figure:
    """Districts filled with the colour of the measure, the smaller above the larger; a circle in each can be chosen.

    Without borders they are patches of hexagons, and the circles are as large as their number of accounts.
    """
    has_value = (pl.col("accounts").fill_null(0) > 0) & pl.col(_by(measure).column).is_not_null()
    known = districts.filter(has_value).sort("accounts", descending=True)
    if not borders:
        known = _moved(known)
    axis = _colour_axis(known, measure, look)
    height = 430 if look.narrow else 590
    figure = look.figure(*_areas(districts, measure, look, axis, borders or tiles(), selected), height=height)
    if known.height:
        figure.add_trace(_circles(known, measure, look, selected, are_small=bool(borders)))
    figure.update_layout(
        hovermode="closest",
        showlegend=False,
        clickmode="event+select",
        xaxis={"visible": False, "constrain": "domain"},
        yaxis={"visible": False, "scaleanchor": "x", "scaleratio": LATITUDE_STRETCH},
        coloraxis=axis,
    )
    return figure


def _by(measure: str) -> Measure:
    return {**MEASURES, **OF_A_PROPOSAL}[measure]


def _areas(
    districts: pl.DataFrame,
    measure: str,
    look: Look,
    axis: dict[str, Any],
    borders: Borders,
    selected: str | None,
) -> Iterator[go.Scatter]:
    """Each district within its borders, in the colour of its measure; the chosen one last, under a thick line."""
    by, words, colours = _by(measure), look.words, look.colours
    rows = {row["district"]: row for row in districts.iter_rows(named=True)}
    within = sorted(
        (name for name in borders if name in rows), key=lambda name: (name == selected, -_spread(borders[name]))
    )
    for name in within:
        value = rows[name][by.column]
        yield go.Scatter(
            x=[x for ring in borders[name] for x in (*(point[0] for point in ring), None)],
            y=[y for ring in borders[name] for y in (*(point[1] for point in ring), None)],
            mode="lines",
            fill="toself",
            fillcolor=colours.grid if value is None else _colour(value, axis),
            line={
                "color": colours.ink if name == selected else colours.paper,
                "width": 3 if name == selected else 1,
            },
            hoveron="fills",
            text=f"{name}: {by.says(value, words)}",
            hoverinfo="text",
        )


def _spread(rings: Sequence[Ring]) -> float:
    """How large a district is, about: the area of the box around it."""
    wide, high = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
    return (max(wide) - min(wide)) * (max(high) - min(high))


def _colour(value: int, axis: dict[str, Any]) -> str:
    """The colour of a value on the axis, its ends for what lies beyond."""
    share = (value - axis["cmin"]) / (axis["cmax"] - axis["cmin"])
    [colour] = sample_colorscale(axis["colorscale"], [min(max(share, 0.0), 1.0)])
    return str(colour)


def _moved(known: pl.DataFrame) -> pl.DataFrame:
    """Districts at the middle of their patch, which may lie beside their true place."""
    where = [middles()[name] for name in known["district"]]
    return known.with_columns(
        lon=pl.Series([x for x, _ in where], dtype=pl.Float64), lat=pl.Series([y for _, y in where], dtype=pl.Float64)
    )


def _circles(known: pl.DataFrame, measure: str, look: Look, selected: str | None, *, are_small: bool) -> go.Scatter:
    words, colours = look.words, look.colours
    by = _by(measure)
    names = known["district"].to_list()
    sizes = [SMALL_CIRCLE] * known.height if are_small else _circle_sizes(known, look)
    hints = [
        f"<b>{name}</b><br>{words(measure)}: {by.says(value, words)}<br>{words.counted(accounts, 'accounts')}"
        for name, value, accounts in known.select("district", by.column, "accounts").iter_rows()
    ]
    chosen = [name == selected for name in names]
    beside = _names_with_room(known, sizes, selected, DEGREE_PIXELS_NARROW if look.narrow else DEGREE_PIXELS)
    return go.Scatter(
        x=known["lon"].to_list(),
        y=known["lat"].to_list(),
        mode="markers+text",
        text=[_short_name(name) if name in beside else "" for name in names],
        textposition=[beside.get(name, "top center") for name in names],
        textfont={"size": 11, "color": colours.ink, "shadow": _halo(colours.paper)},
        cliponaxis=False,
        customdata=list(zip(names, hints, strict=True)),
        hovertemplate="%{customdata[1]}<extra></extra>",
        marker={
            "size": sizes,
            "color": known[by.column].to_list(),
            "coloraxis": "coloraxis",
            "opacity": 1,
            "line": {
                "color": [colours.ink if here or are_small else colours.paper for here in chosen],
                "width": [3 if here else 1 for here in chosen],
            },
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _halo(colour: str) -> str:
    """A light around letters that keeps them readable above any fill."""
    return ", ".join([f"0px 0px 3px {colour}"] * 8)


def _circle_sizes(known: pl.DataFrame, look: Look) -> list[float]:
    """Diameters in pixels: the area grows with the number of accounts. The greatest district comes first."""
    most = int(known["accounts"].item(0))
    small, more = (7, 17) if look.narrow else (9, 29)
    return [small + more * sqrt(accounts / most) for accounts in known["accounts"]]


def _names_with_room(known: pl.DataFrame, sizes: Sequence[float], selected: str | None, degree: int) -> dict[str, str]:
    """Names that stand free beside their circle, and on which side; the chosen district's is always written."""
    circles = [
        (name, longitude * degree, latitude * degree * LATITUDE_STRETCH, size / 2)
        for (name, longitude, latitude), size in zip(
            known.select("district", "lon", "lat").iter_rows(), sizes, strict=True
        )
    ]
    taken = [(x, y, radius, radius, name) for name, x, y, radius in circles]
    west = min(x for _, x, _, _ in circles) - MARGIN_PIXELS
    east = max(x for _, x, _, _ in circles) + MARGIN_PIXELS
    beside: dict[str, str] = {}
    for name, x, y, radius in sorted(circles, key=lambda circle: circle[0] != selected):
        half, low = len(_short_name(name)) * LETTER_PIXELS / 2, NAME_PIXELS / 2
        for side, (right, up, away) in SIDES.items():
            box = (x + right * (radius * away + half), y + up * (radius * away + low), half, low)
            if (
                west < box[0] - half
                and box[0] + half < east
                and not any(owner != name and _overlap(box, (a, b, wide, high)) for a, b, wide, high, owner in taken)
            ):
                taken.append((*box, ""))
                beside[name] = side
                break
    return beside if selected is None else {selected: "top center"} | beside


def _short_name(district: str) -> str:
    """«Сальский р-н»: how maps write it."""
    return district.replace(" район", " р-н")


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes (middle, half width, half height) touch."""
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


def _colour_axis(known: pl.DataFrame, measure: str, look: Look) -> dict[str, Any]:
    """Colours from low to high; the most extreme districts share those of the ends, or all others would look alike."""
    by, words = _by(measure), look.words
    values = sorted(known[by.column])
    spare = len(values) // EXTREME_SHARE
    low, high = (values[spare], values[-1 - spare]) if values else (0, 0)
    ends = {low: "≤ " if values[:1] < [low] else "", high: "≥ " if values[-1:] > [high] else ""}
    ticks = sorted({low, (low + high) // 2, high})
    bar: dict[str, Any] = {"x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "len": 0.4}
    if look.narrow:
        bar = {"orientation": "h", "x": 0.5, "xanchor": "center", "y": 1, "yanchor": "bottom", "len": 0.8}
    bar |= {
        "thickness": 10,
        "outlinewidth": 0,
        "title": {"text": words(measure) + ("" if look.narrow else "<br> "), "side": "top", "font": {"size": 12}},
        "tickvals": [float(tick) for tick in ticks],
        "ticktext": [ends.get(tick, "") + by.says(tick, words) for tick in ticks],
    }
    return {"colorscale": list(look.colours.scale), "cmin": low, "cmax": max(high, low + 1), "colorbar": bar}
