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
                "loggers": {"console": {"config": {"log_level": "ERROR"}}},
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
            f"{event.node_name}: {error.message.strip() if (error := event.step_failure_data.error) else 'failed'}"
            for event in result.get_step_failure_events()
        ]
    raise NightFailedError("the night stopped, nothing was published\n" + "\n".join(broken + failures))
