"""The worker reports the steps of all workplaces to the platform: how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "c0036"
down_revision = "c0035"

# What happened before is not reported now: the platform would show old news as new.
_FROM_NOW_ON = """
UPDATE platform_post AS post SET news_seq = known.seq
FROM (
    SELECT station_id, period, message_id, max(seq) AS seq FROM message_event
    GROUP BY station_id, period, message_id
) AS known
WHERE known.station_id = post.station_id AND known.period = post.period
    AND known.message_id = post.message_id
"""


def upgrade() -> None:
    none = sa.text("0")
    moment = sa.DateTime(timezone=True)
    op.add_column(
        "platform_post", sa.Column("news_seq", sa.Integer(), server_default=none, nullable=False)
    )
    op.add_column(
        "platform_post", sa.Column("news_tries", sa.Integer(), server_default=none, nullable=False)
    )
    op.add_column("platform_post", sa.Column("news_next_at", moment, nullable=True))
    op.add_column("platform_post", sa.Column("news_error", sa.Text(), nullable=True))
    op.create_index(
        "ix_platform_post_news",
        "platform_post",
        ["news_next_at"],
        postgresql_where=sa.text("news_next_at IS NOT NULL"),
    )
    op.create_index("ix_message_event_received_at", "message_event", ["received_at"])
    op.execute(_FROM_NOW_ON)
