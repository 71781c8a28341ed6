"""Incidents of all workplaces: what happened to them, taken by every workplace.

Word of a text goes out at once; that one more caller was told it can wait for the next look, and
sixty callers are not to wake every workplace sixty times.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0024"
down_revision = "c0023"

_NOTE = """
CREATE FUNCTION note_incidents() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'incidents', 'incident_event', id::text, 'put', 1 FROM fresh ORDER BY at, id;
    IF EXISTS (SELECT FROM fresh WHERE act <> 'call_linked') THEN
        PERFORM pg_notify('edinyi_feed', 'incidents');
    END IF;
    RETURN NULL;
END $$
"""
_TOLD = """used_entries @? '$[*] ? (@.kind == "script" && @.key starts with "incident/")'"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "incident_event",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rev = 1", name="ck_incident_event_rev"),
        sa.CheckConstraint(
            "act IN ('proposed', 'declared', 'edited', 'ended', 'call_linked')",
            name="ck_incident_event_act",
        ),
        sa.CheckConstraint(
            "act IN ('proposed', 'call_linked') OR by_role = 'supervisor'",
            name="ck_incident_event_led",
        ),
        sa.CheckConstraint(
            "(act = 'call_linked') = (call_id IS NOT NULL)", name="ck_incident_event_call"
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_incident_event_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_incident_event"),
    )
    op.create_index("ix_incident_event_at", "incident_event", ["at"])
    op.create_index(
        "ix_call_record_incident", "call_record", ["arrived_at"], postgresql_where=sa.text(_TOLD)
    )
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    op.execute(_NOTE.format(schema=schema))
    op.execute(
        "CREATE TRIGGER note_incidents AFTER INSERT ON incident_event "
        "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_incidents()"
    )
