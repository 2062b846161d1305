"""Figures of the page about contracts; see `figures` for what is exact in them."""

from datetime import date

import plotly.graph_objects as go
import polars as pl

from dashboard import figures
from dashboard.operations_figures import colours_apart
from dashboard.palette import Look
from pipelines.vocabulary import CODE_SETS

WH_IN_KWH = 1000


def bills(months: pl.DataFrame, look: Look) -> go.Figure:
    """What businesses were billed, month by month."""
    words = look.words
    unit, unit_name = figures.money_unit(max((abs(kopecks) for kopecks in months["total_kopecks"]), default=0), words)
    figure = look.figure(
        go.Bar(
            x=[period.isoformat() for period in months["period"]],
            y=[kopecks / unit for kopecks in months["total_kopecks"]],
            name=words("bill_total"),
            marker={"color": look.colours.charged},
            customdata=[words.rubles(kopecks) for kopecks in months["total_kopecks"]],
            hovertemplate="%{customdata}",
        )
    )
    return figures.by_month(figure, months, look, unit_name)


def components(lines: pl.DataFrame, look: Look) -> go.Figure:
    """What a contract was charged, month by month, the components of the price on top of each other."""
    words = look.words
    months = lines.group_by("service_period").agg(pl.col("amount_kopecks").abs().sum()).sort("service_period")
    unit, unit_name = figures.money_unit(max(months["amount_kopecks"], default=0), words)
    present = set(lines["component"])
    names = [component for component in CODE_SETS["component"] if component in present]
    figure = look.figure(height=340)
    for component, colour in zip(names, colours_apart(look, len(names)), strict=True):
        rows = lines.filter(pl.col("component") == component)
        figure.add_trace(
            go.Bar(
                x=[period.isoformat() for period in rows["service_period"]],
                y=[kopecks / unit for kopecks in rows["amount_kopecks"]],
                name=words.code("component", component),
                marker={"color": colour},
                customdata=[words.rubles(kopecks) for kopecks in rows["amount_kopecks"]],
                hovertemplate="%{customdata}",
            )
        )
    figure.update_layout(barmode="relative", legend={"traceorder": "normal"})
    return figures.by_month(figure, months.rename({"service_period": "period"}), look, unit_name)


def hours(energy: pl.DataFrame, look: Look) -> go.Figure:
    """A month of hours: a column a day, a row an hour, the darker the more; a dot where nobody measured."""
    words, shades = look.words, look.colours.scale
    days: list[date] = sorted(set(energy["day"]))
    found = {(day, hour): (wh, filled) for day, hour, wh, filled in energy.iter_rows()}
    rows = range(int(energy["hour"].max() or 0) + 1)  # type: ignore[arg-type]

    def said(day: date, hour: int) -> str:
        wh, filled = found.get((day, hour), (None, 0))
        if wh is None:
            return ""
        sentence = "hour_filled" if filled else "hour_said"
        return words(sentence, day=words.day(day), hour=hour + 1, energy=words.kwh(_kwh(wh)))

    def drawn(day: date, hour: int) -> float | None:
        wh = found.get((day, hour), (None, 0))[0]
        return None if wh is None else wh / WH_IN_KWH

    figure = look.figure(height=460)
    figure.add_trace(
        go.Heatmap(
            x=[str(day.day) for day in days],
            y=[str(hour + 1) for hour in rows],
            z=[[drawn(day, hour) for day in days] for hour in rows],
            customdata=[[said(day, hour) for day in days] for hour in rows],
            text=[["•" if found.get((day, hour), (None, 0))[1] else "" for day in days] for hour in rows],
            texttemplate="%{text}",
            colorscale=[[place / (len(shades) - 1), shade] for place, shade in enumerate(shades)],
            colorbar={"thickness": 10, "title": {"text": words("kwh"), "side": "right"}, "outlinewidth": 0},
            xgap=1,
            ygap=1,
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
        )
    )
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(type="category", nticks=16)
    figure.update_yaxes(
        type="category", autorange="reversed", showgrid=False, nticks=13, title={"text": words("hour_of_day")}
    )
    return figure


def plan_and_fact(days: pl.DataFrame, look: Look) -> go.Figure:
    """Planned energy as a line over what was used, day by day."""
    words, colours = look.words, look.colours
    x = [day.isoformat() for day in days["day"]]
    figure = look.figure(
        go.Bar(
            x=x,
            y=[wh / WH_IN_KWH for wh in days["fact_wh"]],
            name=words("fact_kwh"),
            marker={"color": colours.charged},
            customdata=[words.kwh(_kwh(wh)) for wh in days["fact_wh"]],
            hovertemplate="%{customdata}",
        ),
        go.Scatter(
            x=x,
            y=[wh / WH_IN_KWH for wh in days["plan_wh"]],
            name=words("plan_kwh"),
            mode="lines+markers",
            line={"color": colours.paid, "width": 2.5},
            customdata=[words.kwh(_kwh(wh)) for wh in days["plan_wh"]],
            hovertemplate="%{customdata}",
        ),
    )
    figure.update_xaxes(tickformat="%d", hoverformat="%d.%m.%Y", nticks=12)
    figure.update_yaxes(tickformat=",~f", nticks=6)
    return figure


def _kwh(wh: int) -> int:
    """Whole kWh, half up: for words beside a picture."""
    return (wh + WH_IN_KWH // 2) // WH_IN_KWH
