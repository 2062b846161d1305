"""Every page by keyboard and by the rules of axe: reached, seen, named, left again."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.links import FILTERS

if TYPE_CHECKING:
    from playwright.sync_api import Page

OF_STREAMLIT = ("mark-symbol role-mark metric_chart", "stFileUploaderDropzone")
"""Drawn by Streamlit, out of our hands: the points of a card's small line have no names, yet say nothing that the card
does not; the frame around a field for files has a name and a role that hides it, its button inside has neither fault."""

MOST_STOPS = 400

FOCUSED = """() => {
    const found = document.activeElement
    if (!found || found === document.body) return null
    const style = getComputedStyle(found), place = found.getBoundingClientRect()
    const frame = getComputedStyle(found.closest('[data-baseweb=select], [data-baseweb=input]') || found)
    return {
        tag: found.tagName,
        what: found.closest('[data-testid]')?.dataset.testid,
        name: found.getAttribute('aria-label') || found.innerText || found.title || '',
        is_seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none' || frame.borderColor === ACCENT,
        place: [place.x, place.y + document.querySelector('[data-testid=stMain]').scrollTop],
    }
}"""

REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, textarea, summary, canvas[tabindex]')].filter(found =>
    found.tabIndex >= 0 && !found.disabled && found.checkVisibility({visibilityProperty: true})
    && found.getBoundingClientRect().width > 0 && !found.closest('[role=radiogroup]')).length"""

ACCENT = "rgb(31, 90, 146)"


def address(name: str) -> str:
    path = "/" if name == "overview" else f"/{name}"
    return path + ("?account=610000000001&period=2026-10" if name == "account" else "")


def opened(page: "Page", path: str) -> None:
    page.goto(path)
    page.locator("h2").first.wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(500)


def walk(page: "Page") -> list[dict[str, Any]]:
    """What has the focus after each press of Tab, until it leaves the page."""
    stops: list[dict[str, Any]] = []
    page.locator("[data-testid=stTopNavLink]").first.focus()
    while (stop := page.evaluate(FOCUSED.replace("ACCENT", f"'{ACCENT}'"))) is not None:
        assert len(stops) < MOST_STOPS, f"the focus does not leave {stop}"
        stops.append(stop)
        page.keyboard.press("Tab")
    return stops


@pytest.mark.parametrize("name", FILTERS)
def test_every_page_is_walked_by_tab_with_the_focus_in_sight_and_breaks_no_rule_of_axe(name: str, page: "Page") -> None:
    opened(page, address(name))
    broken = [
        (rule["id"], node["html"][:200])
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
        if not any(drawn in node["html"] for drawn in OF_STREAMLIT)
    ]
    assert not broken, json.dumps(broken, ensure_ascii=False, indent=1)
    reachable = page.evaluate(REACHABLE)
    stops = walk(page)
    assert len(stops) >= reachable > len(FILTERS)
    # A table draws the frame of its cell on the canvas; the middle of the page is scrolled by the arrows.
    hidden = [stop for stop in stops if not stop["is_seen"] and not stop["what"].startswith(("stMain", "glide-cell"))]
    assert not hidden
    unnamed = [
        stop for stop in stops if not stop["name"] and stop["what"] not in {"data-grid-canvas", "stDataFrameResizable"}
    ]
    assert not unnamed


def test_enter_follows_a_link_and_space_opens_the_table_behind_a_chart(page: "Page") -> None:
    opened(page, "/?period=2026-10")
    page.get_by_role("link", name="Дебиторка").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Дебиторка", level=2).wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for()
    behind = page.locator("summary").filter(has_text="Таблица").first
    behind.focus()
    page.keyboard.press("Space")
    page.locator("details[open]").first.wait_for()


def test_a_row_of_a_table_is_opened_from_the_keyboard(page: "Page") -> None:
    opened(page, "/district?district=Шахты&period=2026-10")
    page.get_by_role("combobox", name="Открыть строку: Крупнейшие должники").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Лицевой счёт").wait_for()
