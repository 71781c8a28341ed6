"""What one workplace wrote and others need: edits of the calendar, steps, the platform's word."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "c0011"
down_revision = "c0010"

_NOTE = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver, station_id)
    {select};
    {after}
    RETURN NULL;
END $$
"""
_NOTIFY = "IF FOUND THEN PERFORM pg_notify('edinyi_feed', 'city'); END IF;"
_FUNCTIONS = {
    "note_city_edits": (
        "SELECT 'city', 'city_edit', id::text, 'put', 1, NULL FROM fresh ORDER BY position",
        _NOTIFY,
    ),
    "note_steps": (
        "SELECT 'handling', 'message_event', period || '/' || id, 'put', rev, station_id "
        "FROM fresh ORDER BY message_id, seq",
        "",
    ),
    "note_posts": (
        "SELECT 'handling', 'platform_post', period || '/' || message_id, 'put', 1, station_id "
        "FROM fresh WHERE num_nonnulls(platform_id, platform_status, answer_text) > 0",
        "",
    ),
    "note_posts_changed": (
        "SELECT 'handling', 'platform_post', fresh.period || '/' || fresh.message_id, 'put', 1, "
        "fresh.station_id "
        "FROM fresh JOIN stale USING (station_id, period, message_id) "
        "WHERE (fresh.platform_id, fresh.platform_status, fresh.answer_text) IS DISTINCT FROM "
        "(stale.platform_id, stale.platform_status, stale.answer_text)",
        "",
    ),
}
_TRIGGERS = (
    ("note_city_edits", "INSERT ON city_edit REFERENCING NEW TABLE AS fresh"),
    ("note_steps", "INSERT ON message_event REFERENCING NEW TABLE AS fresh"),
    ("note_posts", "INSERT ON platform_post REFERENCING NEW TABLE AS fresh"),
    (
        "note_posts_changed",
        "UPDATE ON platform_post REFERENCING OLD TABLE AS stale NEW TABLE AS fresh",
    ),
)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "city_edit",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("change", JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("moved", JSONB(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rev = 1", name="ck_city_edit_rev"),
        sa.CheckConstraint("btrim(reason) <> ''", name="ck_city_edit_reason"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_city_edit_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_city_edit"),
        sa.UniqueConstraint("position", name="uq_city_edit_position"),
    )
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    for name, (select, after) in _FUNCTIONS.items():
        op.execute(_NOTE.format(name=name, schema=schema, select=select, after=after))
    for name, event in _TRIGGERS:
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
