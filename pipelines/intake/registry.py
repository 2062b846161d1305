"""Registries of payments: what the last line of each says of the transfer that will pay it."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

import duckdb

from pipelines.intake.recognition import Body, Shape


def record_registries(
    connection: duckdb.DuckDBPyConnection, shape: Shape, files: Mapping[int, tuple[str, Body]]
) -> None:
    """Keep the registries among the files of one shape. Belongs into the transaction that stores their lines.

    Args:
        connection: with the files in the register.
        shape: what they have in common.
        files: number -> path below the inbox and where its lines stand, of those that are taken.
    """
    footer = shape.layout.footer
    rows: list[tuple[int, str | None, int, int, int, str | None, dt.date | None, int]] = []
    for number, (path, body) in files.items():
        if footer is None or body.totals is None:
            return
        name = re.fullmatch(shape.layout.name_pattern or "", PurePosixPath(path).name, re.IGNORECASE)
        rows.append(
            (
                number,
                name["registry"] if name else None,
                body.totals.rows,
                body.totals.kopecks[0],
                footer.transferred(body.totals),
                *footer.order(body.footer_text.split(shape.separator)),
                body.footer_line,
            )
        )
    if not rows:
        return
    names = (
        "source_file_id", "registry_number", "payments", "amount_kopecks", "transferred_kopecks", "order_number",
        "ordered_on", "source_line",
    )  # fmt: skip
    types = ("integer", "varchar", "bigint", "bigint", "bigint", "varchar", "date", "bigint")
    columns = ", ".join(f"unnest(${name}::{kind}[]) as {name}" for name, kind in zip(names, types, strict=True))
    connection.execute(
        f"""
        insert into intake.registry_fact by name
        select said.*, $agent as agent, files.known_at, files.known_period
        from (select {columns}) as said
        inner join intake.source_file as files on files.source_file_id = said.source_file_id
        """,
        {
            "agent": shape.agent,
            **{name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)},
        },
    )
