"""Plain Polars: one lazy query, whole numbers."""

from pathlib import Path

import polars as pl

MONTH = ["account_number", "period"]


def subset(files: Path, out: Path) -> None:
    """The subset, lazily."""
    read = {path.stem: pl.scan_parquet(path) for path in files.glob("*.parquet")}
    used = (
        read["reading"]
        .sort("account_number", "zone", "period")
        .join(read["register"], on=["account_number", "zone"], maintain_order="left")
        .with_columns(
            use=pl.col("value") - pl.col("value").shift(1).over("account_number", "zone").fill_null(pl.col("opening"))
        )
    )
    limited = (
        used.join(read["account"], on="account_number")
        .join(read["limits"], on=["period", "settlement", "stove", "heating", "persons"])
        .with_columns(volume=pl.col("use").sum().over(MONTH))
    )
    shared = limited.with_columns(_share("first"), _share("second"))
    bands = [
        pl.col("first_share"),
        pl.col("second_share") - pl.col("first_share"),
        pl.col("use") - pl.col("second_share"),
    ]
    banded = pl.concat(
        [
            shared.select(*MONTH, "zone", "category", "zone_plan", place=pl.lit(place, pl.Int16), kwh=kwh)
            for place, kwh in enumerate(bands, start=1)
        ]
    ).filter(pl.col("kwh") > 0)
    line = (
        banded.join(read["price"], on=["period", "category", "zone_plan", "zone", "place"])
        .select(*MONTH, "zone", "place", "kwh", kopecks=(pl.col("kwh") * pl.col("price_e4") + 50) // 100)
        .collect()
    )
    month = (
        line.lazy()
        .group_by(MONTH)
        .agg(charged=pl.col("kopecks").sum())
        .join(read["payment"].group_by(MONTH).agg(paid=pl.col("kopecks").sum()), on=MONTH)
        .sort(MONTH)
        .with_columns(closing=(pl.col("charged") - pl.col("paid")).cum_sum().over("account_number"))
        .collect()
    )
    out.mkdir(parents=True, exist_ok=True)
    line.write_parquet(out / "line.parquet")
    month.write_parquet(out / "month.parquet")


def _share(name: str) -> pl.Expr:
    limit, volume = pl.col(f"{name}_kwh"), pl.col("volume")
    whole, rest = limit * pl.col("use") // volume, limit * pl.col("use") % volume
    # Rank 0 has the largest rest; among equals the lower zone comes first.
    rank = (-rest * 8 + pl.col("zone")).rank("ordinal").over(MONTH) - 1
    split = whole + (rank < limit - whole.sum().over(MONTH)).cast(pl.Int64)
    return pl.when(limit < volume).then(split).otherwise(pl.col("use")).alias(f"{name}_share")
