"""What a night took in: every file and its rows, and their sums."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from pipelines.russian import plural, whole


@dataclass(frozen=True)
class Rows:
    """received = accepted + rejected + duplicate."""

    received: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0

    def __add__(self, other: "Rows") -> "Rows":
        return Rows(
            self.received + other.received,
            self.accepted + other.accepted,
            self.rejected + other.rejected,
            self.duplicate + other.duplicate,
        )


@dataclass(frozen=True)
class FileReport:
    """One file: its number, path below the inbox, channel and layout (None when unknown), status, rows."""

    source_file_id: int
    name: str
    channel: str | None
    kind: str | None
    status: str
    rows: Rows


@dataclass(frozen=True)
class IntakeReport:
    """A run's intake.

    Attributes:
        files: files this run met first, by number; a run that was killed and repeated has them all.
        repeated: names of inbox files whose bytes were known, dropped.
        left: names of inbox files that were still being copied, left where they are.
    """

    files: tuple[FileReport, ...]
    repeated: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def rows(self) -> Rows:
        """Rows of all files."""
        return sum((file.rows for file in self.files), Rows())

    @property
    def refused(self) -> int:
        """Files refused whole."""
        return sum(file.status == "refused" for file in self.files)

    @property
    def channels(self) -> Mapping[str | None, Rows]:
        """Rows by channel; None: files of no channel's folder."""
        sums: dict[str | None, Rows] = {}
        for file in self.files:
            sums[file.channel] = sums.get(file.channel, Rows()) + file.rows
        return sums

    def __str__(self) -> str:
        files, rows = len(self.files), self.rows
        taken = Counter(file.channel for file in self.files)
        total = (
            f"{whole(files)} {plural(files, 'новый файл', 'новых файла', 'новых файлов')}, не принято {self.refused},"
            f" повторных {len(self.repeated)}, ещё копируются {len(self.left)};"
            f" строк {whole(rows.received)}: принято {whole(rows.accepted)}, отклонено {whole(rows.rejected)},"
            f" повторных {whole(rows.duplicate)}"
        )
        by_channel = [
            f"  {channel or 'без канала'}: файлов {whole(taken[channel])}, строк {whole(one.received)}, принято"
            f" {whole(one.accepted)}, отклонено {whole(one.rejected)}, повторных {whole(one.duplicate)}"
            for channel, one in sorted(self.channels.items(), key=lambda pair: pair[0] or "")
        ]
        return "\n".join([total, *by_channel])


def report(
    connection: duckdb.DuckDBPyConnection, run_id: int, repeated: tuple[str, ...], left: tuple[str, ...]
) -> IntakeReport:
    """Read back what the register says of a run's files."""
    rows = connection.execute(
        """
        select
            source_file_id, name, channel::varchar, kind, status,
            rows_received, rows_accepted, rows_rejected, rows_duplicate
        from intake.source_file where run_id = ? order by source_file_id
        """,
        [run_id],
    ).fetchall()
    files = tuple(
        FileReport(number, name, channel, kind, status, Rows(*counts))
        for number, name, channel, kind, status, *counts in rows
    )
    return IntakeReport(files, repeated, left)
