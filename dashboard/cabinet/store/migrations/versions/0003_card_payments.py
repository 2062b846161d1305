"""Payments by card, and the notices that confirm them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "card_payment",
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("amount_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("operation_id", sa.String(length=64), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rrn", sa.String(length=12), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.delivery_id"], name=op.f("fk_card_payment_delivery_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_card_payment_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_card_payment")),
        sa.UniqueConstraint("form_id", name=op.f("uq_card_payment_form_id")),
        sa.UniqueConstraint("operation_id", name=op.f("uq_card_payment_operation_id")),
        sa.UniqueConstraint("order_id", name=op.f("uq_card_payment_order_id")),
    )
    op.create_index("ix_card_payment_account_number", "card_payment", ["account_number"])
    op.create_index("ix_card_payment_delivery_id", "card_payment", ["delivery_id"])
    op.create_table(
        "card_notice",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.String(length=64), nullable=False),
        sa.Column("operation_id", sa.String(length=64), nullable=False),
        sa.Column("amount_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("is_paid", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_card_notice")),
    )
    op.create_index("ix_card_notice_order_id", "card_notice", ["order_id"])


def downgrade() -> None:
    """Take them back."""
    op.drop_table("card_notice")
    op.drop_table("card_payment")
