"""What a workplace may know of callers of the others says who called: his name, and no address.

Behind one number there may be a family; who of them called is asked by their names. A call may be
about somebody else than the caller; a workplace of the version before does not tell.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0027"
down_revision = "c0026"

_NAME = "'surname', {0}.surname, 'given_name', {0}.given_name, 'patronymic', {0}.patronymic"
_CALL = f"""jsonb_build_object('number', c.number, 'phone', c.phone, 'at', c.arrived_at,
    'topic', c.topic, 'category', c.category, 'result', c.result, 'about', left(c.content, 200),
    'handled_at', c.handled_at, {_NAME.format("c")})"""
_IS_CALL = "c.phone IS NOT NULL AND c.state = 'closed'"
_MESSAGE = f"""jsonb_build_object('number', m.number, 'phone', m.phone, 'at', m.created_at,
    'topic', m.topic, 'category', m.category, 'state', m.state, 'unit', m.unit,
    'about', left(m.text, 200), {_NAME.format("m")})"""
_IS_MESSAGE = """m.phone IS NOT NULL AND m.state <> ALL
    ('{closed,refused,removed_as_duplicate}'::text[])"""

# A key without a document: there is nothing of it that may be known any more.
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
    (SELECT 'message', m.station_id || '/' || m.period || '/' || m.id, m.rev, {_MESSAGE}
     FROM message AS m WHERE {_IS_MESSAGE} AND m.station_id <> own
     ORDER BY m.created_at DESC LIMIT most)
$$
"""  # noqa: S608


def upgrade() -> None:
    op.add_column("call_record", sa.Column("concerned", sa.Text(), nullable=True))
    op.execute(_SOME)
    op.execute(_RECENT)
