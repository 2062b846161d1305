"""What the store knows of a person, handed out and erased on his word (152-ФЗ ст. 14, 21)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine, delete, inspect, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import appeals
from dashboard.cabinet.access import ownership
from dashboard.cabinet.access.contacts import Letters
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import Caller, knows_password
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Appeal, OneTimeToken, Person, SecurityEvent, Table

SECRETS = frozenset({"password_hash", "token_hash"})
"""Columns that are kept to compare with, and say nothing to their owner."""


def export(store: Engine, person_id: int, caller: Caller) -> dict[str, Any]:
    """Every row that names the person, table by table, without secrets."""
    with Work(store) as work:
        note(work, "data_exported", caller.now, address=caller.address, person_id=person_id)
        work.commit()
    with Work(for_reading(store)) as work:
        kinds: list[Any] = [mapper.class_ for mapper in Table.registry.mappers if "person_id" in mapper.columns]
        rows = {
            kind.__tablename__: [_told(row) for row in work.scalars(select(kind).filter_by(person_id=person_id))]
            for kind in kinds
        }
    told = [appeals.read(store, one.number, person_id) for one in appeals.of_person(store, person_id)]
    rows["appeal_message"] = [
        {"number": one.number, "operator": said.operator, "body": said.body, "at": said.at.isoformat()}
        for one in told
        if one
        for said in one.said
    ]
    return rows


def _told(row: Table) -> dict[str, Any]:
    columns: Iterable[str] = inspect(type(row)).columns.keys()
    values = {name: getattr(row, name) for name in columns if name not in SECRETS}
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in values.items()
        if not isinstance(value, bytes)
    }


def erase(store: Engine, person_id: int, password: str, caller: Caller) -> Letters | None:
    """Erase a person with all that hangs on him; None when the password is wrong.

    Letters to the employees of contracts that lose their last owner with him.

    Readings and payments stay as facts of their account, without a name; what was written about a contract stays with
    the business; events stay without an address.

    Raises:
        TooManyAttemptsError: too many attempts from this address.
    """
    if not knows_password(store, person_id, password, caller):
        return None
    with Work(store) as work:
        person = work.get_one(Person, person_id)
        letters = ownership.leave(work, person_id, caller.now)
        work.execute(delete(OneTimeToken).where(OneTimeToken.email == person.email))
        work.execute(
            update(SecurityEvent)
            .where(SecurityEvent.person_id == person_id)
            .values(address="", detail="", person_id=None)
        )
        work.execute(
            update(Appeal)
            .where(Appeal.person_id == person_id, Appeal.contract_number.is_not(None))
            .values(person_id=None)
        )
        work.execute(delete(Person).where(Person.person_id == person_id))
        note(work, "erased", caller.now, address="")
        work.commit()
    return letters
