"""Measure the dashboard on a published snapshot: `python -m tests.bench.pages [--rounds N] [--people N] [--clicks N]`.

Of the installation that ENERGOSBYT_HOME names; `make bench PART=pages` makes one, as large as is wanted, and asks there. First the questions of every
page, each asked cold with filters drawn at random; then people who click through the pages of one server at once, in
sessions of a real browser. Writes `pages.json` beside the snapshots and prints Markdown.
"""

import argparse
import asyncio
import datetime as dt
import json
import logging
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.links import FILTERS
from dashboard.store import Snapshot, current
from pipelines.settings import ROOT, Settings
from pipelines.warehouse.snapshot import connect_snapshot
from tests.e2e.conftest import ARGUMENTS, CHROMIUM, serve, watch

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

Filters = dict[str, str]


def drawn(snapshot: Snapshot, rounds: int, seed: int = 61) -> list[Filters]:
    """What people look at: a month, every second time a district, an account."""
    with connect_snapshot(snapshot.path) as connection:
        months, districts, numbers = (
            [value for (value,) in connection.execute(query).fetchall()]
            for query in (
                "select distinct period from district_month order by 1",
                "select district from district_month group by district order by 1",
                "select account_number from account using sample reservoir(500 rows) repeatable (61) order by 1",
            )
        )
    pick = random.Random(seed)
    filters = []
    for place in range(rounds):
        month: dt.date = pick.choice(months)
        chosen = {
            "period": f"{month:%Y-%m}",
            "account": str(pick.choice(numbers)),
            "months": pick.choice(["12", "all"]),
        }
        filters.append(chosen | ({"district": str(pick.choice(districts))} if place % 2 else {}))
    return filters


@contextmanager
def timed(answers: list[tuple[str, float]]) -> Iterator[None]:
    """Ask each question of a page once and note how long it takes; nothing is remembered from one page to the next."""
    remembering, answer = store._answer, vars(store._answer)["__wrapped__"]
    known: dict[object, pl.DataFrame] = {}

    def asked(path: str, question: str, parameters: tuple[tuple[str, store.Parameter], ...]) -> pl.DataFrame:
        if (question, parameters) not in known:
            began = time.perf_counter()
            known[question, parameters] = answer(path, question, parameters)
            answers.append((question, time.perf_counter() - began))
        return known[question, parameters]

    store._answer = asked  # type: ignore[assignment]
    try:
        yield
    finally:
        store._answer = remembering


def ask_pages(rounds: list[Filters]) -> dict[str, list[tuple[str, float]]]:
    """Draw every page with every set of filters, nothing remembered; the seconds of each question."""
    asked: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for filters in rounds:
        for page, names in FILTERS.items():
            app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=600)
            chosen = {name: value for name, value in filters.items() if name in names}
            if page == "overview":
                app.query_params.update(chosen)
            else:
                app.session_state["page_to_go_to"] = (page, chosen)
            with timed(asked[page]):
                app.run()
            assert not app.exception, (page, app.exception[0].message)
    return asked


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies, the nearest that there is."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def click_through(browser: "Browser", url: str, person: int, clicks: int, seconds: list[float]) -> list[str]:
    """One person: opens the dashboard, then goes from page to page; returns what went wrong."""
    context = await browser.new_context(viewport={"width": 1440, "height": 1000}, locale="ru-RU", base_url=url)
    page = await context.new_page()
    page.set_default_timeout(120_000)
    wrong: list[str] = []
    watch(page, url, wrong)  # type: ignore[arg-type]
    await page.goto("/")
    await _settled(page)
    pick = random.Random(person)
    for _ in range(clicks):
        links = page.locator("a[data-testid=stTopNavLink]")
        begun = time.perf_counter()
        await links.nth(pick.randrange(await links.count())).click()
        await page.wait_for_timeout(50)
        await _settled(page)
        seconds.append(time.perf_counter() - begun)
        if await page.locator("[data-testid=stException]").count():
            wrong.append(f"an exception on {page.url}")
    await context.close()
    return wrong


async def _settled(page: "Page") -> None:
    await page.locator("h2").first.wait_for()
    await page.locator("[data-test-script-state=notRunning]").wait_for()


async def crowd(url: str, people: int, clicks: int) -> tuple[list[float], list[str]]:
    """So many people at once; seconds from click to the end of drawing, and what went wrong."""
    from playwright.async_api import async_playwright

    seconds: list[float] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        troubles = await asyncio.gather(
            *(click_through(browser, url, person, clicks, seconds) for person in range(people))
        )
        await browser.close()
    return seconds, [trouble for wrong in troubles for trouble in wrong]


def measure(settings: Settings, rounds: int, people: int, clicks: int) -> tuple[str, list[str]]:
    """Measure and write `pages.json` beside the snapshots; Markdown, and what went wrong in the browsers."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    snapshot = current(settings.published)
    if snapshot is None:
        raise SystemExit(f"nothing is published under {settings.published}")
    with connect_snapshot(snapshot.path) as connection:
        [(accounts, months)] = connection.execute(
            "select (select count(distinct account_number) from account), (select count(distinct period) from branch_month)"
        ).fetchall()
    st.cache_resource.clear()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ENERGOSBYT_HOME", str(settings.home))
        asked = ask_pages(drawn(snapshot, rounds))
    lines = [
        f"{accounts} accounts × {months} months, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "",
        "| page | questions | median, ms | 95 %, ms | slowest |",
        "| --- | --: | --: | --: | --- |",
    ]
    for page, answers in asked.items():
        if answers:
            times = [1000 * seconds for _, seconds in answers]
            slowest = max(answers, key=lambda answer: answer[1])
            lines.append(
                f"| {page} | {len(times) // rounds} | {statistics.median(times):.0f} | {percentile(times, 0.95):.0f} |"
                f" {slowest[0]}, {1000 * slowest[1]:.0f} ms |"
            )
        else:
            lines.append(f"| {page} | 0 | | | |")
    figures: dict[str, Any] = {"accounts": accounts, "months": months, "pages": asked}
    wrong: list[str] = []
    if people and clicks:
        with serve(settings.home) as site:
            seconds, wrong = asyncio.run(crowd(site.url, people, clicks))
        figures["crowd"] = {"people": people, "seconds": seconds, "wrong": wrong}
        lines += [
            "",
            f"{people} people × {clicks} clicks at once, from click to drawn: median {statistics.median(seconds):.2f} s",
            f"95 %: {percentile(seconds, 0.95):.2f} s; errors: {len(wrong)}",
            *wrong[:10],
        ]
    path = settings.home / "pages.json"
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return "\n".join(lines), wrong


def main() -> None:
    """Measure the installation named by the environment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--clicks", type=int, default=6)
    arguments = parser.parse_args()
    said, wrong = measure(Settings.from_environment(), arguments.rounds, arguments.people, arguments.clicks)
    print(said)
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
