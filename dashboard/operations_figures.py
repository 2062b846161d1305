"""Figures of the pages about operations; see `figures` for what is exact in them."""

from collections.abc import Sequence
from textwrap import wrap

import plotly.graph_objects as go
import polars as pl

from dashboard.palette import Look
from pipelines.vocabulary import CODE_SETS

AXIS_CHARACTERS = 34

DRAWN_STAGES = 10

UNREAD_LEAST = 1
"""Months without a reading from which an account is drawn."""


def reading_days(days: pl.DataFrame, look: Look) -> go.Figure:
    """Readings of each day, the channels laid on top of each other."""
    words = look.words
    present = set(days["channel"])
    channels = [channel for channel in CODE_SETS["channel"] if channel in present]
    bars = [
        go.Bar(
            x=[day.isoformat() for day in of_channel["day"]],
            y=of_channel["readings"].to_list(),
            name=words.code("channel", channel),
            marker={"color": shade},
            customdata=[words.count(number) for number in of_channel["readings"]],
            hovertemplate="%{customdata}",
        )
        for channel, shade in zip(channels, colours_apart(look, len(channels)), strict=True)
        for of_channel in [days.filter(pl.col("channel") == channel)]
    ]
    figure = look.figure(*bars, height=340)
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    figure.update_xaxes(tickformat="%d.%m", hoverformat="%d.%m.%Y", nticks=8)
    figure.update_yaxes(tickformat=",d", nticks=6)
    return figure


def refusals(refused: pl.DataFrame, look: Look) -> go.Figure:
    """How often each rule refused what each channel sent: the darker, the more often."""
    words = look.words
    by_rule = refused.group_by("rule_id").agg(pl.col("readings").sum()).sort("readings", "rule_id")
    rules: list[str] = by_rule["rule_id"].to_list()
    present = set(refused["channel"])
    channels = [channel for channel in CODE_SETS["channel"] if channel in present]
    sums = {
        (rule, channel): number
        for rule, channel, number in refused.group_by("rule_id", "channel")
        .agg(pl.col("readings").sum())
        .select("rule_id", "channel", "readings")
        .iter_rows()
    }
    counts = [[sums.get((rule, channel)) for channel in channels] for rule in rules]
    shades = look.colours.scale
    messages = dict(refused.select("rule_id", "message_ru").iter_rows())
    names = [_first_sentence(words.reason(rule, messages[rule])) for rule in rules]
    figure = look.figure(height=max(200, 44 * len(rules) + 120))
    figure.add_trace(
        go.Heatmap(
            x=[words.code("channel", channel) for channel in channels],
            y=names,
            z=counts,
            text=[["" if number is None else words.count(number) for number in row] for row in counts],
            texttemplate="%{text}",
            colorscale=[[place / (len(shades) - 1), shade] for place, shade in enumerate(shades)],
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}, %{x}: %{text}<extra></extra>",
            hoverongaps=False,
        )
    )
    figure.update_layout(hovermode="closest")
    figure.update_yaxes(showgrid=False, tickfont={"color": look.colours.ink})
    return figure


def unread(silent: pl.DataFrame, look: Look) -> go.Figure:
    """Meters by months without a reading; `silent` has a row a district and number of months."""
    words = look.words
    counted = dict(silent.group_by("months").agg(pl.col("meters").sum()).iter_rows())
    months = range(UNREAD_LEAST, 6)
    numbers = [counted.get(month, 0) for month in months]
    figure = look.figure(
        go.Bar(
            x=[words(f"unread_{month}") for month in months],
            y=numbers,
            marker={"color": [look.colours.neutral, *[look.colours.debt] * 4]},
            text=[words.count(number) for number in numbers],
            textposition="outside",
            cliponaxis=False,
            customdata=[words.counted(number, "meters") for number in numbers],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    figure.update_layout(hovermode="closest")
    figure.update_yaxes(visible=False)
    return figure


def estimated(months: pl.DataFrame, look: Look) -> go.Figure:
    """Shares charged by average and by normative: of the kWh as bars, of the accounts as lines."""
    words, colours = look.words, look.colours
    dates = [period.isoformat() for period in months["period"]]
    figure = look.figure()
    for text, column, colour in (
        ("average_share", "average_permille", colours.held),
        ("normative_share", "normative_permille", colours.rejected),
        ("average_accounts_share", "average_accounts_permille", colours.held),
        ("normative_accounts_share", "normative_accounts_permille", colours.rejected),
    ):
        drawn = [None if share is None else share / 10 for share in months[column]]
        said = [words.share(share) for share in months[column]]
        common = {"x": dates, "y": drawn, "name": words(text), "customdata": said, "hovertemplate": "%{customdata}"}
        if "accounts" in column:
            figure.add_trace(go.Scatter(**common, mode="lines", line={"color": colour, "dash": "dot", "width": 2}))
        else:
            figure.add_trace(go.Bar(**common, marker={"color": colour}))
    figure.update_layout(barmode="stack")
    figure.update_xaxes(tickformat="%m.%Y", hoverformat="%m.%Y", nticks=8)
    figure.update_yaxes(nticks=6, title={"text": "%", "font": {"size": 12, "color": colours.faint_ink}})
    return figure


def _first_sentence(text: str) -> str:
    """The first sentence in short lines, to stand beside an axis."""
    return "<br>".join(wrap(text.partition(". ")[0].rstrip("."), AXIS_CHARACTERS))


def colours_apart(look: Look, number: int) -> Sequence[str]:
    """So many colours that stand apart in both themes, by the meanings nearest at hand."""
    colours = look.colours
    kept = (
        colours.charged,
        colours.paid,
        colours.advance,
        colours.debt,
        colours.corrected,
        colours.scale[0],
        colours.ink,
        colours.neutral,
        colours.faint_ink,
        colours.scale[-1],
        colours.held,
        colours.rejected,
    )
    return kept[:number]


def runs(all_runs: pl.DataFrame, run_id: int, look: Look) -> go.Figure:
    """Seconds of each run, oldest first; the one chosen stands out."""
    words, colours = look.words, look.colours
    rows = all_runs.reverse()
    figure = look.figure(
        go.Bar(
            x=[f"№ {number}" for number in rows["run_id"]],
            y=rows["seconds"].to_list(),
            marker={"color": [colours.paid if number == run_id else colours.charged for number in rows["run_id"]]},
            customdata=[words("took_seconds", seconds=words.count(seconds)) for seconds in rows["seconds"]],
            hovertemplate="%{x}: %{customdata}<extra></extra>",
        )
    )
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(type="category", nticks=8, tickangle=0)
    return figure


def stages(of_run: pl.DataFrame, look: Look) -> go.Figure:
    """The longest stages of a run as bars, in seconds."""
    words, colours = look.words, look.colours
    rows = of_run.head(DRAWN_STAGES).reverse()
    said = [words("took_seconds", seconds=words.scaled(took // 10, 2)) for took in rows["milliseconds"]]
    figure = look.figure(
        go.Bar(
            x=[took / 1000 for took in rows["milliseconds"]],
            y=rows["stage"].to_list(),
            orientation="h",
            marker={"color": colours.charged},
            text=said,
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    figure.update_layout(hovermode="closest", margin={"r": 72})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(showgrid=False, tickfont={"color": colours.ink})
    return figure
