"""The cabinet speaks two languages with the same gaps, and says nothing that no page asks for."""

import re

import pytest

from dashboard.cabinet.texts import LETTERS, SAID
from pipelines.settings import ROOT

CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "dashboard" / "cabinet").rglob("*")
    if path.suffix in {".py", ".html"} and not path.name.endswith("texts.py")
)
BUILT = (
    "status_", "checked_", "origin_", "page_", "verif", "password_", "bad_", "plans_", "similar_", "forecast_last_",
    "audience_", "by_email_saved_", "access_", "method_", "card_", "pay_by_", "appeal_kind_", "appeal_status_", "need_", "file_",
    "accepted_", "right_", "may_",
    "made_of_", "bill_", "overdue_", "late_",
    "sent_",
)  # fmt: skip


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("name", SAID)
def test_both_languages_have_the_same_gaps(name: str) -> None:
    russian, english = SAID[name]
    assert gaps(russian) == gaps(english)
    assert not re.search(r"[А-Яа-яЁё]", english)


@pytest.mark.parametrize("name", [name for name in SAID if not name.startswith(BUILT)])
def test_every_sentence_is_said_somewhere(name: str) -> None:
    assert re.search(rf"""["']{name}["']""", CODE)


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_leads_to_the_cabinet(kind: str) -> None:
    assert gaps("".join(LETTERS[kind])) & {"link", "url"}
