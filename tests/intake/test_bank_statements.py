"""Bank statements in the inbox: taken whole or refused whole, and no document twice."""

from tests.channels.test_statement import BROKEN, SAMPLES, SOUND, STATEMENT, sample
from tests.intake.deliveries import DAY, Deliveries


def put(inbox: Deliveries, name: str, content: str | bytes) -> None:
    inbox.put(f"{DAY}/bank_statement/{name}", content, "cp1251")


def test_every_sample_is_taken_whole_or_refused_whole(inbox: Deliveries) -> None:
    for path in SAMPLES.glob("*.txt"):
        put(inbox, path.name, path.read_bytes())
    inbox.ingest()
    outcomes = dict(inbox.query("select name, (status, rows_rejected) from intake.source_file"))
    assert {
        name.split("/")[-1].removesuffix(".txt") for name, (status, _) in outcomes.items() if status == "accepted"
    } == set(SOUND)
    assert {rejected for _, (status, rejected) in outcomes.items() if status == "accepted"} == {0}
    reasons = inbox.query(
        "select files.name, rejected.source_line, rejected.rule_id from intake.rejected_row as rejected"
        " join intake.source_file as files using (source_file_id)"
    )
    assert {name.split("/")[-1].removesuffix(".txt"): (line, rule_id) for name, line, rule_id in reasons} == BROKEN


def test_a_refusal_names_file_line_expected_and_found(inbox: Deliveries) -> None:
    put(inbox, "kl_to_1c.txt", STATEMENT.replace("Дата=01.10.2026", "Дата=1 октября"))
    inbox.ingest()
    assert inbox.rejected() == [
        (
            15,
            "statement_line",
            (
                "Файл «kl_to_1c.txt». Строка 15. Ожидается: Дата: дата вида ДД.ММ.ГГГГ; найдено: «1 октября». Выписка не"
                " принята целиком: запросите её у банка заново."
            ),
            "«1 октября»",
        )
    ]
    assert inbox.counts("kl_to_1c.txt")[0] == "refused"
    assert inbox.query("select count(*) from intake.bank_document_fact") == [(0,)]


def test_statements_that_overlap_add_no_document_twice(inbox: Deliveries) -> None:
    put(inbox, "first.txt", sample("odin_palace__statement-137442"))
    inbox.ingest(1)
    content = sample("odin_palace__statement-137442").decode("cp1251")
    put(inbox, "second.txt", content.replace("ДатаСоздания=", "ДатаСоздания=0", 1))
    put(inbox, "third.txt", STATEMENT)
    put(inbox, "fourth.txt", STATEMENT.replace("Номер=0017", "Номер=0018"))
    inbox.ingest(2)
    assert inbox.counts("second.txt") == ("accepted", 155, 0, 0, 155)
    # Another number is another document; the balance of the day is the same one.
    assert sorted([inbox.counts("third.txt"), inbox.counts("fourth.txt")]) == [
        ("accepted", 2, 1, 0, 1),
        ("accepted", 2, 2, 0, 0),
    ]


def test_unknown_keys_and_every_other_line_of_a_document_are_kept(inbox: Deliveries) -> None:
    put(inbox, "kl_to_1c.txt", STATEMENT)
    inbox.ingest()
    assert inbox.query("select amount_kopecks, purpose, direction::varchar, other from intake.bank_document_fact") == [
        (
            10050,
            "Оплата по договору 12",
            "incoming",
            [
                {"key": "НазначениеПлатежа1", "value": "Оплата"},
                {"key": "НазначениеПлатежа2", "value": "по договору 12"},
                {"key": "НовыйКлюч", "value": "новое=значение"},
            ],
        )
    ]
