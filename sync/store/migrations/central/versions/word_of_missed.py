"""That somebody has dealt with a missed call is heard at once, and not at the next look.

Until it is, a second workplace calls the same person back. Records without such a mark wake nobody.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0030"
down_revision = "c0029"

_NOTE = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', station_id || '/' || period || '/' || id, 'put', rev
    FROM touched {which};
    IF EXISTS (SELECT FROM touched WHERE handled_at IS NOT NULL) THEN
        PERFORM pg_notify('edinyi_feed', 'missed');
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    for event, which in (
        ("insert", "WHERE phone IS NOT NULL AND state = 'closed'"),
        ("update", ""),
    ):
        op.execute(_NOTE.format(name=f"note_call_record_{event}", schema=schema, which=which))
