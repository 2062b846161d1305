"""The nightly run without the web server: the same Dagster job, then a summary a person reads."""

import os
import shutil
from pathlib import Path

import dagster as dg

from pipelines.settings import ROOT, Settings


class NightFailedError(RuntimeError):
    """The night stopped; nothing was published."""


def dagster_home(settings: Settings) -> Path:
    """The folder of the Dagster instance, made on first use."""
    home = Path(os.environ.get("DAGSTER_HOME", settings.home / "dagster"))
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copyfile(ROOT / "dagster.yaml", home / "dagster.yaml")
    return home


def run_night(settings: Settings, as_of: str = "") -> None:
    """Run the nightly job in this process.

    Raises:
        NightFailedError: a step failed or a blocking check found offenders; the message names them.
    """
    os.environ["DAGSTER_HOME"] = str(dagster_home(settings))
    os.environ["ENERGOSBYT_HOME"] = str(settings.home)
    # Imported late: every other command starts without loading the asset graph.
    from pipelines.definitions import defs

    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def("nightly").execute_in_process(
            instance=instance,
            run_config={
                "resources": {"warehouse": {"config": {"as_of": as_of}}},
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
            raise_on_error=False,
        )
        broken = [
            f"{check.asset_key.to_user_string()}: {check.check_name}, {check.metadata['offenders'].value} rows"
            for check in result.get_asset_check_evaluations()
            if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR
        ]
        if result.success and not broken:
            return
        failures = [
            f"{event.step_key or 'the run'}: {cause}" for event in result.all_events for cause in _causes(event)
        ]
    raise NightFailedError("the night stopped, nothing was published\n" + "\n".join(broken + failures))


def _causes(event: dg.DagsterEvent) -> list[str]:
    """What failed beneath Dagster's own wrapping; nothing for an event that is no failure."""
    if event.is_step_failure:
        error = event.step_failure_data.error
    elif event.is_failure and event.event_type_value == "PIPELINE_FAILURE":
        error = event.job_failure_data.error
    else:
        return []
    while error is not None and error.cause is not None and (error.cls_name or "").startswith("Dagster"):
        error = error.cause
    return [error.message.strip().split("\n\n")[0]] if error is not None else []
