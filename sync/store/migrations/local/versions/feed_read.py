"""Up to when everything that comes from the centre was taken here."""

import sqlalchemy as sa
from alembic import op

revision = "l0025"
down_revision = "l0024"


def upgrade() -> None:
    op.create_table(
        "feed_read",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_at", sa.String(length=32), nullable=False),
        sa.Column("held_since", sa.String(length=32), nullable=True),
        sa.CheckConstraint("only = 1", name="ck_feed_read_only"),
        sa.PrimaryKeyConstraint("only", name="pk_feed_read"),
    )
