"""Files of answers on their way to the platform."""

import sqlalchemy as sa
from alembic import op

revision = "l0056"
down_revision = "l0055"


def upgrade() -> None:
    op.create_table(
        "platform_media",
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("media_id", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", sa.String(length=32), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'taken', 'told', 'refused')", name="ck_platform_media_state"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["message_event.id"], name="fk_platform_media_event_id"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_platform_media_message_id"
        ),
        sa.PrimaryKeyConstraint("event_id", "sha256", name="pk_platform_media"),
    )
    op.create_index(
        "ix_platform_media_open",
        "platform_media",
        ["event_id"],
        sqlite_where=sa.text("state IN ('waiting', 'taken')"),
    )
