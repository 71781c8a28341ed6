"""Whoever writes down a talk with somebody who was missed has dealt with him, until it is saved.

A program of the version before goes on with its own function, and reads that somebody talks.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0034"
down_revision = "c0033"

_STAGED = """
CREATE FUNCTION claim_telephone(
    own text, asked uuid, telephone text, person uuid, person_name text, comes_to text,
    is_forced boolean, seconds integer
) RETURNS TABLE (id uuid, by_name text, stage text) LANGUAGE plpgsql
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
    ) THEN
        RETURN;
    END IF;
    INSERT INTO call_claim AS c (id, station_id, phone, by_id, by_name, is_talk, stage, until)
    VALUES (asked, station, telephone, person, person_name, comes_to <> 'calling',
            comes_to, clock_timestamp() + make_interval(secs => seconds))
    ON CONFLICT (phone) DO UPDATE
        SET id = excluded.id, station_id = excluded.station_id, by_id = excluded.by_id,
            by_name = excluded.by_name, is_talk = excluded.is_talk, stage = excluded.stage,
            until = excluded.until
        WHERE c.id = asked OR c.station_id = station OR is_forced;
    IF FOUND THEN
        INSERT INTO feed_change (feed, entity, entity_id, op, ver)
        SELECT 'claims', 'call_claim', k.id::text, 'put', 1
        FROM (SELECT asked AS id UNION SELECT was.id) AS k WHERE k.id IS NOT NULL;
        -- a renewal is heard of at the next look: it changes nothing that is shown
        IF was.id IS DISTINCT FROM asked OR was.stage IS DISTINCT FROM comes_to THEN
            PERFORM pg_notify('edinyi_feed', 'claims');
        END IF;
    END IF;
    RETURN QUERY SELECT c.id, c.by_name, c.stage FROM call_claim AS c WHERE c.phone = telephone;
END $$
"""
_CLAIM = """
CREATE OR REPLACE FUNCTION claim_call(
    own text, asked uuid, telephone text, person uuid, person_name text, talks boolean,
    is_forced boolean, seconds integer
) RETURNS TABLE (id uuid, by_name text, is_talk boolean) LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.id, c.by_name, c.stage <> 'calling'
    FROM claim_telephone(own, asked, telephone, person, person_name,
        CASE WHEN talks THEN 'talking' ELSE 'calling' END, is_forced, seconds) AS c
$$
"""


def upgrade() -> None:
    op.add_column(
        "call_claim",
        sa.Column("stage", sa.Text(), server_default=sa.text("'calling'"), nullable=False),
    )
    # every workplace reads it, and none what it does not know
    op.create_check_constraint(
        op.f("ck_call_claim_stage"), "call_claim", "stage IN ('calling', 'talking', 'writing')"
    )
    op.execute(_STAGED)
    op.execute(
        "REVOKE ALL ON FUNCTION"
        " claim_telephone(text, uuid, text, uuid, text, text, boolean, integer) FROM PUBLIC"
    )
    op.execute(_CLAIM)
