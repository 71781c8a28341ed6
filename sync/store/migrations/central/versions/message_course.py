"""What the statistics need of each message, kept beside it by the worker.

Messages that are there already get their rows from the worker, a portion at a time: nothing is
read through here, and senders do not wait.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "c0022"
down_revision = "c0021"

# An event only raises a number, in the order in which all senders do: what comes of it is counted
# later. What was made of words that were erased goes at once.
_MARK = """
CREATE FUNCTION public.mark_courses() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.message_course AS c (station_id, period, message_id)
    SELECT DISTINCT station_id, period, message_id FROM fresh ORDER BY 1, 2, 3
    ON CONFLICT (station_id, period, message_id) DO UPDATE SET changed = c.changed + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION public.mark_courses_erased() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.message_course AS c
    SET changed = c.changed + 1, street_key = NULL, street_name = NULL
    FROM (SELECT DISTINCT fresh.station_id, fresh.period, fresh.message_id
          FROM fresh JOIN former USING (station_id, period, id)
          WHERE fresh.facts IS DISTINCT FROM former.facts) AS e
    WHERE c.station_id = e.station_id AND c.period = e.period AND c.message_id = e.message_id;
    RETURN NULL;
END $$;

CREATE TRIGGER mark_courses AFTER INSERT ON public.message_event
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.mark_courses();
CREATE TRIGGER mark_courses_erased AFTER UPDATE ON public.message_event
    REFERENCING OLD TABLE AS former NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.mark_courses_erased();
"""


def upgrade() -> None:
    op.create_table(
        "message_course",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("changed", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=True)
            for name in ("state", "topic", "category", "organ", "street_key", "street_name")
        ),
        sa.Column("is_from_platform", sa.Boolean(), nullable=True),
        sa.Column("submitted_s", sa.BigInteger(), nullable=True),
        sa.Column("decided_s", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("decided_by_role", sa.Text(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.Column("told", JSONB(), nullable=True),
        sa.Column("answers", JSONB(), nullable=True),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_message_course_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "message_id", name="pk_message_course"),
    )
    op.create_index(
        "ix_message_course_stale",
        "message_course",
        ["period"],
        postgresql_where=sa.text("counted IS DISTINCT FROM changed"),
    )
    op.execute(_MARK)
