"""Centres that took the place of former ones by an administrator's word."""

import sqlalchemy as sa
from alembic import op

revision = "c0012"
down_revision = "c0011"


def upgrade() -> None:
    op.create_table(
        "succession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("system_identifier", sa.Text(), nullable=False),
        sa.Column("timeline", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_succession"),
    )
