"""The log of changes does not grow for ever: the worker, which owns nothing, may shorten it."""

from alembic import op

revision = "c0015"
down_revision = "c0014"

# Not what a transaction that is still open stands before: a mark may lie there.
_FORGET = """
CREATE FUNCTION forget_changes(before timestamptz) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    IF before > now() - interval '1 day' THEN
        RAISE EXCEPTION 'a day of changes is kept' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO feed_floor AS floor (feed, xid, seq)
        SELECT DISTINCT ON (feed) feed, xid, seq FROM feed_change
        WHERE at < before AND xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY feed, xid DESC, seq DESC
    ON CONFLICT (feed) DO UPDATE SET xid = excluded.xid, seq = excluded.seq
        WHERE (floor.xid, floor.seq) < (excluded.xid, excluded.seq);
    DELETE FROM feed_change AS c USING feed_floor AS floor
        WHERE c.feed = floor.feed AND (c.xid, c.seq) <= (floor.xid, floor.seq);
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$
"""


def upgrade() -> None:
    op.execute(_FORGET)
    op.execute("REVOKE ALL ON FUNCTION forget_changes(timestamptz) FROM PUBLIC")
