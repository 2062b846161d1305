"""Delivering the receipts of a month: whoever is due, one connection for many letters, and when to come back."""

import datetime as dt
import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from dashboard.cabinet.receipts import queue
from dashboard.cabinet.receipts.letter import compose
from dashboard.cabinet.receipts.post import SECONDS, Outcome, hand_over
from dashboard.cabinet.receipts.queue import Due
from dashboard.cabinet.settings import CabinetSettings
from pipelines.statements import StatementPage, billed_accounts, statement_pages

AT_ONCE = 200
"""Letters whose pages are made together."""

CONNECTS = 4
"""Tries to reach the server in a run, one second after the first, then four, then sixteen."""


class DeliveryStoppedError(RuntimeError):
    """The mail server cannot be reached; what waits goes on waiting."""


@dataclass(frozen=True)
class Delivered:
    """Letters of the month by state, after this run, and what a person should look at."""

    sent_now: int
    counts: dict[str, int]
    troubles: list[tuple[int, str, str]]


@dataclass
class _Mail:
    """A connection that is opened when it is needed and again when it broke."""

    settings: CabinetSettings
    sleep: Callable[[float], None]
    server: smtplib.SMTP | None = None

    def connected(self) -> smtplib.SMTP:
        """The connection, greeted.

        Raises:
            DeliveryStoppedError: there is none to be had.
        """
        for place in range(CONNECTS):
            if self.server is None:
                if place:
                    self.sleep(4 ** (place - 1))
                try:
                    server = smtplib.SMTP(self.settings.smtp_host, self.settings.smtp_port, timeout=SECONDS)
                    server.ehlo_or_helo_if_needed()
                except OSError as error:
                    problem = error
                    continue
                self.server = server
            return self.server
        raise DeliveryStoppedError(
            f"the mail server {self.settings.smtp_host}:{self.settings.smtp_port} does not answer ({problem});"
            " receipts that wait are kept, run the command again"
        )

    def drop(self) -> None:
        """Leave; the letters are closed already."""
        if self.server is not None:
            self.server.close()
        self.server = None


def deliver(
    store: Engine,
    snapshot: Path,
    reference: Path,
    period: dt.date,
    settings: CabinetSettings,
    *,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    sleep: Callable[[float], None] = time.sleep,
    progress: Callable[[int, int], None] | None = None,
) -> Delivered:
    """Send the receipts of a month that are due; run again, it sends what is due by then, nothing twice.

    Args:
        store: the application store, with the subscriptions.
        snapshot: a published snapshot in which the month is closed.
        reference: where `payee.csv` is.
        period: the month.
        settings: the mail server, the sender and the cabinet's address.
        now: the clock.
        sleep: how to wait for a server that does not answer.
        progress: called with letters done and due.

    Raises:
        StatementError: the month is not in the snapshot, or not closed.
        DeliveryStoppedError: the mail server cannot be reached.
    """
    queue.enqueue(store, period, billed_accounts(snapshot, period), now())
    queue.give_up_on_the_gone(store, period, now())
    letters = queue.due(store, period, now())
    mail, sent = _Mail(settings, sleep), 0
    try:
        for start in range(0, len(letters), AT_ONCE):
            chunk = letters[start : start + AT_ONCE]
            accounts = sorted({letter.account_number for letter in chunk})
            pages = {page.account_number: page for page in statement_pages(snapshot, reference, period, accounts)}
            for place, letter in enumerate(chunk, start=start + 1):
                outcome = _send(store, mail, letter, pages[letter.account_number], period, settings, now)
                sent += outcome is not None and outcome.state == "sent"
                if progress:
                    progress(place, len(letters))
    finally:
        mail.drop()
    return Delivered(sent, queue.counts(store, period), queue.troubles(store, period))


def _send(
    store: Engine,
    mail: _Mail,
    due: Due,
    page: StatementPage,
    period: dt.date,
    settings: CabinetSettings,
    now: Callable[[], dt.datetime],
) -> Outcome | None:
    """Send one letter and write down what became of it; None when another process has it."""
    letter = compose(due.letter_id, due.email, page, period, settings, now())
    claimed = False

    def claim() -> bool:
        nonlocal claimed
        claimed = queue.claim(store, due.letter_id, now())
        return claimed

    outcome = hand_over(mail.connected(), letter, claim)
    if outcome is not None and not outcome.is_connected and not claimed:
        # A server may end a connection between two letters: that says nothing about this one.
        mail.drop()
        outcome = hand_over(mail.connected(), letter, claim)
    if outcome is None:
        return None
    if not outcome.is_connected:
        mail.drop()
    if claimed or queue.claim(store, due.letter_id, now()):
        queue.close(store, due.letter_id, outcome.state, outcome.answer, now())
    return outcome
