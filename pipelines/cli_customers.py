"""Commands that make documents for customers: statements of a month, and what one account asks for."""

import datetime as dt
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
    with typer.progressbar(length=1, label=f"{first:%Y-%m}") as bar:
        last = 0

        def progress(done: int, wanted: int) -> None:
            nonlocal last
            bar.length = wanted
            bar.update(done - last)
            last = done

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
