"""Talking with an operator about a contract: the appeal of kind `chat` that is open, without its form."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from sqlalchemy.orm import Session as Work

from dashboard import store as snapshots
from dashboard.cabinet import appeals
from dashboard.cabinet.access import limits
from dashboard.cabinet.access.people import TooManyAttemptsError
from dashboard.cabinet.appeals import LONGEST_BODY, Asked, ClosedError, Followed
from dashboard.cabinet.own_contracts import OwnContracts
from dashboard.cabinet.representing import ForeignContractError
from dashboard.cabinet.uploads import Upload

__all__ = ["LONGEST_BODY", "Chat", "Followed", "TooManyAttemptsError"]

KIND = "chat"


@dataclass(frozen=True)
class Chat:
    """The talk about one contract; everything raises ForeignContractError where its papers are not the person's."""

    own: OwnContracts
    contract_number: str

    def talks(self) -> list[Followed]:
        """The talk that is open and those before it, the newest first, with what was said."""
        self.own.check(self.contract_number, "documents")
        store, contracts = self.own.store, [self.contract_number]
        found = [
            appeals.read(store, one.number, self.own.person_id, contracts)
            for one in appeals.of_person(store, self.own.person_id, contracts)
            if one.kind == KIND and one.about == self.contract_number
        ]
        return [one for one in found if one is not None]

    def newest(self) -> int:
        """The number of the last message about the contract: another one than before means that there is news."""
        self.own.check(self.contract_number, "documents")
        return appeals.newest_message(self.own.store, self.contract_number)

    def has_news(self, heard: int) -> bool:
        """Whether the page to be seen is another one than when `heard` was the last message, or none any more."""
        try:
            return self.newest() != heard
        except ForeignContractError:
            return True

    def say(self, body: str, files: Sequence[Upload], form: str) -> None:
        """Say something in the talk that is open, or begin one; the operators' desk shows it at once.

        Raises:
            TooManyAttemptsError: this person has written too often of late.
        """
        talks = self.talks()
        with Work(self.own.store) as work:
            is_allowed = limits.allowed(work, limits.APPEALS, self.own.now, f"person {self.own.person_id}")
            work.commit()
        if not is_allowed:
            raise TooManyAttemptsError
        if talks and not talks[0].is_closed:
            try:
                appeals.say(
                    self.own.store,
                    talks[0].number,
                    body,
                    files,
                    self.own.now,
                    person_id=self.own.person_id,
                    contracts=[self.contract_number],
                )
            except ClosedError:
                pass
            else:
                return
        asked = Asked(self.contract_number, KIND, {}, body, files, self._due_on(), form)
        self.own.open_appeal(self.contract_number, asked)

    def _due_on(self) -> dt.date:
        kinds = snapshots.ask(self.own.snapshot, "cabinet/appeal_kinds", on_day=self.own.today, customer="business")
        due_on: dt.date = kinds.filter(pl.col("kind") == KIND)["due_on"].item(0)
        return due_on
