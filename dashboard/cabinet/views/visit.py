"""What a page is given: what its visitor owns, the account looked at, how to speak."""

from dataclasses import dataclass

from dashboard.cabinet.own import Own
from dashboard.cabinet.texts import CabinetWords


@dataclass(frozen=True)
class Visit:
    """One rerun of one visitor's page."""

    own: Own
    account: int
    words: CabinetWords
