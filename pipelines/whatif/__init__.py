"""What other prices, norms or ranges would have charged: the months that were billed, by the same SQL."""

from pipelines.whatif.household import PlanMonth, Plans, compare_plans
from pipelines.whatif.outlook import Forecast, OwnPrice, forecast, months_before, own_prices
from pipelines.whatif.proposal import TABLES
from pipelines.whatif.reckoning import Group, Outcome, reckon
from pipelines.whatif.words import outcome_in_words

__all__ = [
    "TABLES",
    "Forecast",
    "Group",
    "Outcome",
    "OwnPrice",
    "PlanMonth",
    "Plans",
    "compare_plans",
    "forecast",
    "months_before",
    "outcome_in_words",
    "own_prices",
    "reckon",
]
