"""One asset a model, one asset check a claim: all of it read from the SQL files."""

import dagster as dg

from pipelines.assets.metadata import as_table, describe
from pipelines.assets.warehouse import Warehouse
from pipelines.warehouse.checks import Check, load_checks, run_check
from pipelines.warehouse.connection import transaction
from pipelines.warehouse.models import EVERY_ACCOUNT, Model, load_models, materialise
from pipelines.warehouse.replay import buckets


def model_assets() -> list[dg.AssetsDefinition]:
    """An asset for every table that SQL derives, with the dependencies its SQL names."""
    return [_asset(model) for model in load_models() if model.kind != "fact"]


def model_checks() -> list[dg.AssetChecksDefinition]:
    """An asset check for every file in `sql/checks`."""
    return [_check(check) for check in load_checks()]


def _asset(model: Model) -> dg.AssetsDefinition:
    @dg.asset(
        key=[model.schema, model.table],
        deps=[dg.AssetKey(name.split(".")) for name in sorted(model.inputs)],
        group_name=model.schema,
        description=model.summary,
        kinds={"duckdb", "sql"},
    )
    def table(warehouse: Warehouse) -> dg.MaterializeResult:  # type: ignore[type-arg]
        ranges = buckets(warehouse.connection) if model.is_by_account else (EVERY_ACCOUNT,)
        with transaction(warehouse.connection):
            materialise(warehouse.connection, model, ranges)
        return dg.MaterializeResult(metadata=describe(warehouse.connection, model))

    return table


def _check(check: Check) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=dg.AssetKey(check.table.split(".")),
        name=check.name,
        description=check.claim,
        blocking=check.is_blocking,
    )
    def claim(warehouse: Warehouse) -> dg.AssetCheckResult:
        finding = run_check(warehouse.connection, check)
        shown = [list(row.values()) for row in finding.shown]
        return dg.AssetCheckResult(
            passed=finding.offenders == 0,
            severity=dg.AssetCheckSeverity.ERROR if check.is_blocking else dg.AssetCheckSeverity.WARN,
            metadata={
                "offenders": finding.offenders,
                "first_offenders": dg.MetadataValue.md(as_table(list(finding.shown[0]), shown) if shown else "none"),
            },
        )

    return claim
