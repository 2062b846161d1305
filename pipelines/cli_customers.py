"""Commands that make documents for customers: statements of a month, and what one account asks for."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli_common import newest_snapshot, period
from pipelines.settings import Settings

customers = typer.Typer()

Account = Annotated[int, typer.Argument(help="account number, 12 digits")]
First = Annotated[str, typer.Option("--from", help="first month, 2014-01")]
Last = Annotated[str, typer.Option("--to", help="last month, 2026-10; the newest unless said")]


class Format(StrEnum):
    """What a document may be made as."""

    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"


MadeAs = Annotated[Format, typer.Option("--format", help="a page to read, or a table")]
Out = Annotated[Path | None, typer.Option(help="the file; under `statements/accounts` unless said")]


@customers.command()
def statements(
    month: Annotated[str, typer.Option("--period", help="the month, 2026-10")],
    district: Annotated[
        str | None, typer.Option(help="only this district, as it is named in the reference data")
    ] = None,
    account: Annotated[list[int] | None, typer.Option(help="only this account; may be given again")] = None,
    processes: Annotated[int, typer.Option(help="how many work at once")] = 2,
) -> None:
    """Write the month's statements as PDF, CSV and XLSX from the newest published snapshot."""
    from pipelines.statements import make_statements

    settings = Settings.from_environment()
    snapshot = newest_snapshot(settings)
    first = period(month)
    with _bar(month) as progress:
        report = make_statements(
            snapshot,
            settings.statements,
            first,
            district=district,
            accounts=account or (),
            reference=settings.reference,
            processes=processes,
            progress=progress,
        )
    print(f"{report.written} written, {report.skipped} stood already, {report.seconds} s: {report.folder}")


@customers.command()
def archive(accounts: Annotated[list[int], typer.Argument(help="account numbers, 12 digits each")]) -> None:
    """Write all that is kept of accounts since January 2014 for programs: a ZIP of JSON and CSV each."""
    from pipelines.statements import account_archive

    settings = Settings.from_environment()
    snapshot = newest_snapshot(settings)
    for account in accounts:
        _write(settings, f"{account}-data.zip", None, account_archive(snapshot, account))


@customers.command()
def extract(
    account: Account, first: First = "2014-01", last: Last = "", made_as: MadeAs = Format.PDF, out: Out = None
) -> None:
    """Write what one account was charged and paid between two months (выписка)."""
    from pipelines.statements import account_extract

    settings = Settings.from_environment()
    content = account_extract(
        newest_snapshot(settings), settings.reference, account, period(first), _end(last), made_as.value
    )
    _write(settings, f"{account}-extract-{first}-{last or 'now'}.{made_as}", out, content)


@customers.command()
def reconciliation(
    account: Account, first: First = "2014-01", last: Last = "", made_as: MadeAs = Format.PDF, out: Out = None
) -> None:
    """Write every charge and payment of one account between two months, to be signed (акт сверки)."""
    from pipelines.statements import reconciliation as act_of

    settings = Settings.from_environment()
    content = act_of(newest_snapshot(settings), settings.reference, account, period(first), _end(last), made_as.value)
    _write(settings, f"{account}-reconciliation-{first}-{last or 'now'}.{made_as}", out, content)


@customers.command()
def subscribe(
    account: Account,
    email: Annotated[str, typer.Argument(help="where its receipts go")],
    *,
    off: Annotated[bool, typer.Option("--off", help="send no more")] = False,
) -> None:
    """Send the electronic receipts of an account to an address, or no more."""
    from dashboard.cabinet.receipts import subscribe as turn_on
    from dashboard.cabinet.receipts import unsubscribe as turn_off
    from dashboard.cabinet.settings import store_url
    from dashboard.cabinet.store import open_store

    store = open_store(store_url(Settings.from_environment()))
    (turn_off if off else turn_on)(store, account, email, dt.datetime.now(dt.UTC))
    print(f"{account}: {email} {'off' if off else 'on'}")


@customers.command()
def deliver(
    month: Annotated[str, typer.Option("--period", help="a closed month, 2026-10")],
    *,
    again: Annotated[
        bool, typer.Option("--again", help="also what was refused or may have arrived: it may come twice")
    ] = False,
) -> None:
    """Mail the electronic receipts of a month to whoever subscribed, each once; run it again until none waits."""
    from dashboard.cabinet.receipts import deliver as send
    from dashboard.cabinet.receipts.queue import send_again
    from dashboard.cabinet.settings import CabinetSettings
    from dashboard.cabinet.store import open_store

    settings, cabinet = Settings.from_environment(), CabinetSettings.from_environment()
    store, first = open_store(cabinet.store), period(month)
    if again:
        send_again(store, first, dt.datetime.now(dt.UTC))
    with _bar(month) as progress:
        done = send(store, newest_snapshot(settings), settings.reference, first, cabinet, progress=progress)
    counts = ", ".join(f"{count} {state}" for state, count in sorted(done.counts.items())) or "nobody subscribed"
    print(f"{done.sent_now} sent now; of {month} in all: {counts}")
    for account, state, answer in done.troubles:
        print(f"    {account}  {state}: {answer}")
    if done.counts.get("uncertain"):
        raise RuntimeError("some receipts may or may not have arrived: look at the mail server's log, then --again")


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar, told how many are done and wanted."""
    with typer.progressbar(length=1, label=label) as bar:
        last = 0

        def progress(done: int, wanted: int) -> None:
            nonlocal last
            bar.length = wanted
            bar.update(done - last)
            last = done

        yield progress


def _end(last: str) -> dt.date:
    """The last month as typed; the newest there is when nothing was."""
    from pipelines.statements.history import END

    return period(last) if last else END


def _write(settings: Settings, name: str, out: Path | None, content: bytes) -> None:
    """All of a file under its name or nothing; says where it is."""
    target = out or settings.statements / "accounts" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(target)
    print(target)
