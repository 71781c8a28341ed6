"""How far the outbox was written to a file for somebody to carry."""

import sqlalchemy as sa
from alembic import op

revision = "l0014"
down_revision = "l0013"


def upgrade() -> None:
    op.create_table(
        "outbox_export",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("up_to", sa.Integer(), nullable=False),
        sa.Column("exported_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("only = 1", name="ck_outbox_export_only"),
        sa.PrimaryKeyConstraint("only", name="pk_outbox_export"),
    )
