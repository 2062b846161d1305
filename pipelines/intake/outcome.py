"""What became of files: rows rejected, repeated and counted, the register closed; or the whole file refused."""

from collections.abc import Mapping

import duckdb

from pipelines.channels.layout import Totals
from pipelines.channels.whole import Refusal


def refuse(connection: duckdb.DuckDBPyConnection, refusals: Mapping[int, Refusal], kind: str | None) -> None:
    """Record files that are not taken: one line each that says why, and none of their rows accepted."""
    if not refusals:
        return
    values = {
        "ids": list(refusals),
        "lines": [one.line for one in refusals.values()],
        "rules": [one.rule_id for one in refusals.values()],
        "messages": [one.message for one in refusals.values()],
        "texts": [one.raw_text for one in refusals.values()],
    }
    outcomes = {
        "ids": list(refusals),
        "kind": kind,
        "rows": [one.rows for one in refusals.values()],
    }
    connection.execute(
        """
        insert into intake.rejected_row (source_file_id, source_line, rule_id, message, raw_text)
        select unnest($ids), unnest($lines), unnest($rules), unnest($messages), unnest($texts)
        """,
        values,
    )
    connection.execute(
        """
        update intake.source_file as files
        set kind = $kind, status = 'refused', rows_received = outcomes.rows, rows_rejected = outcomes.rows
        from (select unnest($ids) as source_file_id, unnest($rows) as rows) as outcomes
        where outcomes.source_file_id = files.source_file_id
        """,
        outcomes,
    )


def record_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Store the lines that were rejected and those that repeat a fact."""
    connection.execute(
        """
        insert into intake.rejected_row by name
        select source_file_id, source_line, rule_id, message, raw_text from reject order by all
        """
    )
    connection.execute(
        """
        insert into intake.duplicate_row by name
        select source_file_id, source_line, first_file_id, first_line from repetition where not is_conflict order by all
        """
    )


def close(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    files: Mapping[int, Totals | None],
    received: str = "null",
) -> None:
    """Write the outcome of every file into the register.

    Args:
        connection: with the tables `outcome` and `repetition` of these files.
        kind: what read them.
        files: their numbers, and what each says of itself.
        received: SQL of the sum of all their rows.
    """
    totals = files.values()
    connection.execute(
        f"""
        update intake.source_file as files
        set
            kind = $kind, status = 'accepted',
            rows_received = coalesce(outcome.received, 0),
            rows_accepted
                = coalesce(outcome.received, 0) - coalesce(outcome.unreadable, 0) - coalesce(repeated.lines, 0),
            rows_rejected = coalesce(outcome.unreadable, 0) + coalesce(repeated.conflicts, 0),
            rows_duplicate = coalesce(repeated.lines, 0) - coalesce(repeated.conflicts, 0),
            control_rows = listed.control_rows,
            control_kopecks = listed.control_kopecks,
            received_kopecks = {received}
        from (
            select
                unnest($ids::integer[]) as source_file_id,
                unnest($rows::bigint[]) as control_rows, unnest($kopecks::bigint[]) as control_kopecks
        ) as listed
        left join outcome on outcome.source_file_id = listed.source_file_id
        left join (
            select source_file_id, count(*) as lines, count_if(is_conflict) as conflicts from repetition group by all
        ) as repeated on repeated.source_file_id = listed.source_file_id
        where listed.source_file_id = files.source_file_id
        """,
        {
            "kind": kind,
            "ids": list(files),
            "rows": [one.rows if one else None for one in totals],
            "kopecks": [one.kopecks[0] if one else None for one in totals],
        },
    )
