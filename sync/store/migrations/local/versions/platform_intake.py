"""From which moment on users' messages are taken in from the platform."""

import sqlalchemy as sa
from alembic import op

revision = "l0006"
down_revision = "l0005"


def upgrade() -> None:
    op.create_table(
        "platform_intake",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.String(length=32), nullable=False),
        sa.CheckConstraint("only = 1", name="ck_platform_intake_only"),
        sa.PrimaryKeyConstraint("only", name="pk_platform_intake"),
    )
    op.create_index("ix_message_platform_id", "message", ["platform_id"])
