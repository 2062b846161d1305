"""Appeals as operators see and answer them: the one module of the dashboard that opens the application store."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Engine, make_url, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import appeals, mail
from dashboard.cabinet.access import contacts, ownership
from dashboard.cabinet.access.ownership import Ownerless
from dashboard.cabinet.access.people import Letter
from dashboard.cabinet.appeals import Followed, Status
from dashboard.cabinet.front import forms
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import CardNotice, Person
from dashboard.cabinet.uploads import Upload

LONGEST_BASIS = 120
LOOKED_AT = ("wrong_sum", "second_operation")


def store() -> Engine | None:
    """The store of this installation; None where no cabinet has run: a look at it does not make one."""
    url = make_url(CabinetSettings.from_environment().store)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return None
    return open_store(url.render_as_string(hide_password=False))


def every(found: Engine) -> list[Followed]:
    """All appeals, those to answer first, by the day they are due."""
    return appeals.every(found)


def newest(found: Engine) -> int:
    """The number of the last message of any customer or operator: another one than before means that there is news."""
    return appeals.newest_message(found)


def read(found: Engine, number: str) -> Followed | None:
    """One with its conversation."""
    return appeals.read(found, number)


def file(found: Engine, key: str) -> bytes:
    """The bytes of a file of a conversation."""
    kept = appeals.file(found, key)
    return b"" if kept is None else kept[2]


def answer(
    found: Engine,
    one: Followed,
    operator: str,
    body: str,
    status: Status,
    now: dt.datetime,
    files: Sequence[Upload] = (),
) -> bool:
    """Write to the customer and say what comes next; he is told by e-mail that there is an answer, not which.

    False when the appeal is gone, which happens when its customer erased the cabinet.

    Raises:
        ClosedError: somebody has closed it since.
    """
    done = appeals.say(found, one.number, body, files, now, operator=operator, status=status)
    with Work(for_reading(found)) as work:
        email = work.scalar(select(Person.email).where(Person.person_id == one.person_id))
    if done and email:
        mail.send(Letter("appeal_answered", email), CabinetSettings.from_environment())
    return done


def restore(found: Engine, asked: Mapping[str, str], operator: str, now: dt.datetime) -> bool:
    """Send the link by which a customer seen in person sets a new e-mail and password; False when that cannot be.

    Args:
        found: the application store.
        asked: what the operator wrote: `number` of an account or contract, `email`, `basis`, `former` e-mail if any.
        operator: who he is.
        now: when.
    """
    number: int | str | None = forms.account(asked["number"]) or forms.contract(asked["number"])
    to, basis, former = forms.email(asked["email"]), forms.words(asked["basis"], LONGEST_BASIS), asked["former"].strip()
    if number is None or to is None or not basis or not operator or (former and forms.email(former) is None):
        return False
    restoring = contacts.Restoring(number, to, basis, forms.email(former))
    letters = contacts.start_restoring(found, restoring, operator, now)
    if letters is not None:
        mail.send_all(letters, CabinetSettings.from_environment())
    return letters is not None


def take_owner_off(found: Engine, asked: Mapping[str, str], operator: str, now: dt.datetime) -> bool:
    """Take an owner off a contract for somebody who has shown why; False when that cannot be.

    Args:
        found: the application store.
        asked: what the operator wrote: `number` of the contract, `email` of the owner, `basis`.
        operator: who he is.
        now: when.
    """
    number, email = forms.contract(asked["number"]), forms.email(asked["email"])
    basis = forms.words(asked["basis"], LONGEST_BASIS)
    if number is None or email is None or not basis or not operator:
        return False
    letters = ownership.take_off_for(found, number, email, operator, basis, now)
    if letters is not None:
        mail.send_all(letters, CabinetSettings.from_environment())
    return letters is not None


def ownerless(found: Engine) -> list[Ownerless]:
    """Contracts that nobody owns in any cabinet since their last owner went."""
    return ownership.ownerless(found)


def disputed(found: Engine) -> list[dict[str, object]]:
    """Notices of the bank that a person has to look at, newest first."""
    with Work(for_reading(found)) as work:
        rows = work.scalars(
            select(CardNotice).where(CardNotice.outcome.in_(LOOKED_AT)).order_by(CardNotice.notice_id.desc())
        )
        return [
            {
                "received_at": row.received_at,
                "order_id": row.order_id,
                "operation_id": row.operation_id,
                "amount_kopecks": row.amount_kopecks,
                "outcome": row.outcome,
            }
            for row in rows
        ]
