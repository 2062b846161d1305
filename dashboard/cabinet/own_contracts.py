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
from pipelines.documents import issued_file
from pipelines.settings import Settings
from pipelines.statements import contract_payment_text, payment_code, read_payee

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

    def payment_code(self, contract_number: str, period: dt.date, kopecks: int) -> list[list[int]]:
        """The payment code of ГОСТ Р 56042-2014 for a sum: rows of modules, 1 is dark.

        Raises:
            ForeignContractError: the contract is not the person's.
        """
        self.check(contract_number)
        payee = read_payee(Settings.from_environment().reference)
        return payment_code(contract_payment_text(payee, contract_number, period, kopecks))

    def paper(self, contract_number: str, name: str) -> bytes:
        """A file of a document issued to a contract, by its name in the register.

        Raises:
            ForeignContractError: the contract is not the person's, or he has no right to its documents, or the document
                is another contract's.
            DocumentError: the archive has no such file any more, and it cannot be made again.
        """
        self.check(contract_number, "documents")
        issued = self.ask("contract/papers", contract_number, since=dt.date.min)
        for paper in issued.iter_rows(named=True):
            for file in paper["files"]:
                if file["name"] == name:
                    key = (paper["kind"], paper["year"], paper["number"])
                    folder = Settings.from_environment().documents
                    return issued_file(folder, paper["period"], key, name, file["sha256"])
        raise ForeignContractError


def has_contract_paid(contract_number: str, inn: str, kopecks: int) -> bool:
    """Whether a contract is of this INN and its last payment was of so many kopecks; what registration asks."""
    snapshot = published_snapshot()
    if snapshot is None:
        return False
    paid = snapshots.ask(snapshot, "contract/last_payments", contract=contract_number, inn=inn)
    return kopecks in paid["amount_kopecks"].to_list()
