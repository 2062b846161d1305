"""Handing one letter to a mail server, step by step, so that it is known of each whether it arrived."""

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from dashboard.cabinet.receipts.queue import State

SECONDS = 60
"""How long an answer may take."""

ASKED_FOR = 354
"""The server's answer to DATA: it waits for the letter."""

LAST_WORD = 421
"""The server closes the connection."""


@dataclass(frozen=True)
class Outcome:
    """What became of a letter, the server's words, and whether the connection can still be used."""

    state: State
    answer: str
    is_connected: bool = True


def hand_over(server: smtplib.SMTP, letter: EmailMessage, claim: Callable[[], bool]) -> Outcome | None:
    """Hand a letter over; `claim` is called when the server would take it, before it does. None: it was not ours.

    Up to the dot that ends a letter a broken connection means that it did not arrive; after the dot nobody knows.
    """
    try:
        refusal = _offer(server, letter)
        if refusal:
            return refusal
        if not claim():
            server.rset()
            return None
        code, words = server.docmd("DATA")
        if code != ASKED_FOR:
            return _judged(code, words)
        server.send(re.sub(rb"(?m)^\.", b"..", letter.as_bytes()))
    except OSError as error:
        return Outcome("waiting", str(error), is_connected=False)
    try:
        server.send(b"\r\n.\r\n")
        code, words = server.getreply()
    except OSError as error:
        return Outcome("uncertain", str(error), is_connected=False)
    return _judged(code, words) if code > 0 else Outcome("uncertain", "an answer without a code", is_connected=False)


def _offer(server: smtplib.SMTP, letter: EmailMessage) -> Outcome | None:
    """Say from whom and for whom; what the server says against it."""
    for code, words in (server.mail(letter["From"].addresses[0].addr_spec), server.rcpt(letter["To"])):
        if code // 100 != 2:
            server.rset()
            return _judged(code, words)
    return None


def _judged(code: int, words: bytes) -> Outcome:
    """2xx: taken. 4xx: not now, and 421 is the last word; less than that is no answer. The rest: never."""
    said = f"{code} {words.decode('utf-8', 'replace')}"[:500]
    if code // 100 == 2:
        return Outcome("sent", said)
    is_later = code < 0 or code // 100 == 4
    return Outcome("waiting" if is_later else "refused", said, is_connected=code not in {-1, LAST_WORD})
