"""Who may do what with which contract: asked of the store each time, below the pages.

`Representing` is what every visitor can do without a published snapshot; `own_contracts.OwnContracts` adds what
needs one.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.access.holdings import Right, rights_of_contract
from dashboard.cabinet.access.log import note
from dashboard.cabinet.owning import ForeignAccountError
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Representative
from pipelines.settings import MOSCOW


class ForeignContractError(ForeignAccountError):
    """The visitor may not do this with the contract; nothing is said about whether it exists."""

    sentence = "foreign_contract"


@dataclass(frozen=True)
class HeldContract:
    """A contract in somebody's cabinet: what he may do with it, and what he calls it."""

    contract_number: str
    rights: frozenset[str]
    alias: str


class Representing:
    """What one person may do with contracts; whoever inherits says where the store is, who asks and when."""

    store: Engine
    person_id: int
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day in Moscow."""
        return self.now.astimezone(MOSCOW).date()

    def held(self) -> list[HeldContract]:
        """The person's contracts in the order they were added."""
        with Work(for_reading(self.store)) as work:
            rows = work.scalars(
                select(Representative)
                .where(Representative.person_id == self.person_id, Representative.removed_at.is_(None))
                .order_by(Representative.representative_id)
            )
            return [HeldContract(row.contract_number, rights_of_contract(row.access), row.alias) for row in rows]

    def contracts(self) -> list[str]:
        """Numbers of the contracts the person may see."""
        return [one.contract_number for one in self.held()]

    def may(self, contract_number: str, need: Right) -> bool:
        """Whether the person may do this with the contract."""
        return any(one.contract_number == contract_number and need in one.rights for one in self.held())

    def check(self, contract_number: str, need: Right = "view") -> None:
        """Let a contract pass with which the person may do this.

        Raises:
            ForeignContractError: it is not the person's, or not for that; the attempt is in the log of access.
        """
        if self.may(contract_number, need):
            return
        with Work(self.store) as work:
            note(work, "foreign_contract", self.now, address="", person_id=self.person_id, detail=contract_number)
            work.commit()
        raise ForeignContractError


@dataclass(frozen=True)
class Representer(Representing):
    """One person, before anything is published."""

    store: Engine
    person_id: int
    now: dt.datetime
