"""Tables about the energy of a contract, as the analysts' page and the customer's cabinet show them."""

import polars as pl

from dashboard.tables import Column

COMPONENTS = (
    Column("service_period", "month", "period"),
    Column("component", "code", "price_component", codes="component"),
    Column("kwh", "count", "kwh"),
    Column("kw", "decimal", "power_kw"),
    Column("amount_kopecks", "money", "net_sum"),
    Column("vat_kopecks", "money", "vat_sum"),
)

POINTS = (
    Column("point_code", "text", "point_code"),
    Column("address", "text", "address", width="large"),
    Column("voltage", "code", "voltage", codes="voltage", width="small"),
    Column("price_category", "count", "price_category", width="small"),
    Column("max_power_kw", "decimal", "max_power_kw"),
    Column("kwh", "count", "kwh"),
    Column("basis", "code", "volume_basis", codes="volume_basis"),
    Column("hours_kwh", "count", "hours_kwh"),
    Column("register_kwh", "count", "register_kwh"),
    Column("difference_kwh", "count", "hours_less_register"),
    Column("hours_lacking", "count", "hours_lacking"),
)

HOURS = (
    Column("day", "day", "day"),
    Column("place", "count", "hour_of_day"),
    Column("kwh", "decimal", "kwh"),
    Column("filled", "count", "filled_hours"),
)

PLAN = (
    Column("day", "day", "day"),
    Column("plan_kwh", "decimal", "plan_kwh"),
    Column("fact_kwh", "decimal", "fact_kwh"),
    Column("above_kwh", "decimal", "above_kwh"),
    Column("below_kwh", "decimal", "below_kwh"),
    Column("cost_kopecks", "money", "deviation_cost"),
)


def hours(energy: pl.DataFrame) -> pl.DataFrame:
    """Rows of `contract_hours` with what `HOURS` shows: hours count from one, energy in kWh."""
    return energy.with_columns(place=pl.col("hour") + 1, kwh=_kwh("wh"))


def plan(days: pl.DataFrame) -> pl.DataFrame:
    """Rows of `contract_plan` with what `PLAN` shows: energy in kWh."""
    return days.with_columns(**{f"{name}_kwh": _kwh(f"{name}_wh") for name in ("plan", "fact", "above", "below")})


def _kwh(column: str) -> pl.Expr:
    """Wh as kWh with three places, exactly."""
    return pl.col(column).cast(pl.Decimal(18, 3)) / pl.lit(1000).cast(pl.Decimal(18, 3))
