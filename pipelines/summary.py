"""What a night did, in the words of the person who started it."""

import datetime as dt
from pathlib import Path

import duckdb

from pipelines.russian import rubles, whole
from pipelines.settings import SQL, Settings
from pipelines.warehouse.publish import read_pointer
from pipelines.warehouse.snapshot import connect_snapshot


def print_summary(settings: Settings, run_before: int | None, seconds: float) -> None:
    """Print what the newest published run took in, charged and left as balances, and where to look."""
    pointer = read_pointer(settings.published)
    if pointer is None:
        print(f"Nothing to publish: {settings.inbox} holds no file that could be taken in.")
        return
    if pointer.run_id == run_before:
        print(f"Nothing new: run {pointer.run_id} already knows every file. Nothing was changed. {seconds:.1f} s")
        return
    with connect_snapshot(settings.published / pointer.snapshot) as snapshot:
        print(_report(snapshot, pointer.run_id, dt.date.fromisoformat(pointer.open_period)))
    print(f"\nPublished {settings.published / pointer.snapshot} in {seconds:.1f} s")
    print(_where_to_look(settings.published))


def _report(snapshot: duckdb.DuckDBPyConnection, run_id: int, open_period: dt.date) -> str:
    lines = [f"Run {run_id}, open month {open_period:%Y-%m}", "", "Files and rows by channel:"]
    lines += _table(
        snapshot,
        """
        select
            coalesce(channel::varchar, 'no channel') as channel,
            count(*) as files,
            count_if(status = 'refused') as refused,
            sum(rows_received)::bigint as rows,
            sum(rows_accepted)::bigint as accepted,
            sum(rows_rejected)::bigint as rejected,
            sum(rows_duplicate)::bigint as duplicate
        from source_file where run_id = ? group by all order by all
        """,
        [run_id],
    )
    lines += ["", "Verdicts on readings:"]
    lines += _table(
        snapshot,
        """
        select verdict, coalesce(rule_id, '') as rule, count(*) as readings
        from reading semi join (select source_file_id from source_file where run_id = ?) as files using (source_file_id)
        group by all order by verdict, readings desc, rule
        """,
        [run_id],
    )
    [(charged, corrected, penalty, paid, kwh)] = snapshot.execute(
        """
        select
            sum(charged_kopecks)::bigint, sum(corrected_kopecks)::bigint, sum(penalty_kopecks)::bigint,
            sum(paid_kopecks)::bigint, sum(kwh)::bigint
        from district_month
        """
    ).fetchall()
    [(accounts, debt, advance, closing)] = snapshot.execute(
        """
        select
            coalesce(sum(accounts), 0)::bigint, sum(debt_kopecks)::bigint, sum(advance_kopecks)::bigint,
            sum(closing_kopecks)::bigint
        from district_month where period = ?
        """,
        [open_period],
    ).fetchall()
    [(suspense,)] = snapshot.execute(
        "select coalesce(sum(amount_kopecks), 0)::bigint from payment where status = 'suspense'"
    ).fetchall()
    [(candidates,)] = snapshot.execute("select count(*) from restriction_candidate").fetchall()
    standing = f"debts {rubles(debt or 0)}, advances {rubles(advance or 0)}"
    lines += [
        "",
        f"Charged    {rubles(charged or 0):>22}   {whole(kwh or 0)} kWh",
        f"Corrected  {rubles(corrected or 0):>22}",
        f"Penalty    {rubles(penalty or 0):>22}",
        f"Paid       {rubles(paid or 0):>22}",
        f"Suspense   {rubles(suspense):>22}",
        f"Balances   {rubles(closing or 0):>22}   of {accounts} accounts: {standing}",
        f"Owe more than two normative months: {candidates} accounts",
        *_businesses(snapshot),
    ]
    return "\n".join(lines)


def _businesses(snapshot: duckdb.DuckDBPyConnection) -> list[str]:
    """What the newest month of businesses came to, as the page of the night says it; nothing before a bill."""
    question = (SQL / "dashboard" / "business_night.sql").read_text(encoding="utf-8")
    return [
        f"Businesses {rubles(total):>22}   {contracts} contracts billed for {period:%Y-%m}, {hours} hours not measured"
        for period, contracts, total, hours in snapshot.execute(question).fetchall()
    ]


def _table(snapshot: duckdb.DuckDBPyConnection, query: str, parameters: list[object]) -> list[str]:
    """Rows of a query in aligned columns, words to the left and numbers to the right."""
    relation = snapshot.execute(query, parameters)
    header = [column[0] for column in relation.description]
    rows = relation.fetchall()
    cells = [header, *[[str(value) for value in row] for row in rows]]
    widths = [max(len(row[index]) for row in cells) for index in range(len(header))]
    numeric = [bool(rows) and isinstance(rows[0][index], int) for index in range(len(header))]
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        for row in cells
    ]


def _where_to_look(published: Path) -> str:
    return (
        "Look at it:  make dashboard   (analysts, http://localhost:8501)\n"
        "             make dagster     (runs, checks and lineage, http://localhost:3000)\n"
        f"             duckdb files under {published}; statements: energosbyt statements --period YYYY-MM"
    )
