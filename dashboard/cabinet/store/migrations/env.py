"""How Alembic runs here: on the connection that `upgrade` hands over."""

from alembic import context

from dashboard.cabinet.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
