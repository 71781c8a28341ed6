-- The change log that workplaces read, the caller history in it, and its trimming.

-- Logs new calls in the feed and notifies workplaces if missed calls may have changed.
CREATE OR REPLACE FUNCTION public.note_call_record_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', station_id || '/' || period || '/' || id, 'put', rev
    FROM touched WHERE phone IS NOT NULL AND state = 'closed';
    IF EXISTS (
        SELECT FROM touched AS t WHERE t.handled_at IS NOT NULL
        OR (t.state = 'closed' AND t.result = 'not_answered' AND t.direction = 'incoming'
            AND t.end_cause IS DISTINCT FROM 'answered_elsewhere')
        OR (t.state = 'closed' AND t.answered_at IS NOT NULL AND EXISTS (
            SELECT FROM public.call_record AS m
            WHERE m.phone = t.phone AND m.handled_at IS NULL AND m.state = 'closed'
              AND m.result = 'not_answered' AND m.direction = 'incoming'
              AND m.end_cause IS DISTINCT FROM 'answered_elsewhere'
              AND m.arrived_at BETWEEN t.answered_at - interval '90 days' AND t.answered_at))
    ) THEN
        PERFORM pg_notify('edinyi_feed', 'missed');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_call_record_insert AFTER INSERT ON public.call_record
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_call_record_insert();

-- Logs changed calls in the feed and notifies workplaces if missed calls may have changed.
CREATE OR REPLACE FUNCTION public.note_call_record_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', station_id || '/' || period || '/' || id, 'put', rev
    FROM touched;
    IF EXISTS (
        SELECT FROM touched AS t WHERE t.handled_at IS NOT NULL
        OR (t.state = 'closed' AND t.result = 'not_answered' AND t.direction = 'incoming'
            AND t.end_cause IS DISTINCT FROM 'answered_elsewhere')
        OR (t.state = 'closed' AND t.answered_at IS NOT NULL AND EXISTS (
            SELECT FROM public.call_record AS m
            WHERE m.phone = t.phone AND m.handled_at IS NULL AND m.state = 'closed'
              AND m.result = 'not_answered' AND m.direction = 'incoming'
              AND m.end_cause IS DISTINCT FROM 'answered_elsewhere'
              AND m.arrived_at BETWEEN t.answered_at - interval '90 days' AND t.answered_at))
    ) THEN
        PERFORM pg_notify('edinyi_feed', 'missed');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_call_record_update AFTER UPDATE ON public.call_record
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_call_record_update();

-- Logs deleted calls in the feed.
CREATE OR REPLACE FUNCTION public.note_call_record_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', station_id || '/' || period || '/' || id, 'delete', rev
    FROM touched;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_call_record_delete AFTER DELETE ON public.call_record
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_call_record_delete();

-- Logs new messages of the caller history in the feed.
CREATE OR REPLACE FUNCTION public.note_message_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'message', station_id || '/' || period || '/' || id, 'put', rev
    FROM touched WHERE phone IS NOT NULL;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_message_insert AFTER INSERT ON public.message
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_message_insert();

-- Logs changed messages in the feed.
CREATE OR REPLACE FUNCTION public.note_message_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'message', station_id || '/' || period || '/' || id, 'put', rev
    FROM touched;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_message_update AFTER UPDATE ON public.message
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_message_update();

-- Logs deleted messages in the feed.
CREATE OR REPLACE FUNCTION public.note_message_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'message', station_id || '/' || period || '/' || id, 'delete', rev
    FROM touched;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_message_delete AFTER DELETE ON public.message
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_message_delete();

-- Logs new message events in the feed, in the order of their steps.
CREATE OR REPLACE FUNCTION public.note_steps() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver, station_id)
    SELECT 'handling', 'message_event', period || '/' || id, 'put', rev, station_id
    FROM fresh ORDER BY message_id, seq;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_steps AFTER INSERT ON public.message_event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_steps();

-- Logs missed calls that another workplace has resolved.
CREATE OR REPLACE FUNCTION public.note_missed_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', call_station || '/' || call_period || '/' || call_id, 'put', 1
    FROM fresh;
    IF EXISTS (SELECT FROM fresh) THEN
        PERFORM pg_notify('edinyi_feed', 'missed');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_missed_mark AFTER INSERT ON public.missed_mark
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_missed_mark();

-- Logs scheduled callbacks in the feed.
CREATE OR REPLACE FUNCTION public.note_planned_calls() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'planned', 'planned_call', id::text, 'put', 1 FROM touched ORDER BY made_at, id;
    IF FOUND THEN
        PERFORM pg_notify('edinyi_feed', 'planned');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_planned_calls_insert AFTER INSERT ON public.planned_call
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_planned_calls();
CREATE OR REPLACE TRIGGER note_planned_calls_update AFTER UPDATE ON public.planned_call
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_planned_calls();

-- Logs events of scheduled callbacks in the feed; a reminder notifies no workplace.
CREATE OR REPLACE FUNCTION public.note_planned_steps() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'planned', 'planned_step', id::text, 'put', 1 FROM fresh ORDER BY at, id;
    IF EXISTS (SELECT FROM fresh WHERE act <> 'reminded') THEN
        PERFORM pg_notify('edinyi_feed', 'planned');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_planned_steps AFTER INSERT ON public.planned_step
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_planned_steps();

-- Logs answers of the platform in the feed.
CREATE OR REPLACE FUNCTION public.note_posts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver, station_id)
    SELECT 'handling', 'platform_post', period || '/' || message_id, 'put', 1, station_id
    FROM fresh WHERE num_nonnulls(platform_id, platform_status, answer_text) > 0;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_posts AFTER INSERT ON public.platform_post
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_posts();

-- Logs changed answers of the platform in the feed.
CREATE OR REPLACE FUNCTION public.note_posts_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver, station_id)
    SELECT 'handling', 'platform_post', fresh.period || '/' || fresh.message_id, 'put', 1,
           fresh.station_id
    FROM fresh JOIN stale USING (station_id, period, message_id)
    WHERE (fresh.platform_id, fresh.platform_status, fresh.answer_text)
        IS DISTINCT FROM (stale.platform_id, stale.platform_status, stale.answer_text);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_posts_changed AFTER UPDATE ON public.platform_post
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.note_posts_changed();

-- Logs new versions of directory entries, settings and templates in the feed.
CREATE OR REPLACE FUNCTION public.note_documents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT CASE WHEN entity IN ('setting', 'template') THEN 'settings' ELSE 'directory' END,
           entity, id, CASE WHEN closed_on IS NULL THEN 'put' ELSE 'close' END, ver
    FROM fresh ORDER BY position;
    IF FOUND THEN
        PERFORM pg_notify('edinyi_feed', 'documents');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_documents AFTER INSERT ON public.shared_document
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_documents();

-- Logs changes of the city settings in the feed.
CREATE OR REPLACE FUNCTION public.note_city_edits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver, station_id)
    SELECT 'city', 'city_edit', id::text, 'put', 1, NULL FROM fresh ORDER BY position;
    IF FOUND THEN PERFORM pg_notify('edinyi_feed', 'city'); END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_city_edits AFTER INSERT ON public.city_edit
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_city_edits();

-- Logs incident events in the feed; a linked call notifies no workplace.
CREATE OR REPLACE FUNCTION public.note_incidents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'incidents', 'incident_event', id::text, 'put', 1 FROM fresh ORDER BY at, id;
    IF EXISTS (SELECT FROM fresh WHERE act <> 'call_linked') THEN
        PERFORM pg_notify('edinyi_feed', 'incidents');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_incidents AFTER INSERT ON public.incident_event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_incidents();

-- Caller history records at the given places: calls and open messages of other workplaces, and own
-- missed calls that another workplace has resolved.
CREATE OR REPLACE FUNCTION public.feed_history(
    own text, entities text[], places text[]
) RETURNS TABLE(entity text, id text, ver integer, document jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH asked AS MATERIALIZED (
        SELECT a.entity, a.place, split_part(a.place, '/', 1) AS station_id,
               split_part(a.place, '/', 2) AS period, split_part(a.place, '/', 3)::uuid AS id
        FROM unnest(entities, places) AS a (entity, place)
    )
    SELECT asked.entity, asked.place, coalesce(c.rev, 0),
           CASE WHEN c.id IS NOT NULL THEN jsonb_build_object(
    'number', c.number, 'phone', c.phone, 'at', c.arrived_at,
    'topic', c.topic, 'category', c.category, 'result', c.result, 'about', left(c.content, 200),
    'handled_at', coalesce(c.handled_at,
        (SELECT max(k.at) FROM missed_mark AS k WHERE k.call_id = c.id)),
    'answered_at', c.answered_at,
    'is_missed', c.state = 'closed' AND c.result = 'not_answered' AND c.direction = 'incoming'
    AND c.end_cause IS DISTINCT FROM 'answered_elsewhere',
    'out_of_hours', c.out_of_hours, 'surname', c.surname, 'given_name', c.given_name,
    'patronymic', c.patronymic) END
    FROM asked LEFT JOIN call_record AS c
        ON c.station_id = asked.station_id AND c.period = asked.period AND c.id = asked.id
        AND c.phone IS NOT NULL AND c.state = 'closed'
    WHERE asked.entity = 'call' AND asked.station_id <> own
    UNION ALL
    SELECT asked.entity, asked.place, c.rev, jsonb_build_object(
    'number', '', 'phone', c.phone, 'at', c.arrived_at, 'result', c.result, 'about', '',
    'handled_at', (SELECT max(k.at) FROM missed_mark AS k WHERE k.call_id = c.id))
    FROM asked JOIN call_record AS c
        ON c.station_id = asked.station_id AND c.period = asked.period AND c.id = asked.id
        AND c.phone IS NOT NULL AND c.state = 'closed'
    WHERE asked.entity = 'call' AND asked.station_id = own
        AND (SELECT max(k.at) FROM missed_mark AS k WHERE k.call_id = c.id) IS NOT NULL
    UNION ALL
    SELECT asked.entity, asked.place, coalesce(m.rev, 0),
           CASE WHEN m.id IS NOT NULL THEN jsonb_build_object(
    'number', m.number, 'phone', m.phone, 'at', m.created_at,
    'topic', m.topic, 'category', m.category, 'state', m.state, 'unit', m.unit,
    'about', left(m.text, 200), 'surname', m.surname, 'given_name', m.given_name,
    'patronymic', m.patronymic) END
    FROM asked LEFT JOIN message AS m
        ON m.station_id = asked.station_id AND m.period = asked.period AND m.id = asked.id
        AND m.phone IS NOT NULL
        AND m.state <> ALL ('{closed,refused,removed_as_duplicate}'::text[])
    WHERE asked.entity = 'message' AND asked.station_id <> own
$$;
REVOKE ALL ON FUNCTION public.feed_history(text, text[], text[]) FROM PUBLIC;

-- Caller history of the last 90 days for a workplace that starts with an empty store.
CREATE OR REPLACE FUNCTION public.feed_history_recent(
    own text, most integer
) RETURNS TABLE(entity text, id text, ver integer, document jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    (SELECT 'call', c.station_id || '/' || c.period || '/' || c.id, c.rev, jsonb_build_object(
    'number', c.number, 'phone', c.phone, 'at', c.arrived_at,
    'topic', c.topic, 'category', c.category, 'result', c.result, 'about', left(c.content, 200),
    'handled_at', coalesce(c.handled_at,
        (SELECT max(k.at) FROM missed_mark AS k WHERE k.call_id = c.id)),
    'answered_at', c.answered_at,
    'is_missed', c.state = 'closed' AND c.result = 'not_answered' AND c.direction = 'incoming'
    AND c.end_cause IS DISTINCT FROM 'answered_elsewhere',
    'out_of_hours', c.out_of_hours, 'surname', c.surname, 'given_name', c.given_name,
    'patronymic', c.patronymic)
     FROM call_record AS c
     WHERE c.phone IS NOT NULL AND c.state = 'closed' AND c.station_id <> own
         AND c.arrived_at > now() - interval '90 days'
     ORDER BY c.arrived_at DESC LIMIT most)
    UNION ALL
    (SELECT 'call', c.station_id || '/' || c.period || '/' || c.id, c.rev, jsonb_build_object(
    'number', '', 'phone', c.phone, 'at', c.arrived_at, 'result', c.result, 'about', '',
    'handled_at', (SELECT max(k.at) FROM missed_mark AS k WHERE k.call_id = c.id))
     FROM missed_mark AS k JOIN call_record AS c
         ON c.station_id = k.call_station AND c.period = k.call_period AND c.id = k.call_id
     WHERE k.call_station = own AND k.at > now() - interval '90 days'
         AND c.phone IS NOT NULL AND c.state = 'closed')
    UNION ALL
    (SELECT 'message', m.station_id || '/' || m.period || '/' || m.id, m.rev, jsonb_build_object(
    'number', m.number, 'phone', m.phone, 'at', m.created_at,
    'topic', m.topic, 'category', m.category, 'state', m.state, 'unit', m.unit,
    'about', left(m.text, 200), 'surname', m.surname, 'given_name', m.given_name,
    'patronymic', m.patronymic)
     FROM message AS m WHERE m.phone IS NOT NULL
        AND m.state <> ALL ('{closed,refused,removed_as_duplicate}'::text[])
        AND m.station_id <> own
     ORDER BY m.created_at DESC LIMIT most)
$$;
REVOKE ALL ON FUNCTION public.feed_history_recent(text, integer) FROM PUBLIC;

-- Trims the change log and raises feed_floor; returns the number of rows deleted.
CREATE OR REPLACE FUNCTION public.forget_changes(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
END $$;
REVOKE ALL ON FUNCTION public.forget_changes(timestamptz) FROM PUBLIC;
