"""A night of damaged messages, archives and statements: each is taken or refused, and none takes its neighbour along."""

from pathlib import Path
from random import Random

from tests.channels.damage import PAIRS, XML, Damage, damaged, written_message, written_statement, zipped
from tests.intake.deliveries import DAY, Deliveries


def test_a_night_of_damaged_files_accounts_for_each_and_spares_the_sound_ones(
    inbox: Deliveries, tmp_path: Path
) -> None:
    message, statement = written_message(tmp_path / "askue"), written_statement(tmp_path / "bank")
    random = Random(61)

    def spoilt(content: bytes, how: tuple[str, ...]) -> bytes:
        done = [Damage(random.choice(how), random.randrange(1001), random.randrange(1000)) for _ in range(2)]
        return damaged(content, done)

    # The sound ones have numbers that are told before any damaged copy of them.
    inbox.put(f"{DAY}/askue/0.xml", message)
    inbox.put(f"{DAY}/bank_statement/0.txt", statement)
    for number in range(1, 80):
        inbox.put(f"{DAY}/askue/{number}.xml", spoilt(message, XML))
        inbox.put(f"{DAY}/bank_statement/{number}.txt", spoilt(statement, PAIRS))
        if number % 4 == 0:
            inbox.put(f"{DAY}/askue/{number}.zip", zipped("inner.xml", spoilt(message, XML)))
    report = inbox.ingest()
    assert not list(inbox.settings.inbox.rglob("*.*")), "every file left the inbox"
    files = inbox.query(
        "select status, rows_received, rows_accepted, rows_rejected, rows_duplicate, source_file_id"
        " from intake.source_file"
    )
    assert len(files) + len(report.repeated) == 2 + 79 * 2 + 19
    refused = {number for status, *_, number in files if status == "refused"}
    assert {status for status, *_ in files} == {"accepted", "refused"}
    assert all(sum(rest[1:4]) == rest[0] for _, *rest in files), "received = accepted + rejected + repeated"
    reasons = inbox.query("select source_file_id, source_line, message from intake.rejected_row")
    assert all(line >= 1 and message for _, line, message in reasons)
    for number in refused:
        assert len([one for one, *_ in reasons if one == number]) == 1
    for name in ("askue/0.xml", "bank_statement/0.txt"):
        status, received, accepted, *_ = inbox.counts(name)
        assert (status, accepted) == ("accepted", received)
    assert inbox.query("select count(*) from intake.energy_day_fact where wh[1] is not null")[0][0] >= 3
