"""What is reckoned for one account by the night's SQL, kept while the snapshot stands: it never changes within one."""

from pathlib import Path

import streamlit as st

from pipelines import whatif
from pipelines.settings import Settings
from pipelines.whatif import Forecast, OwnPrice, Plans

KEPT = 1000
"""Answers held in memory; one is a few dozen numbers."""


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def prices(snapshot: Path, account: int) -> tuple[OwnPrice, ...]:
    """The prices and ranges of the open month that apply to the account."""
    return whatif.own_prices(snapshot, Settings.from_environment(), account)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def plans(snapshot: Path, account: int, night_percent: int) -> Plans:
    """The last closed months by one rate and by two zones."""
    return whatif.compare_plans(snapshot, Settings.from_environment(), account, night_percent)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def forecast(snapshot: Path, account: int) -> Forecast | None:
    """What the open month is likely to be charged."""
    return whatif.forecast(snapshot, Settings.from_environment(), account)
