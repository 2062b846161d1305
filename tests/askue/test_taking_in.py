"""Messages in the inbox: corrections, repetitions and conflicts, every row of every file accounted for."""

import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest

from pipelines.channels.rules import MESSAGE_RULES
from pipelines.intake import whole
from pipelines.warehouse.checks import load_checks, run_check
from tests.askue.messages import SAMPLES, channel, message, periods, point, zipped
from tests.intake.deliveries import DAY, READINGS, Deliveries, deliveries, reading

VALUES = ["1"] * 48
FACT = "intake.energy_day_fact"


@pytest.fixture
def inbox(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> Deliveries:
    return deliveries(tmp_path, empty_warehouse)


def put(inbox: Deliveries, number: int, values: list[str], *, name: str = "", points: int = 1) -> None:
    body = "".join(point(channel(periods(values)), f"6100000000000{place:02d}") for place in range(1, points + 1))
    text = message(body, number=number)
    inbox.put(f"{DAY}/askue/{name or f'80020_6100000001_20261031_{number}.xml'}", text, "cp1251")


def accounted(inbox: Deliveries) -> bool:
    [check] = [one for one in load_checks() if one.name == "every_line_of_a_file_is_accounted_for"]
    return run_check(inbox.connection, check).offenders == 0


def test_a_correction_is_kept_beside_what_it_corrects(inbox: Deliveries) -> None:
    put(inbox, 7, VALUES, points=2)
    put(inbox, 8, ["2", *VALUES[1:]])
    inbox.ingest()
    assert inbox.query(f"select message_number, point_code, wh[1], list_sum(wh)::bigint from {FACT} order by all") == [
        (7, "610000000000001", 1000, 48_000),
        (7, "610000000000002", 1000, 48_000),
        (8, "610000000000001", 2000, 49_000),
    ]
    assert inbox.file("kind, rows_received, rows_accepted", "_7.xml") == ("askue_message", 2, 2)
    assert accounted(inbox)


def test_the_same_values_again_under_the_same_number_are_a_repetition(inbox: Deliveries) -> None:
    put(inbox, 7, VALUES)
    inbox.ingest()
    put(inbox, 7, VALUES, name="again.xml", points=2)
    inbox.ingest(2)
    assert inbox.counts("again.xml") == ("accepted", 2, 1, 0, 1)
    assert inbox.query("from intake.duplicate_row") == [(2, 7, 1, 7)]
    assert accounted(inbox)


def test_other_values_under_the_same_number_are_a_conflict(inbox: Deliveries) -> None:
    put(inbox, 7, VALUES)
    inbox.ingest()
    put(inbox, 7, ["<value/>", *VALUES[1:]], name="again.xml", points=2)
    inbox.ingest(2)
    assert inbox.rejected() == [
        (
            7,
            "message_conflict",
            (
                "Точка 610000000000001, канал 01: сообщение 7 за 31.10.2026 уже принято с другими значениями (файл"
                " «2026-10-31/askue/80020_6100000001_20261031_7.xml», строка 7). Ожидается: новые значения в сообщении с"
                " большим номером; найдено: тот же номер. Пришлите исправленное сообщение с новым номером."
            ),
            "",
        )
    ]
    assert inbox.counts("again.xml") == ("accepted", 2, 1, 1, 0)
    assert accounted(inbox)


def test_a_point_in_two_areas_with_equal_values_is_one_fact_and_one_repetition(inbox: Deliveries) -> None:
    one = point(channel(periods(VALUES)))
    inbox.put(f"{DAY}/askue/a.xml", message(f"{one}</area>\n<area><inn>2</inn>{one}"), "cp1251")
    inbox.ingest()
    assert inbox.counts("a.xml") == ("accepted", 2, 1, 0, 1)
    assert inbox.query(f"select area_code from {FACT}") == [("6100000600",)]


def test_a_bad_message_is_refused_and_the_night_goes_on(inbox: Deliveries) -> None:
    put(inbox, 7, VALUES, name="80020_6100000001_20261031_9.xml")
    put(inbox, 8, VALUES)
    inbox.put(f"{DAY}/askue/torn.xml", message(point(channel(periods(VALUES))))[:900], "cp1251")
    inbox.put(f"{DAY}/askue/dtd.xml", message("", head="<!DOCTYPE m []>\n"), "cp1251")
    inbox.lines("mobile/good.csv", READINGS, reading())
    report = inbox.ingest()
    assert report.refused == 3
    assert sorted(row[1] for row in inbox.rejected()) == ["message_dtd", "message_name", "message_xml"]
    assert inbox.counts("_8.xml") == ("accepted", 1, 1, 0, 0)
    assert inbox.counts("good.csv") == ("accepted", 1, 1, 0, 0)
    assert accounted(inbox)


def test_a_message_refused_for_its_name_is_taken_under_its_own(inbox: Deliveries) -> None:
    put(inbox, 7, VALUES, name="80020_6100000001_20261031_9.xml")
    inbox.ingest()
    put(inbox, 7, VALUES)
    inbox.ingest(2)
    assert inbox.counts("_7.xml") == ("accepted", 1, 1, 0, 0)


def test_real_messages_and_an_archive_of_them_are_taken_once(inbox: Deliveries) -> None:
    files = sorted(SAMPLES.glob("*.xml"))
    for path in files:
        place = inbox.put(f"{DAY}/askue/{path.name}", b"")
        shutil.copyfile(path, place)
    inbox.ingest()
    received, accepted = inbox.query("select sum(rows_received)::int, sum(rows_accepted)::int from intake.source_file")[
        0
    ]
    assert received == accepted == 862 + 71 + 3 * 2 + 32
    assert inbox.query(f"select sum(len(wh))::int from {FACT}") == [(41_376 + 3_408 + 3 * 48 + 1_536,)]
    inbox.put(f"{DAY}/askue/all.zip", zipped({path.name: path.read_bytes() for path in files}, zipfile.ZIP_DEFLATED))
    inbox.ingest(2)
    assert inbox.counts("all.zip") == ("accepted", received, 0, 0, received)
    assert accounted(inbox)


def test_files_read_side_by_side_leave_what_files_read_one_by_one_do(
    inbox: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def night() -> dict[str, list[tuple[object, ...]]]:
        for number in (7, 8, 9):
            put(inbox, number, [str(number), *VALUES[1:]], points=number)
        inbox.put(f"{DAY}/askue/torn.xml", message(point(channel(periods(VALUES))))[:900], "cp1251")
        inbox.ingest()
        found: dict[str, list[tuple[object, ...]]] = inbox.tables()
        for table in found:
            inbox.query(f"delete from intake.{table}")
        return found

    one_by_one = night()
    shutil.rmtree(inbox.settings.home)
    monkeypatch.setattr(whole, "SIDE_BY_SIDE_BYTES", 0)
    assert night() == one_by_one
    assert len(one_by_one["energy_day_fact"]) == 7 + 8 + 9


def test_every_rule_of_messages_is_met_by_a_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert {rule for rule in MESSAGE_RULES if f'"{rule}"' in tests} == set(MESSAGE_RULES)
