"""Snapshots to look at, and a way to look at one page of them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.store import Snapshot, current
from pipelines.settings import ROOT, Settings
from tests.dashboard.invented import OPEN_PERIOD
from tests.dashboard.snapshot import write_snapshot

Open = Callable[..., AppTest]
Facts = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred accounts in six districts over fourteen months."""
    home = tmp_path_factory.mktemp("small")
    write_snapshot(home)
    return home


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every table of the contract, no accounts."""
    home = tmp_path_factory.mktemp("empty")
    write_snapshot(home, empty=True)
    return home


@pytest.fixture(scope="session")
def real(night: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of a night over a simulated region: a copy, since the pages keep theirs open."""
    return shutil.copytree(night.published, tmp_path_factory.mktemp("real") / "published")


@pytest.fixture
def small(small_home: Path) -> Snapshot:
    snapshot = current(small_home / "published")
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="session")
def facts(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    """Asks the small snapshot anything; `$open` is its open period. (A copy: one process opens a file in one way only.)"""
    copy = shutil.copy(small_home / "published" / "snapshot-000214.duckdb", tmp_path_factory.mktemp("facts"))
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield lambda query: connection.execute(query, {"open": OPEN_PERIOD} if "$open" in query else {}).fetchall()


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of the app on an installation, with filters as they would stand in the address."""

    def opened(home: Path, page: str = "overview", **filters: str) -> AppTest:
        monkeypatch.setenv("ENERGOSBYT_HOME", str(home))
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=20)
        if page == "overview":
            app.query_params.update(filters)
        else:
            app.session_state["page_to_go_to"] = (page, filters)
        return seen(app.run())

    return opened


def seen(app: AppTest) -> AppTest:
    """The app after a run that must not have failed."""
    assert not app.exception, app.exception[0].stack_trace
    return app


def said(app: AppTest) -> str:
    """All that the page says in words."""
    kinds = (app.header, app.subheader, app.markdown, app.caption, app.info, app.warning, app.success, app.code)
    return "\n".join(str(element.value) for elements in kinds for element in elements)


@pytest.fixture(autouse=True, scope="session")
def _fresh_caches() -> None:
    st.cache_resource.clear()
