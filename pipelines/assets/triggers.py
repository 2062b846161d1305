"""When the night runs: on schedule at 02:00 Moscow time, and when something lies in the inbox."""

import hashlib

import dagster as dg

from pipelines.settings import Settings

nightly_job = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    description="From the inbox to the published snapshot.",
    executor_def=dg.in_process_executor,
)


@dg.schedule(job=nightly_job, cron_schedule="0 2 * * *", execution_timezone="Europe/Moscow")
def nightly_schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Run the night, closing every month that ended before it."""
    instant = context.scheduled_execution_time.isoformat()
    return dg.RunRequest(run_key=instant, run_config={"resources": {"warehouse": {"config": {"as_of": instant}}}})


@dg.sensor(job=nightly_job, minimum_interval_seconds=300)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Run when the inbox holds files; the same files ask once."""
    inbox = Settings.from_environment().inbox
    files = sorted(path for path in inbox.rglob("*") if path.is_file())
    if not files:
        return dg.SkipReason(f"{inbox} is empty")
    listing = "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return dg.RunRequest(run_key=hashlib.sha256(listing.encode()).hexdigest())
