"""A run killed anywhere and begun again leaves the tables and the folders that an undisturbed run leaves."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.intake import ingest as ingest_module
from pipelines.intake import register as register_module
from pipelines.intake.inbox import look
from pipelines.intake.ingest import VANISHED
from pipelines.intake.register import register
from tests.intake.deliveries import CASH, DAY, READINGS, Deliveries, bank_footer, bank_line, deliveries, reading


class KilledError(BaseException):
    """The process is gone: nothing it would do afterwards happens."""


class Mortal:
    """A connection whose process dies before its n-th statement."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, last: int) -> None:
        self.connection, self.left = connection, last
        self.said: list[str] = []

    def execute(self, statement: str, *parameters: Any) -> duckdb.DuckDBPyConnection:
        if self.left == 0:
            raise KilledError
        self.left -= 1
        self.said.append(statement)
        return self.connection.execute(statement, *parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def fill(inbox: Deliveries) -> None:
    inbox.lines("cabinet/a.csv", READINGS, reading("1"), reading("2"), reading("1"), reading("x"))
    inbox.lines("cabinet/b.csv", READINGS, reading("2"), '"610000000001";1;all;2026-10-30;2026-10-30 10:00;5')
    inbox.put(f"{DAY}/mobile/copy.csv", (inbox.settings.inbox / DAY / "cabinet/b.csv").read_bytes())
    inbox.lines("cash/a.csv", CASH, "k,2026-10-30,610000000001,,5,1", "k,2026-10-30,610000000001,,6,1")
    inbox.lines("bank/sber_1_20261031.txt", bank_line("a", more=";CounterVal:7:all:5"), bank_footer(1, 10000))
    inbox.lines("bank/sber_2_20261031.txt", bank_line("a"), bank_line("b"), bank_footer(2, 1))
    inbox.put(f"{DAY}/site/broken.csv", b"PK\x03\x04")
    inbox.lines("kabinet/a.csv", READINGS, reading("7"))


def folders(inbox: Deliveries) -> dict[str, bytes]:
    home = inbox.settings.home
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.fixture
def undisturbed(inbox: Deliveries) -> tuple[dict[str, list[tuple[Any, ...]]], dict[str, bytes], list[str]]:
    fill(inbox)
    mortal = Mortal(inbox.connection, 10_000)
    Deliveries(inbox.settings, mortal).ingest()  # type: ignore[arg-type]
    return inbox.tables(), folders(inbox), mortal.said


@pytest.fixture
def start(
    tmp_path_factory: pytest.TempPathFactory, empty_warehouse: duckdb.DuckDBPyConnection
) -> Callable[[], Deliveries]:
    """A fresh inbox and an empty warehouse."""

    def fresh() -> Deliveries:
        for (table,) in empty_warehouse.execute(
            "select table_name from information_schema.tables where table_schema = 'intake'"
        ).fetchall():
            empty_warehouse.execute(f"delete from intake.{table}")
        inbox = deliveries(tmp_path_factory.mktemp("again"), empty_warehouse)
        fill(inbox)
        return inbox

    return fresh


def moments(said: list[str]) -> Iterator[int]:
    """Before and after every commit, and some moments in between."""
    for place, statement in enumerate(said):
        if statement in {"begin", "commit"} or said[place - 1] == "commit" or place % 11 == 0:
            yield place


def test_killed_before_any_statement(
    undisturbed: tuple[dict[str, list[tuple[Any, ...]]], dict[str, bytes], list[str]], start: Callable[[], Deliveries]
) -> None:
    tables, files, said = undisturbed
    for moment in moments(said):
        inbox = start()
        process = inbox.connection.cursor()
        process.execute("set TimeZone = 'Europe/Moscow'")
        with pytest.raises(KilledError):
            Deliveries(inbox.settings, Mortal(process, moment)).ingest()  # type: ignore[arg-type]
        process.close()
        report = inbox.ingest()
        assert inbox.tables() == tables, said[moment]
        assert folders(inbox) == files, said[moment]
        assert len(report.files) == len(tables["source_file"]), "the repeated run reports every file of its number"


@pytest.mark.parametrize("operation", ["rename", "unlink"])
def test_killed_before_any_move(
    undisturbed: tuple[dict[str, list[tuple[Any, ...]]], dict[str, bytes], list[str]],
    start: Callable[[], Deliveries],
    operation: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables, files, _ = undisturbed
    move = getattr(Path, operation)
    for moment in range(7 if operation == "rename" else 1):
        inbox = start()
        done: list[Path] = []

        @functools.wraps(move)
        def mortal(self: Path, *target: Path, moment: int = moment, done: list[Path] = done) -> None:
            if len(done) == moment:
                raise KilledError
            done.append(self)
            move(self, *target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, operation, mortal)
            with pytest.raises(KilledError):
                inbox.ingest()
        inbox.ingest()
        assert inbox.tables() == tables
        assert folders(inbox) == files


def test_a_file_that_was_registered_and_renamed_is_still_that_file(inbox: Deliveries) -> None:
    path = inbox.lines("cabinet/a.csv", READINGS, reading())
    register(inbox.connection, inbox.settings, 1, look(inbox.settings).deliveries)
    path.rename(path.with_name("b.csv"))
    inbox.ingest()
    assert inbox.counts("a.csv") == ("accepted", 1, 1, 0, 0)
    assert (inbox.settings.archive / DAY / "cabinet/a.csv").exists()


def test_a_registered_file_is_found_in_the_archive(inbox: Deliveries) -> None:
    path = inbox.lines("cabinet/a.csv", READINGS, reading())
    register(inbox.connection, inbox.settings, 1, look(inbox.settings).deliveries)
    place = inbox.settings.archive / DAY / "cabinet/a.csv"
    place.parent.mkdir(parents=True)
    path.rename(place)
    inbox.ingest()
    assert inbox.counts("a.csv") == ("accepted", 1, 1, 0, 0)
    assert place.exists()


def test_a_registered_file_that_vanished_is_refused(inbox: Deliveries) -> None:
    path = inbox.lines("cabinet/a.csv", READINGS, reading())
    register(inbox.connection, inbox.settings, 1, look(inbox.settings).deliveries)
    path.unlink()
    inbox.ingest()
    assert inbox.rejected() == [(1, "file_vanished", VANISHED, "")]
    assert inbox.counts("a.csv") == ("refused", 0, 0, 0, 0)
    inbox.lines("cabinet/a.csv", READINGS, reading())
    inbox.ingest()
    assert inbox.query("select status, rows_accepted from intake.source_file") == [("refused", 0), ("accepted", 1)]


def test_a_file_that_vanishes_while_it_is_read_does_not_stop_the_night(
    inbox: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = inbox.lines("cabinet/a.csv", READINGS, reading("1"))
    inbox.lines("cabinet/b.csv", READINGS, reading("2"))
    registry = inbox.lines("bank/sber_1_20261031.txt", bank_line("a"), bank_footer(1, 10000))
    original = register_module.unfinished

    def lose(connection: duckdb.DuckDBPyConnection) -> object:
        path.unlink()
        registry.unlink()
        return original(connection)

    monkeypatch.setattr(ingest_module, "unfinished", lose)
    inbox.ingest()
    assert inbox.query("select name, status from intake.source_file order by source_file_id") == [
        (f"{DAY}/bank/sber_1_20261031.txt", "refused"),
        (f"{DAY}/cabinet/a.csv", "refused"),
        (f"{DAY}/cabinet/b.csv", "accepted"),
    ]
    assert [row[1] for row in inbox.rejected()] == ["file_vanished", "file_changed"]
