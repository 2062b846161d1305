"""Accounts with a name and shared with relatives; links that belong to a person."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; whoever has an account owns it."""
    with op.batch_alter_table("owned_account") as table:
        table.add_column(sa.Column("access", sa.String(length=10), nullable=False, server_default="owner"))
        table.add_column(sa.Column("granted_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("alias", sa.String(length=60), nullable=False, server_default=""))
        table.create_foreign_key(
            op.f("fk_owned_account_granted_by"), "person", ["granted_by"], ["person_id"], ondelete="CASCADE"
        )
    with op.batch_alter_table("one_time_token") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("access", sa.String(length=10), nullable=True))
        table.create_foreign_key(
            op.f("fk_one_time_token_person_id"), "person", ["person_id"], ["person_id"], ondelete="CASCADE"
        )
    op.create_index("ix_one_time_token_person_id", "one_time_token", ["person_id"])


def downgrade() -> None:
    """Take the columns back, and with them what relatives were let see."""
    op.execute("delete from owned_account where access <> 'owner'")
    op.execute("delete from one_time_token where purpose not in ('register', 'restore')")
    op.drop_index("ix_one_time_token_person_id", "one_time_token")
    with op.batch_alter_table("one_time_token") as table:
        table.drop_constraint(op.f("fk_one_time_token_person_id"), type_="foreignkey")
        table.drop_column("access")
        table.drop_column("person_id")
    with op.batch_alter_table("owned_account") as table:
        table.drop_constraint(op.f("fk_owned_account_granted_by"), type_="foreignkey")
        table.drop_column("alias")
        table.drop_column("granted_by")
        table.drop_column("access")
