"""What a person wants to see beside a materialisation: rows, rubles, a few lines of the table."""

from collections.abc import Sequence

import dagster as dg
import duckdb

from pipelines.warehouse.models import Model

SHOWN_ROWS = 5


def describe(connection: duckdb.DuckDBPyConnection, model: Model) -> dict[str, dg.MetadataValue]:
    """Row count, the sum of every kopeck column, and the first rows of a table as Markdown."""
    found = connection.execute(f"select * from {model.name} limit {SHOWN_ROWS}")
    columns = [(str(name), str(kind)) for name, kind, *_ in found.description]
    shown = as_table([name for name, _ in columns], found.fetchall())
    money = [name for name, kind in columns if name.endswith("_kopecks") and kind == "BIGINT"]
    sums = "".join(f", sum({name})::bigint" for name in money)
    [(count, *totals)] = connection.execute(f"select count(*){sums} from {model.name}").fetchall()
    return {
        "dagster/row_count": dg.MetadataValue.int(int(count)),
        "first_rows": dg.MetadataValue.md(shown),
        **{name: dg.MetadataValue.int(int(total or 0)) for name, total in zip(money, totals, strict=True)},
    }


def as_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    lines += [f"| {' | '.join(str(value) for value in row)} |" for row in rows]
    return "\n".join(lines)
