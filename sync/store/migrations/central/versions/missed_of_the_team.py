"""A missed call is the whole team's: every workplace hears of it at once, and of who dealt with it.

Who marks one of another workplace may not write in its record; the mark stands beside it. To the
workplace that it is of the feed tells the mark alone, under no number: a program of the version
before shows nothing of it. A talk wakes the others only where somebody has missed this caller.

Whoever calls somebody back or talks with him takes his telephone for as long as that goes on. A
claim holds for a minute and is renewed; rows that nobody renews go with the next claim. That of a
talk is kept where somebody has missed this caller alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0031"
down_revision = "c0030"

_NAME = "'surname', {0}.surname, 'given_name', {0}.given_name, 'patronymic', {0}.patronymic"
_MISSED = """{0}.state = 'closed' AND {0}.result = 'not_answered' AND {0}.direction = 'incoming'
    AND {0}.end_cause IS DISTINCT FROM 'answered_elsewhere'"""
_MARKED_AT = "(SELECT max(k.at) FROM missed_mark AS k WHERE k.call_id = c.id)"
_CALL = f"""jsonb_build_object('number', c.number, 'phone', c.phone, 'at', c.arrived_at,
    'topic', c.topic, 'category', c.category, 'result', c.result, 'about', left(c.content, 200),
    'handled_at', coalesce(c.handled_at, {_MARKED_AT}), 'answered_at', c.answered_at,
    'is_missed', {_MISSED.format("c")}, {_NAME.format("c")})"""
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
_NOTE = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', station_id || '/' || period || '/' || id, 'put', rev
    FROM touched {which};
    IF EXISTS (
        SELECT FROM touched AS t WHERE t.handled_at IS NOT NULL OR {missed}
        OR (t.state = 'closed' AND t.answered_at IS NOT NULL AND EXISTS (
            SELECT FROM {schema}.call_record AS m
            WHERE m.phone = t.phone AND m.handled_at IS NULL AND {was_missed}
              AND m.arrived_at BETWEEN t.answered_at - interval '90 days' AND t.answered_at))
    ) THEN
        PERFORM pg_notify('edinyi_feed', 'missed');
    END IF;
    RETURN NULL;
END $$
"""
_NOTE_MARK = """
CREATE FUNCTION note_missed_mark() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', call_station || '/' || call_period || '/' || call_id, 'put', 1
    FROM fresh;
    IF EXISTS (SELECT FROM fresh) THEN
        PERFORM pg_notify('edinyi_feed', 'missed');
    END IF;
    RETURN NULL;
END $$
"""

_CLAIM = """
CREATE FUNCTION claim_call(
    own text, asked uuid, telephone text, person uuid, person_name text, talks boolean,
    is_forced boolean, seconds integer
) RETURNS TABLE (id uuid, by_name text, is_talk boolean) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    station text := coalesce(public.current_station(), own);
    was call_claim;
BEGIN
    DELETE FROM call_claim AS c WHERE c.until < clock_timestamp();
    SELECT * INTO was FROM call_claim AS c WHERE c.phone = telephone;
    IF talks AND was.id IS NULL AND NOT EXISTS (
        SELECT FROM call_record AS m
        WHERE m.phone = telephone AND m.state = 'closed' AND m.result = 'not_answered'
          AND m.direction = 'incoming' AND m.end_cause IS DISTINCT FROM 'answered_elsewhere'
          AND m.handled_at IS NULL AND m.arrived_at > now() - interval '90 days'
    ) THEN
        RETURN;
    END IF;
    INSERT INTO call_claim AS c (id, station_id, phone, by_id, by_name, is_talk, until)
    VALUES (asked, station, telephone, person, person_name, talks,
            clock_timestamp() + make_interval(secs => seconds))
    ON CONFLICT (phone) DO UPDATE
        SET id = excluded.id, station_id = excluded.station_id, by_id = excluded.by_id,
            by_name = excluded.by_name, is_talk = excluded.is_talk, until = excluded.until
        WHERE c.id = asked OR c.station_id = station OR is_forced;
    IF FOUND THEN
        INSERT INTO feed_change (feed, entity, entity_id, op, ver)
        SELECT 'claims', 'call_claim', k.id::text, 'put', 1
        FROM (SELECT asked AS id UNION SELECT was.id) AS k WHERE k.id IS NOT NULL;
        -- a renewal is heard of at the next look: it changes nothing that is shown
        IF was.id IS DISTINCT FROM asked OR was.is_talk IS DISTINCT FROM talks THEN
            PERFORM pg_notify('edinyi_feed', 'claims');
        END IF;
    END IF;
    RETURN QUERY SELECT c.id, c.by_name, c.is_talk FROM call_claim AS c WHERE c.phone = telephone;
END $$
"""
_END = """
CREATE FUNCTION end_call_claim(own text, asked uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM call_claim AS c
    WHERE c.id = asked AND c.station_id = coalesce(public.current_station(), own);
    IF FOUND THEN
        INSERT INTO feed_change (feed, entity, entity_id, op, ver)
        VALUES ('claims', 'call_claim', asked::text, 'close', 1);
        PERFORM pg_notify('edinyi_feed', 'claims');
    END IF;
    DELETE FROM call_claim AS c WHERE c.until < clock_timestamp();
END $$
"""


def upgrade() -> None:
    _make_marks()
    _make_claims()


def _make_marks() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "missed_mark",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_station", sa.Text(), nullable=False),
        sa.Column("call_period", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rev = 1", name="ck_missed_mark_rev"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_missed_mark_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_missed_mark"),
    )
    op.create_index("ix_missed_mark_call_id", "missed_mark", ["call_id"])
    op.execute(_SOME)
    op.execute(_RECENT)
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    for event, which in (
        ("insert", "WHERE phone IS NOT NULL AND state = 'closed'"),
        ("update", ""),
    ):
        op.execute(
            _NOTE.format(
                name=f"note_call_record_{event}",
                schema=schema,
                which=which,
                missed=f"({_MISSED.format('t')})",
                was_missed=_MISSED.format("m"),
            )
        )
    op.execute(_NOTE_MARK.format(schema=schema))
    op.execute(
        "CREATE TRIGGER note_missed_mark AFTER INSERT ON missed_mark "
        "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_missed_mark()"
    )


def _make_claims() -> None:
    op.create_table(
        "call_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("is_talk", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_call_claim_station_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_call_claim"),
        sa.UniqueConstraint("phone", name="uq_call_claim_phone"),
    )
    op.execute(_CLAIM)
    op.execute(_END)
    for function in (
        "claim_call(text, uuid, text, uuid, text, boolean, boolean, integer)",
        "end_call_claim(text, uuid)",
    ):
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
