"""The fact tables: filled together, by one pass over the inbox."""

import dagster as dg

from dashboard.cabinet.outbox import deliver_own
from pipelines.assets.metadata import describe
from pipelines.assets.warehouse import Warehouse
from pipelines.intake.ingest import ingest
from pipelines.warehouse.models import load_models
from pipelines.warehouse.night import timed
from pipelines.warehouse.publish import next_run_id, recover

FACTS = tuple(model for model in load_models() if model.schema == "intake")


@dg.multi_asset(
    specs=[
        dg.AssetSpec([model.schema, model.table], group_name=model.schema, description=model.summary, kinds={"duckdb"})
        for model in FACTS
    ],
    name="intake",
)
def intake(context: dg.AssetExecutionContext, warehouse: Warehouse) -> object:
    """Take in what the channels delivered: facts, rejected and repeated lines, a row for every file."""
    recover(warehouse.connection, warehouse.settings)
    sent = deliver_own(warehouse.settings)
    context.log.info("files of what customers sent in the cabinet: %s", sent)
    with timed(warehouse.connection, "intake"):
        report = ingest(warehouse.connection, warehouse.settings, next_run_id(warehouse.connection))
    context.log.info(str(report))
    for model in FACTS:
        yield dg.MaterializeResult(
            asset_key=[model.schema, model.table], metadata=describe(warehouse.connection, model)
        )
