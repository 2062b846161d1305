"""Figures of the receivables page: debts by age, by district, from age to age, and penalty."""

import plotly.graph_objects as go
import polars as pl

from dashboard import figures
from dashboard.palette import Look

AGES = range(8)
DISTRICTS = 15
"""Districts drawn; all of them stand in the table."""


def age_colours(look: Look) -> list[str]:
    """A colour for each class of age: grey while not due, then from light to dark (in the dark theme to light)."""
    return [look.colours.neutral, *look.colours.scale]


def ages(frame: pl.DataFrame, look: Look) -> go.Figure:
    """Open debts by class of age, the sum over each bar."""
    words = look.words
    figure = look.figure(
        go.Bar(
            y=[words(f"age_{age}") for age in frame["age"]],
            x=[kopecks / 100 for kopecks in frame["open_kopecks"]],
            orientation="h",
            marker={"color": [look.colours.neutral, *[look.colours.debt] * 7][: frame.height]},
            text=[words.short_rubles(kopecks) for kopecks in frame["open_kopecks"]],
            textposition="outside",
            cliponaxis=False,
            customdata=[
                (words.rubles(kopecks), words.counted(accounts, "accounts"))
                for kopecks, accounts in frame.select("open_kopecks", "accounts").iter_rows()
            ],
            hovertemplate="%{customdata[0]}, %{customdata[1]}<extra></extra>",
        )
    )
    figure.update_layout(hovermode="closest", bargap=0.25, margin={"r": 90})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        tickfont={"color": look.colours.ink},
    )
    return figure


def ages_by_district(frame: pl.DataFrame, look: Look) -> go.Figure:
    """The districts with the greatest overdue debts, their classes of age laid end to end."""
    words, shown = look.words, frame.head(DISTRICTS).reverse()
    unit, unit_name = figures.money_unit(max(shown["overdue_kopecks"], default=0), words)
    bars = [
        go.Bar(
            x=[kopecks / unit for kopecks in shown[f"age_{age}_kopecks"]],
            y=shown["district"].to_list(),
            orientation="h",
            name=words(f"age_{age}"),
            marker={"color": colour},
            customdata=[words.rubles(kopecks) for kopecks in shown[f"age_{age}_kopecks"]],
            hovertemplate="%{customdata}",
        )
        for age, colour in zip(AGES, age_colours(look), strict=True)
        if age
    ]
    figure = look.figure(*bars, height=max(220, 26 * shown.height + 110))
    figure.update_layout(barmode="stack", hovermode="y unified", legend={"traceorder": "normal"})
    figure.update_yaxes(showgrid=False, tickfont={"color": look.colours.ink})
    figure.update_xaxes(
        showgrid=True,
        nticks=5,
        tickformat=",~f",
        title={"text": unit_name, "font": {"size": 12, "color": look.colours.faint_ink}},
    )
    return figure


def roll(frame: pl.DataFrame, look: Look) -> go.Figure:
    """A grid of classes: where the accounts of a row went, in percent of the row."""
    words, colours = look.words, look.colours
    classes = [-1, *AGES]
    told = {(row["from_age"], row["to_age"]): row for row in frame.iter_rows(named=True)}
    names = [words(f"age_{age}") for age in classes]
    shares = [[told[a, b]["rolled_permille"] / 10 if (a, b) in told else None for b in classes] for a in classes]
    texts = [[_rolled(told.get((a, b)), look) for b in classes] for a in classes]
    hovers = [
        [words.counted(told[a, b]["accounts"], "accounts") if (a, b) in told else "" for b in classes] for a in classes
    ]
    low, high = (colours.scale[0], colours.scale[4]) if not look.dark else (colours.grid, colours.scale[3])
    figure = look.figure(
        go.Heatmap(
            z=shares,
            x=names,
            y=names,
            text=texts,
            texttemplate="%{text}",
            customdata=hovers,
            hovertemplate="%{y} → %{x}: %{text}, %{customdata}<extra></extra>",
            colorscale=[[0, low], [1, high]],
            zmin=0,
            zmax=100,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverongaps=False,
        ),
        height=380,
    )
    figure.update_layout(hovermode="closest")
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": colours.ink})
    figure.update_xaxes(side="top", showgrid=False, tickfont={"color": colours.ink})
    return figure


def _rolled(pair: dict[str, int] | None, look: Look) -> str:
    """What stands in a cell: the share, on a telephone whole percent without the sign."""
    if pair is None:
        return ""
    permille = pair["rolled_permille"]
    return look.words.count((permille + 5) // 10) if look.narrow else look.words.share(permille)


def penalty(months: pl.DataFrame, look: Look) -> go.Figure:
    """Penalty posted by month, and below the line what was taken back."""
    words, colours = look.words, look.colours
    bars = [
        go.Bar(
            x=[period.isoformat() for period in months["period"]],
            y=[kopecks / 100 for kopecks in months[column]],
            name=words(text),
            marker={"color": colour},
            customdata=[words.rubles(kopecks) for kopecks in months[column]],
            hovertemplate="%{customdata}",
        )
        for text, column, colour in (
            ("penalty_posted", "posted_kopecks", colours.debt),
            ("penalty_back", "taken_back_kopecks", colours.advance),
        )
    ]
    figure = look.figure(*bars)
    figure.update_layout(barmode="relative")
    return figures.by_month(figure, months, look, "₽")
