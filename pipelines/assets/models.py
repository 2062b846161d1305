"""One asset a model, one asset check a claim: all of it read from the SQL files."""

import sys
from collections.abc import Iterator, Sequence

import dagster as dg

from pipelines.assets.metadata import as_table, describe
from pipelines.assets.warehouse import Warehouse
from pipelines.warehouse.checks import Check, load_checks, run_check
from pipelines.warehouse.models import Model
from pipelines.warehouse.night import keep_finding, timed
from pipelines.warehouse.replay import replay_accounts, replay_model, stages


def model_assets() -> list[dg.AssetsDefinition]:
    """An asset for every table that SQL derives, with the dependencies its SQL names.

    They are four steps: each step of Dagster costs as much as deriving a small table ten times.
    """
    before, _, after = stages()
    return [
        _together("common", [model for model in before if not model.is_of_businesses]),
        _together("businesses", [model for model in before if model.is_of_businesses]),
        _accounts(),
        _together("sums", after),
    ]


def model_checks() -> list[dg.AssetChecksDefinition]:
    """An asset check for every file in `sql/checks`."""
    return [_check(check) for check in load_checks()]


def _spec(model: Model) -> dg.AssetSpec:
    return dg.AssetSpec(
        [model.schema, model.table],
        deps=[dg.AssetKey(name.split(".")) for name in sorted(model.inputs)],
        group_name=model.schema,
        description=model.summary,
        kinds={"duckdb", "sql"},
    )


def _together(name: str, models: Sequence[Model]) -> dg.AssetsDefinition:
    """Tables derived whole, one after the other, in one step."""

    @dg.multi_asset(specs=[_spec(model) for model in models], name=name)
    def tables(warehouse: Warehouse) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        for model in models:
            with timed(warehouse.connection, model.name):
                replay_model(warehouse.connection, model)
            yield dg.MaterializeResult(
                asset_key=[model.schema, model.table], metadata=describe(warehouse.connection, model)
            )

    return tables


def _accounts() -> dg.AssetsDefinition:
    """Everything about accounts: one step, since each bucket of them goes through all of the tables at once."""
    _, by_account, _ = stages()

    @dg.multi_asset(specs=[_spec(model) for model in by_account], name="accounts")
    def accounts(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        def progress(done: int, wanted: int) -> None:
            context.log.info("%s of %s buckets of accounts", done, wanted)
            if wanted > 1:
                # The night of the command line keeps Dagster's log to itself.
                sys.stderr.write(f"{done} of {wanted} buckets of accounts\n")

        with timed(warehouse.connection, "accounts"):
            if warehouse.settings.cluster:
                from pipelines.scale import replay_accounts_apart  # noqa: PLC0415  an extra

                went = replay_accounts_apart(
                    warehouse.connection,
                    warehouse.settings,
                    progress=progress,
                )
                context.log.info(str(went))
            else:
                replay_accounts(warehouse.connection, progress)
        for model in by_account:
            # A step keeps the rows of the last bucket.
            yield dg.MaterializeResult(
                asset_key=[model.schema, model.table], metadata=describe(warehouse.connection, model)
            )

    return accounts


def _check(check: Check) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=dg.AssetKey(check.table.split(".")),
        name=check.name,
        description=check.claim,
        blocking=check.is_blocking,
    )
    def claim(warehouse: Warehouse) -> dg.AssetCheckResult:
        finding = run_check(warehouse.connection, check)
        if check.is_blocking:
            keep_finding(warehouse.connection, check, finding)
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
