"""Frames in, figures out: the only place where kopecks become rubles in floating point, and only to be drawn.

What a reader compares stands in exact words (`customdata`, labels); the float decides the length of a bar, no more.
"""

from collections.abc import Callable, Sequence
from datetime import date

import plotly.graph_objects as go
import polars as pl

from dashboard.measures import MEASURES
from dashboard.palette import Look
from dashboard.text import Words

TICKS = 12
"""Labels that fit under a chart half a page wide."""

BARS = 20
"""Districts shown in the short form of a bar chart."""

_KOPECKS = {
    "thousand": (10**5, "тыс. ₽", "k ₽"),
    "million": (10**8, "млн ₽", "m ₽"),
    "billion": (10**11, "млрд ₽", "bn ₽"),
}


def sparkline(months: pl.DataFrame, column: str) -> list[float]:
    """A column of the latest months as bare numbers: the small line of a card, which has no scale."""
    return [float(value) for value in months[column].drop_nulls()]


def charged_and_paid(months: pl.DataFrame, look: Look) -> go.Figure:
    """Charges as bars, payments as a line on the same axis: the gap between them is what was not collected."""
    words, colours = look.words, look.colours
    unit, unit_name = _unit(months, "charged_kopecks", "paid_kopecks", words=words)
    figure = look.figure(
        go.Bar(
            x=_dates(months),
            y=_drawn(months["charged_kopecks"], unit),
            name=words("charged"),
            marker={"color": colours.charged},
            customdata=_sums(months["charged_kopecks"], words),
            hovertemplate="%{customdata}",
        ),
        go.Scatter(
            x=_dates(months),
            y=_drawn(months["paid_kopecks"], unit),
            name=words("paid"),
            mode="lines+markers",
            line={"color": colours.paid, "width": 2.5},
            marker={"size": 6 if months.height <= 3 * TICKS else 1},
            customdata=_sums(months["paid_kopecks"], words),
            hovertemplate="%{customdata}",
        ),
    )
    return by_month(figure, months, look, unit_name)


def collection(months: pl.DataFrame, look: Look) -> go.Figure:
    """Paid ÷ charged by month, against the line where all that was charged was paid."""
    words, colours = look.words, look.colours
    figure = look.figure(
        go.Scatter(
            x=_dates(months),
            y=_drawn(months["collected_permille"], 10),
            name=words("collected"),
            mode="lines+markers",
            line={"color": colours.paid, "width": 2.5},
            marker={"size": 6 if months.height <= 3 * TICKS else 1},
            customdata=[words.share(value) for value in months["collected_permille"]],
            hovertemplate="%{customdata}",
            connectgaps=False,
        )
    )
    figure.add_hline(y=100, line={"color": colours.faint_ink, "width": 1, "dash": "dot"})
    figure.update_layout(showlegend=False)
    return by_month(figure, months, look, "%")


def balance_trend(months: pl.DataFrame, look: Look) -> go.Figure:
    """Debts above zero, advances below it, and their sum, the balance."""
    words, colours = look.words, look.colours
    unit, unit_name = _unit(months, "debt_kopecks", "advance_kopecks", words=words)
    bars = [
        go.Bar(
            x=_dates(months),
            y=_drawn(months[column] * sign, unit),
            name=words(text),
            marker={"color": colour},
            customdata=_sums(months[column], words),
            hovertemplate="%{customdata}",
        )
        for text, column, sign, colour in (
            ("debt", "debt_kopecks", 1, colours.debt),
            ("advance", "advance_kopecks", -1, colours.advance),
        )
    ]
    line = go.Scatter(
        x=_dates(months),
        y=_drawn(months["closing_kopecks"], unit),
        name=words("balance"),
        mode="lines",
        line={"color": colours.ink, "width": 2},
        customdata=_sums(months["closing_kopecks"], words),
        hovertemplate="%{customdata}",
    )
    figure = look.figure(*bars, line)
    figure.update_layout(barmode="relative")
    return by_month(figure, months, look, unit_name)


def bridge(month: pl.DataFrame, look: Look) -> go.Figure:
    """How the balance of one month came about: opening, what was added, what was paid, closing. `month` has one row."""
    words = look.words
    steps = [
        ("opening", "opening_kopecks", 1, "absolute"),
        ("charged", "charged_kopecks", 1, "relative"),
        ("corrected", "corrected_kopecks", 1, "relative"),
        ("penalty", "penalty_kopecks", 1, "relative"),
        ("paid", "paid_kopecks", -1, "relative"),
        ("closing", "closing_kopecks", 1, "total"),
    ]
    return _waterfall(
        [(words(text), int(month[column].item()) * sign, measure) for text, column, sign, measure in steps],
        words.short_rubles,
        look,
    )


def bill_change(then_kopecks: int, effects: pl.DataFrame, period: date, before: date, look: Look) -> go.Figure:
    """From the bill of one month to that of another, effect by effect; those of nothing are left out."""
    words = look.words
    steps = [(words.month(before), then_kopecks, "absolute")]
    steps += [
        (words(f"effect_{effect}"), kopecks, "relative")
        for effect, kopecks in effects.select("effect", "kopecks").iter_rows()
        if kopecks
    ]
    steps.append((words.month(period), then_kopecks + int(effects["kopecks"].sum()), "total"))
    return _waterfall(steps, words.rubles, look)


def _waterfall(steps: Sequence[tuple[str, int, str]], say: Callable[[int], str], look: Look) -> go.Figure:
    """Bars from sum to sum, downwards: title, kopecks and measure of each step; `say` writes a sum beside it."""
    words, colours = look.words, look.colours
    titles, amounts, measures = zip(*steps, strict=True)
    figure = look.figure(
        go.Waterfall(
            y=list(titles),
            x=[amount / 100 for amount in amounts],
            orientation="h",
            measure=list(measures),
            text=[say(amount) for amount in amounts],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12},
            customdata=[words.rubles(amount) for amount in amounts],
            hovertemplate="%{y}: %{customdata}<extra></extra>",
            connector={"line": {"color": colours.grid, "width": 1}},
            increasing={"marker": {"color": colours.debt}},
            decreasing={"marker": {"color": colours.advance}},
            totals={"marker": {"color": colours.neutral}},
        )
    )
    figure.update_layout(hovermode="closest", showlegend=False, bargap=0.35, margin={"r": 72})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": colours.ink})
    return figure


def district_bars(districts: pl.DataFrame, measure: str, look: Look, *, limit: int | None = BARS) -> go.Figure:
    """Districts as bars, the worst by the measure on top; `limit` None draws them all."""
    words, colours = look.words, look.colours
    by = MEASURES[measure]
    worst = by.worst_first(districts.drop_nulls(by.column))
    shown = (worst if limit is None else worst.head(limit)).reverse()
    labels = [by.says(value, words) for value in shown[by.column]]
    figure = look.figure(
        go.Bar(
            x=_drawn(shown[by.column], 1),
            y=shown["district"].to_list(),
            orientation="h",
            marker={"color": colours.charged},
            text=labels,
            textposition="outside",
            cliponaxis=False,
            textfont={"color": colours.ink, "size": 12},
            customdata=labels,
            hovertemplate="%{y}: %{customdata}<extra></extra>",
        ),
        height=max(120, 24 * shown.height + 24),
    )
    figure.update_layout(hovermode="closest", bargap=0.2, margin={"r": 72})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(showgrid=False, tickfont={"color": colours.ink})
    return figure


def reading_channels(channels: pl.DataFrame, look: Look) -> go.Figure:
    """Readings by channel, the accepted, held and rejected laid end to end."""
    words, colours = look.words, look.colours
    rows = channels.reverse()
    names = [words.code("channel", channel) for channel in rows["channel"]]
    bars = [
        go.Bar(
            x=rows[verdict].to_list(),
            y=names,
            orientation="h",
            name=words(verdict),
            marker={"color": colour},
            customdata=[words.count(number) for number in rows[verdict]],
            hovertemplate="%{customdata}",
        )
        for verdict, colour in (("accepted", colours.accepted), ("held", colours.held), ("rejected", colours.rejected))
    ]
    figure = look.figure(*bars, height=max(160, 34 * rows.height + 60))
    figure.update_layout(barmode="stack", hovermode="y unified", legend={"traceorder": "normal"})
    figure.update_yaxes(showgrid=False, tickfont={"color": colours.ink})
    figure.update_xaxes(showgrid=True, tickformat=",d", nticks=6)
    return figure


def debt_distribution(buckets: pl.DataFrame, look: Look) -> go.Figure:
    """How many accounts stand in each class of balance."""
    words, colours = look.words, look.colours
    paint = [colours.advance, colours.neutral, *[colours.debt] * 6]
    sums = [words.rubles(abs(kopecks)) for kopecks in buckets["closing_kopecks"]]
    counts = [words.counted(number, "accounts") for number in buckets["accounts"]]
    figure = look.figure(
        go.Bar(
            x=[words(f"bucket_{bucket}") for bucket in buckets["bucket"]],
            y=buckets["accounts"].to_list(),
            marker={"color": [paint[bucket] for bucket in buckets["bucket"]]},
            text=[words.count(number) for number in buckets["accounts"]],
            textposition="outside",
            cliponaxis=False,
            customdata=list(zip(counts, sums, strict=True)),
            hovertemplate="%{customdata[0]}, %{customdata[1]}<extra></extra>",
        )
    )
    figure.update_layout(hovermode="closest")
    figure.update_yaxes(tickformat=",d", visible=False)
    figure.update_xaxes(title={"text": words("bucket_axis"), "font": {"size": 12, "color": colours.faint_ink}})
    return figure


def account_trend(months: pl.DataFrame, look: Look) -> go.Figure:
    """One account by month: charges and payments as bars, the balance as a line."""
    words, colours = look.words, look.colours
    unit, unit_name = _unit(months, "charged_kopecks", "paid_kopecks", "closing_kopecks", words=words)
    bars = [
        go.Bar(
            x=_dates(months),
            y=_drawn(months[column], unit),
            name=words(text),
            marker={"color": colour},
            customdata=_sums(months[column], words),
            hovertemplate="%{customdata}",
        )
        for text, column, colour in (
            ("charged", "charged_kopecks", colours.charged),
            ("paid", "paid_kopecks", colours.paid_bar),
        )
    ]
    line = go.Scatter(
        x=_dates(months),
        y=_drawn(months["closing_kopecks"], unit),
        name=words("closing"),
        mode="lines+markers",
        line={"color": colours.ink, "width": 2},
        marker={"size": 5 if months.height <= 3 * TICKS else 1},
        customdata=_sums(months["closing_kopecks"], words),
        hovertemplate="%{customdata}",
    )
    return by_month(look.figure(*bars, line), months, look, unit_name)


def kpi_months(months: pl.DataFrame, unit: str, say: Callable[[int | None], str], look: Look) -> go.Figure:
    """One KPI by month; `say` writes its values in words, and the words stand for the scale."""
    figure = look.figure(
        go.Scatter(
            x=_dates(months),
            y=_drawn(months["value"], 1),
            mode="lines+markers",
            line={"color": look.colours.paid, "width": 2.5},
            marker={"size": 6 if months.height <= 3 * TICKS else 1},
            customdata=[say(value) for value in months["value"]],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    by_month(figure, months, look, unit)
    known = sorted({value for value in months["value"] if value is not None})
    ends = [known[0], known[-1]] if known else []
    figure.update_yaxes(tickmode="array", tickvals=ends, ticktext=[say(value) for value in ends], title_text="")
    figure.update_layout(showlegend=False)
    return figure


def by_month(figure: go.Figure, months: pl.DataFrame, look: Look, unit_name: str) -> go.Figure:
    """Put months under the chart, as many as fit, and the unit beside it."""
    periods: list[date] = months["period"].to_list()
    step = max(1, -(-len(periods) // TICKS))
    ticks = periods[::-1][::step][::-1]
    figure.update_xaxes(
        tickmode="array",
        tickvals=[period.isoformat() for period in ticks],
        ticktext=_month_labels(ticks, look.words),
        tickangle=0,
        hoverformat="%m.%Y",
    )
    figure.update_yaxes(
        tickformat=",~f", nticks=6, title={"text": unit_name, "font": {"size": 12, "color": look.colours.faint_ink}}
    )
    return figure


def _month_labels(ticks: Sequence[date], words: Words) -> list[str]:
    """The month on every tick, the year under the first tick of each year, unless the next one begins a year itself."""
    labels = []
    for position, tick in enumerate(ticks):
        name, year = words.short_month(tick).split(" ")
        begins = not position or ticks[position - 1].year != tick.year
        alone = position + 1 == len(ticks) or ticks[position + 1].year == tick.year
        labels.append(f"{name}<br>{year}" if begins and alone else name)
    return labels


def _dates(months: pl.DataFrame) -> list[str]:
    return [period.isoformat() for period in months["period"]]


def _drawn(values: pl.Series, unit: int) -> list[float | None]:
    """Exact whole numbers as floats in a unit, for the eye only."""
    return [None if value is None else value / unit for value in values]


def _sums(values: pl.Series, words: Words) -> list[str]:
    return [words.rubles(value) for value in values]


def _unit(months: pl.DataFrame, *columns: str, words: Words) -> tuple[int, str]:
    """The unit of a money axis that keeps its labels short: kopecks in one, and its name."""
    greatest = max((abs(value) for column in columns for value in months[column]), default=0)
    return money_unit(greatest, words)


def money_unit(greatest: int, words: Words) -> tuple[int, str]:
    """The unit of a money axis whose greatest value is so many kopecks: kopecks in one, and its name."""
    unit, name = 100, "₽"
    for size, russian_name, english_name in _KOPECKS.values():
        if greatest >= 10 * size or (size > 10**5 and greatest >= size):
            unit, name = size, russian_name if words.is_russian else english_name
    return unit, name
