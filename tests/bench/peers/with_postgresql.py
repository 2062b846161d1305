"""PostgreSQL (Debian's package), tuned for one big statement at a time: a server of its own in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tests.bench.peers.statements import MONTHS, lines

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))

SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "2GB",
    "work_mem": "512MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "8GB",
    "max_parallel_workers_per_gather": "2",
    "max_parallel_workers": "2",
    "min_parallel_table_scan_size": "0",
    "random_page_cost": "1.1",
    # Nothing here is to survive: no log, no waiting for the disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}

TABLES = {
    "reading": "account_number bigint, period date, zone smallint, value bigint",
    "register": "account_number bigint, zone smallint, opening bigint",
    "account": "account_number bigint, settlement text, stove text, heating text, persons integer, category text, zone_plan text",
    "limits": "period date, settlement text, stove text, heating text, persons integer, first_kwh bigint, second_kwh bigint",
    "price": "period date, category text, zone_plan text, zone smallint, place smallint, price_e4 bigint",
    "payment": "account_number bigint, period date, kopecks bigint",
}


class Server:
    """A running server, asked through psql; its socket is in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, statement: str) -> None:
        """Run one statement."""
        subprocess.run(
            [
                PROGRAMS[-1] / "psql",
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                self.folder,
                "-U",
                "postgres",
                "-d",
                "postgres",
            ],
            input=statement,
            text=True,
            check=True,
        )

    def load(self, files: Path) -> None:
        """Take in the files of the subset, and count what planners count."""
        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
            for name, columns in TABLES.items():
                path = Path(folder) / f"{name}.csv"
                connection.execute(f"copy (from '{files / name}.parquet') to '{path}' (header false)")
                self.run(f"create unlogged table {name} ({columns});\n\\copy {name} from '{path}' csv\nanalyze {name};")

    def close_months(self) -> None:
        """The subset, in two statements."""
        self.run("set client_min_messages = warning; drop table if exists line; drop table if exists month;")
        self.run(f"create unlogged table line as {lines(lambda a, b: f'({a}) / ({b})')}; analyze line;")
        self.run(f"create unlogged table month as {MONTHS};")

    def write(self, out: Path) -> None:
        """The results, to be compared."""
        out.mkdir(parents=True, exist_ok=True)
        for name in ("line", "month"):
            self.run(f"\\copy {name} to '{out / name}.csv' csv header")


@contextmanager
def server() -> Iterator[Server]:
    """Start a server that nobody else sees, and remove it with all it holds.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    if not PROGRAMS:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    programs = PROGRAMS[-1]
    # A server refuses to run as root.
    other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="energosbyt-peer-"))
    if other:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    options = " ".join(
        f"-c {name}='{value}'" for name, value in {**SETTINGS, "unix_socket_directories": folder}.items()
    )

    def do(program: str, *arguments: object) -> None:
        command = [*other, programs / program, "-D", data, *arguments]
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, cwd=folder)

    try:
        do("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        do("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield Server(folder)
        finally:
            do("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
