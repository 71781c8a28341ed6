"""What was handed to the platform, and how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "l0002"
down_revision = "l0001"


def upgrade() -> None:
    op.create_table(
        "platform_post",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_begun_at", sa.String(length=32), nullable=True),
        sa.Column("next_try_at", sa.String(length=32), nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("platform_id", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.String(length=32), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'posting', 'token', 'posted', 'closed', 'rejected')",
            name="ck_platform_post_state",
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_platform_post_message_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_platform_post"),
    )
    op.create_index("ix_platform_post_state_next_try_at", "platform_post", ["state", "next_try_at"])
