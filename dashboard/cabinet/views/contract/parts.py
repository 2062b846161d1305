"""How parts of a month are named: advances by their share, the last one as the rest."""

import datetime as dt
from typing import Any

from dashboard.cabinet.texts import CabinetWords

BEGINNING = dt.date(2014, 1, 1)


def part_name(words: CabinetWords, part: dict[str, Any]) -> str:
    """«аванс 30 % за апрель 2026», «окончательный расчёт за март 2026»."""
    name = "part_rest" if part["share_pct"] is None else "part_advance"
    return words(name, share=part["share_pct"], month=words.month(part["period"]))
