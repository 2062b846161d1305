"""Where things live and how much of the machine a run may take: read once from the environment, typed."""

import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
SQL = ROOT / "sql"
REFERENCE = ROOT / "data" / "reference"
SAMPLE = ROOT / "data" / "sample"

MOSCOW = ZoneInfo("Europe/Moscow")
"""The business time zone: months are cut and days are counted here, instants are stored in UTC."""


@dataclass(frozen=True)
class Settings:
    """Paths and limits of one installation.

    `home` holds everything made at run time; `ENERGOSBYT_HOME` moves it. `reference` holds dated facts of law.
    """

    home: Path = ROOT / "data" / "var"
    reference: Path = REFERENCE
    threads: int = 2
    memory_limit: str = "4GB"
    dagster_url: str = ""
    """Where analysts reach Dagster, such as `http://dagster.example:3000`; empty: pages do not link to it."""

    district_borders: Path | None = None
    """GeoJSON of the districts' borders, of the operator's own; None: the map shows circles."""
    cluster: str = ""
    """Who replays the accounts: `local:2`, processes here; the address of a Dask scheduler; empty: this process."""
    cluster_store: str = ""
    """URL of the folder where this process and the workers meet; empty: `home/cluster`, for workers of this machine."""
    cluster_buckets: int = 8
    """Into how many buckets the accounts are cut for them, or more where memory asks for it."""

    @property
    def meeting_place(self) -> str:
        """The URL of the cluster's store."""
        return self.cluster_store or (self.home / "cluster").as_uri()

    @property
    def inbox(self) -> Path:
        """Where channels deliver: `inbox/<YYYY-MM-DD>/<channel>/<file>`, or `inbox/<channel>/<file>`."""
        return self.home / "inbox"

    @property
    def archive(self) -> Path:
        """Accepted files, byte-identical."""
        return self.home / "archive"

    @property
    def refused(self) -> Path:
        """Files that no layout explains, byte-identical."""
        return self.home / "refused"

    @property
    def warehouse(self) -> Path:
        """The one database that the pipeline writes."""
        return self.home / "warehouse" / "energosbyt.duckdb"

    @property
    def published(self) -> Path:
        """Immutable snapshots and `current.json`, the pointer to the newest."""
        return self.home / "published"

    @property
    def desk(self) -> Path:
        """Who of the analysts has taken what: notes of the dashboard, no facts."""
        return self.home / "desk"

    @property
    def statements(self) -> Path:
        """Statements and exports made for customers."""
        return self.home / "statements"

    @property
    def documents(self) -> Path:
        """Documents issued to businesses."""
        return self.home / "documents"

    @property
    def temporary(self) -> Path:
        """Spill and staging files; may be emptied between runs."""
        return self.home / "tmp"

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read the variables `ENERGOSBYT_…` that README names; defaults suit two cores."""
        borders = os.environ.get("ENERGOSBYT_DISTRICT_BORDERS", "")
        return cls(
            home=Path(os.environ.get("ENERGOSBYT_HOME", cls.home)).resolve(),
            reference=Path(os.environ.get("ENERGOSBYT_REFERENCE", cls.reference)).resolve(),
            threads=int(os.environ.get("ENERGOSBYT_THREADS", cls.threads)),
            memory_limit=os.environ.get("ENERGOSBYT_MEMORY", cls.memory_limit),
            cluster=os.environ.get("ENERGOSBYT_CLUSTER", cls.cluster),
            cluster_store=os.environ.get("ENERGOSBYT_CLUSTER_STORE", cls.cluster_store).rstrip("/"),
            cluster_buckets=int(os.environ.get("ENERGOSBYT_CLUSTER_BUCKETS", cls.cluster_buckets)),
            dagster_url=os.environ.get("ENERGOSBYT_DAGSTER_URL", cls.dagster_url).rstrip("/"),
            district_borders=Path(borders).resolve() if borders else None,
        )
