"""What other prices, norms or ranges would have charged: the months that were billed, by the same SQL."""

from pipelines.whatif.household import PlanMonth, Plans, compare_plans
from pipelines.whatif.reckoning import Group, Outcome, reckon
from pipelines.whatif.words import outcome_in_words

__all__ = ["Group", "Outcome", "PlanMonth", "Plans", "compare_plans", "outcome_in_words", "reckon"]
