"""Promised calls are all workplaces': what was promised, and what became of it anywhere.

Word of them goes out at once; that somebody was told of a call's time can wait for the next look.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0032"
down_revision = "c0031"

_NOTE_CALLS = """
CREATE FUNCTION note_planned_calls() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'planned', 'planned_call', id::text, 'put', 1 FROM touched ORDER BY made_at, id;
    IF FOUND THEN
        PERFORM pg_notify('edinyi_feed', 'planned');
    END IF;
    RETURN NULL;
END $$
"""
_NOTE_STEPS = """
CREATE FUNCTION note_planned_steps() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'planned', 'planned_step', id::text, 'put', 1 FROM fresh ORDER BY at, id;
    IF EXISTS (SELECT FROM fresh WHERE act <> 'reminded') THEN
        PERFORM pg_notify('edinyi_feed', 'planned');
    END IF;
    RETURN NULL;
END $$
"""
_END = """
CREATE FUNCTION public.end_planned(before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ended integer;
BEGIN
    WITH chosen AS (
        SELECT c.station_id, c.period, c.id FROM planned_call AS c
        WHERE (c.phone <> '' OR c.note <> '') AND EXISTS (SELECT FROM planned_step AS s
            WHERE s.call_id = c.id AND s.act IN ('talked', 'not_needed') AND s.at < before)
        ORDER BY c.period, c.station_id, c.id LIMIT most)
    UPDATE planned_call AS c SET phone = '', note = '' FROM chosen
        WHERE c.station_id = chosen.station_id AND c.period = chosen.period AND c.id = chosen.id;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
REVOKE EXECUTE ON FUNCTION public.end_planned(timestamptz, integer) FROM PUBLIC;
"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "planned_call",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("for_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rev = 1", name="ck_planned_call_rev"),
        sa.CheckConstraint("tries >= 0", name="ck_planned_call_tries"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_planned_call_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_planned_call"),
    )
    op.create_index("ix_planned_call_id", "planned_call", ["id"])
    op.create_index("ix_planned_call_phone", "planned_call", ["phone"])
    op.create_table(
        "planned_step",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("moment", moment, nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rev = 1", name="ck_planned_step_rev"),
        sa.CheckConstraint(
            "act IN ('talked', 'not_reached', 'not_needed', 'reminded')",
            name="ck_planned_step_act",
        ),
        sa.CheckConstraint(
            "(act IN ('not_reached', 'reminded')) = (moment IS NOT NULL)",
            name="ck_planned_step_moment",
        ),
        sa.CheckConstraint(
            "by_role IN ('operator', 'moderator', 'supervisor')", name="ck_planned_step_by_role"
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_planned_step_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_planned_step"),
    )
    op.create_index("ix_planned_step_id", "planned_step", ["id"])
    op.create_index("ix_planned_step_call_id", "planned_step", ["call_id"])
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    op.execute(_NOTE_CALLS.format(schema=schema))
    op.execute(_NOTE_STEPS.format(schema=schema))
    # who is erased is to be forgotten at every workplace
    for event in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER note_planned_calls_{event.lower()} AFTER {event} ON planned_call "
            "REFERENCING NEW TABLE AS touched "
            "FOR EACH STATEMENT EXECUTE FUNCTION note_planned_calls()"
        )
    op.execute(
        "CREATE TRIGGER note_planned_steps AFTER INSERT ON planned_step "
        "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_planned_steps()"
    )
    op.execute(_END)
