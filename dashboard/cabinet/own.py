"""The one place through which the cabinet reads published rows: only those of accounts its visitor owns.

Pages get an `Own` and can reach nothing else; who owns what is asked of the store each time, so that an account taken
away is gone at once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard import store as snapshots
from dashboard.cabinet.access.log import note
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import OwnedAccount
from dashboard.store import Parameter, Snapshot


class ForeignAccountError(Exception):
    """The visitor does not own the account; nothing is said about whether it exists."""


@dataclass(frozen=True)
class Own:
    """What one person may see of a snapshot."""

    store: Engine
    snapshot: Snapshot
    person_id: int

    def accounts(self) -> list[int]:
        """Numbers of the accounts the person owns, in the order they were added."""
        with Work(for_reading(self.store)) as work:
            return list(
                work.scalars(
                    select(OwnedAccount.account_number)
                    .where(OwnedAccount.person_id == self.person_id, OwnedAccount.removed_at.is_(None))
                    .order_by(OwnedAccount.owned_account_id)
                )
            )

    def check(self, account_number: int) -> None:
        """Let an owned account pass.

        Raises:
            ForeignAccountError: it is not the person's; the attempt is in the log of access.
        """
        if account_number in self.accounts():
            return
        with Work(self.store) as work:
            note(
                work,
                "foreign_account",
                datetime.now(UTC),
                address="",
                person_id=self.person_id,
                detail=str(account_number),
            )
            work.commit()
        raise ForeignAccountError

    def ask(self, question: str, account_number: int, **parameters: Parameter) -> pl.DataFrame:
        """Answer a question of `sql/dashboard` about one owned account.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        return snapshots.ask(self.snapshot, question, account_number=account_number, **parameters)


def has_paid(account_number: int, kopecks: int) -> bool:
    """Whether the account's last payment, as published, was of so many kopecks; what registration asks."""
    snapshot = snapshots.current(snapshots.published())
    if snapshot is None:
        return False
    paid = snapshots.ask(snapshot, "cabinet_last_payments", account_number=account_number)
    return kopecks in paid["amount_kopecks"].to_list()
