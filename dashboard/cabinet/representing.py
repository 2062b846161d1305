"""Who may do what with which contract: asked of the store each time, below the pages.

`Representing` is what every visitor can do without a published snapshot; `own_contracts.OwnContracts` adds what
needs one.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Engine, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import appeals
from dashboard.cabinet.access import ownership, relations
from dashboard.cabinet.access.contacts import Letters
from dashboard.cabinet.access.holdings import CONTRACTS, LENDABLE, Right, rights_of_contract
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.ownership import OwnerOf
from dashboard.cabinet.access.people import Caller, Letter
from dashboard.cabinet.access.relations import Lent
from dashboard.cabinet.appeals import Asked
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

    def known_as(self) -> dict[str, str]:
        """How the person is known by the contract added last: columns of `representative`, to add another with."""
        with Work(for_reading(self.store)) as work:
            row = work.scalars(
                select(Representative)
                .where(Representative.person_id == self.person_id, Representative.name != "")
                .order_by(Representative.representative_id.desc())
                .limit(1)
            ).one_or_none()
            return {name: getattr(row, name) for name in ("name", "position", "authority", "phone")} if row else {}

    def name_contract(self, contract_number: str, alias: str) -> None:
        """Call a contract something; an empty name takes the old one away.

        Raises:
            ForeignContractError: the contract is not the person's.
        """
        self.check(contract_number)
        relations.name(self.store, CONTRACTS, self.person_id, contract_number, alias)

    def remove_contract(self, contract_number: str) -> Letters:
        """Take a contract out of the cabinet, and from the employees who saw it through this person.

        Letters to those who lose it with its last owner.

        Raises:
            ForeignContractError: the contract is not the person's.
        """
        self.check(contract_number)
        with Work(self.store) as work:
            letters = ownership.leave(work, self.person_id, self.now, contract_number)
            work.commit()
        relations.remove(self.store, CONTRACTS, self.person_id, contract_number, self.now)
        return letters

    def leaves_somebody(self, contract_number: str) -> bool:
        """Whether the person is the last owner and employees would lose the contract with him.

        Raises:
            ForeignContractError: the contract is not the person's.
        """
        self.check(contract_number)
        if not self.may(contract_number, "owner"):
            return False
        is_last = len(ownership.owners(self.store, contract_number)) == 1
        return is_last and bool(self.employees(contract_number))

    def owners(self, contract_number: str) -> list[OwnerOf]:
        """The owners of the contract, those who came first first.

        Raises:
            ForeignContractError: the person is none of them.
        """
        self.check(contract_number, "owner")
        return ownership.owners(self.store, contract_number)

    def make_owner(self, contract_number: str, grant_id: int) -> Letters | None:
        """Make an employee an owner too; letters about it, None where there is no such employee.

        Raises:
            ForeignContractError: the person is no owner.
        """
        self.check(contract_number, "owner")
        return ownership.make_owner(self.store, self.person_id, contract_number, grant_id, self.now)

    def take_owner_off(self, contract_number: str, representative_id: int) -> Letters | None:
        """Take off an owner who came later; letters about it, None where there is no such one.

        Raises:
            ForeignContractError: the person is no owner.
        """
        self.check(contract_number, "owner")
        return ownership.take_off(self.store, self.person_id, contract_number, representative_id, self.now)

    def invite(self, contract_number: str, email: str, rights: Collection[Right], caller: Caller) -> Letter | None:
        """Let an employee look at a contract and do what `rights` name, once he has followed the link of the letter.

        Whoever may invite does so in the name of the owner who let him in; only an owner gives that right on.

        Raises:
            ForeignContractError: the person may not invite, or not with these rights.
            TooManyAttemptsError: too many attempts from this address.
        """
        self.check(contract_number, "owner" if "manage" in rights else "manage")
        access = " ".join(one for one in LENDABLE if one in rights)
        owner = self._owner(contract_number)
        return relations.invite(self.store, CONTRACTS, owner, contract_number, email, access, caller)

    def employees(self, contract_number: str) -> list[Lent]:
        """Who else sees the contract, and may be taken off by this person.

        Raises:
            ForeignContractError: the person may not invite.
        """
        self.check(contract_number, "manage")
        return relations.lent(self.store, CONTRACTS, *self._below(contract_number))

    def revoke(self, contract_number: str, grant_id: int) -> None:
        """Take a contract from an employee at once.

        Raises:
            ForeignContractError: the person may not invite.
        """
        self.check(contract_number, "manage")
        below = self._below(contract_number)
        relations.revoke(self.store, CONTRACTS, self.person_id, grant_id, self.now, *below)

    def open_appeal(self, contract_number: str, asked: Asked) -> str:
        """Open an appeal about a contract, or hand in a document; its number.

        Raises:
            ForeignContractError: documents of the contract are not the person's to send.
        """
        self.check(contract_number, "documents")
        return appeals.open_appeal(self.store, self.person_id, replace(asked, about=contract_number), self.now)

    def _owner(self, contract_number: str) -> int:
        with Work(for_reading(self.store)) as work:
            which = relations.active(CONTRACTS, self.person_id, contract_number)
            return work.scalar(select(Representative.granted_by).where(*which)) or self.person_id

    def _below(self, contract_number: str) -> tuple[ColumnElement[bool], ...]:
        """Those whom the person may take off: an owner everybody let in, another those who may not invite."""
        own = (Representative.contract_number == contract_number,)
        return own if self.may(contract_number, "owner") else (*own, ~Representative.access.contains("manage"))


@dataclass(frozen=True)
class Representer(Representing):
    """One person, before anything is published."""

    store: Engine
    person_id: int
    now: dt.datetime
