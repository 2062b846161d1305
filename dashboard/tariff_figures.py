"""Values that hold for a while, drawn as steps: what no decree says is dotted."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import polars as pl

from dashboard.palette import Look
from pipelines.vocabulary import SURE_STATUSES


def steps(
    rows: pl.DataFrame, value: str, look: Look, *, say: Callable[[Decimal | int], str], unit: str, until: date
) -> go.Figure:
    """One line for each `series` of `rows`: solid where `status` is published or derived, dotted elsewhere.

    What holds without end is drawn to `until`. `say` writes a value in the box under the pointer.
    """
    figure = look.figure(height=380)
    names: list[str] = rows["series"].unique(maintain_order=True).to_list()
    for name, shade in zip(names, _shades(look, len(names)), strict=True):
        of_series = rows.filter(pl.col("series") == name).sort("valid_from")
        sure = of_series["status"].is_in(list(SURE_STATUSES))
        for part, dash in ((of_series.filter(sure), "solid"), (of_series.filter(~sure), "dot")):
            # An entry in the legend for each series, by whichever of its two lines comes first.
            is_named = part.height > 0 and (dash == "solid" or not sure.any())
            line = {"color": shade, "width": 2.5, "dash": dash}
            trace = _line(part, value, say, until)
            figure.add_trace(trace.update(name=name, legendgroup=name, showlegend=is_named, line=line))
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(tickformat="%Y", nticks=10)
    figure.update_yaxes(nticks=7, title={"text": unit, "font": {"size": 12, "color": look.colours.faint_ink}})
    return figure


def _line(part: pl.DataFrame, value: str, say: Callable[[Decimal | int], str], until: date) -> go.Scatter:
    """Level stretches, each from its first day to the day after its last."""
    days: list[str | None] = []
    levels: list[float | None] = []
    said: list[str] = []
    for level, first, last in part.select(value, "valid_from", "valid_to").iter_rows():
        days += [first.isoformat(), min(last, until).isoformat(), None]
        levels += [float(level), float(level), None]
        said += [say(level)] * 3
    return go.Scatter(
        x=days,
        y=levels,
        mode="lines+markers",
        marker={"size": 5},
        customdata=said,
        hovertemplate="%{fullData.name}: %{customdata}, %{x|%d.%m.%Y}<extra></extra>",
    )


def _shades(look: Look, number: int) -> list[str]:
    colours = look.colours
    kept = [colours.charged, colours.paid, colours.advance, colours.debt, colours.corrected, colours.ink]
    return (kept * (number // len(kept) + 1))[:number]
