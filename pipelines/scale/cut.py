"""What a task needs, cut out of the warehouse by bucket and written to the store as Parquet."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.scale.store import Store
from pipelines.warehouse.models import Bucket, Model, load_models
from pipelines.warehouse.replay import stages

WHOLE = frozenset({"ledger.decided_payment"})
"""Tables with an account in every row that each task sees whole: a payment may have left the account it came for."""


@dataclass(frozen=True)
class Part:
    """A table as one task is given it: columns with their types (Parquet keeps no codes) and the files of its rows."""

    name: str
    place: str
    columns: list[tuple[str, str]]
    files: list[str]


@dataclass(frozen=True)
class Table:
    """A table in the store: files that every task reads, and files by the number of the bucket they are of."""

    name: str
    place: str
    columns: list[tuple[str, str]]
    whole: list[str]
    by_bucket: dict[str, list[str]]

    def part(self, number: int) -> Part:
        """What the task of that bucket is given."""
        return Part(self.name, self.place, self.columns, self.whole + self.by_bucket.get(str(number), []))


def needed() -> tuple[Model, ...]:
    """What the models by account read and do not make, and their journals, of which closed months are kept."""
    _, by_account, _ = stages()
    models = {model.name: model for model in load_models()}
    found: set[str] = set()
    waiting = [name for model in by_account for name in model.inputs]
    while waiting:
        model = models[waiting.pop()]
        if model.name not in found:
            found.add(model.name)
            # A view is asked anew by the task, so it is what the view reads that must be there.
            waiting += model.inputs if model.kind == "view" else ()
    made = {model.name for model in by_account if model.kind != "journal"}
    kept = {model.name for model in by_account if model.kind == "journal"}
    return tuple(model for model in models.values() if model.name in found - made | kept and model.kind != "view")


def is_whole(connection: duckdb.DuckDBPyConnection, model: Model) -> bool:
    """Whether every task reads all of it: nothing in a row says whose it is, or somebody else may need it."""
    names = {name for name, _ in _columns(connection, model)}
    return model.name in WHOLE or not names & {"account_number", "house_id"}


def cut(connection: duckdb.DuckDBPyConnection, store: Store, buckets: Sequence[Bucket]) -> list[Table]:
    """Write what the tasks need; every table is read once, however many buckets there are.

    Of a journal the open months must be gone already.
    """
    _lay_out_buckets(connection, buckets)
    return [_write(connection, store, model) for model in needed()]


def _lay_out_buckets(connection: duckdb.DuckDBPyConnection, buckets: Sequence[Bucket]) -> None:
    connection.execute("create or replace temp table cut (bucket integer, first_account bigint, last_account bigint)")
    connection.executemany("insert into cut values (?, ?, ?)", [[n, *bucket] for n, bucket in enumerate(buckets)])
    # No bucket ends inside a house that has needs of its own (decision 5).
    connection.execute(
        """
        create or replace temp table cut_house as
        select distinct accounts.house_id, cut.bucket
        from intake.account_fact as accounts
        inner join cut on accounts.account_number between cut.first_account and cut.last_account
        where accounts.house_id is not null
        """
    )


def _write(connection: duckdb.DuckDBPyConnection, store: Store, model: Model) -> Table:
    columns = _columns(connection, model)
    if is_whole(connection, model):
        path = store.below("whole").path(f"{model.name}.parquet")
        connection.execute(f"copy (from {model.place}) to '{path}' (format parquet)")
        return Table(model.name, model.place, columns, [path], {})
    if "account_number" in {name for name, _ in columns}:
        select = f"""
            select rows.*, cut.bucket
            from {model.place} as rows
            inner join cut on rows.account_number between cut.first_account and cut.last_account
        """
    else:
        select = f"""
            select rows.*, cut_house.bucket
            from {model.place} as rows inner join cut_house on cut_house.house_id = rows.house_id
        """
    if model.name == "intake.meter_fact":
        select += f" union all {_METERS_OF_OTHERS}"
    folder = store.below("cut").path(model.name)
    connection.execute(f"copy ({select}) to '{folder}' (format parquet, partition_by (bucket), overwrite_or_ignore)")
    files: dict[str, list[str]] = {}
    for path in store.find("cut", model.name):
        files.setdefault(path.split("/")[-2].removeprefix("bucket="), []).append(path)
    return Table(model.name, model.place, columns, [], files)


def _columns(connection: duckdb.DuckDBPyConnection, model: Model) -> list[tuple[str, str]]:
    rows = connection.execute(f"select column_name, column_type from (describe {model.place})").fetchall()
    wide = [name for name, kind in rows if "HUGEINT" in kind]
    if wide:
        raise TypeError(f"{model.name}: Parquet keeps {', '.join(wide)} as floats; cast to bigint or decimal")
    return [(str(name), str(kind)) for name, kind in rows]


_METERS_OF_OTHERS = """
    -- A reading that names the meter of another account is refused for that, not for a meter nobody has.
    select meters.*, named.bucket
    from intake.meter_fact as meters
    inner join (
        select distinct readings.meter_serial, cut.bucket
        from intake.reading_fact as readings
        inner join cut on readings.account_number between cut.first_account and cut.last_account
    ) as named on named.meter_serial = meters.meter_serial
    inner join cut on meters.account_number between cut.first_account and cut.last_account
    where named.bucket <> cut.bucket
"""
