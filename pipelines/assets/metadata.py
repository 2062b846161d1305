"""What a person wants to see beside a materialisation: rows, rubles, a few lines of the table."""

from collections.abc import Sequence

import dagster as dg
import duckdb

from pipelines.warehouse.models import Model, row_count

SHOWN_ROWS = 5


def describe(connection: duckdb.DuckDBPyConnection, model: Model) -> dict[str, dg.MetadataValue]:
    """Row count, the sum of every kopeck column, and the first rows of a table as Markdown."""
    columns = [
        (str(name), str(kind))
        for name, kind in connection.execute(
            "select column_name, data_type from information_schema.columns where table_schema = ? and table_name = ?"
            " order by ordinal_position",
            [model.schema, model.table],
        ).fetchall()
    ]
    money = [name for name, kind in columns if name.endswith("_kopecks") and kind == "BIGINT"]
    metadata: dict[str, dg.MetadataValue] = {
        "dagster/row_count": dg.MetadataValue.int(row_count(connection, model)),
        "first_rows": dg.MetadataValue.md(_markdown(connection, model, [name for name, _ in columns])),
    }
    if money:
        sums = ", ".join(f"sum({name})::bigint" for name in money)
        [totals] = connection.execute(f"select {sums} from {model.name}").fetchall()
        metadata |= {name: dg.MetadataValue.int(int(total or 0)) for name, total in zip(money, totals, strict=True)}
    return metadata


def as_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    lines += [f"| {' | '.join(str(value) for value in row)} |" for row in rows]
    return "\n".join(lines)


def _markdown(connection: duckdb.DuckDBPyConnection, model: Model, columns: list[str]) -> str:
    rows = connection.execute(f"select * from {model.name} limit {SHOWN_ROWS}").fetchall()
    return as_table(columns, rows)
