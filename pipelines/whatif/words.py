"""An outcome as a table for a terminal."""

from collections.abc import Iterator

from pipelines.russian import kwh, month, rubles, whole
from pipelines.vocabulary import RUSSIAN
from pipelines.whatif.reckoning import Group, Outcome

TITLES = {"category": "По категориям", "decile": "По децилям расхода (1 тратит меньше всех)", "district": "По районам"}


def outcome_in_words(outcome: Outcome) -> str:
    """What was charged, what would be, and for whom it changes."""
    region = outcome.region
    change = rubles(region.proposed_kopecks - region.posted_kopecks)
    lines = [
        f"{month(outcome.first)} — {month(outcome.last)}: {kwh(region.kwh)}",
        f"начислено {rubles(region.posted_kopecks)}, стало бы {rubles(region.proposed_kopecks)}, разница {change}",
        f"счетов {whole(region.accounts)}: {_moved(region)}",
    ]
    for kind, title in TITLES.items():
        lines += ["", title, *_table([group for group in outcome.groups if group.kind == kind])]
    return "\n".join(lines)


def _table(groups: list[Group]) -> Iterator[str]:
    for group in groups:
        name = RUSSIAN["category"].get(group.name, group.name)
        change = rubles(group.proposed_kopecks - group.posted_kopecks)
        yield (
            f"  {name:<42}{whole(group.accounts):>9}{rubles(group.posted_kopecks):>22}"
            f"{rubles(group.proposed_kopecks):>22}{change:>20}  {_moved(group)}"
        )


def _moved(group: Group) -> str:
    return f"дороже {whole(group.losers)}, дешевле {whole(group.winners)}"
