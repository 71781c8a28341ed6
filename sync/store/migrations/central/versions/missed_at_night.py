"""Whether a missed call came while the line was closed is told to the other workplaces too.

A program of the version before leaves it unread; a newer one asks for all of it anew.
"""

from alembic import op

revision = "c0033"
down_revision = "c0032"

_NAME = "'surname', {0}.surname, 'given_name', {0}.given_name, 'patronymic', {0}.patronymic"
_MISSED = """{0}.state = 'closed' AND {0}.result = 'not_answered' AND {0}.direction = 'incoming'
    AND {0}.end_cause IS DISTINCT FROM 'answered_elsewhere'"""
_MARKED_AT = "(SELECT max(k.at) FROM missed_mark AS k WHERE k.call_id = c.id)"
_CALL = f"""jsonb_build_object('number', c.number, 'phone', c.phone, 'at', c.arrived_at,
    'topic', c.topic, 'category', c.category, 'result', c.result, 'about', left(c.content, 200),
    'handled_at', coalesce(c.handled_at, {_MARKED_AT}), 'answered_at', c.answered_at,
    'is_missed', {_MISSED.format("c")},
    'out_of_hours', c.out_of_hours, {_NAME.format("c")})"""
_OWN_MARK = f"""jsonb_build_object('number', '', 'phone', c.phone, 'at', c.arrived_at,
    'result', c.result, 'about', '', 'handled_at', {_MARKED_AT})"""
_IS_CALL = "c.phone IS NOT NULL AND c.state = 'closed'"
_MESSAGE = f"""jsonb_build_object('number', m.number, 'phone', m.phone, 'at', m.created_at,
    'topic', m.topic, 'category', m.category, 'state', m.state, 'unit', m.unit,
    'about', left(m.text, 200), {_NAME.format("m")})"""
_IS_MESSAGE = """m.phone IS NOT NULL AND m.state <> ALL
    ('{closed,refused,removed_as_duplicate}'::text[])"""

_SOME = f"""
CREATE OR REPLACE FUNCTION feed_history(own text, entities text[], places text[])
RETURNS TABLE (entity text, id text, ver integer, document jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH asked AS MATERIALIZED (
        SELECT a.entity, a.place, split_part(a.place, '/', 1) AS station_id,
               split_part(a.place, '/', 2) AS period, split_part(a.place, '/', 3)::uuid AS id
        FROM unnest(entities, places) AS a (entity, place)
    )
    SELECT asked.entity, asked.place, coalesce(c.rev, 0),
           CASE WHEN c.id IS NOT NULL THEN {_CALL} END
    FROM asked LEFT JOIN call_record AS c
        ON c.station_id = asked.station_id AND c.period = asked.period AND c.id = asked.id
        AND {_IS_CALL}
    WHERE asked.entity = 'call' AND asked.station_id <> own
    UNION ALL
    SELECT asked.entity, asked.place, c.rev, {_OWN_MARK}
    FROM asked JOIN call_record AS c
        ON c.station_id = asked.station_id AND c.period = asked.period AND c.id = asked.id
        AND {_IS_CALL}
    WHERE asked.entity = 'call' AND asked.station_id = own AND {_MARKED_AT} IS NOT NULL
    UNION ALL
    SELECT asked.entity, asked.place, coalesce(m.rev, 0),
           CASE WHEN m.id IS NOT NULL THEN {_MESSAGE} END
    FROM asked LEFT JOIN message AS m
        ON m.station_id = asked.station_id AND m.period = asked.period AND m.id = asked.id
        AND {_IS_MESSAGE}
    WHERE asked.entity = 'message' AND asked.station_id <> own
$$
"""  # noqa: S608
_RECENT = f"""
CREATE OR REPLACE FUNCTION feed_history_recent(own text, most integer)
RETURNS TABLE (entity text, id text, ver integer, document jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    (SELECT 'call', c.station_id || '/' || c.period || '/' || c.id, c.rev, {_CALL}
     FROM call_record AS c
     WHERE {_IS_CALL} AND c.station_id <> own AND c.arrived_at > now() - interval '90 days'
     ORDER BY c.arrived_at DESC LIMIT most)
    UNION ALL
    (SELECT 'call', c.station_id || '/' || c.period || '/' || c.id, c.rev, {_OWN_MARK}
     FROM missed_mark AS k JOIN call_record AS c
         ON c.station_id = k.call_station AND c.period = k.call_period AND c.id = k.call_id
     WHERE k.call_station = own AND k.at > now() - interval '90 days' AND {_IS_CALL})
    UNION ALL
    (SELECT 'message', m.station_id || '/' || m.period || '/' || m.id, m.rev, {_MESSAGE}
     FROM message AS m WHERE {_IS_MESSAGE} AND m.station_id <> own
     ORDER BY m.created_at DESC LIMIT most)
$$
"""  # noqa: S608


def upgrade() -> None:
    op.execute(_SOME)
    op.execute(_RECENT)
