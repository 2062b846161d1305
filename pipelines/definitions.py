"""What Dagster loads: assets, checks, the nightly job, its schedule and the inbox sensor; nothing else."""

import dagster as dg

from pipelines.assets.intake import intake
from pipelines.assets.models import model_assets, model_checks
from pipelines.assets.published import snapshot
from pipelines.assets.triggers import inbox_sensor, nightly_job, nightly_schedule
from pipelines.assets.warehouse import Warehouse

defs = dg.Definitions(
    assets=[
        intake,
        *model_assets(),
        snapshot,
        dg.AssetSpec(["replay", "run"], group_name="replay", description="The runs published so far."),
        dg.AssetSpec(["replay", "stage"], group_name="replay", description="How long the stages of each night took."),
        dg.AssetSpec(
            ["replay", "bucket"], group_name="replay", description="The accounts a replay under way has done."
        ),
        dg.AssetSpec(
            ["replay", "check_result"], group_name="replay", description="What the checks of each night found."
        ),
    ],
    asset_checks=model_checks(),
    jobs=[nightly_job],
    schedules=[nightly_schedule],
    sensors=[inbox_sensor],
    resources={"warehouse": Warehouse()},
    executor=dg.in_process_executor,
)
