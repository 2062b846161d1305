"""Opening the application store and bringing its schema up to date."""

import functools
import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 15
"""How long a writer of SQLite waits for one of another process."""
QUEUE_SECONDS = 60
"""How long it waits for those of its own, who are served in turn."""
_WRITES = "writes"


@functools.lru_cache(maxsize=4)
def open_store(url: str) -> Engine:
    """The store at a URL, one engine a process; the schema is brought up to date on first use."""
    where = make_url(url)
    is_file = where.get_backend_name() == "sqlite" and bool(where.database)
    if is_file:
        Path(str(where.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(where, connect_args={"timeout": BUSY_SECONDS} if is_file else {}, pool_pre_ping=True)
    if is_file:
        event.listen(engine, "connect", _set_up_sqlite)
        writers = _Writers()
        event.listen(engine, "begin", writers.begin)
        event.listen(engine, "commit", writers.done)
        event.listen(engine, "rollback", writers.done)
    upgrade(engine)
    return engine


def for_reading(store: Engine) -> Engine:
    """The same store for transactions that only read: they need not wait for SQLite's one writer."""
    return store.execution_options(only_reads=True)


def upgrade(engine: Engine, revision: str = "heads", *, back: bool = False) -> None:
    """Run the migrations that the store has not seen; `back`, take back those after a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if back else command.upgrade)(config, revision)


def _set_up_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Readers beside a writer, foreign keys, and our own `begin`: the driver's would come too late to hold a lock."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


class _Writers:
    """The writers of one process in a queue.

    SQLite lets them poll for its one lock, and whoever is unlucky often enough fails; of fifty at once somebody is.
    Another process (the night, the dashboard) still polls, against one of us at a time.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def begin(self, connection: Connection) -> None:
        """A transaction that will write takes its lock at once: taken half-way it could only fail."""
        if connection.get_execution_options().get("only_reads"):
            connection.exec_driver_sql("begin")
            return
        if not self._turn.acquire(timeout=QUEUE_SECONDS):
            raise TimeoutError(f"the application store was busy for {QUEUE_SECONDS} s")
        try:
            connection.exec_driver_sql("begin immediate")
        except BaseException:
            self._turn.release()
            raise
        connection.info[_WRITES] = True

    def done(self, connection: Connection) -> None:
        """The next one, please: this transaction is at its end whether it stands or not."""
        if connection.info.pop(_WRITES, False):
            # A commit is announced before it happens: what is left of it, SQLite makes the next writer wait for.
            self._turn.release()
