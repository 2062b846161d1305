"""The application store on PostgreSQL: its migrations make the same tables there, and people can use it."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.receipts import subscriptions
from dashboard.cabinet.store import open_store, upgrade
from dashboard.cabinet.store.tables import Attempt, OwnedAccount, Person, Table
from dashboard.cabinet.subscription import subscribe
from tests.bench.peers.with_postgresql import PROGRAMS, server
from tests.cabinet.conftest import ACCOUNT, Cabinet
from tests.cabinet.test_store import NOW

pytestmark = pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed: apt-get install postgresql")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server of its own, gone with all it holds."""
    with server() as running:
        yield f"postgresql+psycopg://postgres@/postgres?host={running.folder}"


@pytest.fixture
def store(url: str) -> Iterator[Engine]:
    """An empty database brought up to date; the cabinet's own tests use it under this name."""
    store = open_store(url)
    with store.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    upgrade(store)
    yield store
    store.dispose()


def test_the_migrations_make_the_tables_the_code_knows(store: Engine) -> None:
    with store.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*Table.metadata.tables, "alembic_version"}
        assert not compare_metadata(MigrationContext.configure(connection), Table.metadata)


def test_every_migration_can_be_taken_back_and_leaves_what_was_there_before(store: Engine) -> None:
    with Work(store) as work:
        times = dict.fromkeys(("consented_at", "created_at", "password_changed_at"), NOW)
        work.add(Person(person_id=1, email="a@example.org", password_hash="", **times))
        work.flush()
        work.add(OwnedAccount(person_id=1, account_number=ACCOUNT, added_at=NOW))
        work.add(Attempt(key="k", at=NOW))
        work.commit()
    upgrade(store, "0001", back=True)
    upgrade(store)
    with Work(store) as work:
        assert work.scalars(select(OwnedAccount.account_number)).all() == [ACCOUNT]
        assert work.scalars(select(Attempt.at)).all() == [NOW]
    with store.connect() as connection:
        assert not compare_metadata(MigrationContext.configure(connection), Table.metadata)


def test_people_register_sign_in_and_choose_their_receipts(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    assert browser.is_in()
    letter = subscribe(cabinet.store, 1, ACCOUNT, "book@example.org", is_on=True, now=cabinet.clock())
    assert letter is not None
    assert "Квитанции будут приходить" in browser.fill(f"/receipt-address?token={letter.token}").page
    assert [(one.email, one.is_confirmed) for one in subscriptions(cabinet.store, ACCOUNT)] == [
        ("book@example.org", True)
    ]
    employer = cabinet.representative(cabinet.browser("198.51.100.3"), email="boss@example.org")
    assert employer.act("/contracts/remove", contract="61-000001").leads_to == "/contracts?said=done_contract_removed"
