"""The tables of this room can be taken back, and made again."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect

from dashboard.cabinet.store import upgrade
from dashboard.cabinet.store.database import MIGRATIONS

TABLES = {"mobile_sign_in"}


def test_the_migration_is_taken_back_and_made_again(store: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0020-1")
    assert not TABLES & set(inspect(store).get_table_names())
    upgrade(store)
    assert set(inspect(store).get_table_names()) >= TABLES
