"""Charts of one household's use; exact numbers stand in the hover and in the table, the float only draws."""

import plotly.graph_objects as go
import polars as pl

from dashboard.palette import Look

HEIGHT = 280


def use(months: pl.DataFrame, look: Look) -> go.Figure:
    """Thirteen months as bars, those without readings paler, the year before as a line.

    `months`: period, kwh, is_estimated, before_kwh.
    """
    words, colours = look.words, look.colours
    labels = [words.short_month(period) for period in months["period"]]
    figure = look.figure(height=HEIGHT)
    for is_estimated, name, colour in ((False, "use_now", colours.charged), (True, "use_estimated", colours.neutral)):
        part = months.filter(pl.col("is_estimated") == is_estimated)
        if part.height:
            figure.add_bar(
                x=[words.short_month(period) for period in part["period"]],
                y=part["kwh"].to_list(),
                name=words(name),
                marker={"color": colour},
                customdata=[words.kwh(kwh) for kwh in part["kwh"]],
                hovertemplate="%{customdata}",
            )
    before = months.filter(pl.col("before_kwh").is_not_null())
    if before.height:
        figure.add_scatter(
            x=[words.short_month(period) for period in before["period"]],
            y=before["before_kwh"].to_list(),
            name=words("use_before"),
            mode="lines+markers",
            line={"color": colours.paid, "width": 2.5},
            customdata=[words.kwh(kwh) for kwh in before["before_kwh"]],
            hovertemplate="%{customdata}",
        )
    return _by_month(figure, labels, look)


def similar(months: pl.DataFrame, look: Look) -> go.Figure:
    """The middle half of similar households as a band with its median, and the account's own bills as a line.

    `months`: period, own_kwh, lower_kwh, median_kwh, upper_kwh.
    """
    words, colours = look.words, look.colours
    labels = [words.short_month(period) for period in months["period"]]
    between = [
        f"{words.count(lower)}–{words.kwh(upper)}"
        for lower, upper in zip(months["lower_kwh"], months["upper_kwh"], strict=True)
    ]
    figure = look.figure(height=HEIGHT)
    figure.add_scatter(
        x=labels, y=months["lower_kwh"].to_list(), mode="lines", line={"width": 0}, showlegend=False, hoverinfo="skip"
    )
    figure.add_scatter(
        x=labels,
        y=months["upper_kwh"].to_list(),
        name=words("similar_middle"),
        mode="lines",
        line={"width": 0},
        fill="tonexty",
        fillcolor=colours.neutral,
        customdata=between,
        hovertemplate="%{customdata}",
    )
    for column, name, colour, dash in (
        ("median_kwh", "similar_median", colours.faint_ink, "dot"),
        ("own_kwh", "similar_own", colours.paid, "solid"),
    ):
        figure.add_scatter(
            x=labels,
            y=months[column].to_list(),
            name=words(name),
            mode="lines+markers",
            line={"color": colour, "width": 2.5, "dash": dash},
            customdata=[None if kwh is None else words.kwh(kwh) for kwh in months[column]],
            hovertemplate="%{customdata}",
        )
    return _by_month(figure, labels, look)


def _by_month(figure: go.Figure, labels: list[str], look: Look) -> go.Figure:
    step = 3 if look.narrow else 1
    shown = labels[::-1][::step][::-1]
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=labels,
        tickvals=shown,
        tickangle=0 if look.narrow else -45,
    )
    figure.update_yaxes(title={"text": look.words("kwh_used")}, rangemode="tozero")
    figure.update_layout(barmode="overlay")
    return figure
