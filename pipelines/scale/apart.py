"""The replay of all accounts as tasks elsewhere: cut, run, collect. Dagster's step and the command call this."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

import duckdb

from pipelines.scale.cut import Table, cut, is_whole, needed
from pipelines.scale.store import Store
from pipelines.scale.task import Done, Task, done_name, results
from pipelines.settings import Settings
from pipelines.warehouse.models import Bucket, begin, code_version, materialise
from pipelines.warehouse.replay import Progress, buckets, stages

Engine = Callable[[Sequence[Task]], Iterable[Done]]
"""Runs tasks, in whatever order."""

NOBODY: Bucket = (1, 0)
"""The bucket without accounts: it gives every table its shape."""


@dataclass(frozen=True)
class Apart:
    """How it went: buckets, those an earlier run had left done, tries that were lost with their worker, seconds."""

    buckets: int
    found_done: int
    lost: int
    cut_seconds: float
    run_seconds: float
    collect_seconds: float

    def __str__(self) -> str:
        """One line for a log."""
        return (
            f"{self.buckets} buckets, {self.found_done} done before, {self.lost} lost with their worker and done again;"
            f" cut {self.cut_seconds:.1f} s, replayed {self.run_seconds:.1f} s, collected {self.collect_seconds:.1f} s"
        )


def replay_accounts_apart(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Apart:
    """Do what `replay_accounts` does, on the workers of `settings.cluster`; `progress` is told buckets done and wanted.

    Killed half-way and run again over the same facts, it takes up what was done.
    """
    started = time.monotonic()
    store = Store(settings.meeting_place)
    store.attach(connection)
    _, by_account, _ = stages()
    for model in by_account:
        begin(connection, model)
    for model in by_account:
        materialise(connection, model, NOBODY)
    ranges = buckets(connection, settings.cluster_buckets)
    job = store.below(_job_name(connection, ranges))
    tasks = _tasks(connection, job, ranges)
    done = [_found(job, task) for task in tasks]
    finished = [one for one in done if one]
    was_cut = time.monotonic()
    waiting = [task for task, one in zip(tasks, done, strict=True) if one is None]
    for one in (engine or _dask(settings.cluster))(waiting) if waiting else ():
        finished.append(one)
        if progress:
            progress(len(finished), len(tasks))
    ran = time.monotonic()
    _collect(connection, sorted(finished, key=lambda one: one.number))
    lost = len([path for path in job.find("results") if path.endswith(".json")]) - 2 * len(tasks)
    job.remove()
    return Apart(len(tasks), len(tasks) - len(waiting), lost, was_cut - started, ran - was_cut, time.monotonic() - ran)


def _dask(cluster: str) -> Engine:
    def run(tasks: Sequence[Task]) -> Iterable[Done]:
        try:
            from pipelines.scale.engine import run as run_on_workers  # noqa: PLC0415  the extra is needed only here
        except ModuleNotFoundError as error:
            message = f"{error.name} is not installed; a cluster needs it: pip install -e '.[scale]'"
            raise RuntimeError(message) from error
        return run_on_workers(tasks, cluster)

    return run


def _job_name(connection: duckdb.DuckDBPyConnection, ranges: Sequence[Bucket]) -> str:
    """Named by all that its results depend on: rules, buckets, the tables all tasks read, files and their facts."""
    known = []
    for model in needed():
        if is_whole(connection, model):
            hashes = f"select count(*), sum(hash(rows)) from {model.place} as rows"
        else:
            hashes = f"select count(*) from {model.place}"
        known += connection.execute(hashes).fetchall()
    known += connection.execute("select count(*), sum(hash(files)) from intake.source_file as files").fetchall()
    told = json.dumps([code_version(), ranges, known], default=str)
    return f"job-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def _tasks(connection: duckdb.DuckDBPyConnection, job: Store, ranges: Sequence[Bucket]) -> list[Task]:
    """Cut the facts, or find them as an earlier run of the same job has left them."""
    written = job.get("cut.json")
    if written is None:
        # What a killed cut has left may be split over other files.
        job.remove()
        tables = cut(connection, job, ranges)
        job.put("cut.json", {"tables": [asdict(table) for table in tables]})
    else:
        tables = [Table(**table) for table in written["tables"]]
    return [
        Task(job.url, number, bucket, tuple(table.part(number) for table in tables), code_version())
        for number, bucket in enumerate(ranges)
    ]


def _found(job: Store, task: Task) -> Done | None:
    """What an earlier run of the job has left of a task."""
    written = job.get(done_name(task.number))
    return Done(**written) if written else None


def _collect(connection: duckdb.DuckDBPyConnection, done: Sequence[Done]) -> None:
    """Take the tables of all buckets into the warehouse, in the order of accounts as a replay here writes them."""
    for model in results():
        connection.execute(
            f"insert into {model.name} by name from read_parquet(?)", [[one.files[model.name] for one in done]]
        )
