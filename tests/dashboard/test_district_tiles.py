"""The patches of hexagons: every district has one, as large as it is, beside its neighbours."""

from itertools import pairwise

import polars as pl

from dashboard.district_tiles import FILE, middles, tiles
from pipelines.settings import REFERENCE

DISTRICTS = {row["district"]: row for row in pl.read_csv(REFERENCE / "district.csv").iter_rows(named=True)}
TILE_KM2 = 270


def test_every_district_is_one_closed_patch_of_hexagons_of_its_own() -> None:
    assert tiles().keys() == middles().keys() == DISTRICTS.keys()
    for rings in tiles().values():
        assert len(rings) == 1
        assert rings[0][0] == rings[0][-1]
    rows = pl.read_csv(FILE)
    assert rows.select("column", "row").is_unique().all()


def test_a_patch_is_as_large_as_its_district_and_a_city_is_at_least_one_hexagon() -> None:
    counted = dict(pl.read_csv(FILE).group_by("district").len().iter_rows())
    for name, row in DISTRICTS.items():
        assert abs(counted[name] - row["area_km2"] / TILE_KM2) <= 2
        assert counted[name] >= 1


def test_nine_of_ten_neighbours_touch() -> None:
    sides = {name: {frozenset(edge) for edge in pairwise(rings[0])} for name, rings in tiles().items()}
    pairs = [(name, other) for name, row in DISTRICTS.items() for other in row["neighbours"].split("|")]
    touching = [bool(sides[name] & sides[other]) for name, other in pairs if other in sides]
    assert sum(touching) >= 0.9 * len(touching)
