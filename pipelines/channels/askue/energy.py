"""Energy as a message writes it, kilowatt-hours, as whole watt-hours: exact, no float, what is cut is carried on."""

import re
from collections.abc import Sequence

NUMBER = r"[0-9]{1,12}(?:[.,][0-9]{1,9})?"
"""What a value looks like; leading zeros do no harm."""

IS_NUMBER = re.compile(NUMBER)

_POINTS = frozenset({".", ",", b".", b","})
_NANO = 9
_NANO_OF_WH = 10 ** (_NANO - 3)


def watt_hours(texts: Sequence[str] | Sequence[bytes]) -> list[int]:
    """Numbers of kilowatt-hours, one interval after the other, as whole watt-hours.

    What is finer than a watt-hour is carried into the next interval, so that the sum stays the sum.
    """
    try:
        return [int(text) * 1000 for text in texts]
    except ValueError:
        pass
    if all(text[-4:-3] in _POINTS for text in texts):
        return [int(text[:-4] + text[-3:]) for text in texts]  # type: ignore[operator]
    passed = told = 0
    energy = []
    for text in texts:
        passed += _nano(text if isinstance(text, str) else text.decode("ascii"))
        total = (passed + _NANO_OF_WH // 2) // _NANO_OF_WH
        energy.append(total - told)
        told = total
    return energy


def _nano(text: str) -> int:
    """A millionth of a watt-hour is the finest that is read."""
    whole, _, fraction = text.replace(",", ".").partition(".")
    return int(whole + fraction.ljust(_NANO, "0"))
