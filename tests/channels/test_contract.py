"""data/README.md says what the layouts say: its examples are taken, its rules are the rules."""

import re

from pipelines.channels.catalogue import FORMATS, LAYOUTS
from pipelines.channels.rules import FILE_RULES, MESSAGE_RULES, PRICE_RULES, ROW_RULES
from pipelines.settings import ROOT
from pipelines.vocabulary import CODE_SETS
from tests.intake.deliveries import DAY, Deliveries

README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```(\w+/\S+)\n(.*?)```", README, re.DOTALL)


def test_every_example_is_taken_whole(inbox: Deliveries) -> None:
    for name, text in EXAMPLES:
        inbox.put(f"{DAY}/{name}", text, "cp1251" if name.startswith(("bank", "office")) else "utf-8")
    report = inbox.ingest()
    assert inbox.rejected() == []
    assert report.refused == report.rows.duplicate == 0
    assert len(report.files) == len(EXAMPLES)


def test_every_layout_has_an_example(inbox: Deliveries) -> None:
    for name, text in EXAMPLES:
        inbox.put(f"{DAY}/{name}", text)
    inbox.ingest()
    kinds = {kind for (kind,) in inbox.query("select distinct kind from intake.source_file")}
    formats = {format_.kind for format_ in FORMATS.values()}
    assert kinds == {layout.kind for layouts in LAYOUTS.values() for layout in layouts} | formats


def test_every_channel_has_a_layout_or_a_format() -> None:
    assert set(LAYOUTS) | set(FORMATS) == set(CODE_SETS["channel"])
    assert not set(LAYOUTS) & set(FORMATS)


def test_every_rule_stands_in_the_contract_and_no_other() -> None:
    described = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    rules = (FILE_RULES, ROW_RULES, MESSAGE_RULES, PRICE_RULES)
    assert described == {rule for one in rules for rule in one}


def test_every_column_stands_in_the_contract_with_its_russian_name() -> None:
    for layouts in LAYOUTS.values():
        for layout in layouts:
            for one in layout.fields:
                if layout.has_header:
                    assert one.header in README, f"{layout.kind}.{one.header}"
                if layout.has_header and layout.kind != "card_report":
                    assert one.title in README, f"{layout.kind}.{one.title}"
