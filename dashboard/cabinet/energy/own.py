"""What a representative may see and send of a contract's energy; every way begins at the gate of contracts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from dashboard import store as snapshots
from dashboard.cabinet.energy import kept, messages, plans, registers
from dashboard.cabinet.energy.kept import Sending, Sent, Way
from dashboard.cabinet.energy.messages import CheckedMessage
from dashboard.cabinet.energy.plans import CheckedPlans, Terms
from dashboard.cabinet.energy.registers import CheckedRegisters
from dashboard.cabinet.energy.sheet import read_rows
from dashboard.cabinet.own_contracts import OwnContracts
from dashboard.cabinet.uploads import UploadError, accept
from pipelines.explain import NotTaken
from pipelines.settings import Settings

__all__ = [
    "CheckedMessage", "CheckedPlans", "CheckedRegisters", "Energy", "NotSentError", "Sent", "Terms", "Way",
    "read_workbook",
]  # fmt: skip

SHOWN = dt.timedelta(days=120)
"""For how long a sending is followed."""
MONTHS_BACK = 3
"""Finished months whose registers may be sent, the correction of one sent wrong too."""
PLANNED_AHEAD = dt.timedelta(days=62)
"""How far ahead days may be planned here."""

Lines = Sequence[Sequence[str]]


class NotSentError(Exception):
    """Nothing is kept: the night would not take it, or it is of somebody else's."""

    def __init__(self, problems: Sequence[NotTaken]) -> None:
        super().__init__(problems[0].rule_id)
        self.problems = problems


@dataclass(frozen=True)
class Energy:
    """The energy of one contract, for one person.

    Everything raises:
        ForeignContractError: the contract is not the person's, or he may not send for it.
    """

    own: OwnContracts
    contract_number: str

    def anew(self) -> "Energy":
        """The same at this moment: a page may have stood open past a term."""
        return replace(self, own=replace(self.own, now=dt.datetime.now(dt.UTC)))

    # What is known

    def periods(self) -> list[dt.date]:
        """Months whose registers may be sent, the newest first: finished ones, and one on its last day."""
        tomorrow = self.own.today + dt.timedelta(days=1)
        first = tomorrow.replace(day=1)
        months = []
        for _ in range(MONTHS_BACK):
            first = (first - dt.timedelta(days=1)).replace(day=1)
            months.append(first)
        return months

    def registers(self, period: dt.date) -> pl.DataFrame:
        """The registers of the contract that are read at the end of a month: rows of `contract/registers`."""
        return self.own.ask("contract/registers", self.contract_number, period=period)

    def points(self) -> pl.DataFrame:
        """The points of the contract: rows of `contract/supplied_points`."""
        return self.own.ask("contract/supplied_points", self.contract_number)

    def terms(self) -> Terms:
        """Until when a plan is taken for each day that is shown or may be planned."""
        self.own.check(self.contract_number)
        since, ahead = self.own.today - SHOWN, self.own.today + PLANNED_AHEAD
        rows = snapshots.ask(self.own.snapshot, "contract/plan_terms", from_day=since, to_day=ahead)
        return {row["day"]: (row["due_at"], row["hours"]) for row in rows.iter_rows(named=True)}

    def sent(self) -> list[Sent]:
        """What was sent of late, by whomever, newest first, with what the published night said of it."""
        self.own.check(self.contract_number)

        def found(hashes: str) -> pl.DataFrame:
            return snapshots.ask(self.own.snapshot, "contract/sent_files", hashes=hashes)

        return kept.sent(self.own.store, self.contract_number, self.own.now - SHOWN, found)

    # What would be said

    def check_registers(self, lines: Lines) -> CheckedRegisters:
        """Registers as they would be taken, after those sent that still wait; lines with their header."""
        self.own.check(self.contract_number, "consumption")
        known = {period: self.registers(period) for period in self.periods()}
        waiting = [
            one.content for one in reversed(self.sent()) if one.channel == "contracts" and one.status == "waiting"
        ]
        settings, path = Settings.from_environment(), self.own.snapshot.path
        return registers.check(settings, path, known, registers.waiting_of(waiting), lines)

    def check_plans(self, lines: Lines) -> CheckedPlans:
        """Planned hours as they would be taken now; lines with their header."""
        self.own.check(self.contract_number, "consumption")
        return plans.check(Settings.from_environment(), self.contract_number, self.points(), self.own.now, lines)

    def check_message(self, name: str, content: bytes) -> CheckedMessage:
        """A message of a metering system, or a ZIP of them, as it would be taken.

        Raises:
            UploadError: it is too large, or unpacks to too much.
        """
        self.own.check(self.contract_number, "consumption")
        card = self.own.ask("contract_card", self.contract_number, on_day=self.own.today)
        safe = messages.safe_name(name, content)
        return messages.check(
            Settings.from_environment(), self.points(), card["inn"].item(0), self.own.today, safe, content
        )

    # Sending

    def send_registers(self, lines: Lines, way: Way, name: str, form: str) -> str:
        """Keep registers for the night; the receipt number.

        Raises:
            NotSentError: something is wrong with them.
        """
        checked = self.check_registers(lines)
        return self._keep("contracts", way, name, checked.problems, len(checked.reached), checked.content, form)

    def send_plans(self, lines: Lines, way: Way, name: str, form: str) -> str:
        """Keep planned hours for the night, handed in now; the receipt number.

        Raises:
            NotSentError: something is wrong with them, a term that has passed since they were looked at too.
        """
        checked = self.check_plans(lines)
        content = checked.content(self.contract_number, self.own.now)
        return self._keep("plans", way, name, checked.problems, len(checked.planned), content, form)

    def send_message(self, name: str, content: bytes, form: str) -> str:
        """Keep a message for the night, as it is; the receipt number.

        Raises:
            UploadError: it is too large, or unpacks to too much.
            NotSentError: the night would refuse it, or it is not the contract's.
        """
        checked = self.check_message(name, content)
        return self._keep("askue", "xml", messages.safe_name(name, content), checked.problems, 0, content, form)

    def _keep(
        self,
        channel: kept.Channel,
        way: Way,
        name: str,
        problems: Sequence[NotTaken],
        lines: int,
        content: bytes,
        form: str,
    ) -> str:
        if problems:
            raise NotSentError(problems)
        shown = "".join(sign for sign in name if sign.isprintable())[:100]
        sending = Sending(channel, way, self.contract_number, shown, lines, content)
        return kept.keep(self.own.store, self.own.person_id, sending, form, self.own.now)

    # Workbooks

    def registers_template(self, period: dt.date) -> bytes:
        """The workbook of a month's registers, to be filled in."""
        return registers.template(self.registers(period), period)

    def plans_template(self, days: Sequence[dt.date], point_code: str) -> bytes:
        """The workbook of the planned hours of some days, of a point or (an empty code) the whole contract."""
        terms = self.terms()
        return plans.template(days, max(terms[day][1] for day in days), [point_code])


def read_workbook(name: str, content: bytes) -> list[list[str]]:
    """The cells of a workbook that was uploaded.

    Raises:
        UploadError: it is none, is too large, damaged, a bomb, or has macros or entities.
    """
    upload = accept(name, content)
    if upload.extension != "xlsx":
        raise UploadError("sheet_missing")
    return read_rows(upload.content)
