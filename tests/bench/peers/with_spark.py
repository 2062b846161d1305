"""Spark on this machine: a program for the Python of its own environment; prints how long each try took, as JSON.

`python -m tests.bench.peers.with_spark FILES OUT`
"""

import json
import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession  # type: ignore[import-not-found]

from tests.bench.peers.statements import MONTHS, lines

TRIES = 2
"""The first one meets a cold machine for Java."""


def main() -> None:
    """Start a session, reckon the subset several times, leave the last result."""
    files, out = Path(sys.argv[1]), Path(sys.argv[2])
    started = time.monotonic()
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", "6g")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "Europe/Moscow")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    seconds = {"start": time.monotonic() - started}
    for path in files.glob("*.parquet"):
        spark.read.parquet(str(path)).createOrReplaceTempView(path.stem)
    for attempt in range(1, TRIES + 1):
        started = time.monotonic()
        line, month = out / "line", out / "month"
        spark.sql(lines(lambda a, b: f"{a} div {b}")).write.mode("overwrite").parquet(str(line))
        spark.read.parquet(str(line)).createOrReplaceTempView("line")
        spark.sql(MONTHS).write.mode("overwrite").parquet(str(month))
        seconds[f"try {attempt}"] = time.monotonic() - started
    spark.stop()
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
