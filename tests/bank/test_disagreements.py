"""Sums of a bank statement that do not agree are taken in, and shown to a person."""

from pathlib import Path

from tests.bank.conftest import OWN, Business, Statement

SAMPLE = Path(__file__).parent.parent / "channels" / "exchange" / "odin_palace__statement-137442.txt"
FOUND = "select day::varchar, kind, stated_kopecks, reckoned_kopecks from business.disagreement order by all"


def balance(day: str, opening: str, received: str, spent: str, closing: str) -> list[str]:
    return [
        "СекцияРасчСчет",
        f"ДатаНачала={day}",
        f"РасчСчет={OWN}",
        f"НачальныйОстаток={opening}",
        f"ВсегоПоступило={received}",
        f"ВсегоСписано={spent}",
        f"КонечныйОстаток={closing}",
        "КонецРасчСчет",
    ]


def test_the_real_sample_lacks_690_rubles_of_documents_on_one_day(business: Business) -> None:
    business.inbox.put("2024-07-30/bank_statement/kl_to_1c.txt", SAMPLE.read_bytes())
    business.replay()
    assert business.query(FOUND) == [("2024-07-03", "spent", 88_900, 19_900)]


def test_each_kind_of_disagreement_is_told_from_the_others(business: Business) -> None:
    statement = Statement.of("2026-11-18").document("5.00", "Оплата", on="2026-11-18")
    statement.lines += balance("17.11.2026", "100", "0", "0", "100.01") + balance("18.11.2026", "100", "6", "0", "106")
    statement.put(business)
    business.replay()
    assert business.query(FOUND) == [
        ("2026-11-17", "arithmetic", 10_001, 10_000),
        ("2026-11-18", "continuity", 10_000, 10_001),
        ("2026-11-18", "received", 600, 500),
    ]


def test_what_the_evening_says_stands_for_what_was_said_at_noon(business: Business) -> None:
    noon, evening = Statement.of("2026-11-18"), Statement.of("2026-11-18").document("5.00", "Оплата")
    noon.lines += balance("18.11.2026", "100", "0", "0", "100")
    evening.lines += balance("18.11.2026", "100", "5", "0", "105")
    noon.put(business, "1_noon.txt")
    evening.put(business, "2_evening.txt")
    business.replay()
    assert business.query(FOUND) == []
