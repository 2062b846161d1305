"""Tokens of the mobile application; subscriptions to electronic receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0001"


def upgrade() -> None:
    """Make both tables."""
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
    op.create_table(
        "receipt_subscription",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_receipt_subscription_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "account_number", name=op.f("pk_receipt_subscription")),
    )


def downgrade() -> None:
    """Take them back: whoever uses the application signs in again, receipts are no longer sent."""
    op.drop_table("receipt_subscription")
    op.drop_table("mobile_sign_in")
