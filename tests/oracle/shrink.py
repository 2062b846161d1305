"""The fewest things that still go wrong: what a person looks at when a random history fails."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

TRIES = 60
"""Each costs a replay or so."""


def fewest(things: Sequence[Thing], is_wrong: Callable[[list[Thing]], bool], tries: int = TRIES) -> list[Thing]:
    """Leave out ever smaller parts of `things` while what is left is wrong; of few enough, none can be spared.

    What cannot even be reckoned with a part left out is not the mistake that is looked for: that part stays.
    """
    left = list(things)
    size = len(left) // 2
    while size:
        start = 0
        while start < len(left) and tries:
            tries -= 1
            without = left[:start] + left[start + size :]
            if without and _still(without, is_wrong):
                left = without
            else:
                start += size
        size //= 2
    return left


def _still(things: list[Thing], is_wrong: Callable[[list[Thing]], bool]) -> bool:
    try:
        return is_wrong(things)
    except Exception:  # noqa: BLE001 whatever breaks is another mistake
        return False
