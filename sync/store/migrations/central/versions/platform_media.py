"""Files of answers on their way to the platform; erased with the words of their message."""

import sqlalchemy as sa
from alembic import op

revision = "c0045"
down_revision = "c0044"

_ERASED = """
CREATE OR REPLACE FUNCTION public.erase_answer_files() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.platform_media WHERE NEW.entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND message_id = NEW.entity_id;
    DELETE FROM public.answer_file WHERE NEW.entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND message_id = NEW.entity_id;
    RETURN NULL;
END $$;
"""


def upgrade() -> None:
    op.create_table(
        "platform_media",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.String(4), nullable=False),
        sa.Column("period", sa.String(4), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("media_id", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'taken', 'told', 'refused')", name="ck_platform_media_state"
        ),
        sa.ForeignKeyConstraint(
            ["station_id", "period", "message_id"],
            ["message.station_id", "message.period", "message.id"],
            name="fk_platform_media_station_id_period_message_id",
        ),
        sa.PrimaryKeyConstraint("event_id", "position", name="pk_platform_media"),
    )
    op.create_index(
        "ix_platform_media_open",
        "platform_media",
        ["event_id"],
        postgresql_where=sa.text("state IN ('waiting', 'taken')"),
    )
    op.create_index(
        "ix_platform_media_station_id_period_message_id",
        "platform_media",
        ["station_id", "period", "message_id"],
    )
    op.execute(_ERASED)
