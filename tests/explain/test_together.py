"""Who asks while others work is answered with all who wait, and with nobody else's failure."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipelines.explain.together import Together


class Work:
    """Work that can be held up, and keeps what it was asked at a time."""

    def __init__(self) -> None:
        self.turns: list[tuple[str, tuple[int, ...]]] = []
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, key: str, questions: Sequence[int]) -> list[int]:
        self.turns.append((key, tuple(sorted(questions))))
        self.has_begun.set()
        assert self.may_end.wait(20)
        if 13 in questions:
            raise ValueError("thirteen")
        return [question * 10 for question in questions]


def waiting(together: Together[str, int, int]) -> int:
    return len(together._waiting)


def ask_while_one_works(work: Work, questions: Sequence[tuple[str, int]]) -> list[int | str]:
    """The answers to questions all asked while the first one's work goes on."""
    together = Together[str, int, int](work, 1)
    with ThreadPoolExecutor(len(questions)) as pool:
        first = pool.submit(together.ask, *questions[0])
        assert work.has_begun.wait(20)
        others = [pool.submit(together.ask, *question) for question in questions[1:]]
        while waiting(together) < len(others):
            pass
        work.may_end.set()
        return [str(one.exception(20) or one.result()) for one in (first, *others)]


def test_all_who_ask_while_one_works_are_answered_by_the_next_piece_of_work() -> None:
    work = Work()
    assert ask_while_one_works(work, [("a", 1), ("a", 2), ("a", 3), ("a", 4)]) == ["10", "20", "30", "40"]
    assert work.turns == [("a", (1,)), ("a", (2, 3, 4))]


def test_those_who_ask_on_other_ground_are_answered_apart() -> None:
    work = Work()
    assert ask_while_one_works(work, [("a", 1), ("a", 2), ("b", 3), ("a", 4)]) == ["10", "20", "30", "40"]
    assert sorted(work.turns[1:]) == [("a", (2, 4)), ("b", (3,))]


def test_who_cannot_be_answered_fails_alone() -> None:
    work = Work()
    assert ask_while_one_works(work, [("a", 1), ("a", 2), ("a", 13), ("a", 4)]) == ["10", "20", "thirteen", "40"]


def test_nobody_waits_for_ever_when_the_work_of_his_turn_is_interrupted() -> None:
    class Interrupted(BaseException):
        pass

    def answer(_: str, questions: Sequence[int]) -> list[int]:
        raise Interrupted if questions else AssertionError

    together = Together[str, int, int](answer, 1)
    for _ in range(2):
        with pytest.raises(Interrupted):
            together.ask("a", 1)
