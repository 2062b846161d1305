"""Appeals in the store: opened, talked about, closed. What is asked of whom stands in `appeal_fields`."""

import datetime as dt
import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import ColumnElement, Engine, Select, and_, false, func, or_, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import Appeal, AppealFile, AppealMessage
from dashboard.cabinet.submissions import receipt_number
from dashboard.cabinet.uploads import TYPES, Upload

Status = Literal["new", "work", "asked", "closed", "accepted", "refused"]
"""`asked`: we wait for the customer; a document or request of a business may close as `accepted` or `refused`."""
ENDS: frozenset[Status] = frozenset({"closed", "accepted", "refused"})
"""Statuses after which nothing more is said."""
Customer = Literal["household", "business"]
Subject = int | str
"""What an appeal is about: the account of a household, or the contract of a business."""
LONGEST_BODY = 4000


class ClosedError(Exception):
    """The appeal is closed: whoever has more to say opens another."""


@dataclass(frozen=True)
class Asked:
    """An appeal as it is made."""

    about: Subject
    kind: str
    fields: Mapping[str, str]
    body: str
    files: Sequence[Upload]
    due_on: dt.date
    form_id: str


@dataclass(frozen=True)
class Attached:
    """A file of a message: the key that opens it, and what its owner called it."""

    key: str
    name: str
    label: str


@dataclass(frozen=True)
class Said:
    """A message: by whom (empty: the customer), what, when, with which files, and what the appeal became with it."""

    operator: str
    body: str
    at: dt.datetime
    files: Sequence[Attached]
    status: Status | None = None


@dataclass(frozen=True)
class Followed:
    """An appeal as both sides see it; `said` is empty in lists."""

    number: str
    person_id: int | None
    about: Subject
    kind: str
    fields: Mapping[str, str]
    status: Status
    opened_at: dt.datetime
    due_on: dt.date
    closed_at: dt.datetime | None
    said: Sequence[Said] = ()

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is said."""
        return self.status in ENDS


def _seen_by(person_id: int | None, contracts: Collection[str]) -> ColumnElement[bool]:
    """What a person sees: what he wrote about accounts, and all about the contracts that are his; an operator: all."""
    if person_id is None:
        return true()
    own = and_(Appeal.contract_number.is_(None), Appeal.person_id == person_id)
    return or_(own, Appeal.contract_number.in_(contracts) if contracts else false())


def open_appeal(store: Engine, person_id: int, asked: Asked, now: dt.datetime) -> str:
    """Keep an appeal with its first message; its number. A form sent twice opens one."""
    with Work(store) as work:
        appeal = Appeal(
            number=receipt_number(now),
            form_id=asked.form_id,
            person_id=person_id,
            account_number=asked.about if isinstance(asked.about, int) else None,
            contract_number=asked.about if isinstance(asked.about, str) else None,
            kind=asked.kind,
            fields=json.dumps(dict(asked.fields), ensure_ascii=False),
            status="new",
            opened_at=now,
            due_on=asked.due_on,
        )
        work.add(appeal)
        try:
            work.flush()
        except IntegrityError:
            work.rollback()
            return work.scalars(select(Appeal.number).where(Appeal.form_id == asked.form_id)).one()
        number = appeal.number
        _say(work, appeal, "", asked.body, asked.files, now, None)
        work.commit()
        return number


def say(
    store: Engine,
    number: str,
    body: str,
    files: Sequence[Upload],
    now: dt.datetime,
    *,
    person_id: int | None = None,
    contracts: Collection[str] = (),
    operator: str = "",
    status: Status | None = None,
) -> bool:
    """Add a message: of the customer whose appeal it is, or of an operator, who may change the status with it.

    False when there is no such appeal, or it is another's.

    Raises:
        ClosedError: it is closed.
    """
    with Work(store) as work:
        mine = _seen_by(person_id, contracts)
        appeal = work.scalar(select(Appeal).where(Appeal.number == number, mine).with_for_update())
        if appeal is None:
            return False
        before = cast("Status", appeal.status)
        if before in ENDS:
            raise ClosedError
        # What the customer adds to an answered question brings the work back to us.
        after = status or ("work" if before == "asked" else before)
        appeal.status = after
        appeal.closed_at = now if after in ENDS else None
        _say(work, appeal, operator, body, files, now, None if after == before else after)
        work.commit()
    return True


def _say(
    work: Work,
    appeal: Appeal,
    operator: str,
    body: str,
    files: Sequence[Upload],
    now: dt.datetime,
    status: Status | None,
) -> None:
    message = AppealMessage(
        appeal_id=appeal.appeal_id, operator=operator, body=body[:LONGEST_BODY], at=now, status=status
    )
    work.add(message)
    work.flush()
    for place, one in enumerate(files, 1):
        work.add(
            AppealFile(
                message_id=message.message_id,
                key=secrets.token_urlsafe(32),
                name=f"{appeal.number}-{message.message_id}-{place}.{one.extension}",
                label=one.label,
                media_type=TYPES[one.extension],
                sha256=one.sha256,
                content=one.content,
            )
        )


def of_person(store: Engine, person_id: int, contracts: Collection[str] = ()) -> list[Followed]:
    """A person's appeals and those about the contracts that are his, newest first."""
    mine = _seen_by(person_id, contracts)
    return _listed(store, select(Appeal).where(mine).order_by(Appeal.appeal_id.desc()))


def every(store: Engine) -> list[Followed]:
    """All appeals: those not closed first, by the day they are due."""
    return _listed(store, select(Appeal).order_by(Appeal.status.in_(ENDS), Appeal.due_on, Appeal.appeal_id))


def newest_message(store: Engine, about: Subject | None = None) -> int:
    """The number of the last message there is, about one account or contract or any; 0 where there is none.

    Every change of an appeal is a message: who has seen this number has seen everything.
    """
    asked = select(func.max(AppealMessage.message_id))
    if about is not None:
        column = Appeal.account_number if isinstance(about, int) else Appeal.contract_number
        asked = asked.join(Appeal, Appeal.appeal_id == AppealMessage.appeal_id).where(column == about)
    with Work(for_reading(store)) as work:
        return work.scalar(asked) or 0


def _listed(store: Engine, asked: Select[Appeal]) -> list[Followed]:
    with Work(for_reading(store)) as work:
        return [_followed(row) for row in work.scalars(asked)]


def read(store: Engine, number: str, person_id: int | None = None, contracts: Collection[str] = ()) -> Followed | None:
    """An appeal with its conversation; None when it is not for this person (any is for an operator)."""
    with Work(for_reading(store)) as work:
        appeal = work.scalar(select(Appeal).where(Appeal.number == number, _seen_by(person_id, contracts)))
        if appeal is None:
            return None
        files: dict[int, list[Attached]] = {}
        for row in work.execute(
            select(AppealFile.message_id, AppealFile.key, AppealFile.name, AppealFile.label)
            .join(AppealMessage, AppealMessage.message_id == AppealFile.message_id)
            .where(AppealMessage.appeal_id == appeal.appeal_id)
            .order_by(AppealFile.file_id)
        ):
            files.setdefault(row.message_id, []).append(Attached(row.key, row.name, row.label))
        messages = work.scalars(
            select(AppealMessage).where(AppealMessage.appeal_id == appeal.appeal_id).order_by(AppealMessage.message_id)
        )
        said = [
            Said(one.operator, one.body, one.at, files.get(one.message_id, ()), cast("Status | None", one.status))
            for one in messages
        ]
        return _followed(appeal, said)


def file(
    store: Engine, key: str, person_id: int | None = None, contracts: Collection[str] = ()
) -> tuple[str, str, bytes] | None:
    """Name, type and bytes of a file; None when it is not for this person (any is for an operator)."""
    with Work(for_reading(store)) as work:
        row = work.execute(
            select(AppealFile.name, AppealFile.media_type, AppealFile.content)
            .join(AppealMessage, AppealMessage.message_id == AppealFile.message_id)
            .join(Appeal, Appeal.appeal_id == AppealMessage.appeal_id)
            .where(AppealFile.key == key, _seen_by(person_id, contracts))
        ).one_or_none()
        return None if row is None else (row.name, row.media_type, row.content)


def _followed(row: Appeal, said: Sequence[Said] = ()) -> Followed:
    about: Subject | None = row.account_number or row.contract_number
    if about is None:
        raise ValueError(f"appeal {row.number} is about nothing")
    return Followed(
        row.number,
        row.person_id,
        about,
        row.kind,
        json.loads(row.fields),
        cast("Status", row.status),
        row.opened_at,
        row.due_on,
        row.closed_at,
        said,
    )
