"""The application store: its migrations make exactly the tables the code knows, and instants keep their moment."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.store import database, open_store, upgrade
from dashboard.cabinet.store.tables import AppealFile, AppealMessage, Attempt, OwnedAccount, Person, Table

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path / 'deep' / 'store.sqlite'}")


def test_the_migrations_make_the_tables_the_code_knows(store: Engine) -> None:
    with store.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*Table.metadata.tables, "alembic_version"}
        differences = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    assert not differences


def test_an_instant_comes_back_as_the_same_moment_whatever_zone_it_was_given_in(store: Engine) -> None:
    moscow = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    with Work(store) as work:
        work.add(Attempt(key="k", at=moscow))
        work.commit()
    with Work(store) as work:
        [found] = work.scalars(select(Attempt))
        assert found.at == moscow
        assert found.at.utcoffset() == dt.timedelta(0)


def test_an_account_cannot_belong_to_nobody(store: Engine) -> None:
    with Work(store) as work:
        work.add(OwnedAccount(person_id=7, account_number=610000000001, added_at=dt.datetime.now(dt.UTC)))
        with pytest.raises(IntegrityError):
            work.commit()


def test_every_migration_can_be_taken_back_and_leaves_what_was_there_before(store: Engine) -> None:
    with Work(store) as work:
        work.add(
            Person(
                person_id=1, email="a@b.ru", password_hash="", consented_at=NOW, created_at=NOW, password_changed_at=NOW
            )
        )
        work.flush()
        work.add(OwnedAccount(person_id=1, account_number=610000000001, added_at=NOW))
        work.commit()
    upgrade(store, "0001", back=True)
    upgrade(store)
    with Work(store) as work:
        assert work.scalars(select(OwnedAccount.account_number)).all() == [610000000001]
        assert work.scalars(select(OwnedAccount.access)).all() == ["owner"]
    with store.connect() as connection:
        assert not compare_metadata(MigrationContext.configure(connection), Table.metadata)


def test_conversations_outlive_the_migration_that_lets_them_be_about_contracts(store: Engine) -> None:
    upgrade(store, "0030", back=True)
    with store.begin() as connection:
        for statement in (
            "insert into person values (1, 'a@b.ru', '', '2026-11-24', '2026-11-24', '2026-11-24')",
            "insert into appeal values (1, 'n', 'f', 1, 610000000001, 'other', '{}', 'new', '2026-11-24', '2026-11-24', null)",
            "insert into appeal_message values (1, 1, '', 'Вопрос', '2026-11-24')",
            "insert into appeal_file values (1, 1, 'k', 'a.pdf', 'a', 'application/pdf', '', x'25')",
        ):
            connection.exec_driver_sql(statement)
    upgrade(store)
    with Work(store) as work:
        assert work.scalars(select(AppealFile.content)).all() == [b"%"]
        assert work.scalars(select(AppealMessage.body)).all() == ["Вопрос"]
    upgrade(store, "0030", back=True)
    with store.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from appeal_file").scalar() == 1
    upgrade(store)


def test_writers_of_one_process_wait_in_turn_and_none_is_turned_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)  # Polling for the lock, most of them would give up.
    store = open_store(f"sqlite:///{tmp_path / 'busy.sqlite'}")

    def write(number: int) -> None:
        with Work(store) as work:
            work.add(Attempt(key=str(number), at=NOW))
            work.flush()
            time.sleep(0.02)
            work.commit()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(write, range(20)))
    with Work(store) as work:
        assert len(work.scalars(select(Attempt)).all()) == 20


def test_a_transaction_that_fails_lets_the_next_one_in(store: Engine) -> None:
    for _ in range(2):
        with Work(store) as work:
            work.add(OwnedAccount(person_id=7, account_number=610000000001, added_at=NOW))
            with pytest.raises(IntegrityError):
                work.commit()
    with Work(store) as work:
        work.add(Attempt(key="k", at=NOW))
        work.commit()
