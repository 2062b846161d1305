"""What the theme has no word for: a focus that is seen wherever it stands, and headings of one order."""

import streamlit as st

FOCUS = "a, button, summary, canvas, [tabindex]:not([tabindex='-1']):not([data-testid=stMain])"

STYLE = f"""
<style>
:is({FOCUS}):focus-visible {{ outline: 2px solid var(--st-primary-color, #1f5a92); outline-offset: 2px; }}
[data-testid=stMarkdown] h3 {{ font-size: 1rem; padding: 0.25rem 0; }}
[data-testid=stHeaderActionElements] {{ display: none; }}
</style>
"""
"""Titles of charts and tables are headings of the third order, as sections are, but smaller. A heading has no link to
itself: who goes by Tab would stop there for nothing."""


def apply() -> None:
    """Lay the style over the page about to be drawn."""
    st.html(STYLE)
