"""Dask: who works on which task, and again where a worker was lost. The only module that knows the engine."""

import contextlib
from collections.abc import Iterator, Sequence

from dask import config
from distributed import Client, KilledWorker, LocalCluster, as_completed

from pipelines.scale.task import Done, Task, replay_bucket

TRIES = 3
"""How often a task that failed is tried, and how many workers it may take with it."""

CONNECT_SECONDS = 30


def run(tasks: Sequence[Task], cluster: str) -> Iterator[Done]:
    """Give the tasks to the workers; yields each as it is done.

    `cluster` is `local:N`, N processes of this machine, or the address of a scheduler such as `tcp://10.0.0.5:8786`.

    Raises:
        RuntimeError: a task failed every time, or lost too many workers.
    """
    with (
        config.set({"distributed.scheduler.allowed-failures": TRIES}),
        _client(cluster) as client,
    ):
        waiting = client.map(replay_bucket, tasks, pure=False, retries=TRIES - 1, key="bucket")
        try:
            for future in as_completed(waiting):
                yield future.result()
        except KilledWorker as error:
            raise RuntimeError(
                f"a bucket of accounts has lost {TRIES} workers one after the other, most likely for lack of memory:"
                " give them more, or cut more buckets (ENERGOSBYT_CLUSTER_BUCKETS). What is done is kept: run it again"
            ) from error


@contextlib.contextmanager
def _client(cluster: str) -> Iterator[Client]:
    kind, _, rest = cluster.partition(":")
    if kind != "local":
        with Client(cluster, timeout=CONNECT_SECONDS) as client:
            yield client
        return
    if not rest.isdigit() or int(rest) < 1:
        raise ValueError(
            f"{cluster!r} is no cluster: say local:2 for two processes of this machine, or tcp://HOST:8786"
        )
    # DuckDB bounds its own memory; a process for a core.
    with (
        LocalCluster(
            n_workers=int(rest),
            threads_per_worker=1,
            memory_limit=None,
            dashboard_address=None,
            env={"ENERGOSBYT_THREADS": "1"},
        ) as local,
        Client(local) as client,
    ):
        yield client
