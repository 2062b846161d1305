"""Pictures of the dashboard for the documents: `python -m tests.e2e.screenshots [folder]`, what `make screenshots` runs.

Of the installation that ENERGOSBYT_HOME names; of an invented region where nothing is published yet.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.store import Snapshot, current
from pipelines.settings import ROOT, Settings
from tests.dashboard.snapshot import all_districts, write_snapshot
from tests.e2e.conftest import ARGUMENTS, CHROMIUM, serve

TALLEST = 6000
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
TELEPHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "user_agent": "Mozilla/5.0 (Linux; Android 16) Mobile",
    "has_touch": True,
    "device_scale_factor": 2,
}

TELLING_ACCOUNT = """
select readings.account_number, any_value(accounts.district)
from reading as readings
inner join charge_line as lines on lines.account_number = readings.account_number
inner join account as accounts on accounts.account_number = readings.account_number
where readings.verdict <> 'accepted'
group by readings.account_number
order by count(distinct readings.reading_id) filter (readings.verdict <> 'accepted') desc, count(*) desc, readings.account_number
limit 1
"""
"""An account with something to look at: readings that were not accepted, and many lines."""


@dataclass(frozen=True)
class Shot:
    """One picture: its file's name, the address and how the browser stands."""

    name: str
    path: str
    window: dict[str, Any]
    theme: str = "light"


def shots(account: str, district: str) -> list[Shot]:
    """What the documents show."""
    narrowed = f"/district?{urlencode({'district': district, 'measure': 'debt'})}"
    readings = f"/account?{urlencode({'account': account, 'show': 'readings'})}"
    return [
        Shot("overview", "/", DESK),
        Shot("overview-dark", "/", DESK, "dark"),
        Shot("overview-english", "/?lang=en", DESK),
        Shot("overview-phone", "/", TELEPHONE),
        Shot("district", "/district", DESK),
        Shot("district-one", narrowed, DESK),
        Shot("district-dark", "/district?measure=debt_per_account", DESK, "dark"),
        Shot("district-phone", narrowed, TELEPHONE),
        Shot("receivables", "/receivables", DESK),
        Shot("receivables-dark", "/receivables", DESK, "dark"),
        Shot("receivables-phone", "/receivables", TELEPHONE),
        Shot("payments", "/payments", DESK),
        Shot("payments-dark", "/payments", DESK, "dark"),
        Shot("payments-phone", "/payments", TELEPHONE),
        *(Shot(page, f"/{page}", DESK) for page in ("readings", "tariffs", "night", "work_list", "contracts")),
        Shot("readings-phone", "/readings", TELEPHONE),
        Shot("work_list-dark", "/work_list", DESK, "dark"),
        Shot("kpis", "/kpis", DESK),
        Shot("kpis-dark", "/kpis", DESK, "dark"),
        Shot("kpis-phone", "/kpis", TELEPHONE),
        Shot("account", f"/account?account={account}", DESK),
        Shot("account-readings", readings, DESK),
        Shot("account-explanation", f"/account?{urlencode({'account': account, 'show': 'explanation'})}", DESK),
        Shot("account-documents", f"/account?{urlencode({'account': account, 'show': 'documents'})}", DESK),
        Shot("account-dark", readings, DESK, "dark"),
        Shot("account-phone", f"/account?account={account}", TELEPHONE),
        Shot("account-search", f"/account?{urlencode({'q': 'ленина'})}", DESK),
    ]


def take(browser: Browser, url: str, shot: Shot, folder: Path) -> Path:
    """Open, wait until everything is drawn, make the window as tall as the page, and save."""
    context = browser.new_context(base_url=url, locale="ru-RU", color_scheme=shot.theme, **shot.window)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(shot.path)
    page.locator("h2").first.wait_for()
    width = shot.window["viewport"]["width"]
    for _ in range(2):
        _drawn(page)
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
    _drawn(page)
    target = folder / f"{shot.name}.png"
    page.screenshot(path=target)
    context.close()
    return target


def _drawn(page: Page) -> None:
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(1200)


@contextmanager
def installation() -> Iterator[tuple[Path, Snapshot]]:
    """The installation to show: the real one, or an invented region in a folder that goes away."""
    real = Settings.from_environment()
    snapshot = current(real.published)
    if snapshot:
        yield real.home, snapshot
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        published_at = datetime.now(UTC) - timedelta(hours=5)
        write_snapshot(home, accounts=2500, districts=all_districts(), months=26, published_at=published_at)
        invented = current(home / "published")
        assert invented is not None
        yield home, invented


def main() -> None:
    """Take every picture into a folder, `docs/screenshots` unless named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("TZ", "Europe/Moscow")
    with installation() as (home, snapshot):
        with duckdb.connect(str(snapshot.path), read_only=True) as connection:
            account, district = connection.execute(TELLING_ACCOUNT).fetchall()[0]
        with serve(home) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for shot in shots(str(account), district):
                print(take(browser, site.url, shot, folder))
            browser.close()


if __name__ == "__main__":
    main()
