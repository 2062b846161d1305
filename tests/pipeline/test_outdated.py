"""A warehouse of another version is refused with a sentence, and its archive builds a new one with the same books."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import WarehouseOutdatedError, open_warehouse
from tests.pipeline.test_late_file import ACCOUNT, METER, READING, deliver, run
from tests.snapshots import current_snapshot

AS_OF = dt.datetime(2025, 5, 2, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    "change",
    [
        "alter table intake.account_fact drop column area_m2",
        "alter table ledger.charge_line alter column basis type varchar",
    ],
)
def test_a_warehouse_of_another_version_is_refused_and_its_archive_derives_it_anew(tmp_path: Path, change: str) -> None:
    settings = replace(Settings(), home=tmp_path, memory_limit="1GB")
    deliver(settings, "2025-03-01/customers/a.csv", ACCOUNT + "610000000001;2025-01-01;;;Азов;И;ул.;urban;gas;none\n")
    deliver(settings, "2025-03-01/customers/m.csv", METER + "610000000001;7;one_rate;5;1;1;2020-01-01;;;100;;\n")
    deliver(settings, "2025-03-20/cabinet/r.csv", READING + "610000000001;7;all;2025-03-20;2025-03-20 10:00;150\n")
    before = run(settings, AS_OF)
    with duckdb.connect(settings.warehouse) as connection:
        connection.execute(change)
    with pytest.raises(WarehouseOutdatedError, match="was written by another version"), open_warehouse(settings):
        pass
    settings.warehouse.rename(tmp_path / "old.duckdb")
    settings.published.rename(tmp_path / "old")
    shutil.rmtree(settings.inbox)
    shutil.copytree(settings.archive, settings.inbox)
    assert run(settings, AS_OF) == before
    assert current_snapshot(settings.home).is_file()
