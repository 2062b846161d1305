"""Representatives of contracts, registrations and invitations that wait for them, sessions that are remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0020"


def upgrade() -> None:
    """Make the table and the columns."""
    op.create_table(
        "representative",
        sa.Column("representative_id", sa.Integer(), nullable=False),
        sa.Column("contract_number", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("position", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("authority", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("phone", sa.String(length=20), nullable=False, server_default=""),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("access", sa.String(length=40), nullable=False, server_default="owner"),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("alias", sa.String(length=60), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_representative_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.person_id"], name=op.f("fk_representative_granted_by"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("representative_id", name=op.f("pk_representative")),
    )
    op.create_index("ix_representative_person_id", "representative", ["person_id"])
    op.create_index("ix_representative_contract_number", "representative", ["contract_number"])
    with op.batch_alter_table("owned_account") as table:
        table.alter_column(
            "access", type_=sa.String(length=40), existing_nullable=False, existing_server_default="owner"
        )
    with op.batch_alter_table("one_time_token") as table:
        table.alter_column("access", type_=sa.String(length=40), existing_nullable=True)
        table.add_column(sa.Column("contract_number", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("details", sa.Text(), nullable=True))
    op.add_column("session", sa.Column("is_remembered", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take them back: whoever is remembered signs in again."""
    op.execute("delete from session where is_remembered")
    op.execute("delete from one_time_token where contract_number is not null")
    # Not in a batch, which would make the table anew and with it lose what refers to it.
    op.drop_column("session", "is_remembered")
    with op.batch_alter_table("one_time_token") as table:
        table.drop_column("details")
        table.drop_column("contract_number")
        table.alter_column("access", type_=sa.String(length=10), existing_nullable=True)
    with op.batch_alter_table("owned_account") as table:
        table.alter_column(
            "access", type_=sa.String(length=10), existing_nullable=False, existing_server_default="owner"
        )
    op.drop_table("representative")
