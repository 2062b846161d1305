"""What is drawn is what is known: rubles of the right size, words that are exact, colours that can be told apart."""

from itertools import combinations
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard import figures
from dashboard.district_map import district_map
from dashboard.measures import MEASURES
from dashboard.palette import DARK, LIGHT, Look, Palette
from dashboard.queries import (
    BEGINNING,
    REGION,
    account_months,
    debt_distribution,
    district_totals,
    month_totals,
    reading_channels,
)
from dashboard.store import Snapshot
from dashboard.text import Words

LOOKS = [Look(Words("ru")), Look(Words("en"), dark=True), Look(Words("ru"), dark=True, narrow=True)]


def months(snapshot: Snapshot) -> pl.DataFrame:
    return month_totals(snapshot, REGION, snapshot.open_period)


def test_bars_are_as_long_as_the_rubles_they_stand_for(small: Snapshot) -> None:
    frame = months(small)
    bars, line = figures.charged_and_paid(frame, LOOKS[0]).data
    unit = 10**5 if frame["charged_kopecks"].max() < 10**8 else 10**8  # type: ignore[operator]
    assert list(bars.y) == [kopecks / unit for kopecks in frame["charged_kopecks"]]
    assert list(line.customdata) == [Words().rubles(kopecks) for kopecks in frame["paid_kopecks"]]


@pytest.mark.parametrize(
    ("greatest", "unit", "name"),
    [
        (99_999, 100, "₽"),
        (999_999, 100, "₽"),
        (1_000_000, 10**5, "тыс. ₽"),
        (10**8, 10**8, "млн ₽"),
        (10**11, 10**11, "млрд ₽"),
    ],
)
def test_a_money_axis_names_its_unit(greatest: int, unit: int, name: str) -> None:
    assert figures.money_unit(greatest, Words("ru")) == (unit, name)


def test_numbers_on_russian_axes_have_commas_and_spaces(small: Snapshot) -> None:
    assert figures.charged_and_paid(months(small), LOOKS[0]).layout.template.layout.separators == ",\N{NO-BREAK SPACE}"
    assert figures.charged_and_paid(months(small), LOOKS[1]).layout.separators == ".,"


def test_the_bridge_ends_where_the_month_ends(small: Snapshot) -> None:
    month = months(small).tail(1)
    [steps] = figures.bridge(month, LOOKS[0]).data
    assert steps.x[-1] * 100 == pytest.approx(month["closing_kopecks"].item())
    assert sum(steps.x[:-1]) == pytest.approx(steps.x[-1])


def test_the_worst_district_stands_on_top(small: Snapshot) -> None:
    districts = district_totals(small, REGION, small.open_period)
    rates = districts.drop_nulls("collected_permille").sort("collected_permille", "district")
    [bars] = figures.district_bars(districts, "collected", LOOKS[0]).data
    assert bars.y[-1] == rates["district"].item(0)
    [bars] = figures.district_bars(districts, "debt", LOOKS[0]).data
    assert bars.y[-1] == districts.sort("debt_kopecks", descending=True, nulls_last=True)["district"].item(0)


def test_the_map_shows_all_districts_and_fetches_nothing(small: Snapshot) -> None:
    figure = district_map(district_totals(small, REGION, small.open_period), "debt", LOOKS[0], selected="Таганрог")
    assert {trace.type for trace in figure.data} == {"scatter"}
    *areas, circles = figure.data
    assert len(areas) == 55
    assert sum("Таганрог" in area.text for area in areas) == 1
    assert len(circles.x) == 6
    assert "Таганрог" in circles.text


def test_the_map_writes_the_names_that_find_room(small: Snapshot) -> None:
    districts = district_totals(small, REGION, small.open_period).with_columns(
        accounts=pl.int_range(1, 56), collected_permille=pl.lit(950)
    )
    written = [
        sum(bool(name) for name in district_map(districts, "collected", look).data[-1].text)
        for look in (LOOKS[0], LOOKS[2])
    ]
    assert 55 > written[0] > written[1] > 5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("measure", MEASURES)
def test_every_chart_can_be_drawn_of_much_and_of_nothing(measure: str, look: Look, small: Snapshot) -> None:
    frame, districts = months(small), district_totals(small, REGION, small.open_period)
    account = account_months(small, 610_000_000_001, BEGINNING)
    for rows in (frame, frame.clear()):
        drawn: list[go.Figure] = [
            figures.charged_and_paid(rows, look),
            figures.collection(rows, look),
            figures.balance_trend(rows, look),
        ]
        assert all(figure.to_json() for figure in drawn)
    nothing_known = [
        districts.with_columns(pl.lit(None, pl.Int64).alias(name)) for name in ("accounts", MEASURES[measure].column)
    ]
    for rows in (districts, districts.clear(), *nothing_known):
        assert figures.district_bars(rows, measure, look).to_json()
        assert district_map(rows, measure, look).to_json()
    for rows in (account, account.clear()):
        assert figures.account_trend(rows, look).to_json()
    channels, buckets = (
        reading_channels(small, REGION, small.open_period),
        debt_distribution(small, REGION, small.open_period),
    )
    assert figures.reading_channels(channels.clear(), look).to_json()
    assert figures.debt_distribution(buckets, look).to_json()


def test_the_months_of_many_years_are_labelled_sparsely() -> None:
    periods = pl.date_range(pl.date(2014, 1, 1), pl.date(2026, 11, 1), "1mo", eager=True).alias("period")
    frame = pl.DataFrame(periods).with_columns(
        pl.lit(100).alias(column) for column in ("charged_kopecks", "paid_kopecks", "closing_kopecks")
    )
    axis = figures.account_trend(frame, LOOKS[0]).layout.xaxis
    assert len(axis.tickvals) <= figures.TICKS
    assert axis.tickvals[-1] == "2026-11-01"


# Colours. Machado, Oliveira, Fernandes 2009, severity 1.0; distance is CIE76 in Lab.

EYES: dict[str, list[list[float]]] = {
    "usual": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}

TOGETHER = [("charged", "paid"), ("charged", "paid_bar"), ("debt", "advance"), ("debt", "neutral"), ("advance", "neutral"), ("charged", "faint_ink"), ("paid_bar", "faint_ink"), ("faint_ink", "ink"),
            ("accepted", "held"), ("accepted", "rejected"), ("held", "rejected"), ("charged", "ink"), ("paid_bar", "ink"), ("debt", "ink")]  # fmt: skip


def linear(colour: str) -> list[float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(rgb: list[float]) -> list[float]:
    mix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [
        sum(m * c for m, c in zip(row, rgb, strict=True)) / white
        for row, white in zip(mix, (0.9505, 1.0, 1.089), strict=True)
    ]
    x, y, z = [value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz]
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def seen(colour: str, eye: str) -> list[float]:
    rgb = linear(colour)
    return lab([min(max(sum(m * c for m, c in zip(row, rgb, strict=True)), 0), 1) for row in EYES[eye]])


def apart(one: str, other: str, eye: str) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(seen(one, eye), seen(other, eye), strict=True)) ** 0.5)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_that_meet_in_a_chart_can_be_told_apart(palette: Palette, eye: str) -> None:
    colours: dict[str, Any] = vars(palette)
    for one, other in TOGETHER:
        assert apart(colours[one], colours[other], eye) >= 20, (one, other)
    for low, high in combinations(range(len(palette.scale)), 2):
        assert apart(palette.scale[low], palette.scale[high], eye) >= 8 * (high - low), (low, high)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_scale_of_the_map_only_gets_darker_or_lighter(palette: Palette) -> None:
    for eye in EYES:
        lightness = [seen(colour, eye)[0] for colour in palette.scale]
        assert lightness == sorted(lightness, reverse=palette is LIGHT)


# Contrast: WCAG 2.2, criteria 1.4.3 (text) and 1.4.11 (what a chart draws; `neutral` is left out: its bars bear their numbers).

DRAWN = ("charged", "paid", "paid_bar", "debt", "advance", "corrected", "accepted", "held", "rejected")


def contrast(one: str, other: str) -> float:
    luminances = [
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
        for colour in (one, other)
    ]
    return (max(luminances) + 0.05) / (min(luminances) + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_and_what_is_drawn_be_seen_on_the_background(palette: Palette) -> None:
    colours: dict[str, Any] = vars(palette)
    assert {name for name in ("ink", "faint_ink") if contrast(colours[name], palette.paper) < 4.5} == set()
    assert {name for name in DRAWN if contrast(colours[name], palette.paper) < 3} == set()
