"""Plain pandas, whole numbers."""

from pathlib import Path

import numpy as np
import pandas as pd  # type: ignore[import-untyped]

MONTH = ["account_number", "period"]


def subset(files: Path, out: Path) -> None:
    """The subset, frame after frame."""
    read = {path.stem: pd.read_parquet(path) for path in files.glob("*.parquet")}
    used = read["reading"].merge(read["register"], on=["account_number", "zone"])
    used = used.sort_values(["account_number", "zone", "period"], ignore_index=True)
    before = used.groupby(["account_number", "zone"])["value"].shift(1)
    used["use"] = used["value"] - before.fillna(used["opening"]).astype("int64")
    # Whole numbers stay whole: where there is no second limit it lies out of reach.
    limits = read["limits"].assign(second_kwh=read["limits"]["second_kwh"].fillna(2**40).astype("int64"))
    used = used.merge(read["account"], on="account_number")
    used = used.merge(limits, on=["period", "settlement", "stove", "heating", "persons"])
    used["volume"] = used.groupby(MONTH)["use"].transform("sum")
    for name in ("first", "second"):
        used[f"{name}_share"] = _share(used, used[f"{name}_kwh"])
    bands = (used["first_share"], used["second_share"] - used["first_share"], used["use"] - used["second_share"])
    line = pd.concat(
        used[[*MONTH, "zone", "category", "zone_plan"]].assign(place=np.int16(place), kwh=kwh)[kwh > 0]
        for place, kwh in enumerate(bands, start=1)
    )
    line = line.merge(read["price"], on=["period", "category", "zone_plan", "zone", "place"])
    line["kopecks"] = (line["kwh"] * line["price_e4"] + 50) // 100
    line = line[[*MONTH, "zone", "place", "kwh", "kopecks"]]
    month = line.groupby(MONTH)["kopecks"].sum().rename("charged").to_frame()
    month = month.join(read["payment"].groupby(MONTH)["kopecks"].sum().rename("paid")).sort_index()
    month["closing"] = (month["charged"] - month["paid"]).groupby(level=0).cumsum()
    out.mkdir(parents=True, exist_ok=True)
    line.to_parquet(out / "line.parquet", index=False)
    month.reset_index().to_parquet(out / "month.parquet", index=False)


def _share(used: pd.DataFrame, limit: "pd.Series[int]") -> "pd.Series[int]":
    split = used.loc[limit < used["volume"], [*MONTH, "zone", "use", "volume"]].assign(limit=limit)
    product = split["limit"] * split["use"]
    split["whole"], split["rest"] = product // split["volume"], product % split["volume"]
    split = split.sort_values([*MONTH, "rest", "zone"], ascending=[True, True, False, True])
    months = split.groupby(MONTH)
    lacking = split["limit"] - months["whole"].transform("sum")
    split["share"] = split["whole"] + (months.cumcount() < lacking).astype("int64")
    return split["share"].reindex(used.index).fillna(used["use"]).astype("int64")
