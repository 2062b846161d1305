"""The last asset of the night: the snapshot that everybody reads."""

import dagster as dg

from pipelines.assets.warehouse import Warehouse
from pipelines.warehouse.checks import load_checks, run_check
from pipelines.warehouse.models import load_models
from pipelines.warehouse.night import keep_finding
from pipelines.warehouse.publish import publish

UPSTREAM = [
    dg.AssetKey([model.schema, model.table])
    for model in load_models()
    if model.schema != "replay" or model.kind != "fact"
]


@dg.asset(key=["published", "snapshot"], deps=UPSTREAM, group_name="published", kinds={"duckdb"})
def snapshot(warehouse: Warehouse) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """An immutable file with the tables of the contract; the pointer moves to it last."""
    # Nothing waits for a check that only warns: it may run after this step, so what it finds is kept here.
    for check in load_checks():
        if not check.is_blocking:
            keep_finding(warehouse.connection, check, run_check(warehouse.connection, check))
    pointer = publish(warehouse.connection, warehouse.settings, warehouse.started_at)
    if pointer is None:
        return dg.MaterializeResult(metadata={"published": "nothing new"})
    return dg.MaterializeResult(
        metadata={
            "published": pointer.snapshot,
            "run_id": pointer.run_id,
            "open_period": pointer.open_period,
            "path": dg.MetadataValue.path(str(warehouse.settings.published / pointer.snapshot)),
        }
    )
