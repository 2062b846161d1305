"""Borders of districts, where the operator has a GeoJSON file of them; nothing is fetched, nothing is committed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.text import Words, plain
from pipelines.settings import Settings

Ring = tuple[tuple[float, float], ...]
"""A closed line of longitudes and latitudes."""

Borders = Mapping[str, Sequence[Ring]]
"""District -> the outer lines of its parts."""

PLACES = 3
"""Decimals of a degree that are kept: a hundred metres, less than a pixel."""

LARGEST_BYTES = 50_000_000


class BordersError(Exception):
    """The file cannot be used; the message says why."""


def borders(known: Sequence[str], words: Words) -> Borders:
    """The borders of the districts as the operator's file has them; empty without one, with a word if it is bad.

    Args:
        known: names of the districts.
        words: the language of the page.
    """
    path = Settings.from_environment().district_borders
    if path is None:
        return {}
    try:
        found = read_borders(str(path), path.stat().st_mtime_ns)
    except OSError as error:
        st.warning(words("borders_unreadable", said=plain(str(error))), icon=":material/map:")
        return {}
    except BordersError as error:
        st.warning(words("borders_bad", said=plain(f"{path.name}: {error}")), icon=":material/map:")
        return {}
    missing = sorted(set(known) - found.keys())
    if missing:
        st.caption(words("borders_missing", districts=plain(", ".join(missing))))
    return found


@st.cache_data(max_entries=2, show_spinner=False)
def read_borders(path: str, _changed_at: int) -> dict[str, list[Ring]]:
    """Read a GeoJSON file whose features name their district in the property `district`.

    Raises:
        BordersError: it is no such file.
        OSError: it cannot be read.
    """
    file = Path(path)
    if file.stat().st_size > LARGEST_BYTES:
        raise BordersError(f"{file.stat().st_size} > {LARGEST_BYTES}")
    try:
        collection = json.loads(file.read_text(encoding="utf-8"))
        return {
            str(feature["properties"]["district"]): [_thinned(ring) for ring in _outer_rings(feature["geometry"])]
            for feature in collection["features"]
        }
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BordersError(repr(error)) from error


def _outer_rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """The outer line of each part; holes are other districts, which are drawn above."""
    if geometry["type"] == "Polygon":
        yield geometry["coordinates"][0]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield polygon[0]
    else:
        raise ValueError(geometry["type"])


def _thinned(ring: Sequence[Sequence[float]]) -> Ring:
    """The line without the points that a picture cannot show."""
    points = [(round(float(point[0]), PLACES), round(float(point[1]), PLACES)) for point in ring]
    return tuple(point for place, point in enumerate(points) if not place or point != points[place - 1])
