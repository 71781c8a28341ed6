"""Which centre, and which branch of its history, this store last wrote to."""

import sqlalchemy as sa
from alembic import op

revision = "l0017"
down_revision = "l0016"


def upgrade() -> None:
    op.create_table(
        "central_mark",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("system_identifier", sa.Text(), nullable=False),
        sa.Column("timeline", sa.Integer(), nullable=False),
        sa.Column("succession_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("only = 1", name="ck_central_mark_only"),
        sa.PrimaryKeyConstraint("only", name="pk_central_mark"),
    )
    # only of rows that can be sent again: the others become many
    op.drop_index("ix_outbox_sent_at", table_name="outbox")
    op.create_index("ix_outbox_sent", "outbox", ["sent_at"], sqlite_where=sa.text("state = 'sent'"))
