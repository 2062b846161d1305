"""Files that are not lines: their format reads them whole; numbers, repetitions and accounting are those of every file."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.channels.layout import Identity
from pipelines.channels.whole import Conflict, Parsed, Refusal, Rejection, WholeFormat, WholeRows
from pipelines.intake import recognition
from pipelines.intake.batch import CHANGED
from pipelines.warehouse.checks import load_checks, run_check
from tests.intake.deliveries import DAY, READINGS, Deliveries, deliveries, reading
from tests.intake.test_killed_runs import KilledError, Mortal, folders, moments

VOLUMES, HOUSES = "intake.house_volume_fact", "intake.house_fact"


def read(path: Path, name: str) -> Parsed | Refusal:
    """A stand-in for XML: words, of two kinds, `volume:house:kwh` and `house:name`, all on one line."""
    words = path.read_text(encoding="utf-8").split()
    if words[0] != "volumes":
        message = f"Файл «{name}», строка 1. Ожидается: volumes; найдено: «{words[0]}». Передайте файл заново."
        return Refusal("file_header", 1, message, words[0], len(words) - 1)
    volumes: list[tuple[int, str, int]] = []
    houses: list[tuple[int, str]] = []
    rejections: list[Rejection] = []
    for line, word in enumerate(words[1:], 2):
        match word.split(":"):
            case ["volume", house, kwh] if kwh.isdecimal():
                volumes.append((line, house, int(kwh)))
            case ["house", house]:
                houses.append((line, house))
            case _:
                rejections.append(
                    Rejection(line, "row_number", f"Ожидается volume:дом:число; найдено: «{word}».", word)
                )
    period = dt.date(2026, 10, 1)
    return Parsed(
        {
            VOLUMES: pa.table(
                {
                    "source_line": pa.array([line for line, _, _ in volumes], pa.int64()),
                    "house_id": pa.array([house for _, house, _ in volumes], pa.string()),
                    "service_period": pa.array([period] * len(volumes), pa.date32()),
                    "metered_kwh": pa.array([kwh for _, _, kwh in volumes], pa.int64()),
                    "other_kwh": pa.array([0] * len(volumes), pa.int64()),
                }
            ),
            HOUSES: pa.table(
                {
                    "source_line": pa.array([line for line, _ in houses], pa.int64()),
                    "house_id": pa.array([house for _, house in houses], pa.string()),
                    "valid_from": pa.array([period] * len(houses), pa.date32()),
                    "management": pa.array(["direct"] * len(houses), pa.string()),
                    "premises_m2": pa.array([100] * len(houses), pa.int64()),
                    "common_m2": pa.array([10] * len(houses), pa.int64()),
                }
            ),
        },
        tuple(rejections),
    )


FORMAT = WholeFormat(
    "volumes",
    (
        WholeRows(
            VOLUMES,
            Identity(
                columns=("house_id", "service_period"),
                content=("metered_kwh",),
                known=f"select house_id, service_period, metered_kwh, source_file_id, source_line from {VOLUMES}",
            ),
            Conflict(
                "operation_conflict",
                "Дом {house_id} за {service_period} уже принят из файла «{file}», строка {line}, с другим числом.",
            ),
        ),
        WholeRows(
            HOUSES,
            Identity(columns=("house_id",), known=f"select house_id, source_file_id, source_line from {HOUSES}"),
        ),
    ),
    read,
)


@pytest.fixture(autouse=True)
def _post_delivers_whole_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "FORMATS", {"post": FORMAT})


def accounted(inbox: Deliveries) -> bool:
    [check] = [one for one in load_checks() if one.name == "every_line_of_a_file_is_accounted_for"]
    return run_check(inbox.connection, check).offenders == 0


def test_rows_of_every_table_become_facts_with_the_line_they_stand_on(inbox: Deliveries) -> None:
    inbox.put(f"{DAY}/post/a.xml", "volumes volume:a:10 house:a volume:b:20")
    report = inbox.ingest()
    assert inbox.query(
        f"select source_file_id, source_line, house_id, metered_kwh, known_period from {VOLUMES} order by all"
    ) == [
        (1, 2, "a", 10, dt.date(2026, 10, 1)),
        (1, 4, "b", 20, dt.date(2026, 10, 1)),
    ]
    assert inbox.query(f"select source_line, house_id, management from {HOUSES}") == [(3, "a", "direct")]
    assert inbox.file("kind, status, rows_received, rows_accepted", "a.xml") == ("volumes", "accepted", 3, 3)
    assert report.rows.accepted == 3
    assert (inbox.settings.archive / DAY / "post/a.xml").exists()
    assert accounted(inbox)


def test_a_broken_file_is_refused_whole_and_the_night_goes_on(inbox: Deliveries) -> None:
    inbox.put(f"{DAY}/post/a.xml", "readings volume:a:10 volume:b:20")
    inbox.put(f"{DAY}/post/b.xml", "volumes volume:c:30")
    inbox.put(f"{DAY}/post/c.xml", b"")
    inbox.lines("mobile/good.csv", READINGS, reading())
    report = inbox.ingest()
    message = "Файл «a.xml», строка 1. Ожидается: volumes; найдено: «readings». Передайте файл заново."
    empty = "Файл пуст: 0 байт. Ожидается хотя бы заголовок или итоговая строка. Передайте файл заново."
    assert sorted(inbox.rejected()) == [(1, "file_empty", empty, ""), (1, "file_header", message, "readings")]
    assert report.refused == 2
    assert inbox.counts("a.xml") == ("refused", 2, 0, 2, 0)
    assert inbox.counts("b.xml") == ("accepted", 1, 1, 0, 0)
    assert inbox.counts("good.csv") == ("accepted", 1, 1, 0, 0)
    assert (inbox.settings.refused / DAY / "post/a.xml").exists()
    assert accounted(inbox)


def test_a_row_that_cannot_be_read_is_rejected_and_the_others_are_taken(inbox: Deliveries) -> None:
    inbox.put(f"{DAY}/post/a.xml", "volumes volume:a:x volume:b:20")
    inbox.ingest()
    assert inbox.rejected() == [(2, "row_number", "Ожидается volume:дом:число; найдено: «volume:a:x».", "volume:a:x")]
    assert inbox.counts("a.xml") == ("accepted", 2, 1, 1, 0)
    assert accounted(inbox)


def test_what_is_said_again_is_a_duplicate_and_what_contradicts_it_a_conflict(inbox: Deliveries) -> None:
    inbox.put(f"{DAY}/post/a.xml", "volumes volume:a:10 house:a volume:a:10")
    inbox.put(f"{DAY}/post/b.xml", "volumes house:a volume:b:20 volume:a:10")
    inbox.ingest()
    inbox.put(f"{DAY}/post/c.xml", "volumes volume:b:21 volume:a:10")
    inbox.ingest(2)
    assert inbox.query("from intake.duplicate_row order by all") == [
        (1, 4, 1, 2),
        (2, 2, 1, 3),
        (2, 4, 1, 2),
        (3, 3, 1, 2),
    ]
    assert inbox.rejected() == [
        (
            2,
            "operation_conflict",
            "Дом b за 2026-10-01 уже принят из файла «2026-10-31/post/b.xml», строка 3, с другим числом.",
            "",
        )
    ]
    assert [inbox.counts(f"{name}.xml") for name in "abc"] == [
        ("accepted", 3, 2, 0, 1),
        ("accepted", 3, 1, 0, 2),
        ("accepted", 2, 0, 1, 1),
    ]
    assert inbox.query(f"select count(*) from {VOLUMES}") == [(2,)]
    assert accounted(inbox)


def test_the_same_bytes_again_change_nothing(inbox: Deliveries) -> None:
    inbox.put(f"{DAY}/post/a.xml", "volumes volume:a:10")
    inbox.ingest()
    before = inbox.tables()
    inbox.put("2026-11-30/post/b.xml", "volumes volume:a:10")
    assert inbox.ingest(2).repeated == ("2026-11-30/post/b.xml",)
    assert inbox.tables() == before


def test_a_file_that_changes_while_it_is_read_is_refused(inbox: Deliveries, monkeypatch: pytest.MonkeyPatch) -> None:
    def writing(path: Path, name: str) -> Parsed | Refusal:
        answer = read(path, name)
        path.write_text("volumes volume:a:11", encoding="utf-8")
        return answer

    monkeypatch.setattr(recognition, "FORMATS", {"post": replace(FORMAT, read=writing)})
    inbox.put(f"{DAY}/post/a.xml", "volumes volume:a:10")
    inbox.ingest()
    assert inbox.rejected() == [(1, "file_changed", CHANGED, "")]
    assert inbox.query(f"select count(*) from {VOLUMES}") == [(0,)]


def fill(inbox: Deliveries) -> None:
    inbox.put(f"{DAY}/post/a.xml", "volumes volume:a:10 house:a volume:a:10 volume:x:x")
    inbox.put(f"{DAY}/post/b.xml", "volumes volume:b:20 volume:a:11 house:a")
    inbox.put(f"{DAY}/post/c.xml", "readings")
    inbox.lines("mobile/a.csv", READINGS, reading())


def test_a_run_killed_before_any_statement_ends_where_an_undisturbed_one_does(
    inbox: Deliveries, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def everything(home: Path, ingest: Callable[[Deliveries], None]) -> tuple[dict[str, list[Any]], dict[str, bytes]]:
        for (table,) in inbox.query("select table_name from information_schema.tables where table_schema = 'intake'"):
            inbox.query(f"delete from intake.{table}")
        fresh = deliveries(home, inbox.connection)
        fill(fresh)
        ingest(fresh)
        return fresh.tables(), folders(fresh)

    said: list[str] = []

    def undisturbed(fresh: Deliveries) -> None:
        mortal = Mortal(fresh.connection, 10_000)
        Deliveries(fresh.settings, mortal).ingest()  # type: ignore[arg-type]
        said.extend(mortal.said)

    def killed_at(moment: int) -> Callable[[Deliveries], None]:
        def twice(fresh: Deliveries) -> None:
            process = fresh.connection.cursor()
            process.execute("set TimeZone = 'Europe/Moscow'")
            with pytest.raises(KilledError):
                Deliveries(fresh.settings, Mortal(process, moment)).ingest()  # type: ignore[arg-type]
            process.close()
            fresh.ingest()

        return twice

    expected = everything(tmp_path_factory.mktemp("undisturbed"), undisturbed)
    assert len(expected[0]["house_volume_fact"]) == 2
    for moment in moments(said):
        assert everything(tmp_path_factory.mktemp("killed"), killed_at(moment)) == expected, said[moment]


def test_a_file_is_read_by_the_format_of_its_channel_alone(inbox: Deliveries) -> None:
    inbox.put(f"{DAY}/cash/a.xml", "volumes volume:a:10\n")
    inbox.ingest()
    assert inbox.file("kind, status", "a.xml") == (None, "refused")
