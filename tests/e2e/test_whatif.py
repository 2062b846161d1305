"""The page about other prices in a real browser: a table is uploaded, the figures are those of the reckoning."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.text import Words
from pipelines.settings import Settings
from pipelines.whatif import reckon
from tests.e2e.conftest import serve, watch
from tests.e2e.test_operations import fits_a_telephone, open_at, settled
from tests.snapshots import current_snapshot
from tests.whatif.test_whatif import TARIFFS, dearer, proposal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def ask(page: "Page", *files: Path) -> None:
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(files)
    page.get_by_text(files[-1].name).first.wait_for()
    settled(page)
    page.get_by_role("button", name="Посчитать", exact=True).click()


def test_a_proposal_uploaded_shows_what_it_would_charge_and_a_wrong_one_is_refused(
    browser: "Browser", night: Settings, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(night.published, home / "published")
    words = Words()
    outcome = reckon(current_snapshot(night.home), night, [proposal(tmp_path / "dearer.csv", dearer)])
    wrong_table = tmp_path / "wrong.csv"
    wrong_table.write_text("name;price\n", encoding="utf-8")
    wrong: list[str] = []
    with serve(home) as site:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="ru-RU", base_url=site.url)
        page = context.new_page()
        watch(page, site.url, wrong)
        open_at(page, "/whatif")
        with page.expect_download() as download:
            page.get_by_role("button", name="Цены").click()
        assert Path(download.value.path()).read_bytes() == TARIFFS.read_bytes()
        ask(page, tmp_path / "dearer.csv")
        page.get_by_role("region", name="По категориям").or_(page.get_by_label("По категориям")).first.wait_for()
        settled(page)
        shown = page.locator("[data-testid=stMain]").inner_text()
        for said in (
            words.short_rubles(outcome.region.posted_kopecks),
            words.short_rubles(outcome.region.proposed_kopecks),
            words.counted(outcome.region.losers, "accounts"),
            "dearer.csv",
        ):
            assert said in shown, (said, shown)
        for title in ("Кто платит больше и меньше, по децилям расхода", "Разница по районам"):
            page.get_by_label(title, exact=True).locator(".main-svg").first.wait_for()
        fits_a_telephone(page)
        open_at(page, "/whatif")
        ask(page, wrong_table)
        page.get_by_text("Не принято: нужен заголовок действующей таблицы").wait_for()
        context.close()
    assert not wrong
