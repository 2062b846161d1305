"""A running dashboard and a browser to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.settings import ROOT
from tests.dashboard.snapshot import write_snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]

PROBES = ("/_stcore/health", "/_stcore/host-config")
"""Opened below the root, Streamlit's page first looks for its server under the page's own path: two 404 that mean nothing."""


@dataclass
class Site:
    """A dashboard that runs: where it listens and the installation it shows."""

    url: str
    home: Path


@contextmanager
def serve(home: Path, environment: Mapping[str, str] = os.environ) -> Iterator[Site]:
    """Run the dashboard over an installation until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard/app.py",
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
    ]
    with (home / "dashboard.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**environment, "ENERGOSBYT_HOME": str(home)}, stdout=log, stderr=log
        )
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/_stcore/health", home / "dashboard.log")
            yield Site(f"http://127.0.0.1:{port}", home)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()  # In the midst of a long question.
                server.wait()


def _wait_until_up(url: str, log: Path) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not start:\n{log.read_text()}")


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    write_snapshot(home)
    with serve(home) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator["Browser"]:
    """Chromium of the system; without it these tests skip, except in CI, where they must not."""
    if not Path(CHROMIUM).exists() and os.environ.get("CI") != "true":
        pytest.skip(f"no Chromium at {CHROMIUM}: install the package chromium to run the browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def tab(browser: "Browser", site: Site) -> Iterator["tuple[Page, list[str]]"]:
    """A tab on a desk and what went wrong in it; a tab that stays open loads a page twice as fast as a new one."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="ru-RU", base_url=site.url)
    opened = context.new_page()
    wrong: list[str] = []
    watch(opened, site.url, wrong)
    opened.set_default_timeout(15_000)
    yield opened, wrong
    context.close()


@pytest.fixture
def page(tab: "tuple[Page, list[str]]") -> Iterator["Page"]:
    """The tab, its last session left behind; afterwards nothing may have gone wrong in it."""
    opened, wrong = tab
    wrong.clear()
    yield opened
    opened.goto("about:blank")
    assert not wrong


def watch(page: "Page", url: str, wrong: list[str]) -> None:
    """Write down console errors, exceptions and requests that leave the machine."""

    def on_console(message: "ConsoleMessage") -> None:
        if message.type == "error" and not message.location["url"].endswith(PROBES):
            wrong.append(f"{message.text} {message.location['url']}")

    def on_request(request: "Request") -> None:
        if not request.url.startswith((url, url.replace("http", "ws"), "data:", "blob:")):
            wrong.append(f"request to {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", on_request)
