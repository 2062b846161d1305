"""Every page on no snapshot, an empty one, a small one and one that changes while the page stands open."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store import Snapshot, ask
from dashboard.text import Words
from tests.dashboard.conftest import Facts, Open, said, seen
from tests.dashboard.invented import PUBLISHED_AT
from tests.dashboard.snapshot import write_snapshot

PAGES = (
    "overview",
    "district",
    "receivables",
    "payments",
    "readings",
    "tariffs",
    "whatif",
    "night",
    "work_list",
    "appeals",
    "kpis",
    "account",
    "contracts",
)
WORDS = Words()


def metric(app: AppTest, label: str) -> str:
    return str(next(card.value for card in app.metric if card.label == label))


def month(snapshot: Snapshot, period: str) -> dict[str, int]:
    months = ask(
        snapshot, "month_totals", period=snapshot.open_period, branch=None, site=None, district=None, category=None
    )
    return next(row for row in months.iter_rows(named=True) if str(row["period"]).startswith(period))


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_night_every_page_says_how_to_run_one(page: str, tmp_path: Path, open_page: Open) -> None:
    text = said(open_page(tmp_path, page))
    assert "Расчётов ещё не было" in text
    assert "make run" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_pointer_is_named_on_every_page(page: str, tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "current.json").write_text('{"snapshot": "lost.duckdb"')
    text = said(open_page(tmp_path, page))
    assert "Снимок не читается" in text
    assert "current.json" in text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("filters", [{}, {"lang": "en", "account": "610000000001", "district": "Азов", "q": "Иванова"}])
def test_an_empty_snapshot_draws_every_page(
    page: str, filters: dict[str, str], empty_home: Path, open_page: Open
) -> None:
    assert said(open_page(empty_home, page, **filters))


def test_the_page_says_which_run_it_shows(small_home: Path, open_page: Open) -> None:
    text = said(open_page(small_home, "account"))
    assert "Расчёт № 214" in text
    assert "данные по 22.11.2026, 23:59" in text
    assert "опубликован 23.11.2026, 04:12" in text


def test_the_cards_show_the_sums_of_the_accounts(small_home: Path, small: Snapshot, open_page: Open) -> None:
    app = open_page(small_home, period="2026-10")
    now = month(small, "2026-10")
    assert metric(app, "Начислено") == WORDS.short_rubles(now["charged_kopecks"])
    assert metric(app, "Задолженность") == WORDS.short_rubles(now["debt_kopecks"])
    assert metric(app, "Лицевые счета") == "200"
    helps = {card.label: card.help for card in app.metric}
    assert helps["Оплачено"].startswith(WORDS.rubles(now["paid_kopecks"]))


def test_the_collection_rate_is_paid_over_charged(small_home: Path, small: Snapshot, open_page: Open) -> None:
    now = month(small, "2026-10")
    rate = WORDS.share((now["paid_kopecks"] * 2000 + now["charged_kopecks"]) // (now["charged_kopecks"] * 2))
    assert metric(open_page(small_home, period="2026-10"), "Уровень сбора") == rate


def test_changes_of_the_open_month_are_shown_without_judgement(small_home: Path, open_page: Open) -> None:
    colours = {card.label: card.proto.color for card in open_page(small_home, period="2026-11").metric}
    settled = {card.label: card.proto.color for card in open_page(small_home, period="2026-10").metric}
    assert len(set(colours.values())) == 1
    assert settled["Задолженность"] != colours["Задолженность"]


def test_a_new_snapshot_is_shown_without_a_restart(tmp_path: Path, open_page: Open) -> None:
    write_snapshot(tmp_path, accounts=20)
    app = open_page(tmp_path)
    assert metric(app, "Лицевые счета") == "20"
    write_snapshot(
        tmp_path, name="snapshot-000215", run_id=215, accounts=30, published_at=PUBLISHED_AT + timedelta(days=1)
    )
    seen(app.run())
    assert metric(app, "Лицевые счета") == "30"
    assert "Расчёт № 215" in said(app)
    assert "215" in app.toast[0].value


def test_the_first_snapshot_takes_the_place_of_the_instructions(tmp_path: Path, open_page: Open) -> None:
    app = open_page(tmp_path)
    write_snapshot(tmp_path, accounts=20)
    assert metric(seen(app.run()), "Лицевые счета") == "20"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("overview", "Overview"),
        ("district", "The whole region"),
        ("receivables", "Receivables"),
        ("payments", "Payments"),
        ("kpis", "KPIs"),
        ("account", "Account"),
    ],
)
def test_every_page_speaks_english_when_the_address_says_so(
    page: str, title: str, small_home: Path, open_page: Open
) -> None:
    app = open_page(small_home, page, lang="en")
    assert app.header[0].value == title
    labels = [element.label for elements in (app.metric, app.selectbox, app.text_input) for element in elements]
    columns = [table.proto.columns for table in app.dataframe]
    for text in (said(app), *labels, *columns):
        assert not re.search("[А-Яа-яЁё]", text), text


def test_the_language_goes_along_to_the_next_page(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, lang="en", period="2026-09")
    app.session_state["page_to_go_to"] = ("district", {})
    seen(app.run())
    assert app.header[0].value == "The whole region"
    assert app.query_params == {"lang": "en", "period": "2026-09"}


def test_the_newest_closed_month_is_shown_and_written_into_the_address(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home)
    assert app.query_params == {"period": "2026-10"}
    assert "месяц закрыт" in said(app)


def test_choosing_a_month_changes_the_address_and_the_numbers(
    small_home: Path, small: Snapshot, open_page: Open
) -> None:
    app = open_page(small_home)
    seen(app.selectbox(key="filter_period_ru").set_value("2026-09").run())
    assert app.query_params["period"] == "2026-09"
    assert metric(app, "Начислено") == WORDS.short_rubles(month(small, "2026-09")["charged_kopecks"])


def test_a_second_change_does_not_undo_the_first_when_the_browser_lags(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "district")
    lagging = dict(app.query_params)
    seen(app.selectbox(key="filter_period_ru").set_value("2026-09").run())
    app.query_params = lagging
    seen(app.selectbox(key="filter_district_ru").set_value("Шахты").run())
    assert app.query_params == {"period": "2026-09", "district": "Шахты"}


def test_going_back_takes_the_address_at_its_word(
    small_home: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(small_home, "district", district="Шахты")
    seen(app.selectbox(key="filter_district_ru").set_value("Таганрог").run())
    monkeypatch.setattr("dashboard.links.STALE_SECONDS", 0)
    app.query_params = {"period": "2026-10", "district": "Шахты"}
    assert seen(app.run()).header[0].value == "Шахты"


@pytest.mark.parametrize("nonsense", ["2031-01", "soon", "'; drop table account; --"])
def test_a_month_that_does_not_exist_shows_the_usual_one(nonsense: str, small_home: Path, open_page: Open) -> None:
    assert open_page(small_home, period=nonsense).selectbox(key="filter_period_ru").value == "2026-10"


def test_a_district_in_the_address_narrows_the_page(small_home: Path, small: Snapshot, open_page: Open) -> None:
    app = open_page(small_home, "district", district="Шахты", period="2026-10")
    assert app.header[0].value == "Шахты"
    debtors = next(table.value for table in app.dataframe if "holder_name" in table.value.columns)
    assert set(debtors["district"]) == {"Шахты"}
    assert sorted(debtors["closing_kopecks"], reverse=True) == list(debtors["closing_kopecks"])
    top = ask(
        small,
        "top_debtors",
        period=small.open_period.replace(month=10),
        branch=None,
        site=None,
        district="Шахты",
        category=None,
    )
    assert list(debtors["account_number"]) == [str(number) for number in top["account_number"]]


def test_a_branch_offers_only_its_own_sites_and_districts(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "district", branch="Шахтинское")
    assert "Шахты" in app.selectbox(key="filter_district_ru").options
    assert "Таганрог" not in app.selectbox(key="filter_district_ru").options
    assert app.header[0].value == "Шахтинское"


@pytest.mark.parametrize(("sign", "word"), [(">", "Долг"), ("<", "Переплата")])
def test_an_account_says_its_balance_in_words(
    sign: str, word: str, small_home: Path, facts: Facts, open_page: Open
) -> None:
    [(number, closing)] = facts(
        f"select account_number, closing_kopecks from account_month where period = $open and closing_kopecks {sign} 0 limit 1"
    )
    app = open_page(small_home, "account", account=str(number))
    assert app.metric[0].value == f"{word} {WORDS.rubles(abs(closing))}"


@pytest.mark.parametrize("number", ["999999999999", "61000000000100000", "-5", "٣"])
def test_an_account_that_does_not_exist_is_named_and_nothing_breaks(
    number: str, small_home: Path, open_page: Open
) -> None:
    app = open_page(small_home, "account", account=number)
    assert "нет в снимке" in app.warning[0].value


def test_a_line_that_rests_on_an_assumed_price_is_marked(small_home: Path, facts: Facts, open_page: Open) -> None:
    [(number,)] = facts("select account_number from charge_line where price_status = 'assumed' order by all limit 1")
    app = open_page(small_home, "account", account=str(number), months="all")
    lines = app.dataframe[-1].value
    assert lines["mark"].str.contains("цена предварительная: допущение").any()
    assert "Отмечены строки" in said(app)


def test_a_refused_reading_shows_its_rule_its_file_and_its_line(
    small_home: Path, facts: Facts, open_page: Open
) -> None:
    [(number, message, name, line)] = facts(
        "select account_number, message_ru, name, source_line from reading join reading_rule using (rule_id) "
        "join source_file using (source_file_id) where reading.rule_id = 'site_jump' order by reading_id limit 1"
    )
    app = open_page(small_home, "account", account=str(number), show="readings", months="all")
    readings = app.dataframe[-1].value
    refused = readings[readings["reason"] == message].iloc[0]
    assert (refused["verdict"], refused["file_name"], refused["source_line"]) == ("отклонено", name, line)


def test_payments_show_where_they_come_from(small_home: Path, facts: Facts, open_page: Open) -> None:
    [(number, total)] = facts(
        "select account_number, sum(amount_kopecks)::bigint from payment where status = 'posted' group by all order by all limit 1"
    )
    payments = open_page(small_home, "account", account=str(number), show="payments", months="all").dataframe[-1].value
    assert sum(payments["amount_kopecks"]) * 100 == total
    assert payments["file_name"].notna().all()
    assert (payments["source_line"] > 0).all()


@pytest.mark.parametrize("shelf", ["charges", "payments", "readings", "months_table", "documents", "about"])
def test_every_shelf_of_an_account_can_be_linked(shelf: str, small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "account", account="610000000001", show=shelf, lang="en")
    assert app.dataframe
    assert app.query_params["show"] == shelf


def test_the_documents_of_an_account_show_its_statement_and_offer_the_rest(real: Path, open_page: Open) -> None:
    app = open_page(real.parent, "account", account="610000000001", show="documents", period="2026-02", since="2025-11")
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels.count("PDF") == labels.count("XLSX") == 2
    assert {"Квитанция, PDF", "ZIP"} <= set(labels)
    assert len(app.get("image")) == 1
    turned = open_page(
        real.parent, "account", account="610000000001", show="documents", since="2026-03", until="2025-11"
    )
    assert "Первый месяц позже последнего" in turned.warning[0].value


def test_a_search_finds_by_number_name_address_and_meter(small_home: Path, facts: Facts, open_page: Open) -> None:
    [(number, holder, district, address, serial)] = facts(
        "select account_number, holder_name, district, address, meter_serial from account join meter using (account_number) "
        "where address like '%Зелёная%' and valid_to > $open order by account_number limit 1"
    )
    app = open_page(small_home, "account")
    exactly = [str(number), str(number)[:11], serial, holder, address, f"{holder} {address}", f"{district} {address}"]
    for typed in (*exactly, address.upper(), address.replace("ё", "е"), f"{district} {address}".lower()):
        seen(app.text_input[0].input(typed).run())
        assert str(number) in list(app.dataframe[0].value["account_number"]), typed


def test_a_search_that_finds_nothing_says_what_to_do(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "account")
    for typed in ("ыыыы", "99999999999999999999", "%", "'", "*_[x](y)", ",", "6100 9999 9999"):
        seen(app.text_input[0].input(typed).run())
        assert "Ничего не найдено" in app.warning[0].value, typed


def test_a_search_for_much_says_that_there_is_more(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "account", q="61")
    assert len(app.dataframe[0].value) == 50
    assert "первые 50" in said(app)


def test_typing_a_search_puts_it_into_the_address(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "account")
    seen(app.text_input[0].input("ленина").run())
    assert app.query_params["q"] == "ленина"
    assert len(app.dataframe[0].value)


def test_what_needs_a_look_stands_on_the_overview(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home)
    text = said(app).replace("\N{NO-BREAK SPACE}", " ")
    assert "с отвергнутыми строками: 2 файла" in text
    assert "14 файлов, 262 строки; принято 218, отвергнуто 44, повторов 0" in text
    assert "3 платежа на 2 642,05 ₽, старший от 19.11.2026" in text
    tables = {tuple(table.value.columns): table.value for table in app.dataframe}
    files = next(value for columns, value in tables.items() if "rows_duplicate" in columns)
    assert list(files["status"]) == ["не принят целиком", "принят, есть отвергнутые строки"]
    rows = next(value for columns, value in tables.items() if "raw_text" in columns)
    assert len(rows) == 4
