"""One visual language: colours by meaning, safe for colour-blind eyes, and the Plotly templates made of them."""

from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

from dashboard.text import Words

FONT = '"Source Sans", "Source Sans 3", sans-serif'
SEPARATORS = ",\N{NO-BREAK SPACE}"
"""Plotly's decimal mark and group separator: 1 234,56."""
SEPARATORS_ENGLISH = ".,"


@dataclass(frozen=True)
class Palette:
    """Colours by what they mean. Those that meet in a chart differ for colour-blind eyes (a test simulates them)."""

    paper: str
    ink: str
    faint_ink: str
    grid: str
    charged: str
    paid: str
    paid_bar: str
    debt: str
    advance: str
    corrected: str
    neutral: str
    accepted: str
    held: str
    rejected: str
    scale: tuple[str, ...]
    """From low to high, lightness moving one way."""


LIGHT = Palette(
    paper="#ffffff",
    ink="#1d2733",
    faint_ink="#5b6877",
    grid="#e6eaef",
    charged="#5b8fc7",
    paid="#a65300",
    paid_bar="#c08028",
    debt="#d4694f",
    advance="#3a98a6",
    corrected="#8a6fb0",
    neutral="#c2c9d1",
    accepted="#4f97b3",
    held="#b8860b",
    rejected="#9c2f2f",
    scale=("#d3ecc8", "#9fd9bd", "#5fbfc0", "#2f9dbf", "#2374ab", "#24508f", "#1b2f66"),
)

DARK = Palette(
    paper="#141a21",
    ink="#e4eaf0",
    faint_ink="#9caab8",
    grid="#29323d",
    charged="#4b79a8",
    paid="#f0b35a",
    paid_bar="#c98f3f",
    debt="#e07a5f",
    advance="#4fb6c2",
    corrected="#ab94d1",
    neutral="#5a6673",
    accepted="#3f7f99",
    held="#e6b84a",
    rejected="#e0695f",
    scale=("#1f3564", "#26548f", "#2b78ad", "#3aa0bf", "#6fc3bf", "#aadfc0", "#e2f3cf"),
)


def palette(*, dark: bool) -> Palette:
    """The palette of a theme."""
    return DARK if dark else LIGHT


@cache
def template(*, dark: bool) -> go.layout.Template:
    """The layout every chart starts from: no frame, a quiet grid, the legend above, one hover box for a month."""
    colours = palette(dark=dark)
    axis = {
        "gridcolor": colours.grid,
        "linecolor": colours.grid,
        "zerolinecolor": colours.faint_ink,
        "zerolinewidth": 1,
        "ticks": "outside",
        "ticklen": 5,
        "tickcolor": "rgba(0,0,0,0)",
        "tickfont": {"color": colours.faint_ink, "size": 11},
        "automargin": True,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": colours.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "separators": SEPARATORS,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": axis | {"showgrid": False},
            "yaxis": axis,
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 1.02,
                "xanchor": "left",
                "yanchor": "bottom",
                "title": {"text": ""},
            },
            "hovermode": "x unified",
            "hoverlabel": {
                "bgcolor": colours.paper,
                "bordercolor": colours.grid,
                "font": {"family": FONT, "color": colours.ink},
            },
            "bargap": 0.28,
            "dragmode": False,
        }
    )


@dataclass(frozen=True)
class Look:
    """How charts are drawn for one reader: language, theme, room."""

    words: Words
    dark: bool = False
    narrow: bool = False
    """A telephone held upright."""

    @property
    def colours(self) -> Palette:
        """Colours by meaning."""
        return palette(dark=self.dark)

    def figure(self, *traces: go.Scatter | go.Bar | go.Waterfall | go.Heatmap, height: int = 300) -> go.Figure:
        """An empty chart in the common style with these traces."""
        # All at once: a figure begun without a template is first given Plotly's own, a long one.
        layout = {"template": template(dark=self.dark), "height": height}
        return go.Figure(list(traces), layout if self.words.is_russian else layout | {"separators": SEPARATORS_ENGLISH})
