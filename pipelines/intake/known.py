"""A file the register knows."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """A row of the register, as far as it is needed to find the file and its place in the archive.

    `rule_id` is the rule that refused it, None when it was not refused.
    """

    source_file_id: int
    name: str
    channel: str | None
    sha256: str
    known_at: dt.datetime
    status: str
    rule_id: str | None
