"""The table of docs/security.md names tests that exist."""

import re

from pipelines.settings import ROOT


def test_every_test_named_as_evidence_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8")))
    written = {
        name
        for folder in ("cabinet", "dashboard", "e2e")
        for path in (ROOT / "tests" / folder).rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert not named - written
