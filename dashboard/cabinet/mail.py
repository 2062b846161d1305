"""Letters to customers, by SMTP."""

import logging
import smtplib
from collections.abc import Iterable
from email.message import EmailMessage
from urllib.parse import urlencode

from dashboard.cabinet.access.people import Letter
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.texts import LETTERS

TIMEOUT_SECONDS = 20

_PLACES = {
    "confirm": "confirm",
    "restore": "new-password",
    "new_email": "new-email",
    "email_changed": "undo",
    "lost": "regain",
    "lost_notice": "undo",
    "invite": "invitation",
    "employ": "invitation",
    "represent": "first-password",
    "receipt_address": "receipt-address",
}
"""Letter -> the page its link opens."""


def send_all(letters: Iterable[Letter], settings: CabinetSettings) -> None:
    """Several letters, each by itself."""
    for letter in letters:
        send(letter, settings)


def send(letter: Letter | None, settings: CabinetSettings) -> None:
    """Hand a letter to the mail server; called after the answer is sent, so that nobody can tell whether there is one.

    A mail server that does not answer is written to the server's own log: the asker is told the same in any case.
    """
    if letter is None:
        return
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS) as server:
            server.send_message(message(letter, settings))
    except OSError:
        logging.getLogger(__name__).exception("a letter of kind %s could not be sent", letter.kind)


def message(letter: Letter, settings: CabinetSettings) -> EmailMessage:
    """The letter as it is sent, with its link."""
    subject, text = LETTERS[letter.kind]
    link = f"{settings.url}/{_PLACES[letter.kind]}?{urlencode({'token': letter.token})}" if letter.token else ""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = settings.sender, letter.email, subject
    made.set_content(text.format(link=link, url=settings.url))
    return made
