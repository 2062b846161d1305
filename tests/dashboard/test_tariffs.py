"""The page Tariffs and norms: every reference row is shown, and what no decree says is visibly so."""

from pathlib import Path

import polars as pl
import pytest

from dashboard import tariff_figures, tariff_queries
from dashboard.palette import Look
from dashboard.store import Snapshot
from dashboard.text import Words
from pipelines.settings import REFERENCE
from pipelines.vocabulary import CODE_SETS
from tests.dashboard.conftest import Open, said

SHELVES = ("prices", "norm", "ranges", "normative", "due", "penalty")


def reference(table: str) -> pl.DataFrame:
    return pl.read_csv(REFERENCE / f"{table}.csv", infer_schema=False)


def test_every_price_of_the_reference_stands_under_its_category_and_plan(small: Snapshot) -> None:
    shown = sum(
        tariff_queries.tariff_history(small, category, plan).height
        for category in CODE_SETS["category"]
        for plan in CODE_SETS["zone_plan"]
    )
    assert shown == reference("tariff_rate").height


def test_every_norm_range_normative_and_rate_is_shown(small: Snapshot) -> None:
    norms = reference("social_norm")
    for settlement in CODE_SETS["settlement"]:
        expected = norms.filter(pl.col("settlement").is_in([settlement, "any"])).height
        assert tariff_queries.norm_history(small, settlement).height == expected
    ranges = sum(tariff_queries.range_history(small, category).height for category in CODE_SETS["category"])
    assert ranges == reference("consumption_range").height
    assert tariff_queries.normative_history(small).height == reference("normative").height
    assert tariff_queries.due_day_history(small).height == reference("due_day").height
    assert tariff_queries.penalty_rate_history(small).height == reference("penalty_rate").height
    household = reference("penalty_scale").filter(pl.col("customer_kind") == "household")
    assert tariff_queries.penalty_scale_history(small).height == household.height


def test_what_is_not_published_is_dotted_and_the_rest_is_solid(small: Snapshot) -> None:
    rows = tariff_queries.tariff_history(small, "urban", "two_zone").with_columns(
        series=pl.col("zone") + pl.col("band")
    )
    figure = tariff_figures.steps(rows, "price_rub_per_kwh", Look(Words()), say=str, unit="₽", until=small.open_period)
    drawn = {"solid": 0, "dot": 0}
    for trace in figure.data:
        drawn[trace.line.dash] += len(trace.x) // 3
    unsure = rows.filter(~pl.col("status").is_in(["quoted", "derived"])).height
    assert drawn == {"solid": rows.height - unsure, "dot": unsure}
    assert unsure


@pytest.mark.parametrize("shelf", SHELVES)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_shelf_shows_rows_with_their_source(shelf: str, lang: str, small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "tariffs", shelf=f"shelf_{shelf}", lang=lang)
    for table in app.dataframe:
        assert table.value["source"].notna().all()
        assert len(table.value)


def test_assumed_rows_are_marked(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "tariffs", zone_plan="three_zone")
    marked = app.dataframe[0].value["certainty"].str.startswith("⚠").sum()
    assert marked
    assert f"{marked} из {len(app.dataframe[0].value)}" in said(app)
