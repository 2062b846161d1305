"""The command `energosbyt`: a subcommand a job; a sentence, not a traceback, when the world is not as expected."""

import datetime as dt
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli_common import newest_snapshot, period
from pipelines.cli_customers import customers
from pipelines.settings import MOSCOW, Settings

if TYPE_CHECKING:
    from pipelines.warehouse.verify import Comparison

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(customers)


def main() -> None:
    """Run a command; an expected failure prints its message and exits with 1."""
    try:
        app()
    except (RuntimeError, ValueError, OSError) as error:
        print(f"energosbyt: {error}", file=sys.stderr)
        sys.exit(1)


@app.command()
def nightly(
    as_of: Annotated[str, typer.Option(help="close every month before this day, for example 2026-11-01")] = "",
) -> None:
    """Take in the inbox, judge, charge, balance, check, publish."""
    from pipelines.nightly import run_night
    from pipelines.summary import print_summary
    from pipelines.warehouse.publish import read_pointer

    settings = Settings.from_environment()
    before = read_pointer(settings.published)
    instant = dt.datetime.combine(dt.date.fromisoformat(as_of), dt.time(), MOSCOW).isoformat() if as_of else ""
    started = time.monotonic()
    run_night(settings, instant)
    print_summary(settings, before.run_id if before else None, time.monotonic() - started)


@app.command()
def simulate(
    out: Annotated[Path, typer.Option(help="folder to write, laid out as an inbox")],
    accounts: Annotated[int, typer.Option(help="household accounts")] = 1000,
    first: Annotated[str, typer.Option("--from", help="first month, 2014-01")] = "2025-01",
    last: Annotated[str, typer.Option("--to", help="last month, 2026-10")] = "2026-10",
    seed: Annotated[int, typer.Option(help="the same seed writes the same bytes")] = 61,
    delivery: Annotated[str, typer.Option(help="monthly or daily folders")] = "monthly",
    contracts: Annotated[int, typer.Option(help="contracts of businesses")] = 0,
    contracts_from: Annotated[str, typer.Option(help="their first month, 2026-07; empty: as the households'")] = "",
    consumption: Annotated[
        Path | None, typer.Option(help="real monthly use per account instead of an invented one")
    ] = None,
) -> None:
    """Write a region as channel files."""
    from pipelines.simulate import simulate as write_region
    from pipelines.simulate import simulate_real_use

    if consumption is None:
        begun = period(contracts_from or first)
        print(write_region(out, accounts, period(first), period(last), seed, delivery, contracts, begun))
    else:
        print(simulate_real_use(out, consumption, period(first)))


@app.command()
def bill(
    account: Annotated[int, typer.Argument(help="account number, 12 digits")],
    month: Annotated[str, typer.Argument(metavar="PERIOD", help="the month it was posted in, 2026-10")],
    known_at: Annotated[str, typer.Option(help="as it stood after the last night of this day, 2026-11-01")] = "",
) -> None:
    """Show a bill as it stands, or as it stood on a day."""
    from pipelines.explain import bill_in_words, explain

    settings = Settings.from_environment()
    day = dt.date.fromisoformat(known_at) if known_at else None
    print(bill_in_words(explain(newest_snapshot(settings), settings, account, period(month), day)))


@app.command(name="explain")
def explain_bill(
    account: Annotated[int, typer.Argument(help="account number, 12 digits")],
    month: Annotated[str, typer.Argument(metavar="PERIOD", help="the month it was posted in, 2026-10")],
    known_at: Annotated[str, typer.Option(help="as it stood after the last night of this day, 2026-11-01")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="for machines")] = False,
) -> None:
    """Replay one account and trace every kopeck of a month to prices, limits, readings, files and lines."""
    from pipelines.explain import explain, explanation_in_words

    settings = Settings.from_environment()
    day = dt.date.fromisoformat(known_at) if known_at else None
    found = explain(newest_snapshot(settings), settings, account, period(month), day)
    print(
        json.dumps(asdict(found), ensure_ascii=False, indent=1, default=str) if as_json else explanation_in_words(found)
    )


@app.command()
def verify() -> None:
    """Derive everything anew from the facts of the newest snapshot and compare it with what was published."""
    from pipelines.warehouse.verify import verify as derive_and_compare

    settings = Settings.from_environment()
    report_comparisons(derive_and_compare(newest_snapshot(settings), settings))


@app.command(name="scale-out")
def scale_out(
    cluster: Annotated[
        str, typer.Option(help="local:2 for two processes of this machine, or the address of a Dask scheduler")
    ] = "",
    store: Annotated[str, typer.Option(help="URL of a folder that this machine and all workers reach")] = "",
    buckets: Annotated[int, typer.Option(help="at least so many buckets of accounts; 0: as the settings say")] = 0,
) -> None:
    """Derive everything anew on the workers of a cluster and compare it with what was published."""
    from pipelines.scale import replay_accounts_apart
    from pipelines.warehouse.verify import verify as derive_and_compare

    told = Settings.from_environment()
    settings = replace(
        told,
        cluster=cluster or told.cluster or "local:2",
        cluster_store=store.rstrip("/") or told.meeting_place,
        cluster_buckets=buckets or told.cluster_buckets,
    )
    compared = derive_and_compare(
        newest_snapshot(settings),
        settings,
        lambda connection: print(
            replay_accounts_apart(
                connection,
                settings,
                progress=lambda done, wanted: print(f"{done} of {wanted} buckets", file=sys.stderr, flush=True),
            ),
            flush=True,
        ),
    )
    report_comparisons(compared)


def report_comparisons(compared: "Sequence[Comparison]") -> None:
    """Print what was derived beside what was published.

    Raises:
        RuntimeError: a table differs.
    """
    for one in compared:
        print(f"{one.table:<28}{one.rows:>14,} rows  {f'{one.differing:,} differ' if one.differing else 'equal'}")
        for example in one.examples:
            print(f"    {example}")
    differing = [one.table for one in compared if one.differing]
    if differing:
        raise RuntimeError(f"the facts lead to something else than was published: {', '.join(differing)}")


@app.command()
def decree(
    file: Annotated[Path, typer.Argument(help="rows with the columns of their table of reference data")],
    known_from: Annotated[
        str, typer.Option(help="the first month whose closing knows it, 2026-11; the month that is open now")
    ] = "",
) -> None:
    """Put a decree in force from a closing on; the next night posts the differences."""
    from pipelines.decree import load_decree
    from pipelines.warehouse.publish import read_pointer

    settings = Settings.from_environment()
    pointer = read_pointer(settings.published)
    open_period = dt.date.fromisoformat(pointer.open_period) if pointer else None
    month = period(known_from) if known_from else open_period
    if month is None:
        raise RuntimeError(f"nothing is published under {settings.published} yet: say --known-from")
    if open_period and month < open_period:
        raise RuntimeError(f"{month:%Y-%m} is closed; {open_period:%Y-%m} is the first month that can know the decree")
    loaded = load_decree(file, settings, month)
    print(
        f"{loaded.table}.csv: {loaded.added} rows added, {loaded.superseded} superseded ({loaded.assumed} assumed).\n"
        f"Closings from {loaded.known_from:%Y-%m} on know them;"
        f" the next night reckons months from {loaded.first_period:%Y-%m} again."
    )


@app.command()
def whatif(
    tariffs: Annotated[Path | None, typer.Option(help="prices, with the columns of tariff_rate.csv")] = None,
    norms: Annotated[
        list[Path] | None, typer.Option(help="norms or ranges, with the columns of their table; may be given again")
    ] = None,
    months: Annotated[int, typer.Option(help="how many closed months, the newest")] = 12,
) -> None:
    """Charge the last months by other prices, norms or ranges: the sum, who pays more and who less."""
    from pipelines.whatif import outcome_in_words, reckon

    settings = Settings.from_environment()
    files = [*([tariffs] if tariffs else []), *(norms or ())]
    print(outcome_in_words(reckon(newest_snapshot(settings), settings, files, months)))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="a file of sql/dashboard or sql/kpi, without .sql")],
    parameters: Annotated[list[str] | None, typer.Argument(metavar="NAME=VALUE", help="period=2026-10-01")] = None,
    snapshot: Annotated[str, typer.Option(help="its file under published; the newest unless named")] = "",
) -> None:
    """Ask the published snapshot what a page of the dashboard asks; the answer is CSV."""
    from pipelines.ask import answer_as_csv

    settings = Settings.from_environment()
    path = settings.published / snapshot if snapshot else newest_snapshot(settings)
    if not path.is_file():
        raise RuntimeError(f"{path.name} is not kept any more under {settings.published}")
    given = [pair.partition("=") for pair in parameters or ()]
    print(answer_as_csv(path, question, {name: value for name, _, value in given}), end="")


@app.command()
def documents(
    month: Annotated[str, typer.Option("--period", help="the month, 2026-10")],
    contract: Annotated[list[str] | None, typer.Option(help="only this contract; may be given again")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="only this kind: advance_invoice, invoice, act, tax_invoice, …; may be given again"),
    ] = None,
) -> None:
    """Issue the month's documents for businesses; what was issued before is written again as it was."""
    from pipelines.documents import issue_documents
    from pipelines.vocabulary import CODE_SETS
    from pipelines.warehouse.connection import open_warehouse

    settings = Settings.from_environment()
    newest_snapshot(settings)
    unknown = sorted(set(kind or ()) - set(CODE_SETS["document_kind"]))
    if unknown:
        raise typer.BadParameter(
            f"{unknown[0]!r} is no kind of document; one of {', '.join(CODE_SETS['document_kind'])}"
        )
    with open_warehouse(settings) as connection:
        report = issue_documents(
            connection,
            settings.documents,
            period(month),
            reference=settings.reference,
            contracts=contract or (),
            kinds=kind or (),
        )
    print(f"{report.issued} issued, {report.stood} stood already: {report.folder}")
    if not report.is_closed:
        print("the month is not closed for businesses yet: only advance invoices are issued")
