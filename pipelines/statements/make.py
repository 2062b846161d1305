"""Making a month's statements: in parallel, written once, resumable."""

import datetime as dt
import hashlib
import json
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from pipelines.russian import month
from pipelines.settings import REFERENCE
from pipelines.statements.month import (
    StatementError,
    attached_snapshot,
    open_snapshot,
    read_statements,
    read_terms,
    rows,
    wanted_accounts,
)
from pipelines.statements.page import picture, render
from pipelines.statements.payee import read_payee
from pipelines.statements.table import write_tables

CHUNK = 250
"""Accounts a task: large enough to share its queries, small enough to lose little when killed."""


@dataclass(frozen=True)
class StatementReport:
    """What was made: pages written, pages that stood already, where."""

    written: int
    skipped: int
    folder: Path
    seconds: float


def make_statements(
    snapshot: Path,
    out: Path,
    period: dt.date,
    *,
    district: str | None = None,
    accounts: Sequence[int] = (),
    reference: Path = REFERENCE,
    processes: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> StatementReport:
    """Write `<out>/<YYYY-MM>/<account>.pdf` for the wanted accounts, and the month or the district as CSV and XLSX.

    A page that stands and is listed in the month's manifest for the same snapshot is not written again; the same
    snapshot gives the same bytes, the manifest's among them once all is made.

    Args:
        snapshot: a published snapshot.
        out: folder of statements.
        period: the month, its first day.
        district: only accounts of this district.
        accounts: only these accounts.
        reference: where `payee.csv` is.
        processes: how many work at once; one works in this process.
        progress: called with pages done and wanted.

    Raises:
        StatementError: the month, district or an account is not in the snapshot.
    """
    started = time.monotonic()
    folder = out / f"{period:%Y-%m}"
    folder.mkdir(parents=True, exist_ok=True)
    with open_snapshot(snapshot) as connection:
        wanted = wanted_accounts(connection, period, district, accounts)
    manifest = _Manifest(folder, snapshot)
    missing = [number for number in wanted if not manifest.has(number)]
    chunks = [missing[start : start + CHUNK] for start in range(0, len(missing), CHUNK)]
    done = len(wanted) - len(missing)
    for hashes in _make(snapshot, folder, period, reference, chunks, processes):
        manifest.add(hashes)
        done += len(hashes)
        if progress:
            progress(done, len(wanted))
    if not accounts:
        tables = write_tables(snapshot, folder, period, wanted, district)
        manifest.finish(tables)
    return StatementReport(len(missing), len(wanted) - len(missing), folder, round(time.monotonic() - started, 2))


def _make(
    snapshot: Path, folder: Path, period: dt.date, reference: Path, chunks: list[list[int]], processes: int
) -> Iterator[dict[int, str]]:
    """The pages of each chunk, as they are finished."""
    if processes == 1 or len(chunks) <= 1:
        yield from (write_pages(snapshot, folder, period, reference, chunk) for chunk in chunks)
        return
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        tasks = [pool.submit(write_pages, snapshot, folder, period, reference, chunk) for chunk in chunks]
        yield from (task.result() for task in as_completed(tasks))


def write_pages(snapshot: Path, folder: Path, period: dt.date, reference: Path, accounts: list[int]) -> dict[int, str]:
    """Write the pages of some accounts; account number -> SHA-256."""
    payee = read_payee(reference)
    with open_snapshot(snapshot) as connection:
        terms = read_terms(connection, period)
        statements = read_statements(connection, period, accounts)
    hashes = {}
    for statement in statements:
        number = int(statement.account["account_number"])
        pdf = render(statement, terms, payee)
        unfinished = folder / f"{number}.pdf.unfinished"
        unfinished.write_bytes(pdf)
        unfinished.replace(folder / f"{number}.pdf")
        hashes[number] = hashlib.sha256(pdf).hexdigest()
    return hashes


@dataclass(frozen=True)
class StatementPage:
    """The page of one account, and what a letter around it says."""

    account_number: int
    to_pay_kopecks: int
    due_on: dt.date
    pdf: bytes


def billed_accounts(snapshot: Path, period: dt.date) -> set[int]:
    """Accounts with a statement of a month that is closed.

    Raises:
        StatementError: the month is not in the snapshot, or is still open.
    """
    with attached_snapshot(snapshot) as connection:
        [known] = rows(connection, "history/known")
        if period >= known["open_period"]:
            raise StatementError(f"{month(period).capitalize()} ещё не закрыт: счета за него будут в следующем месяце.")
        return set(wanted_accounts(connection, period, None, ()))


def statement_pages(
    snapshot: Path, reference: Path, period: dt.date, accounts: Sequence[int]
) -> Iterator[StatementPage]:
    """The pages of some accounts, made now; of those that have no statement of the month, none."""
    payee = read_payee(reference)
    with attached_snapshot(snapshot) as connection:
        terms = read_terms(connection, period)
        statements = read_statements(connection, period, accounts)
    for statement in statements:
        number = int(statement.account["account_number"])
        yield StatementPage(number, statement.to_pay_kopecks, terms.due_on, render(statement, terms, payee))


def statement_pdf(snapshot: Path, reference: Path, account: int, period: dt.date) -> bytes:
    """The page of one account, made now.

    Raises:
        StatementError: the month or the account is not in the snapshot.
    """
    with attached_snapshot(snapshot) as connection:
        wanted_accounts(connection, period, None, [account])
    [page] = statement_pages(snapshot, reference, period, [account])
    return page.pdf


def statement_picture(snapshot: Path, reference: Path, account: int, period: dt.date) -> bytes:
    """The same page as PNG, to look at on a screen.

    Raises:
        StatementError: the month or the account is not in the snapshot.
    """
    with attached_snapshot(snapshot) as connection:
        wanted_accounts(connection, period, None, [account])
        [statement] = read_statements(connection, period, [account])
        return picture(statement, read_terms(connection, period), read_payee(reference))


class _Manifest:
    """`manifest.jsonl`: the snapshot, then a line a page or table with its hash: what stands is not made again."""

    def __init__(self, folder: Path, snapshot: Path) -> None:
        self._folder = folder
        self._path = folder / "manifest.jsonl"
        self._head = json.dumps({"snapshot": snapshot.name})
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []
        if not lines or lines[0] != self._head:
            self._path.write_text(self._head + "\n", encoding="utf-8")
            lines = []
        said = [_page(line) for line in lines[1:]]
        self._pages = {int(page["account_number"]): page["sha256"] for page in said if "account_number" in page}
        self._tables = {table["table"]: table["sha256"] for table in said if "table" in table}

    def has(self, number: int) -> bool:
        """Whether the page of an account stands already."""
        return number in self._pages and (self._folder / f"{number}.pdf").exists()

    def add(self, hashes: dict[int, str]) -> None:
        """Record pages; a kill in between costs at most making them again."""
        self._pages |= hashes
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(_line("account_number", number, sha256) for number, sha256 in sorted(hashes.items()))

    def finish(self, tables: dict[str, str]) -> None:
        """Put the lines in order, with the tables: in whatever order pages were made, the manifest is the same."""
        self._tables |= tables
        unfinished = self._path.with_name("manifest.jsonl.unfinished")
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(self._head + "\n")
            file.writelines(_line("account_number", number, sha256) for number, sha256 in sorted(self._pages.items()))
            file.writelines(_line("table", name, sha256) for name, sha256 in sorted(self._tables.items()))
        unfinished.replace(self._path)


def _line(what: str, name: int | str, sha256: str) -> str:
    return json.dumps({what: name, "sha256": sha256}, ensure_ascii=False) + "\n"


def _page(line: str) -> dict[str, str]:
    """A line of the manifest; one that a kill cut off counts for nothing."""
    try:
        page = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return page if isinstance(page, dict) else {}
