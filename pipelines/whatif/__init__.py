"""What other prices, norms or ranges would have charged: the months that were billed, by the same SQL."""

from pipelines.whatif.proposal import TABLES
from pipelines.whatif.reckoning import Group, Outcome, reckon
from pipelines.whatif.words import outcome_in_words

__all__ = ["TABLES", "Group", "Outcome", "outcome_in_words", "reckon"]
