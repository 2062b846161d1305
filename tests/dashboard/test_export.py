"""Files say what the page says, exactly, and run nothing."""

import csv
import io
import shlex
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from typer.testing import CliRunner

from dashboard.provenance import Origin, sheet
from dashboard.store import Snapshot
from dashboard.tables import Column, cells
from dashboard.text import Words
from pipelines.ask import answer_as_csv
from pipelines.cli import app
from pipelines.table_files import Sheet, to_csv, to_xlsx
from tests.dashboard.conftest import Facts, Open

COLUMNS = (
    Column("number", "id", "account_number"),
    Column("sum", "money", "amount"),
    Column("rate", "share", "collected"),
    Column("value", "decimal", "reading_value"),
    Column("on", "day", "paid_on"),
    Column("at", "instant", "received_at"),
    Column("channel", "code", "channel", codes="channel"),
    Column("text", "text", "address"),
)

FRAME = pl.DataFrame(
    {
        "number": [610_000_000_001, 610_000_000_002],
        "sum": [-123_456_789_01, None],
        "rate": [964, None],
        "value": [Decimal("48211.125"), None],
        "on": [date(2026, 11, 3), None],
        "at": [datetime(2026, 11, 30, 21, 5, tzinfo=UTC), None],
        "channel": ["bank", None],
        "text": ["=1+1; «Дон»", None],
    }
)
HEADER = ["Лицевой счёт", "Сумма", "Сбор", "Показание", "Дата", "Получено", "Канал", "Адрес"]


def read(file: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=delimiter))


def test_a_russian_csv_opens_in_a_russian_excel() -> None:
    file = to_csv(HEADER, cells(FRAME, COLUMNS, Words("ru")), decimal_comma=True)
    assert file.startswith(b"\xef\xbb\xbf")
    rows = read(file, ";")
    assert rows[0] == HEADER
    assert rows[1] == [
        "610000000001",
        "-123456789,01",
        "96,4",
        "48211,125",
        "03.11.2026",
        "01.12.2026 00:05",
        "банк",
        "'=1+1; «Дон»",
    ]
    assert rows[2] == ["610000000002", "", "", "", "", "", "", ""]


def test_an_english_csv_has_points_and_commas() -> None:
    rows = read(to_csv(HEADER, cells(FRAME, COLUMNS, Words("en")), decimal_comma=False), ",")
    assert rows[1][:7] == [
        "610000000001",
        "-123456789.01",
        "96.4",
        "48211.125",
        "2026-11-03",
        "2026-12-01 00:05",
        "bank",
    ]


def test_a_workbook_holds_numbers_and_dates_and_text_that_is_not_run() -> None:
    file = to_xlsx([Sheet("Оплаты", HEADER, cells(FRAME, COLUMNS, Words("ru")))])
    sheet = fastexcel.read_excel(file).load_sheet(0, dtypes="string").to_polars()
    assert sheet.columns == HEADER
    assert sheet.row(0)[0] == "610000000001"
    assert sheet.row(0)[4:6] == ("2026-11-03 00:00:00", "2026-12-01 00:05:00")
    assert sheet.row(0)[7] == "=1+1; «Дон»"
    typed = fastexcel.read_excel(file).load_sheet(0).to_polars()
    assert typed.row(0)[1:4] == (-123456789.01, 96.4, 48211.125)
    assert typed.schema["Дата"].is_temporal()


def test_an_empty_table_is_a_file_with_a_header() -> None:
    assert read(to_csv(HEADER, [], decimal_comma=True), ";") == [HEADER]
    assert fastexcel.read_excel(to_xlsx([Sheet("a", HEADER, [])])).load_sheet(0).height == 0


def test_a_workbook_says_where_it_comes_from_and_a_command_brings_the_same_rows(
    small_home: Path, small: Snapshot, facts: Facts, tmp_path: Path
) -> None:
    home = shutil.copytree(small_home, tmp_path / "home")
    asked = {"period": date(2026, 10, 1), "branch": None, "site": None, "district": "Шахты", "category": None}
    origin = Origin("district", {"district": "Шахты"}, small.path.name, 214, small.as_of, {"top_debtors": asked})
    about = sheet(origin, "top_debtors", Words())
    file = to_xlsx([Sheet("Должники", HEADER, [])], origin=about)
    book = fastexcel.read_excel(file)
    assert book.sheet_names == ["Должники", "Сведения"]
    written = dict(book.load_sheet("Сведения", header_row=None, dtypes="string").to_polars().rows())
    assert written["Фильтр: district"] == "Шахты"
    assert written["Расчёт №"] == "214"
    command = shlex.split(written["Повторить запрос"])
    assert command[:3] == ["energosbyt", "ask", "top_debtors"]
    said = CliRunner(env={"ENERGOSBYT_HOME": str(home)}).invoke(app, command[1:])
    assert said.exit_code == 0, said.output
    rows = list(csv.DictReader(io.StringIO(said.output)))
    expected = facts(
        "select account_number, closing_kopecks from account_month where period = '2026-10-01' and district = 'Шахты' "
        "and closing_kopecks > 0 order by closing_kopecks desc, account_number limit 50"
    )
    assert [(int(row["account_number"]), int(row["closing_kopecks"])) for row in rows] == expected


def test_a_command_that_asks_for_nothing_known_is_refused() -> None:
    with pytest.raises(ValueError, match="no question 'lost'"):
        answer_as_csv(Path("none.duckdb"), "lost", {})
    with pytest.raises(ValueError, match="places has no colour; it takes period"):
        answer_as_csv(Path("none.duckdb"), "places", {"colour": "red"})


def test_a_value_that_is_no_month_is_answered_with_a_sentence(small_home: Path, tmp_path: Path) -> None:
    path = shutil.copy(small_home / "published" / "snapshot-000214.duckdb", tmp_path)
    with pytest.raises(RuntimeError, match="places: .*soon"):
        answer_as_csv(Path(path), "places", {"period": "soon"})


def test_a_page_notes_what_it_asked_so_that_its_workbooks_can_say_it(small_home: Path, open_page: Open) -> None:
    app = open_page(small_home, "district", district="Шахты", period="2026-10")
    origin = app.session_state["export_origin"]
    assert (origin.page, origin.run_id) == ("district", 214)
    assert origin.filters["district"] == "Шахты"
    assert "period=2026-10-01" in origin.command("top_debtors")
