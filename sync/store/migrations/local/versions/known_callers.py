"""What is known of callers of other workplaces, for when the centre is away."""

import sqlalchemy as sa
from alembic import op

revision = "l0018"
down_revision = "l0017"


def upgrade() -> None:
    for table, own in (("known_call", "result"), ("known_message", "state")):
        further = [sa.Column("unit", sa.Text(), nullable=True)] if own == "state" else []
        op.create_table(
            table,
            sa.Column("id", sa.String(length=36), nullable=False),
            sa.Column("number", sa.Text(), nullable=False),
            sa.Column("phone", sa.Text(), nullable=False),
            sa.Column("at", sa.String(length=32), nullable=False),
            sa.Column("topic", sa.Text(), nullable=True),
            sa.Column("category", sa.Text(), nullable=True),
            sa.Column("about", sa.Text(), nullable=False),
            sa.Column("received_at", sa.String(length=32), nullable=False),
            sa.Column(own, sa.Text(), nullable=own == "result"),
            *further,
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_phone_at", table, ["phone", "at"])
        op.create_index(f"ix_{table}_received_at", table, ["received_at"])
