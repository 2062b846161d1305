"""Why a bill is what it is: one account replayed from a snapshot, every kopeck of a month traced to its file."""

from pipelines.explain.explanation import Explanation, ExplanationError, explain
from pipelines.explain.preview import Judged, Preview, SentReading, preview
from pipelines.explain.registers import SentRegister, Span, register_spans
from pipelines.explain.trial import NotTaken, Trial, trial
from pipelines.explain.words import bill_in_words, explanation_in_words

__all__ = [
    "Explanation",
    "ExplanationError",
    "Judged",
    "NotTaken",
    "Preview",
    "SentReading",
    "SentRegister",
    "Span",
    "Trial",
    "bill_in_words",
    "explain",
    "explanation_in_words",
    "preview",
    "register_spans",
    "trial",
]
