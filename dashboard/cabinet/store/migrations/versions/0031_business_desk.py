"""What businesses send: energy by form and file, appeals about a contract."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Make the table; let appeals belong to a contract, and messages say who wrote and what became of the appeal."""
    op.create_table(
        "energy_sending",
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contract_number", sa.String(length=32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.delivery_id"], name=op.f("fk_energy_sending_delivery_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_energy_sending_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("sending_id", name=op.f("pk_energy_sending")),
        sa.UniqueConstraint("form_id", name=op.f("uq_energy_sending_form_id")),
        sa.UniqueConstraint("receipt", name=op.f("uq_energy_sending_receipt")),
    )
    for column in ("contract_number", "delivery_id", "person_id"):
        op.create_index(f"ix_energy_sending_{column}", "energy_sending", [column])
    op.add_column("delivery", sa.Column("sha256", sa.String(length=64), nullable=True))
    with _conversations_aside(), op.batch_alter_table("appeal") as appeal:
        appeal.add_column(sa.Column("contract_number", sa.String(length=32), nullable=True))
        appeal.alter_column("account_number", existing_type=sa.BigInteger(), nullable=True)
        appeal.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        appeal.create_index("ix_appeal_contract_number", ["contract_number"])
    op.add_column("appeal_message", sa.Column("status", sa.String(length=10), nullable=True))


def downgrade() -> None:
    """Take them back, and with them what only they could hold: appeals about contracts."""
    op.execute("delete from appeal where contract_number is not null")
    op.drop_column("appeal_message", "status")
    with _conversations_aside(), op.batch_alter_table("appeal") as appeal:
        appeal.drop_index("ix_appeal_contract_number")
        appeal.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        appeal.alter_column("account_number", existing_type=sa.BigInteger(), nullable=False)
        appeal.drop_column("contract_number")
    op.drop_column("delivery", "sha256")
    op.drop_table("energy_sending")


@contextmanager
def _conversations_aside() -> Iterator[None]:
    """Keep messages and files safe: SQLite alters a table by dropping it, and what hangs on its rows goes too."""
    if op.get_bind().dialect.name != "sqlite":
        yield
        return
    tables = {
        name: sa.Table(name, sa.MetaData(), autoload_with=op.get_bind()) for name in ("appeal_message", "appeal_file")
    }
    for name in tables:
        op.execute(f"create temp table kept_{name} as select * from {name}")
    for name in reversed(tables):
        op.drop_table(name)
    yield
    for name, table in tables.items():
        table.create(op.get_bind())
        op.execute(f"insert into {name} select * from kept_{name}")
        op.execute(f"drop table kept_{name}")
