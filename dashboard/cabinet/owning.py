"""Who may do what with which account: asked of the store each time, below the pages.

`Owning` is what every visitor can do without a published snapshot; `own.Own` adds what needs one.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import appeals
from dashboard.cabinet.access import relations
from dashboard.cabinet.access.holdings import ACCOUNTS, RIGHTS_OF_ACCOUNT, Access
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import Caller, Letter
from dashboard.cabinet.appeals import Asked
from dashboard.cabinet.card import payments
from dashboard.cabinet.card.payments import Paid
from dashboard.cabinet.card.provider import Method
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import OwnedAccount
from pipelines.settings import MOSCOW


class ForeignAccountError(Exception):
    """The visitor may not do this with the account; nothing is said about whether it exists."""

    sentence = "foreign"
    """What the visitor is told."""


@dataclass(frozen=True)
class Held:
    """An account in somebody's cabinet."""

    account_number: int
    access: Access
    alias: str


class Owning:
    """What one person may do with accounts; whoever inherits says where the store is, who asks and when."""

    store: Engine
    person_id: int
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day in Moscow."""
        return self.now.astimezone(MOSCOW).date()

    def held(self) -> list[Held]:
        """The person's accounts in the order they were added: what may be done with each, and its name."""
        with Work(for_reading(self.store)) as work:
            rows = work.scalars(
                select(OwnedAccount)
                .where(OwnedAccount.person_id == self.person_id, OwnedAccount.removed_at.is_(None))
                .order_by(OwnedAccount.owned_account_id)
            )
            return [Held(row.account_number, cast("Access", row.access), row.alias) for row in rows]

    def accounts(self) -> list[int]:
        """Numbers of the accounts the person may see."""
        return [one.account_number for one in self.held()]

    def may(self, account_number: int, need: Access) -> bool:
        """Whether the person may do so much with the account."""
        return any(
            one.account_number == account_number and need in RIGHTS_OF_ACCOUNT[one.access] for one in self.held()
        )

    def check(self, account_number: int, need: Access = "read") -> None:
        """Let an account pass with which the person may do so much.

        Raises:
            ForeignAccountError: it is not the person's, or not for that; the attempt is in the log of access.
        """
        if self.may(account_number, need):
            return
        with Work(self.store) as work:
            detail = str(account_number)
            note(work, "foreign_account", self.now, address="", person_id=self.person_id, detail=detail)
            work.commit()
        raise ForeignAccountError

    def name_account(self, account_number: int, alias: str) -> None:
        """Call an account something; an empty name takes the old one away.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        relations.name(self.store, ACCOUNTS, self.person_id, account_number, alias)

    def remove_account(self, account_number: int) -> None:
        """Take an account out of the cabinet, and from the relatives who saw it through this person.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        relations.remove(self.store, ACCOUNTS, self.person_id, account_number, self.now)

    def invite(self, account_number: int, email: str, access: Access, caller: Caller) -> Letter | None:
        """Let a relative see an account, once he has followed the link of the letter; the letter to send.

        Raises:
            ForeignAccountError: the account is not the person's own.
            TooManyAttemptsError: too many attempts from this address.
        """
        self.check(account_number, "owner")
        return relations.invite(self.store, ACCOUNTS, self.person_id, account_number, email, access, caller)

    def begin_payment(self, account_number: int, kopecks: int, method: Method, form: str) -> str:
        """Begin a payment by card or СБП; our number of it.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        said = hashlib.sha256(f"{self.person_id} {account_number} {kopecks} {method} {form}".encode()).hexdigest()
        return payments.begin(self.store, self.person_id, account_number, kopecks, method, said, self.now)

    def open_appeal(self, account_number: int, asked: Asked) -> str:
        """Open an appeal about an account; its number.

        Raises:
            ForeignAccountError: the account is not the person's own.
        """
        self.check(account_number, "owner")
        asked = replace(asked, about=account_number)
        return appeals.open_appeal(self.store, self.person_id, asked, self.now)

    def card_payments(self, account_number: int) -> list[Paid]:
        """Payments by card begun of late for an account, by whomever, newest first.

        Raises:
            ForeignAccountError: the account is not the person's.
        """
        self.check(account_number)
        return payments.followed(self.store, account_number, self.now)


@dataclass(frozen=True)
class Owner(Owning):
    """One person, before anything is published."""

    store: Engine
    person_id: int
    now: dt.datetime
