"""Proof that what was published follows from the facts: everything is derived anew and compared."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import Model, load_models
from pipelines.warehouse.replay import Accounts, replay, replay_accounts
from pipelines.warehouse.snapshot import attach_snapshot

COMPARED = frozenset({"metering", "ledger", "business", "marts"})
"""Schemas that hold what the facts lead to."""

OF_A_RUN = ("run_id",)
"""Grain of what a run says of itself; another run says something else."""

SHOWN = 5


@dataclass(frozen=True)
class Comparison:
    """One table: its rows as published, and the first few that one side has and the other has not, in words."""

    table: str
    rows: int
    differing: int
    examples: tuple[str, ...]


def verify(snapshot: Path, settings: Settings, by_account: Accounts = replay_accounts) -> list[Comparison]:
    """Derive every table from the facts of a snapshot, from the first day on, and compare it with the snapshot's.

    Needs room for one more warehouse under `settings.temporary`; neither snapshot nor warehouse is touched.
    """
    settings.temporary.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=settings.temporary) as home,
        open_warehouse(replace(settings, home=Path(home))) as connection,
    ):
        attach_snapshot(connection, snapshot, "published")
        for model in load_models():
            if model.kind == "fact" and model.schema == "intake":
                connection.execute(f"insert into {model.name} by name select * from published.{model.name}")
        [(as_of,)] = connection.execute("select max(as_of) from published.replay.run").fetchall()
        replay(connection, as_of, by_account)
        return [
            _compare(connection, model)
            for model in load_models()
            if model.schema in COMPARED and model.kind in {"journal", "table"} and model.grain != OF_A_RUN
        ]


def _compare(connection: duckdb.DuckDBPyConnection, model: Model) -> Comparison:
    """Sums of hashes first, they are cheap; rows are looked for only where those differ."""
    columns = ", ".join(
        str(name)
        for (name,) in connection.execute(f"select column_name from (describe {model.name})").fetchall()
        # Ids of sources are given in the order of the nights that met them; the version says which code posted.
        if name != "rules_version" and not str(name).endswith("_source_id")
    )
    sums = [
        connection.execute(f"select count(*), sum(hash(({columns}))::hugeint) from {catalogue}{model.name}").fetchall()
        for catalogue in ("", "published.")
    ]
    [(rows, _)] = sums[1]
    if sums[0] == sums[1]:
        return Comparison(model.name, int(rows), 0, ())
    found = [
        (side, row)
        for side, one, other in (("derived", "", "published."), ("published", "published.", ""))
        for row in connection.execute(
            f"""
            select ({columns})::varchar, count(*) over () from (
                select {columns} from {one}{model.name} except all select {columns} from {other}{model.name}
            ) order by all limit {SHOWN}
            """
        ).fetchall()
    ]
    counts = {side: int(count) for side, (_, count) in found}
    return Comparison(
        model.name, int(rows), sum(counts.values()), tuple(f"only {side}: {row}" for side, (row, _) in found)
    )
