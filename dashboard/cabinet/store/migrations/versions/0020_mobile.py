"""Tokens of the mobile application."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "mobile_sign_in",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("access_hash", sa.String(length=64), nullable=False),
        sa.Column("access_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refresh_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.session_id"], name=op.f("fk_mobile_sign_in_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_mobile_sign_in")),
        sa.UniqueConstraint("access_hash", name=op.f("uq_mobile_sign_in_access_hash")),
        sa.UniqueConstraint("refresh_hash", name=op.f("uq_mobile_sign_in_refresh_hash")),
    )


def downgrade() -> None:
    """Take it back: whoever uses the application signs in again."""
    op.drop_table("mobile_sign_in")
