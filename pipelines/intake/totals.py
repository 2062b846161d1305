"""Control totals: what a registry says of itself against what its lines add up to, to the kopeck.

Makes the temporary table `outcome`: source_file_id, received, unreadable (lines), and the sums of the layout's columns.
"""

from collections.abc import Mapping

import duckdb

from pipelines.channels.layout import Footer, Totals
from pipelines.channels.whole import RAW_LIMIT, Refusal
from pipelines.intake.recognition import Body, Shape
from pipelines.russian import rubles

_SHOWN_LINES = 5


def add_up(connection: duckdb.DuckDBPyConnection, shape: Shape) -> None:
    """Count the lines of every file and add up its sums, readable lines and rejected ones alike."""
    columns = shape.layout.summed_columns
    listed = "".join(f", {column}" for column in columns)
    sums = "".join(f", coalesce(sum({column}), 0)::bigint as {column}" for column in columns)
    connection.execute(
        f"""
        create or replace temp table outcome as
        select source_file_id, count(*) as received, count_if(is_unreadable) as unreadable{sums}
        from (
            select source_file_id, false as is_unreadable{listed} from stage
            union all
            select source_file_id, true{listed} from reject
        )
        group by source_file_id
        """
    )


def compare(connection: duckdb.DuckDBPyConnection, shape: Shape, bodies: Mapping[int, Body]) -> dict[int, Refusal]:
    """The files whose footer says something else than their lines."""
    footer = shape.layout.footer
    if footer is None:
        return {}
    columns = ", ".join(footer.columns)
    counted = {
        row[0]: Totals(row[1], tuple(row[2:]))
        for row in connection.execute(f"select source_file_id, received, {columns} from outcome").fetchall()
    }
    nothing = Totals(0, (0,) * len(footer.columns))
    refusals = {}
    for source_file_id, body in bodies.items():
        found = counted.get(source_file_id, nothing)
        if body.totals is not None and found != body.totals:
            message = _message(footer, body.totals, found, _unreadable(connection, source_file_id))
            refusals[source_file_id] = Refusal(
                "control_totals", body.footer_line, message, body.footer_text[:RAW_LIMIT], found.rows
            )
    return refusals


def _unreadable(connection: duckdb.DuckDBPyConnection, source_file_id: int) -> list[int]:
    rows = connection.execute(
        "select source_line from reject where source_file_id = ? and amount_kopecks is null order by 1 limit ?",
        [source_file_id, _SHOWN_LINES],
    ).fetchall()
    return [row[0] for row in rows]


def _message(footer: Footer, expected: Totals, found: Totals, unreadable: list[int]) -> str:
    parts = []
    if expected.rows != found.rows:
        parts.append(f"Число строк: в итоге {expected.rows}, в файле {found.rows}.")
    parts += [
        f"{title.capitalize()}: в итоге {rubles(said)}, в файле {rubles(added)}."
        for title, said, added in zip(footer.titles, expected.kopecks, found.kopecks, strict=True)
        if said != added
    ]
    if unreadable:
        parts.append(f"Сумма не читается в строках: {', '.join(map(str, unreadable))}.")
    return " ".join(["Итоговая строка не сходится со строками файла.", *parts, "Передайте исправленный реестр."])
