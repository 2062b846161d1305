"""What a page is given: the snapshot, and how to speak and draw."""

from dataclasses import dataclass

from dashboard.palette import Look
from dashboard.store import Snapshot
from dashboard.text import Words


@dataclass(frozen=True)
class Context:
    """One rerun of one session; every query of the rerun asks the same snapshot."""

    snapshot: Snapshot
    look: Look

    @property
    def words(self) -> Words:
        """What the page says, in its language."""
        return self.look.words
