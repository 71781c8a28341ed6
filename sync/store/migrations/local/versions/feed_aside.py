"""Items of the feeds that this program could not read."""

import sqlalchemy as sa
from alembic import op

revision = "l0049"
down_revision = "l0048"


def upgrade() -> None:
    op.create_table(
        "feed_aside",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("feed", "entity", "item_id", name="pk_feed_aside"),
    )
