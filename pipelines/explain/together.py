"""Questions asked at the same time, answered by one piece of work: planning it costs the same for one and for fifty."""

import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Question = TypeVar("Question")
Answer = TypeVar("Answer")


@dataclass(eq=False)
class _Waiting(Generic[Key, Question, Answer]):
    key: Key
    question: Question
    told: Future[Answer] = field(default_factory=Future)


class Together(Generic[Key, Question, Answer]):
    """Whoever asks while others work waits for a turn, and then answers all who wait for the same key.

    Alone nobody waits; the more ask, the more are answered at a time.
    """

    def __init__(self, answer: Callable[[Key, Sequence[Question]], Sequence[Answer]], at_once: int) -> None:
        """Have so many pieces of work side by side, each the answers to some questions in their order."""
        self._answer = answer
        self._turns = at_once
        self._changed = threading.Condition()
        self._waiting: list[_Waiting[Key, Question, Answer]] = []

    def ask(self, key: Key, question: Question) -> Answer:
        """The answer, or what goes wrong with this question whoever else asks."""
        mine = _Waiting[Key, Question, Answer](key, question)
        with self._changed:
            self._waiting.append(mine)
            self._changed.wait_for(lambda: self._turns or mine not in self._waiting)
            turn = [one for one in self._waiting if one.key == key] if mine in self._waiting else []
            self._waiting = [one for one in self._waiting if one not in turn]
            self._turns -= bool(turn)
        if turn:
            try:
                self._work(key, turn)
            finally:
                for one in turn:
                    one.told.cancel()  # Only what an interrupted turn left unanswered.
                with self._changed:
                    self._turns += 1
                    self._changed.notify_all()
        return mine.told.result()

    def _work(self, key: Key, turn: Sequence[_Waiting[Key, Question, Answer]]) -> None:
        try:
            answers = self._answer(key, [one.question for one in turn])
        except Exception as error:  # noqa: BLE001 - raised again where it was asked
            if len(turn) == 1:
                turn[0].told.set_exception(error)
                return
            for one in turn:
                self._work(key, [one])
        else:
            for one, answer in zip(turn, answers, strict=True):
                one.told.set_result(answer)
