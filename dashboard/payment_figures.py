"""Figures of the payments page: money by day and channel."""

from datetime import date, timedelta

import plotly.graph_objects as go
import polars as pl

from dashboard import figures
from dashboard.palette import Look

CHANNELS = ("bank", "card", "post", "cash")


def by_day(days: pl.DataFrame, period: date, look: Look) -> go.Figure:
    """Money of a month by the day it was paid, channels stacked; what was paid before the month is left out."""
    words, colours = look.words, look.colours
    shown = days.filter(pl.col("paid_on") >= period)
    sums = shown.group_by("paid_on").agg(pl.col("amount_kopecks").sum())["amount_kopecks"]
    unit, unit_name = figures.money_unit(max((abs(int(kopecks)) for kopecks in sums), default=0), words)
    paint = dict(zip(CHANNELS, (colours.charged, colours.paid_bar, colours.faint_ink, colours.ink), strict=True))
    bars = [
        go.Bar(
            x=[day.isoformat() for day in rows["paid_on"]],
            y=[kopecks / unit for kopecks in rows["amount_kopecks"]],
            name=words.code("channel", channel),
            marker={"color": paint[channel]},
            customdata=[words.rubles(kopecks) for kopecks in rows["amount_kopecks"]],
            hovertemplate="%{customdata}",
        )
        for channel in CHANNELS
        if (rows := shown.filter(pl.col("channel") == channel)).height
    ]
    figure = look.figure(*bars)
    figure.update_layout(barmode="relative", bargap=0.15)
    last = (period.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    ticks = [period.replace(day=day) for day in (1, 5, 10, 15, 20, 25, last.day)]
    figure.update_xaxes(
        tickmode="array",
        tickvals=[day.isoformat() for day in ticks],
        ticktext=[str(day.day) for day in ticks],
        hoverformat="%d.%m.%Y",
    )
    figure.update_yaxes(
        tickformat=",~f", nticks=6, title={"text": unit_name, "font": {"size": 12, "color": colours.faint_ink}}
    )
    return figure
