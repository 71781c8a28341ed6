"""Who writes a talk down has what was missed before it, and not what comes while she writes.

A telephone whose talk is being written down may be taken by whoever returns a later call. A program
of the version before goes on with its own function, tells of no talk and waits for all of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0035"
down_revision = "c0034"

_CLAIM = """
CREATE FUNCTION claim_telephone(
    own text, asked uuid, telephone text, person uuid, person_name text, comes_to text,
    is_forced boolean, seconds integer, talked timestamptz, missed timestamptz
) RETURNS TABLE (id uuid, by_name text, stage text, talked_at timestamptz) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    station text := coalesce(public.current_station(), own);
    was call_claim;
BEGIN
    DELETE FROM call_claim AS c WHERE c.until < clock_timestamp();
    SELECT * INTO was FROM call_claim AS c WHERE c.phone = telephone;
    IF comes_to <> 'calling' AND was.id IS NULL AND NOT EXISTS (
        SELECT FROM call_record AS m
        WHERE m.phone = telephone AND m.state = 'closed' AND m.result = 'not_answered'
          AND m.direction = 'incoming' AND m.end_cause IS DISTINCT FROM 'answered_elsewhere'
          AND m.handled_at IS NULL AND m.arrived_at > now() - interval '90 days'
          AND (talked IS NULL OR m.arrived_at <= talked)
    ) THEN
        RETURN;
    END IF;
    INSERT INTO call_claim AS c (id, station_id, phone, by_id, by_name, is_talk, stage, talked_at,
                                 until)
    VALUES (asked, station, telephone, person, person_name, comes_to <> 'calling', comes_to, talked,
            clock_timestamp() + make_interval(secs => seconds))
    ON CONFLICT (phone) DO UPDATE
        SET id = excluded.id, station_id = excluded.station_id, by_id = excluded.by_id,
            by_name = excluded.by_name, is_talk = excluded.is_talk, stage = excluded.stage,
            talked_at = excluded.talked_at, until = excluded.until
        WHERE c.id = asked OR c.station_id = station OR is_forced
           OR (c.stage = 'writing' AND c.talked_at < missed);
    IF FOUND THEN
        INSERT INTO feed_change (feed, entity, entity_id, op, ver)
        SELECT 'claims', 'call_claim', k.id::text, 'put', 1
        FROM (SELECT asked AS id UNION SELECT was.id) AS k WHERE k.id IS NOT NULL;
        -- a renewal is heard of at the next look: it changes nothing that is shown
        IF was.id IS DISTINCT FROM asked OR was.stage IS DISTINCT FROM comes_to
                OR was.talked_at IS DISTINCT FROM talked THEN
            PERFORM pg_notify('edinyi_feed', 'claims');
        END IF;
    END IF;
    RETURN QUERY
        SELECT c.id, c.by_name, c.stage, c.talked_at FROM call_claim AS c WHERE c.phone = telephone;
END $$
"""
_FORMER = """
CREATE OR REPLACE FUNCTION claim_telephone(
    own text, asked uuid, telephone text, person uuid, person_name text, comes_to text,
    is_forced boolean, seconds integer
) RETURNS TABLE (id uuid, by_name text, stage text) LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.id, c.by_name, c.stage
    FROM claim_telephone(own, asked, telephone, person, person_name, comes_to, is_forced, seconds,
        NULL, NULL) AS c
$$
"""


def upgrade() -> None:
    op.add_column("call_claim", sa.Column("talked_at", sa.DateTime(timezone=True)))
    op.execute(_CLAIM)
    op.execute(
        "REVOKE ALL ON FUNCTION claim_telephone(text, uuid, text, uuid, text, text, boolean,"
        " integer, timestamptz, timestamptz) FROM PUBLIC"
    )
    op.execute(_FORMER)
