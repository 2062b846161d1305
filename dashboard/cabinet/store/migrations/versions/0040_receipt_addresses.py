"""When an address for receipts was confirmed: until then nothing goes to it."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0031"


def upgrade() -> None:
    """Take as confirmed what the company itself asked for, and the e-mails of cabinets."""
    op.add_column("receipt_subscription", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update receipt_subscription set confirmed_at = changed_at where person_id is null"
        " or email = (select email from person where person.person_id = receipt_subscription.person_id)"
    )


def downgrade() -> None:
    """Take the day back; what was not confirmed must not be sent to either."""
    op.execute("delete from receipt_subscription where confirmed_at is null")
    op.drop_column("receipt_subscription", "confirmed_at")
