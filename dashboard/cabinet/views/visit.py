"""What a page is given: what its visitor owns, the account looked at, how to speak."""

from dataclasses import dataclass
from html import escape

from dashboard.cabinet.own import Own
from dashboard.cabinet.own_contracts import OwnContracts
from dashboard.cabinet.texts import CabinetWords


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


def link(href: str, text: str) -> str:
    """A link to a page of the front, in this tab, looking like a link to a page beside it."""
    style = "color: inherit; text-decoration: none; display: inline-block; padding: .25rem .5rem; font-size: .875rem"
    return f'<a href="{escape(href)}" target="_self" style="{style}">{escape(text)}</a>'
