"""What a page is given: what its visitor owns, the account looked at, how to speak."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from dashboard.cabinet.own import Own
from dashboard.cabinet.own_contracts import OwnContracts
from dashboard.cabinet.texts import CabinetWords

CODE_PIXELS = 260
"""How wide a payment code is drawn."""


@dataclass(frozen=True)
class Visit:
    """One rerun of one visitor's page."""

    own: Own
    account: int
    words: CabinetWords
    has_card: bool = False
    """Whether there is a provider of card payments."""


@dataclass(frozen=True)
class ContractVisit:
    """One rerun of a representative's page."""

    own: OwnContracts
    contract: str
    words: CabinetWords
    is_in: Callable[[], bool] = lambda: True
    """Whether the session still lives, asked by a page that stands open and draws a part of itself alone."""


def link(href: str, text: str) -> str:
    """A link to a page of the front, in this tab, looking like a link to a page beside it."""
    style = "color: inherit; text-decoration: none; display: inline-block; padding: .25rem .5rem; font-size: .875rem"
    return f'<a href="{escape(href)}" target="_self" style="{style}">{escape(text)}</a>'


def drawn_code(modules: list[list[int]]) -> str:
    """The code as SVG, which travels in the page itself: a picture file of Streamlit is gone with the next rerun."""
    size = len(modules)
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(modules) for x, module in enumerate(row) if module)
    return (
        f'<svg viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{dark}"/></svg>'
    )
