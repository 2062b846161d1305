"""An inbox and a warehouse in memory: put files in, take them in, look at what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from pipelines.intake.ingest import ingest
from pipelines.intake.report import IntakeReport
from pipelines.settings import SQL, Settings

DAY = "2026-10-31"
READINGS = "account_number;meter_serial;zone;read_on;received_at;value"
CARD = (
    "TRANS_DATE;TRANSACTION_ID;SUM;COMMISSION;USER_INFO;MERCHANT_SITE_NAME;PARENT_TRANSACTION_ID;TRANSACTION_TYPE;"
    "PAYMENT_METHOD_TYPE;RRN;ORDER_UID"
)
CASH = "receipt_number,paid_at,account_number,period,amount,desk"
TABLES = tuple(path.stem for path in sorted((SQL / "intake").glob("*.sql")))


@dataclass
class Deliveries:
    settings: Settings
    connection: duckdb.DuckDBPyConnection

    def put(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        """Lay a file into the inbox."""
        path = self.settings.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def lines(self, name: str, *lines: str, encoding: str = "utf-8") -> Path:
        """Lay a file of whole lines into the day folder of the inbox."""
        return self.put(f"{DAY}/{name}", "".join(f"{line}\n" for line in lines), encoding)

    def ingest(self, run_id: int = 1) -> IntakeReport:
        return ingest(self.connection, self.settings, run_id)

    def query(self, select: str, parameters: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(select, list(parameters)).fetchall()

    def file(self, columns: str, name: str) -> tuple[Any, ...]:
        """Columns of the register for one file."""
        [row] = self.query(f"select {columns} from intake.source_file where name like ?", [f"%{name}"])
        return row

    def counts(self, name: str) -> tuple[Any, ...]:
        """status, received, accepted, rejected, duplicate."""
        return self.file("status, rows_received, rows_accepted, rows_rejected, rows_duplicate", name)

    def rejected(self) -> list[tuple[Any, ...]]:
        return self.query(
            "select source_line, rule_id, message, raw_text from intake.rejected_row order by source_file_id, source_line"
        )

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every fact table, sorted."""
        return {table: self.query(f"from intake.{table} order by all") for table in TABLES}


def deliveries(home: Path, connection: duckdb.DuckDBPyConnection) -> Deliveries:
    return Deliveries(replace(Settings(), home=home, memory_limit="1GB"), connection)


def reading(value: str = "100", *, day: int = 30, account: str = "610000000001", zone: str = "all") -> str:
    """A line of readings."""
    return f"{account};12345;{zone};2026-10-{day:02d};2026-10-{day:02d} 10:00;{value}"


def bank_line(operation: str, kopecks: int = 10000, *, account: str = "610000000001", more: str = "") -> str:
    """A line of a bank registry; one kopeck of it is commission."""
    amount, transferred = (f"{value // 100},{value % 100:02d}" for value in (kopecks, kopecks - 1))
    return f"30-10-2026;10-11-12;8619;1;{operation};{account};ИВАНОВ;АЗОВ;;{amount};{transferred};0,01{more}"


def bank_footer(count: int, kopecks: int) -> str:
    amount, transferred = (f"{value // 100},{value % 100:02d}" for value in (kopecks, kopecks - count))
    return f"={count};{amount};{transferred};0,{count:02d};77;31-10-2026"
