"""Filters live in the address: whoever opens the link sees the same page.

The address is the only truth. A widget shows what the address says and writes its change back there; going to another
page, which clears the address, carries over the filters that page also uses.
"""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from types import MappingProxyType

import streamlit as st

from dashboard.text import Language

PLACE = ("branch", "site", "district", "category")
"""What part of the households is looked at."""

FILTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "overview": ("lang", "period", "months", *PLACE, "channel", "measure"),
        "district": (
            "lang",
            "period",
            "months",
            "measure",
            "branch",
            "site",
            "district",
            "category",
            "channel",
            "street",
            "house",
        ),
        "receivables": ("lang", "period", "months", *PLACE, "channel", "age"),
        "payments": ("lang", "period", *PLACE, "channel"),
        "kpis": ("lang", "period", "months", *PLACE, "channel", "kpi"),
        "readings": ("lang", "period", "months", *PLACE, "channel"),
        "tariffs": ("lang", "shelf", "category", "zone_plan", "settlement"),
        "whatif": ("lang",),
        "night": ("lang", "run"),
        "work_list": ("lang", "period", *PLACE, "channel", "task"),
        "account": ("lang", "period", "months", "account", "q", "show", "against", "since", "until"),
        "appeals": ("lang", "queue", "appeal"),
        "contracts": ("lang", "period", "contract"),
    }
)
"""Page -> names in its address. Page names are those of the view modules."""

STALE_SECONDS = 1
"""A browser under load may repeat for so long the address it had before our last change."""

_CARRIED = "carried_filters"
_PAGE = "page_shown"
_GOING = "page_to_go_to"
_WRITTEN = "address_written"
_REPLACED = "addresses_replaced"

Address = dict[str, str]


def arrive(page: str) -> None:
    """Say which page is about to be drawn; on a change of page, carry its filters over from where the user comes."""
    carried = _carried()
    came_from, st.session_state[_PAGE] = st.session_state.get(_PAGE), page
    if came_from == page:
        _ignore_stale_address()
    else:
        st.session_state[_REPLACED] = []
    if came_from not in {None, page}:
        for name in FILTERS[page]:
            if name in carried and name not in st.query_params:
                put(name, carried[name])
    for name in FILTERS[page]:
        if name in st.query_params:
            carried[name] = st.query_params[name]
        elif came_from == page:
            carried.pop(name, None)


def value(name: str) -> str | None:
    """What the address says of a filter."""
    return st.query_params.get(name)


def language() -> Language:
    """The language of the page about to be drawn: of the address, or of the page the user comes from."""
    return "en" if st.query_params.get("lang", _carried().get("lang")) == "en" else "ru"


def put(name: str, chosen: str | None) -> None:
    """Write a filter into the address, or take it out (None)."""
    _ignore_stale_address()
    before = st.query_params.to_dict()
    if chosen:
        st.query_params[name] = _carried()[name] = chosen
    else:
        st.query_params.pop(name, None)
        _carried().pop(name, None)
    replaced: list[tuple[float, Address]] = st.session_state.setdefault(_REPLACED, [])
    replaced[:] = [(at, address) for at, address in replaced if monotonic() - at < STALE_SECONDS] + [
        (monotonic(), before)
    ]
    st.session_state[_WRITTEN] = st.query_params.to_dict()


def _ignore_stale_address() -> None:
    """Put back what we wrote when the browser repeats an address that we replaced a moment ago.

    Two changes in quick succession: the second leaves the browser before it has heard of the first.
    """
    now, written = st.query_params.to_dict(), st.session_state.get(_WRITTEN)
    replaced: list[tuple[float, Address]] = st.session_state.get(_REPLACED, [])
    if (
        written is not None
        and now != written
        and any(now == was and monotonic() - at < STALE_SECONDS for at, was in replaced)
    ):
        st.query_params.from_dict(written)


def _carried() -> Address:
    kept: Address = st.session_state.setdefault(_CARRIED, {})
    return kept


def carried(page: str, **filters: str) -> Address:
    """The address of another page: its filters as they stand, with those given put in their place."""
    kept = _carried()
    return {name: kept[name] for name in FILTERS[page] if name in kept} | filters


def choose(
    label: str,
    name: str,
    options: Sequence[str],
    show: Callable[[str], str],
    *,
    default: str | None,
    pinned: bool = False,
    placeholder: str | None = None,
) -> str | None:
    """A select box bound to the address; with `default` None it may stay empty and shows `placeholder`.

    A value that is not on offer counts as the default. `pinned` writes the default into the address too, for what a
    default means changes with time (the open month).
    """
    key = _widget(name, options, default)
    index = None if default is None else 0
    st.selectbox(
        label,
        options,
        key=key,
        index=index,
        format_func=show,
        on_change=_commit,
        args=(key, name, default),
        placeholder=placeholder,
    )
    if pinned and default and value(name) is None:
        put(name, default)
    return st.session_state[key] or default


def pick(label: str, name: str, options: Sequence[str], show: Callable[[str], str], *, default: str) -> str:
    """A row of buttons bound to the address: one of `options`, always one of them."""
    key = _widget(name, options, default)
    st.segmented_control(
        label,
        options,
        key=key,
        format_func=show,
        required=True,
        on_change=_commit,
        args=(key, name, default),
        label_visibility="collapsed",
    )
    return str(st.session_state[key] or default)


def type_in(label: str, name: str, placeholder: str) -> str:
    """A search field bound to the address; returns what was typed, trimmed."""
    key = _key(name)
    st.session_state[key] = value(name) or ""
    st.text_input(
        label, key=key, type="search", placeholder=placeholder, on_change=_commit, args=(key, name, None), max_chars=100
    )
    return str(st.session_state[key]).strip()


def _widget(name: str, options: Sequence[str], default: str | None) -> str:
    """Make the widget show what the address says; returns its key."""
    key = _key(name)
    said = value(name)
    st.session_state[key] = said if said in options else default
    return key


def _key(name: str) -> str:
    """A widget's key: one of each language, for the browser remembers a choice by the words it was shown in."""
    return f"filter_{name}_{language()}"


def _commit(key: str, name: str, default: str | None) -> None:
    chosen = st.session_state[key]
    put(name, None if chosen == default else chosen)


def go(page: str, **filters: str) -> None:
    """Leave for another page at the next rerun (from a callback, where switching is not allowed)."""
    st.session_state[_GOING] = (page, carried(page, **filters))


def going() -> tuple[str, Address] | None:
    """Where a callback wants to go, once."""
    target: tuple[str, Address] | None = st.session_state.pop(_GOING, None)
    return target
