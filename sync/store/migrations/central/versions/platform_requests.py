"""Messages of the platform that the worker takes in: from when on, and each once."""

import sqlalchemy as sa
from alembic import op

revision = "c0047"
down_revision = "c0045"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "platform_intake",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("told_at", moment, nullable=True),
        sa.CheckConstraint("one = 1", name="ck_platform_intake_one"),
        sa.PrimaryKeyConstraint("one", name="pk_platform_intake"),
    )
    op.create_table(
        "platform_request",
        sa.Column("platform_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("station_id", sa.String(4), nullable=True),
        sa.Column("period", sa.String(4), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("seen_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("state IN ('taken', 'left')", name="ck_platform_request_state"),
        sa.CheckConstraint(
            "(state = 'left') = (code IS NOT NULL)", name="ck_platform_request_code"
        ),
        sa.ForeignKeyConstraint(
            ["station_id", "period", "message_id"],
            ["message.station_id", "message.period", "message.id"],
            name="fk_platform_request_station_id_period_message_id",
        ),
        sa.PrimaryKeyConstraint("platform_id", name="pk_platform_request"),
    )
    op.create_index(
        "ix_platform_request_left",
        "platform_request",
        ["seen_at"],
        postgresql_where=sa.text("state = 'left'"),
    )
    op.create_index(
        "ix_platform_post_platform_id",
        "platform_post",
        ["platform_id"],
        postgresql_where=sa.text("platform_id IS NOT NULL"),
    )
