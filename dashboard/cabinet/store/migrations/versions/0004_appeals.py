"""Appeals, the conversation about each, and its files."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "appeal",
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_appeal_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("appeal_id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("form_id", name=op.f("uq_appeal_form_id")),
        sa.UniqueConstraint("number", name=op.f("uq_appeal_number")),
    )
    for column in ("person_id", "account_number", "status"):
        op.create_index(f"ix_appeal_{column}", "appeal", [column])
    op.create_table(
        "appeal_message",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeal.appeal_id"], name=op.f("fk_appeal_message_appeal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_appeal_message")),
    )
    op.create_index("ix_appeal_message_appeal_id", "appeal_message", ["appeal_id"])
    op.create_table(
        "appeal_file",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["appeal_message.message_id"],
            name=op.f("fk_appeal_file_message_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_appeal_file")),
        sa.UniqueConstraint("key", name=op.f("uq_appeal_file_key")),
    )
    op.create_index("ix_appeal_file_message_id", "appeal_file", ["message_id"])


def downgrade() -> None:
    """Take them back."""
    for table in ("appeal_file", "appeal_message", "appeal"):
        op.drop_table(table)
