"""Which layouts a channel may deliver, and how a header finds its own."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pipelines.channels.askue.format import ASKUE_MESSAGE
from pipelines.channels.bank_statement import BANK_STATEMENT
from pipelines.channels.contracts import CONTRACTS, POINT_METERS, POINT_REGISTERS, SUPPLY_POINTS, UNMETERED_ACTS
from pipelines.channels.customers import ACCOUNTS, CONDITIONS, METERS, OPENING_DEBTS, PAYMENT_DECISIONS, TENANTS
from pipelines.channels.decisions import READING_DECISIONS
from pipelines.channels.houses import HOUSE_VOLUMES, HOUSES
from pipelines.channels.layout import Layout, normalised
from pipelines.channels.market.format import MARKET_PRICES
from pipelines.channels.payments import BANK_REGISTRY, CARD_REPORT, CASH_BOOK, POST_REGISTRY
from pipelines.channels.plans import PLANS
from pipelines.channels.readings import READINGS, SMART_METER
from pipelines.channels.receipt_decisions import RECEIPT_DECISIONS
from pipelines.channels.whole import WholeFormat
from pipelines.vocabulary import CODE_SETS

_OWN_LAYOUTS: Mapping[str, tuple[Layout, ...]] = {
    "customers": (ACCOUNTS, TENANTS, METERS, OPENING_DEBTS, CONDITIONS, HOUSES, HOUSE_VOLUMES, PAYMENT_DECISIONS),
    "smart_meter": (SMART_METER,),
    "bank": (BANK_REGISTRY,),
    "card": (CARD_REPORT,),
    "post": (POST_REGISTRY,),
    "cash": (CASH_BOOK,),
    "specialist": (READING_DECISIONS, RECEIPT_DECISIONS),
    "plans": (PLANS,),
    "contracts": (CONTRACTS, SUPPLY_POINTS, POINT_METERS, POINT_REGISTERS, UNMETERED_ACTS),
}

FORMATS: Mapping[str, WholeFormat] = MappingProxyType(
    {"askue": ASKUE_MESSAGE, "market": MARKET_PRICES, "bank_statement": BANK_STATEMENT}
)
"""Channel -> the format of its files, where these are not lines."""

LAYOUTS: Mapping[str, tuple[Layout, ...]] = MappingProxyType(
    {channel: _OWN_LAYOUTS.get(channel, (READINGS,)) for channel in CODE_SETS["channel"] if channel not in FORMATS}
)
"""Channel -> the layouts of the lines it delivers."""

AGENTS = frozenset(layout.agent for layouts in LAYOUTS.values() for layout in layouts if layout.agent)
"""Agents that layouts name themselves: no bank may call itself so, its operation numbers would mix with theirs."""


@dataclass(frozen=True)
class Columns:
    """A header understood: the layout, and for each of its fields the column it stands in, from 1; None when absent."""

    layout: Layout
    positions: tuple[int | None, ...]


@dataclass(frozen=True)
class UnknownHeader:
    """A header that no layout of the channel explains: the closest layout, and what sets it apart."""

    layout: Layout
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]


@functools.lru_cache(maxsize=256)
def read_header(names: tuple[str, ...], channel: str) -> Columns | UnknownHeader:
    """Find the layout of a channel that a header belongs to, whatever the order of its columns."""
    attempts = [_fit(names, layout) for layout in LAYOUTS[channel]]
    for attempt in attempts:
        if isinstance(attempt, Columns):
            return attempt
    return min(
        (attempt for attempt in attempts if isinstance(attempt, UnknownHeader)),
        key=lambda attempt: len(attempt.missing) + len(attempt.unknown),
    )


def _fit(names: Sequence[str], layout: Layout) -> Columns | UnknownHeader:
    found = [normalised(name) for name in names]
    places = [[place for place, name in enumerate(found, 1) if name in one.names] for one in layout.fields]
    used = {place for one in places for place in one}
    unknown = tuple(name.strip() for place, name in enumerate(names, 1) if place not in used)
    missing = tuple(
        one.header for one, place in zip(layout.fields, places, strict=True) if not place and not one.may_be_absent
    )
    repeated = tuple(one.header for one, place in zip(layout.fields, places, strict=True) if len(place) > 1)
    if unknown or missing or repeated:
        return UnknownHeader(layout, missing, unknown, repeated)
    return Columns(layout, tuple(place[0] if place else None for place in places))
