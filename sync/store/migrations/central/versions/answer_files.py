"""Files of answers, for the letters of other workplaces; erased with the words of their message."""

import sqlalchemy as sa
from alembic import op

revision = "c0044"
down_revision = "c0039"

_ERASED = """
CREATE FUNCTION public.erase_answer_files() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.answer_file WHERE NEW.entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND message_id = NEW.entity_id;
    RETURN NULL;
END $$;
CREATE TRIGGER erase_answer_files AFTER INSERT ON public.erasure
FOR EACH ROW EXECUTE FUNCTION public.erase_answer_files();
CREATE FUNCTION public.keep_answer_files_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.erasure WHERE entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND entity_id = NEW.message_id)
    THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_answer_files_erased BEFORE INSERT ON public.answer_file
FOR EACH ROW EXECUTE FUNCTION public.keep_answer_files_erased();
REVOKE ALL ON FUNCTION public.erase_answer_files() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.keep_answer_files_erased() FROM PUBLIC;
"""


def upgrade() -> None:
    op.create_table(
        "answer_file",
        sa.Column("station_id", sa.String(4), nullable=False),
        sa.Column("period", sa.String(4), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(content) <= 10485760", name="ck_answer_file_size"),
        sa.CheckConstraint("sha256 = encode(sha256(content), 'hex')", name="ck_answer_file_sha256"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 255", name="ck_answer_file_name"),
        sa.ForeignKeyConstraint(
            ["station_id", "period", "message_id"],
            ["message.station_id", "message.period", "message.id"],
            name="fk_answer_file_station_id_period_message_id",
        ),
        sa.PrimaryKeyConstraint(
            "station_id", "period", "message_id", "sha256", name="pk_answer_file"
        ),
    )
    op.create_index("ix_answer_file_received_at", "answer_file", ["received_at"])
    op.execute(_ERASED)
