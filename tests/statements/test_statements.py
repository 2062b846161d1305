"""Statements say what the ledger says, and the payment code pays the right account."""

import csv
import datetime as dt
import hashlib
import io
import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import fastexcel
import pypdfium2
import pytest
import zxingcpp

from pipelines.russian import rubles
from pipelines.settings import REFERENCE, SQL, Settings
from pipelines.statements import StatementError, make_statements, table
from pipelines.statements.month import open_snapshot, read_statements, read_terms
from pipelines.statements.page import vat_inside
from pipelines.statements.payee import read_payee
from tests.oracle.debts import due_on as expected_due_on

MONTH = dt.date(2026, 3, 1)


@pytest.fixture(scope="module")
def balances(snapshot: Path) -> dict[int, int]:
    with duckdb.connect(snapshot, read_only=True) as connection:
        rows = connection.execute(
            "select account_number, closing_kopecks from account_month where period = ? order by all", [MONTH]
        ).fetchall()
    return {int(number): int(closing) for number, closing in rows}


@pytest.fixture(scope="module")
def made(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("statements")
    make_statements(snapshot, out, MONTH, processes=1)
    return out / "2026-03"


def page_text(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return str(document[0].get_textpage().get_text_bounded()).replace("\u00a0", " ")


def code_fields(pdf: Path) -> dict[str, str]:
    with pypdfium2.PdfDocument(pdf) as document:
        [code] = zxingcpp.read_barcodes(document[0].render(scale=3).to_numpy())
    head, *fields = code.bytes.decode("utf-8").split("|")
    assert head == "ST00012"
    return dict(field.split("=", 1) for field in fields)


def test_every_account_of_the_month_has_one_page(made: Path, balances: dict[int, int]) -> None:
    assert {int(pdf.stem) for pdf in made.glob("*.pdf")} == balances.keys()
    assert all(pdf.stat().st_size < 100_000 for pdf in made.glob("*.pdf"))


def test_the_code_pays_the_right_sum_to_the_right_account(made: Path, balances: dict[int, int]) -> None:
    debtors = [number for number, closing in balances.items() if closing > 0][:5]
    assert debtors
    for number in debtors:
        fields = code_fields(made / f"{number}.pdf")
        assert list(fields)[:5] == ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc"]
        assert (fields["PersAcc"], fields["Sum"], fields["PaymPeriod"]) == (
            str(number),
            str(balances[number]),
            "032026",
        )


def test_an_advance_leaves_nothing_to_pay_and_no_sum_in_the_code(made: Path, balances: dict[int, int]) -> None:
    number = next(number for number, closing in balances.items() if closing < 0)
    text = page_text(made / f"{number}.pdf")
    assert "Платить не нужно" in text
    assert f"Переплата на конец месяца {rubles(-balances[number]).replace(chr(0xA0), ' ')}" in text.replace("\r\n", " ")
    assert "Sum" not in code_fields(made / f"{number}.pdf")


def test_the_page_shows_the_balance_and_what_the_ledger_posted(
    made: Path, snapshot: Path, balances: dict[int, int]
) -> None:
    with duckdb.connect(snapshot, read_only=True) as connection:
        corrected_accounts = connection.execute(
            "select distinct account_number from charge_line where posting_period = ? and kind <> 'charge'", [MONTH]
        ).fetchall()
        number = min(number for (number,) in corrected_accounts if balances.get(number, 0) > 0)
        text = page_text(made / f"{number}.pdf")
        [month] = connection.execute(
            "select opening_kopecks, charged_kopecks, corrected_kopecks, paid_kopecks, closing_kopecks from account_month"
            " where account_number = ? and period = ?",
            [number, MONTH],
        ).fetchall()
        charges, corrections = (
            connection.execute(
                f"select {amount} from charge_line where account_number = ? and posting_period = ? and {which}",
                [number, MONTH],
            ).fetchall()
            for amount, which in (
                ("amount_kopecks", "kind = 'charge'"),
                ("sum(amount_kopecks)", "kind <> 'charge' group by service_period"),
            )
        )
    assert corrections
    opening, charged, corrected, paid, closing = month
    shown = [abs(opening), charged, corrected, paid, abs(closing), *(amount for (amount,) in [*charges, *corrections])]
    for kopecks in shown:
        assert rubles(int(kopecks)).replace("\u00a0", " ") in text
    assert sum(amount for (amount,) in charges) == charged
    assert sum(amount for (amount,) in corrections) == corrected
    assert "15.04.2026" in text


def test_a_charge_without_a_reading_says_what_it_rests_on(made: Path, snapshot: Path) -> None:
    with duckdb.connect(snapshot, read_only=True) as connection:
        numbers = dict(
            connection.execute(
                "select basis::varchar, min(account_number) from charge_line where posting_period = ? and kind = 'charge'"
                " group by basis",
                [MONTH],
            ).fetchall()
        )
    for basis, words in (("average", "по среднему"), ("normative", "по нормативу")):
        assert words in page_text(made / f"{numbers[basis]}.pdf")


def test_the_use_of_a_month_is_what_is_known_of_it_not_what_was_posted_in_it(snapshot: Path) -> None:
    with open_snapshot(snapshot) as connection:
        [(number, corrected)] = connection.execute(
            "select account_number, min(service_period) from charge_line where posting_period = ? and kind <> 'charge'"
            " group by account_number order by account_number limit 1",
            [MONTH],
        ).fetchall()
        [(known, posted)] = connection.execute(
            "select sum(kwh) filter (service_period = $month), sum(kwh) filter (posting_period = $month)"
            " from charge_line where account_number = $number and posting_period <= $until",
            {"month": corrected, "until": MONTH, "number": number},
        ).fetchall()
        [statement] = read_statements(connection, MONTH, [number])
    assert {row["period"]: row["kwh"] for row in statement.use}[corrected] == known != posted


def test_corrections_of_more_than_eight_months_are_summed_up_before_the_last_seven() -> None:
    months = [dt.date(2025, number, 1) for number in range(1, 13)]
    with duckdb.connect() as connection:
        connection.execute(
            "create table charge_line (account_number bigint, posting_period date, service_period date, kind varchar,"
            " kwh bigint, amount_kopecks bigint, price_status varchar, limit_status varchar)"
        )
        for kopecks, month in enumerate(months, start=1):
            connection.execute(
                "insert into charge_line values (1, ?, ?, 'correction', 1, ?, 'quoted', 'quoted')",
                [MONTH, month, kopecks],
            )
        query = (SQL / "statements" / "correction.sql").read_text(encoding="utf-8")
        rows = connection.execute(query, {"period": MONTH, "accounts": [1]}).fetchall()
    assert [(row[1], row[3]) for row in rows] == [
        *((month, kopecks) for kopecks, month in reversed(list(enumerate(months, start=1))) if kopecks > 5),
        (None, 1 + 2 + 3 + 4 + 5),
    ]


def test_the_table_of_the_month_adds_up_to_the_ledger(made: Path, balances: dict[int, int]) -> None:
    rows = list(csv.DictReader(io.StringIO((made / "month.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    closing = {int(row["Лицевой счёт"]): int(Decimal(row["На конец, ₽"].replace(",", ".")) * 100) for row in rows}
    assert closing == balances
    sheet = fastexcel.read_excel(made / "month.xlsx").load_sheet(0).to_polars()
    assert round(sum(sheet["На конец, ₽"].to_list()) * 100) == sum(balances.values())


def test_a_second_time_nothing_is_written_and_a_lost_page_comes_back_the_same(
    made: Path, snapshot: Path, tmp_path: Path, balances: dict[int, int]
) -> None:
    shutil.copytree(made, tmp_path / "2026-03")
    lost = tmp_path / "2026-03" / f"{min(balances)}.pdf"
    before = lost.read_bytes()
    lost.unlink()
    report = make_statements(snapshot, tmp_path, MONTH, processes=1)
    assert (report.written, report.skipped) == (1, len(balances) - 1)
    assert lost.read_bytes() == before
    assert (tmp_path / "2026-03" / "month.xlsx").read_bytes() == (made / "month.xlsx").read_bytes()


def test_a_manifest_cut_off_by_a_kill_costs_only_making_pages_again(made: Path, snapshot: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "2026-03")
    manifest = tmp_path / "2026-03" / "manifest.jsonl"
    pages, _, _ = manifest.read_text(encoding="utf-8").partition('{"table"')
    manifest.write_text(pages[:-20], encoding="utf-8")
    assert make_statements(snapshot, tmp_path, MONTH, processes=1).written == 1


def test_pages_made_by_two_processes_are_the_same(made: Path, snapshot: Path, tmp_path: Path) -> None:
    make_statements(snapshot, tmp_path, MONTH, processes=2)
    for file in made.iterdir():
        assert (tmp_path / "2026-03" / file.name).read_bytes() == file.read_bytes()


def test_the_manifest_names_the_hash_of_every_file(made: Path) -> None:
    head, *lines = map(json.loads, (made / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    assert head["snapshot"].endswith(".duckdb")
    said = {
        f"{line['account_number']}.pdf" if "account_number" in line else line["table"]: line["sha256"] for line in lines
    }
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in made.iterdir()}
    found.pop("manifest.jsonl")
    assert said == found


def test_some_accounts_or_a_district_leave_the_months_table_as_it_is(
    made: Path, snapshot: Path, tmp_path: Path, balances: dict[int, int]
) -> None:
    shutil.copytree(made, tmp_path / "2026-03")
    with duckdb.connect(snapshot, read_only=True) as connection:
        [(district, count)] = connection.execute(
            "select district, count(*) from account_month where period = ? group by district order by all limit 1",
            [MONTH],
        ).fetchall()
    make_statements(snapshot, tmp_path, MONTH, accounts=[min(balances)], processes=1)
    make_statements(snapshot, tmp_path, MONTH, district=district, processes=1)
    for name in ("month.csv", "month.xlsx"):
        assert (tmp_path / "2026-03" / name).read_bytes() == (made / name).read_bytes()
    rows = (tmp_path / "2026-03" / f"month-{district}.csv").read_text(encoding="utf-8-sig").splitlines()
    assert 0 < len(rows) - 1 == count < len(balances)


def test_more_rows_than_a_sheet_holds_go_on_in_the_next_one(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, balances: dict[int, int]
) -> None:
    monkeypatch.setattr(table, "SHEET_ROWS", 50)
    table.write_tables(snapshot, tmp_path, MONTH, sorted(balances), None)
    book = fastexcel.read_excel(tmp_path / "month.xlsx")
    assert book.sheet_names == ["2026-03", "2026-03 (2)"]
    numbers = [int(number) for name in book.sheet_names for number in book.load_sheet(name).to_polars()["Лицевой счёт"]]
    assert numbers == sorted(balances)


@pytest.mark.parametrize(("text", "written"), [("=1+1", "'=1+1"), ("-12,50", "-12,50"), ("-Иванов", "'-Иванов")])
def test_a_name_that_looks_like_a_formula_is_not_run(text: str, written: str) -> None:
    assert table._safe(text) == written


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (dt.date(2026, 2, 1), dt.date(2026, 3, 10)),  # the last month due on the 10th
        (dt.date(2026, 3, 1), dt.date(2026, 4, 15)),
        (dt.date(2026, 10, 1), dt.date(2026, 11, 16)),  # the 15th is a Sunday
        (dt.date(2025, 4, 1), dt.date(2025, 5, 12)),  # a Saturday after a holiday
        (dt.date(2025, 12, 1), dt.date(2026, 1, 12)),  # New Year's holidays, then a weekend
        (dt.date(2014, 2, 1), dt.date(2014, 3, 11)),  # a Monday off instead of a Saturday
    ],
)
def test_the_due_day_moves_to_the_next_working_day(snapshot: Path, period: dt.date, expected: dt.date) -> None:
    with open_snapshot(snapshot) as connection:
        assert read_terms(connection, period).due_on == expected


def test_every_month_is_due_on_the_day_the_oracle_counts(snapshot: Path) -> None:
    with duckdb.connect(snapshot, read_only=True) as connection:
        dates = connection.execute("select service_period, due_on from due_date").fetchall()
    assert (dt.date(2014, 1, 1) in dict(dates), dt.date(2026, 12, 1) in dict(dates)) == (True, True)
    assert {period: expected_due_on(period) for period, _ in dates} == dict(dates)


@pytest.mark.parametrize(
    ("kopecks", "rate", "tax"), [(12200, 22, 2200), (1, 22, 0), (3, 22, 1), (-12200, 22, -2200), (599, 20, 100)]
)
def test_the_tax_inside_a_sum_is_rounded_half_up(kopecks: int, rate: int, tax: int) -> None:
    assert vat_inside(kopecks, rate) == tax


def test_an_unknown_account_month_or_district_is_answered_in_words(snapshot: Path, tmp_path: Path) -> None:
    with pytest.raises(StatementError, match="Лицевого счёта 5 за 03.2026 нет"):
        make_statements(snapshot, tmp_path, MONTH, accounts=[5])
    with pytest.raises(StatementError, match="За 01.2031 нет ни одного счёта"):
        make_statements(snapshot, tmp_path, dt.date(2031, 1, 1))
    with pytest.raises(StatementError, match="«Атлантида»"):
        make_statements(snapshot, tmp_path, MONTH, district="Атлантида")


def test_a_payee_without_an_account_is_refused(tmp_path: Path) -> None:
    text = (REFERENCE / "payee.csv").read_text(encoding="utf-8")
    (tmp_path / "payee.csv").write_text(
        "\n".join(x for x in text.splitlines() if not x.startswith("PersonalAcc")), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="PersonalAcc"):
        read_payee(replace(Settings(), reference=tmp_path).reference)
