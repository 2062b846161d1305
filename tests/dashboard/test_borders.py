"""The map with borders of the operator's own file, and what is said of a bad one."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.borders import BordersError, read_borders
from dashboard.district_map import district_map
from dashboard.palette import Look
from dashboard.queries import REGION, district_totals
from dashboard.store import Snapshot
from dashboard.text import Words
from tests.dashboard.conftest import Open, said

SQUARE = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]]
SMALL = [[x / 10, y / 10] for x, y in SQUARE]


def feature(district: str, geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"district": district}, "geometry": geometry}


def written(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "borders.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(
        tmp_path,
        feature("Таганрог", {"type": "Polygon", "coordinates": [SMALL, SMALL]}),
        feature("Азовский район", {"type": "MultiPolygon", "coordinates": [[SQUARE], [SMALL]]}),
    )


def test_every_part_of_a_district_is_drawn_the_smaller_district_above_and_the_chosen_one_on_top(
    file: Path, small: Snapshot
) -> None:
    borders = read_borders(str(file), 0)
    assert {name: len(rings) for name, rings in borders.items()} == {"Таганрог": 1, "Азовский район": 2}
    districts = district_totals(small, REGION, small.open_period)
    drawn = district_map(districts, "debt", Look(Words("ru")), borders=borders).data
    areas = [trace for trace in drawn if trace.fill == "toself"]
    assert [trace.text.split(":")[0] for trace in areas] == ["Азовский район", "Таганрог"]
    assert areas[0].x == (*(x for x, _ in SQUARE), None, *(x for x, _ in SMALL), None)
    chosen = district_map(districts, "debt", Look(Words("ru")), borders=borders, selected="Азовский район").data
    assert [trace.line.width for trace in chosen if trace.fill == "toself"] == [1, 3]


def test_the_fill_is_the_colour_of_the_measure(file: Path, small: Snapshot) -> None:
    districts = district_totals(small, REGION, small.open_period)
    by_debt, by_share = (
        [
            trace.fillcolor
            for trace in district_map(districts, measure, Look(Words("ru")), borders=read_borders(str(file), 0)).data
            if trace.fill
        ]
        for measure in ("debt", "collected")
    )
    assert len(set(by_debt)) == 2
    assert by_debt != by_share


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"features": [{}]}',
        '{"features": [{"properties": {"district": "А"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
    ],
)
def test_a_file_that_is_no_geojson_of_districts_is_named_and_the_circles_stay(
    content: str, tmp_path: Path, small_home: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BordersError):
        read_borders(str(path), 0)
    monkeypatch.setenv("ENERGOSBYT_DISTRICT_BORDERS", str(path))
    app = open_page(small_home, "district")
    assert "Это не GeoJSON районов: bad" in app.warning[0].value.replace("\\", "")


def test_a_file_that_is_not_there_is_named_and_what_it_lacks_is_said(
    file: Path, small_home: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENERGOSBYT_DISTRICT_BORDERS", "/nowhere.geojson")
    assert "Границы районов не прочитаны" in open_page(small_home, "district").warning[0].value
    monkeypatch.setenv("ENERGOSBYT_DISTRICT_BORDERS", str(file))
    assert "В файле границ нет:" in said(open_page(small_home, "district"))
