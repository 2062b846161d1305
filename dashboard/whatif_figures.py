"""What a proposal moves: the groups of an outcome as frames, and their figures."""

import plotly.graph_objects as go
import polars as pl

from dashboard.palette import Look
from pipelines.whatif import Group, Outcome

SIDES = ("losers", "unmoved", "winners")


def groups(outcome: Outcome, kind: str) -> pl.DataFrame:
    """Groups of a kind with their difference, in all and for an account (whole kopecks, rounded towards zero)."""
    frame = pl.DataFrame([_row(group) for group in outcome.groups if group.kind == kind], schema=_SCHEMA, orient="row")
    return frame.with_columns(
        change_kopecks=pl.col("proposed_kopecks") - pl.col("posted_kopecks"),
        unmoved=pl.col("accounts") - pl.col("losers") - pl.col("winners"),
    ).with_columns(
        change_per_account_kopecks=pl.when(pl.col("accounts") > 0).then(
            pl.col("change_kopecks").sign() * (pl.col("change_kopecks").abs() // pl.col("accounts"))
        )
    )


_SCHEMA = {
    "name": pl.String(),
    "accounts": pl.Int64(),
    "losers": pl.Int64(),
    "winners": pl.Int64(),
    "kwh": pl.Int64(),
    "posted_kopecks": pl.Int64(),
    "proposed_kopecks": pl.Int64(),
}


def _row(group: Group) -> list[object]:
    return [getattr(group, name) for name in _SCHEMA]


def deciles(frame: pl.DataFrame, look: Look) -> go.Figure:
    """Of each decile, how many would pay more, the same and less, end to end; the difference for an account above."""
    words, colours = look.words, look.colours
    paint = {"losers": colours.debt, "unmoved": colours.neutral, "winners": colours.advance}
    names = frame["name"].to_list()
    bars = [
        go.Bar(
            x=names,
            y=frame[side].to_list(),
            name=words(side),
            marker={"color": paint[side]},
            customdata=[words.counted(accounts, "accounts") for accounts in frame[side]],
            hovertemplate="%{customdata}",
        )
        for side in SIDES
    ]
    figure = look.figure(*bars, height=380)
    changes = frame.select("accounts", "change_per_account_kopecks").iter_rows()
    for place, (accounts, change) in enumerate(changes):
        figure.add_annotation(
            # A category that looks like a number would be taken for its place on the axis.
            x=place,
            y=accounts,
            text=words.growth_rubles(change, 0) or "",
            showarrow=False,
            yshift=10,
            font={"size": 11, "color": colours.ink},
        )
    figure.update_layout(
        barmode="stack", hovermode="x unified", bargap=0.25, legend={"traceorder": "normal", "y": 1.08}
    )
    figure.update_xaxes(
        type="category", title={"text": words("decile"), "font": {"size": 12, "color": colours.faint_ink}}
    )
    figure.update_yaxes(tickformat=",~f", nticks=5)
    return figure
