"""The task: one bucket of accounts, from its facts in the store to its tables there. It knows nothing of the engine."""

import datetime as dt
import os
import socket
import tempfile
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import duckdb

from pipelines.scale.cut import Part
from pipelines.scale.store import Store
from pipelines.settings import Settings
from pipelines.warehouse.connection import prepare
from pipelines.warehouse.models import Bucket, Model, begin, code_version, materialise
from pipelines.warehouse.replay import stages


@dataclass(frozen=True)
class Task:
    """Everything a worker is told: the URL of the job's folder, the bucket, its tables, the rules of who sent it."""

    store: str
    number: int
    bucket: Bucket
    parts: tuple[Part, ...]
    code: str


@dataclass(frozen=True)
class Done:
    """What a task left: table -> its file."""

    number: int
    files: dict[str, str]


def results() -> tuple[Model, ...]:
    """The tables a task makes that outlive it."""
    return tuple(model for model in stages()[1] if model.kind in {"journal", "table"})


def done_name(number: int) -> str:
    """Where, below the job, a task says what it left."""
    return f"results/bucket-{number:05d}/done.json"


def replay_bucket(task: Task) -> Done:
    """Derive the tables of one bucket.

    What an attempt writes stands under a name of its own, and `done.json`, written last, names the attempt that counts:
    a worker may die anywhere in between, or be thought dead and go on.

    Raises:
        RuntimeError: this worker has other rules than the one that sent the task.
    """
    if task.code != code_version():
        raise RuntimeError(
            f"the worker {socket.gethostname()} runs another version of the rules ({code_version()[:12]}, the task was"
            f" sent with {task.code[:12]}): install the same version on every machine and start its worker again"
        )
    attempt = uuid.uuid4().hex
    job = Store(task.store)
    folder = job.below("results", f"bucket-{task.number:05d}")
    folder.put(
        f"{attempt}.json",
        {"host": socket.gethostname(), "pid": os.getpid(), "started_at": dt.datetime.now(dt.UTC).isoformat()},
    )
    with tempfile.TemporaryDirectory() as home, duckdb.connect() as connection:
        folder.attach(connection)
        prepare(connection, replace(Settings.from_environment(), home=Path(home)))
        for part in task.parts:
            _load(connection, part)
        _, by_account, _ = stages()
        for model in by_account:
            begin(connection, model)
        for model in by_account:
            materialise(connection, model, task.bucket)
        mine = folder.below(attempt)
        files = {model.name: mine.path(f"{model.name}.parquet") for model in results()}
        for model in results():
            made = f"{model.name} where {model.rewrites}" if model.kind == "journal" else model.name
            connection.execute(f"copy (from {made}) to '{files[model.name]}' (format parquet)")
    done = Done(task.number, files)
    job.put(done_name(task.number), asdict(done))
    return done


def _load(connection: duckdb.DuckDBPyConnection, part: Part) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in part.columns)
    connection.execute(f"create table if not exists {part.place} ({columns})")
    if part.files:
        connection.execute(
            f"insert into {part.place} by name from read_parquet(?, hive_partitioning = false)", [part.files]
        )
