"""The receipts of a month on their way: a row an address, whose state says what became of it.

    waiting -> sending -> sent
       ^          |---> waiting again, later (the server said: not now)
                  |---> refused          (the server said: never)
                  `---> uncertain        (the connection broke after the letter was handed over, before the answer)

A row is `sending`, committed, before the first byte of its letter leaves. So a process killed at any moment leaves at
most one letter of which nobody knows whether it arrived; it is never sent again by itself.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.receipts.subscriptions import still_wanted
from dashboard.cabinet.store.database import for_reading
from dashboard.cabinet.store.tables import ReceiptLetter, ReceiptSubscription

State = Literal["waiting", "sending", "sent", "refused", "uncertain"]

LEASE = dt.timedelta(minutes=30)
"""Nobody is at one letter for so long: a row that was is left by a process that is gone."""

FIRST_PAUSE = dt.timedelta(minutes=5)
LONGEST_PAUSE = dt.timedelta(hours=6)
TRIES = 10
"""After so many tries, spread over a day and a half, an address is given up."""


@dataclass(frozen=True)
class Due:
    """A letter to be sent now."""

    letter_id: int
    account_number: int
    email: str
    tries: int


def enqueue(store: Engine, period: dt.date, billed: Collection[int], now: dt.datetime) -> None:
    """Give every subscription of a billed account its row of the month, once."""
    with Work(store) as work:
        known = set(work.scalars(select(ReceiptLetter.subscription_id).where(ReceiptLetter.period == period)))
        wanted = work.execute(
            select(ReceiptSubscription.subscription_id, ReceiptSubscription.account_number).where(still_wanted())
        )
        work.add_all(
            ReceiptLetter(subscription_id=subscription_id, period=period, state="waiting", tries=0, next_at=now)
            for subscription_id, account_number in wanted
            if subscription_id not in known and account_number in billed
        )
        work.commit()


def due(store: Engine, period: dt.date, now: dt.datetime) -> list[Due]:
    """Letters to be sent now, by account; those whose subscription has gone off meanwhile are not."""
    with Work(for_reading(store)) as work:
        rows = work.execute(
            select(
                ReceiptLetter.letter_id,
                ReceiptSubscription.account_number,
                ReceiptSubscription.email,
                ReceiptLetter.tries,
            )
            .join(ReceiptSubscription, ReceiptSubscription.subscription_id == ReceiptLetter.subscription_id)
            .where(
                ReceiptLetter.period == period,
                ReceiptLetter.state == "waiting",
                ReceiptLetter.next_at <= now,
                still_wanted(),
            )
            .order_by(ReceiptSubscription.account_number, ReceiptLetter.letter_id)
        )
        return [Due(*row) for row in rows]


def claim(store: Engine, letter_id: int, now: dt.datetime) -> bool:
    """Take a letter to send it; False when another process has."""
    with Work(store) as work:
        taken = work.scalar(
            update(ReceiptLetter)
            .where(ReceiptLetter.letter_id == letter_id, ReceiptLetter.state == "waiting")
            .values(state="sending", claimed_at=now, tries=ReceiptLetter.tries + 1)
            .returning(ReceiptLetter.letter_id)
        )
        work.commit()
    return taken is not None


def close(store: Engine, letter_id: int, state: State, answer: str, now: dt.datetime) -> None:
    """Write down what became of a letter."""
    with Work(store) as work:
        letter = work.get_one(ReceiptLetter, letter_id)
        letter.state, letter.answer = state, answer
        if state == "sent":
            letter.sent_at = now
        if state == "waiting":
            letter.next_at = now + pause(letter.tries)
            if letter.tries >= TRIES:
                letter.state = "refused"
        work.commit()


def pause(tries: int) -> dt.timedelta:
    """How long to wait after so many tries: each time four times longer, at most six hours."""
    return min(FIRST_PAUSE * (1 << 2 * max(tries - 1, 0)), LONGEST_PAUSE)


def give_up_on_the_gone(store: Engine, period: dt.date, now: dt.datetime) -> None:
    """Letters that a process took and never came back about: nobody knows whether they arrived."""
    with Work(store) as work:
        work.execute(
            update(ReceiptLetter)
            .where(
                ReceiptLetter.period == period,
                ReceiptLetter.state == "sending",
                ReceiptLetter.claimed_at < now - LEASE,
            )
            .values(state="uncertain", answer="the process that was sending it is gone")
        )
        work.commit()


def send_again(store: Engine, period: dt.date, now: dt.datetime) -> None:
    """Let what is uncertain or was refused be tried once more, because a person says so."""
    with Work(store) as work:
        work.execute(
            update(ReceiptLetter)
            .where(ReceiptLetter.period == period, ReceiptLetter.state.in_(("uncertain", "refused")))
            .values(state="waiting", tries=0, next_at=now)
        )
        work.commit()


def counts(store: Engine, period: dt.date) -> dict[str, int]:
    """How many letters of a month are in each state."""
    with Work(for_reading(store)) as work:
        counted = (
            select(ReceiptLetter.state, func.count())
            .where(ReceiptLetter.period == period)
            .group_by(ReceiptLetter.state)
        )
        return {state: count for state, count in work.execute(counted)}  # noqa: C416 - a row is no pair to mypy


def troubles(store: Engine, period: dt.date) -> list[tuple[int, str, str]]:
    """Account, state and the server's last words for what was refused or is uncertain."""
    with Work(for_reading(store)) as work:
        rows = work.execute(
            select(ReceiptSubscription.account_number, ReceiptLetter.state, ReceiptLetter.answer)
            .join(ReceiptSubscription, ReceiptSubscription.subscription_id == ReceiptLetter.subscription_id)
            .where(ReceiptLetter.period == period, ReceiptLetter.state.in_(("refused", "uncertain")))
            .order_by(ReceiptSubscription.account_number)
        )
        return [(number, state, answer) for number, state, answer in rows]
