"""Who gets the electronic receipt, and what became of each letter."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, the one referred to first."""
    op.create_table(
        "receipt_subscription",
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_receipt_subscription_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscription_id", name=op.f("pk_receipt_subscription")),
        sa.UniqueConstraint("account_number", "email", name=op.f("uq_receipt_subscription_account_number")),
    )
    op.create_index("ix_receipt_subscription_person_id", "receipt_subscription", ["person_id"])
    op.create_table(
        "receipt_letter",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["receipt_subscription.subscription_id"],
            name=op.f("fk_receipt_letter_subscription_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_receipt_letter")),
        sa.UniqueConstraint("subscription_id", "period", name=op.f("uq_receipt_letter_subscription_id")),
    )
    op.create_index("ix_receipt_letter_period_state", "receipt_letter", ["period", "state"])


def downgrade() -> None:
    """Take them back."""
    op.drop_table("receipt_letter")
    op.drop_table("receipt_subscription")
