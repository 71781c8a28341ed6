"""The end of terms as a function, for a worker that may read and change no record itself."""

from alembic import op

revision = "c0018"
down_revision = "c0017"

_END = """
CREATE FUNCTION public.end_terms(kind text, before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    over text[] := '{closed,refused,removed_as_duplicate}';
    stations text[];
    periods text[];
    ids uuid[];
BEGIN
    IF kind = 'call' THEN
        WITH ended AS (
            INSERT INTO erasure (station_id, period, entity, entity_id, cause, at)
            SELECT c.station_id, c.period, kind, c.id, 'term', now() FROM call_record AS c
            WHERE c.arrived_at < before AND c.state = 'closed'
                AND NOT EXISTS (SELECT FROM erasure AS e WHERE e.station_id = c.station_id
                    AND e.period = c.period AND e.entity = kind AND e.entity_id = c.id)
                AND NOT EXISTS (SELECT FROM message AS m
                    WHERE m.call_id = c.id AND m.state <> ALL (over))
            ORDER BY c.period, c.station_id, c.id LIMIT most
            RETURNING station_id, period, entity_id)
        SELECT array_agg(station_id), array_agg(period), array_agg(entity_id)
            INTO stations, periods, ids FROM ended;
        -- touched: the trigger takes the words away
        UPDATE call_record AS c SET received_at = c.received_at
            FROM unnest(stations, periods, ids) AS e (station_id, period, id)
            WHERE c.station_id = e.station_id AND c.period = e.period AND c.id = e.id;
    ELSIF kind = 'message' THEN
        WITH ended AS (
            INSERT INTO erasure (station_id, period, entity, entity_id, cause, at)
            SELECT m.station_id, m.period, kind, m.id, 'term', now() FROM message AS m
            WHERE m.created_at < before AND m.state = ANY (over)
                AND NOT EXISTS (SELECT FROM erasure AS e WHERE e.station_id = m.station_id
                    AND e.period = m.period AND e.entity = kind AND e.entity_id = m.id)
                AND NOT EXISTS (SELECT FROM message_event AS v WHERE v.station_id = m.station_id
                    AND v.period = m.period AND v.message_id = m.id AND v.at >= before)
            ORDER BY m.period, m.station_id, m.id LIMIT most
            RETURNING station_id, period, entity_id)
        SELECT array_agg(station_id), array_agg(period), array_agg(entity_id)
            INTO stations, periods, ids FROM ended;
        UPDATE message AS m SET received_at = m.received_at
            FROM unnest(stations, periods, ids) AS e (station_id, period, id)
            WHERE m.station_id = e.station_id AND m.period = e.period AND m.id = e.id;
        UPDATE message_event AS v SET facts = erased_facts(v.facts)
            FROM unnest(stations, periods, ids) AS e (station_id, period, id)
            WHERE v.station_id = e.station_id AND v.period = e.period AND v.message_id = e.id;
        UPDATE platform_post AS p SET answer_text = NULL
            FROM unnest(stations, periods, ids) AS e (station_id, period, id)
            WHERE p.station_id = e.station_id AND p.period = e.period AND p.message_id = e.id;
    ELSE
        RAISE EXCEPTION 'no kind of records: %', kind USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN coalesce(cardinality(ids), 0);
END $$;
REVOKE EXECUTE ON FUNCTION public.end_terms(text, timestamptz, integer) FROM PUBLIC;
"""


def upgrade() -> None:
    op.execute(_END)
