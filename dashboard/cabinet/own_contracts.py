"""The one place through which the cabinet reads and writes of businesses: only for contracts its visitor acts for.

Beside `own.Own`, which is the same for accounts of households.
"""

import datetime as dt
from dataclasses import dataclass

import polars as pl
from sqlalchemy import Engine

from dashboard import store as snapshots
from dashboard.cabinet.own import published_snapshot
from dashboard.cabinet.representing import ForeignContractError, Representing
from dashboard.store import Parameter, Snapshot

__all__ = ["ForeignContractError", "OwnContracts", "has_contract_paid"]


@dataclass(frozen=True)
class OwnContracts(Representing):
    """What one person may see of contracts in a snapshot, and send."""

    store: Engine
    snapshot: Snapshot
    person_id: int
    now: dt.datetime

    def ask(self, question: str, contract_number: str, **parameters: Parameter) -> pl.DataFrame:
        """Answer a question of `sql/dashboard` about a contract the person acts for.

        Raises:
            ForeignContractError: the contract is not the person's.
        """
        self.check(contract_number)
        return snapshots.ask(self.snapshot, question, contract=contract_number, **parameters)


def has_contract_paid(contract_number: str, inn: str, kopecks: int) -> bool:
    """Whether a contract is of this INN and its last payment was of so many kopecks; what registration asks."""
    snapshot = published_snapshot()
    if snapshot is None:
        return False
    paid = snapshots.ask(snapshot, "contract/last_payments", contract=contract_number, inn=inn)
    return kopecks in paid["amount_kopecks"].to_list()
