SET check_function_bodies = off;


CREATE FUNCTION public.audit_move_heads() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO audit_head AS known (station_id, chain, seq, hash)
        SELECT DISTINCT ON (station_id, chain) station_id, chain, seq, hash
        FROM added ORDER BY station_id, chain, seq DESC
    ON CONFLICT (station_id, chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
        WHERE known.seq < excluded.seq;
    RETURN NULL;
END $$;

CREATE FUNCTION public.audit_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.check_document_edit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    held record;
    is_senior boolean;
BEGIN
    SELECT role = 'supervisor' INTO is_senior FROM public.operator WHERE id = NEW.by_id;
    SELECT ver, position, document INTO held FROM public.shared_document
    WHERE entity = NEW.entity AND id = NEW.id ORDER BY ver DESC LIMIT 1;
    IF NEW.ver <> coalesce(held.ver, 0) + 1 THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'another version is the next';
    END IF;
    IF NEW.document IS NULL
       OR NEW.entity <> 'synonym' AND NEW.document->>'id' IS DISTINCT FROM NEW.id THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'not a document of this id';
    END IF;
    IF NEW.entity = 'entry' AND NOT is_senior
       AND (NEW.document->>'kind' IS NOT DISTINCT FROM 'topic'
            OR held.document->>'kind' IS NOT DISTINCT FROM 'topic') THEN
        RAISE insufficient_privilege USING MESSAGE = 'topics are changed by the supervisor';
    END IF;
    IF NEW.entity = 'proposal' AND (held.document ? 'decision'
       OR NOT is_senior AND (NEW.document ? 'decision' OR NEW.ver > 1)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the supervisor decides proposals, once';
    END IF;
    NEW.position := coalesce(held.position, NEW.position);
    RETURN NEW;
END $$;

CREATE FUNCTION public.claim_telephone(own text, asked uuid, telephone text, person uuid, person_name text, comes_to text, is_forced boolean, seconds integer, talked timestamp with time zone, missed timestamp with time zone) RETURNS TABLE(id uuid, by_name text, stage text, talked_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
    INSERT INTO call_claim AS c (id, station_id, phone, by_id, by_name, stage, talked_at, until)
    VALUES (asked, station, telephone, person, person_name, comes_to, talked,
            clock_timestamp() + make_interval(secs => seconds))
    ON CONFLICT (phone) DO UPDATE
        SET id = excluded.id, station_id = excluded.station_id, by_id = excluded.by_id,
            by_name = excluded.by_name, stage = excluded.stage, talked_at = excluded.talked_at,
            until = excluded.until
        WHERE c.id = asked OR c.station_id = station OR is_forced
           OR (c.stage = 'writing' AND c.talked_at < missed);
    IF FOUND THEN
        INSERT INTO feed_change (feed, entity, entity_id, op, ver)
        SELECT 'claims', 'call_claim', k.id::text, 'put', 1
        FROM (SELECT asked AS id UNION SELECT was.id) AS k WHERE k.id IS NOT NULL;
        -- a renewal changes nothing on the screen, so it notifies no workplace
        IF was.id IS DISTINCT FROM asked OR was.stage IS DISTINCT FROM comes_to
                OR was.talked_at IS DISTINCT FROM talked THEN
            PERFORM pg_notify('edinyi_feed', 'claims');
        END IF;
    END IF;
    RETURN QUERY
        SELECT c.id, c.by_name, c.stage, c.talked_at FROM call_claim AS c WHERE c.phone = telephone;
END $$;

CREATE FUNCTION public.current_operator() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
   SELECT id FROM public.operator WHERE login = session_user AND disabled_at IS NULL
$$;

CREATE FUNCTION public.current_operator_name() RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
   SELECT coalesce((SELECT name FROM public.operator
   WHERE login = session_user AND disabled_at IS NULL), '')
$$;

CREATE FUNCTION public.current_station() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
   SELECT station_id::text FROM public.station
   WHERE login = session_user AND disabled_at IS NULL
$$;

CREATE FUNCTION public.current_station_reviews() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
   SELECT coalesce(bool_or(reviews), false) FROM public.station
   WHERE login = session_user AND disabled_at IS NULL
$$;

CREATE FUNCTION public.end_call_claim(own text, asked uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM call_claim AS c
    WHERE c.id = asked AND c.station_id = coalesce(public.current_station(), own);
    IF FOUND THEN
        INSERT INTO feed_change (feed, entity, entity_id, op, ver)
        VALUES ('claims', 'call_claim', asked::text, 'close', 1);
        PERFORM pg_notify('edinyi_feed', 'claims');
    END IF;
    DELETE FROM call_claim AS c WHERE c.until < clock_timestamp();
END $$;

CREATE FUNCTION public.end_planned(before timestamp with time zone, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    ended integer;
BEGIN
    WITH chosen AS (
        SELECT c.station_id, c.period, c.id FROM planned_call AS c
        WHERE (c.phone <> '' OR c.note <> '') AND EXISTS (SELECT FROM planned_step AS s
            WHERE s.call_id = c.id AND s.act IN ('talked', 'not_needed') AND s.at < before)
        ORDER BY c.period, c.station_id, c.id LIMIT most)
    UPDATE planned_call AS c SET phone = '', note = '' FROM chosen
        WHERE c.station_id = chosen.station_id AND c.period = chosen.period AND c.id = chosen.id;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

CREATE FUNCTION public.end_terms(kind text, before timestamp with time zone, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
        -- an update without a change: the trigger keep_erased removes the personal data
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

CREATE FUNCTION public.erase_answer_files() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM public.platform_media WHERE NEW.entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND message_id = NEW.entity_id;
    DELETE FROM public.answer_file WHERE NEW.entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND message_id = NEW.entity_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.erased_facts(facts jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    CASE jsonb_typeof(facts)
    WHEN 'object' THEN
        RETURN coalesce((SELECT jsonb_object_agg(key, CASE
            WHEN jsonb_typeof(value) = 'string' AND key IN ('explanation', 'grounds', 'measures',
                'name', 'place', 'reason', 'remarks', 'text') THEN '""'
            ELSE public.erased_facts(value) END) FROM jsonb_each(facts)), '{}');
    WHEN 'array' THEN
        RETURN coalesce((SELECT jsonb_agg(public.erased_facts(part) ORDER BY place)
            FROM jsonb_array_elements(facts) WITH ORDINALITY AS parts (part, place)), '[]');
    ELSE
        RETURN facts;
    END CASE;
END $$;

CREATE FUNCTION public.feed_history(own text, entities text[], places text[]) RETURNS TABLE(entity text, id text, ver integer, document jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.feed_history_recent(own text, most integer) RETURNS TABLE(entity text, id text, ver integer, document jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE TABLE public.call_record (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    counter integer NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    rev integer NOT NULL,
    state text NOT NULL,
    direction text NOT NULL,
    sip_call_id text NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    first_key_at timestamp with time zone,
    hit_accepted_at timestamp with time zone,
    end_cause text,
    end_status integer,
    dialled_line text NOT NULL,
    caller_number_raw text NOT NULL,
    caller_name text NOT NULL,
    phone text,
    phone_absence text,
    email text,
    email_absence text,
    surname text,
    given_name text,
    patronymic text,
    name_absence text,
    concerned text,
    content text NOT NULL,
    result text,
    used_entries jsonb NOT NULL,
    topic text,
    category text,
    message_id uuid,
    out_of_hours boolean NOT NULL,
    operator_id uuid NOT NULL,
    operator_name text NOT NULL,
    operator_role text NOT NULL,
    closed_by_id uuid,
    closed_by_name text,
    workplace text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    saved_at timestamp with time zone,
    way text,
    part_of text,
    handled_at timestamp with time zone,
    queue text,
    transferred_by text,
    diverted_from text,
    schema_version integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_call_record_closed CHECK ((((state = 'closed'::text) = (saved_at IS NOT NULL)) AND ((state <> 'closed'::text) OR (result IS NOT NULL)) AND ((state <> 'closed'::text) OR (result <> 'message'::text) OR (message_id IS NOT NULL)))),
    CONSTRAINT ck_call_record_counter CHECK (((counter >= 1) AND (counter <= 99999))),
    CONSTRAINT ck_call_record_direction CHECK ((direction = ANY (ARRAY['incoming'::text, 'outgoing'::text]))),
    CONSTRAINT ck_call_record_email CHECK ((((email IS NULL) = (email_absence IS NOT NULL)) AND ((email_absence IS NULL) OR (email_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_call_record_name CHECK ((((surname IS NULL) = (name_absence IS NOT NULL)) AND ((name_absence IS NULL) OR (name_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_call_record_number CHECK ((number ~~ ((((((period)::text || '-'::text) || (station_id)::text) || '-'::text) || lpad((counter)::text, 5, '0'::text)) || '-_'::text))),
    CONSTRAINT ck_call_record_operator_role CHECK ((operator_role = ANY (ARRAY['operator'::text, 'moderator'::text, 'editor'::text, 'supervisor'::text, 'administrator'::text, 'observer'::text]))),
    CONSTRAINT ck_call_record_period CHECK (((period)::text ~ '^[0-9]{2}(0[1-9]|1[0-2])$'::text)),
    CONSTRAINT ck_call_record_phone CHECK ((((phone IS NULL) = (phone_absence IS NOT NULL)) AND ((phone_absence IS NULL) OR (phone_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_call_record_result CHECK ((result = ANY (ARRAY['answered'::text, 'contacts'::text, 'message'::text, 'not_answered'::text, 'dropped'::text, 'silent'::text, 'wrong_number'::text]))),
    CONSTRAINT ck_call_record_rev CHECK ((rev > 0)),
    CONSTRAINT ck_call_record_state CHECK ((state = ANY (ARRAY['draft'::text, 'closed'::text]))),
    CONSTRAINT ck_call_record_way CHECK ((way = ANY (ARRAY['walk_in'::text, 'mobile'::text, 'letter'::text, 'other'::text])))
)
PARTITION BY RANGE (period);

CREATE FUNCTION public.find_calls(asked jsonb, most integer) RETURNS SETOF public.call_record
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM search_allowed(asked, most);
    RETURN QUERY EXECUTE find_calls_statement(asked, most);
END $$;

CREATE FUNCTION public.find_calls_statement(asked jsonb, most integer) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    sorts constant jsonb := '{"number": "number", "operator": "operator_name",
        "result": "coalesce(result, '''')"}';
    sorted text := sorts ->> (asked ->> 'sort');
    turned boolean := coalesce((asked ->> 'descending')::boolean, true);
    way text := CASE WHEN turned THEN ' DESC' ELSE ' ASC' END;
    sign text := CASE WHEN turned THEN '<' ELSE '>' END;
    after jsonb := asked -> 'after';
    found text := 'SELECT * FROM public.call_record WHERE true'
        || search_conditions(asked, 'arrived_at', 'content');
BEGIN
    IF asked ? 'operator' THEN
        found := found || format(' AND operator_name = %L', asked ->> 'operator');
    END IF;
    IF asked ? 'workplace' THEN
        found := found || format(' AND station_id = %L', asked ->> 'workplace');
    END IF;
    IF asked ? 'topic' THEN
        found := found || format(' AND topic = %L', asked ->> 'topic');
    END IF;
    IF asked ? 'result' THEN
        found := found || format(' AND coalesce(result, '''') = %L', asked ->> 'result');
    END IF;
    IF after IS NOT NULL AND sorted IS NULL THEN
        found := found || format(' AND (arrived_at, id) %s (%L::timestamptz, %L::uuid)',
            sign, after ->> 'at', after ->> 'id');
    ELSIF after IS NOT NULL THEN
        found := found || format(' AND (%s, arrived_at, id) %s (%L, %L::timestamptz, %L::uuid)',
            sorted, sign, after ->> 'value', after ->> 'at', after ->> 'id');
    END IF;
    RETURN found || ' ORDER BY ' || coalesce(sorted || way || ', ', '')
        || 'arrived_at' || way || ', id' || way || format(' LIMIT %s', most);
END $$;

CREATE TABLE public.message_event (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    seq integer NOT NULL,
    step text NOT NULL,
    at timestamp with time zone NOT NULL,
    source text,
    by_id uuid,
    by_name text,
    by_role text,
    facts jsonb NOT NULL,
    schema_version integer NOT NULL,
    after_id uuid,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_message_event_by_role CHECK ((by_role = ANY (ARRAY['operator'::text, 'moderator'::text, 'editor'::text, 'supervisor'::text, 'administrator'::text, 'observer'::text]))),
    CONSTRAINT ck_message_event_doer CHECK ((((source IS NULL) = (by_id IS NOT NULL)) AND ((source IS NULL) = (by_name IS NOT NULL)) AND ((source IS NULL) = (by_role IS NOT NULL)))),
    CONSTRAINT ck_message_event_rev CHECK ((rev > 0)),
    CONSTRAINT ck_message_event_seq CHECK ((seq > 0)),
    CONSTRAINT ck_message_event_source CHECK ((source = ANY (ARRAY['system'::text, 'platform'::text]))),
    CONSTRAINT ck_message_event_step CHECK ((step = ANY (ARRAY['submit'::text, 'split'::text, 'join'::text, 'discard'::text, 'state_publicity'::text, 'mark_confidential'::text, 'clear_confidential'::text, 'withhold'::text, 'link'::text, 'link_call'::text, 'take_up'::text, 'release'::text, 'correct'::text, 'ask_colleague'::text, 'register'::text, 'register_and_publish'::text, 'publish'::text, 'refuse'::text, 'notify'::text, 'remove_duplicate'::text, 'send_to_organ'::text, 'redirect'::text, 'answer_by_operator'::text, 'receive_answer'::text, 'return_answer'::text, 'send_answer'::text, 'send_plan'::text, 'reopen_planned'::text, 'rate'::text, 'rate_negatively'::text, 'send_to_rework'::text, 'forward_by_votes'::text, 'close'::text, 'take_back'::text])))
)
PARTITION BY RANGE (period);

CREATE FUNCTION public.find_message_events(numbers text[]) RETURNS SETOF public.message_event
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT e.* FROM unnest(numbers) AS asked
    JOIN public.message AS m ON m.station_id = split_part(asked, '-', 2)
        AND m.period = split_part(asked, '-', 1)
        AND m.counter = split_part(asked, '-', 3)::integer
    JOIN public.message_event AS e ON e.station_id = m.station_id AND e.period = m.period
        AND e.message_id = m.id
    WHERE cardinality(numbers) <= 51 AND m.state <> 'draft'
        AND NOT EXISTS (
            SELECT FROM public.operator WHERE login = session_user AND disabled_at IS NOT NULL
        )
    ORDER BY e.message_id, e.seq
$$;

CREATE TABLE public.message (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    counter integer NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    rev integer NOT NULL,
    state text NOT NULL,
    call_id uuid,
    text text NOT NULL,
    topic text,
    category text,
    unit text,
    event_on date,
    event_time time without time zone,
    place text NOT NULL,
    publicity text NOT NULL,
    phone text,
    phone_absence text,
    email text,
    email_absence text,
    surname text,
    given_name text,
    patronymic text,
    name_absence text,
    operator_id uuid NOT NULL,
    operator_name text NOT NULL,
    operator_role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    registered_at timestamp with time zone,
    platform_id text,
    platform_status text,
    answer_text text,
    schema_version integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_message_counter CHECK (((counter >= 1) AND (counter <= 99999))),
    CONSTRAINT ck_message_email CHECK ((((email IS NULL) = (email_absence IS NOT NULL)) AND ((email_absence IS NULL) OR (email_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_message_name CHECK ((((surname IS NULL) = (name_absence IS NOT NULL)) AND ((name_absence IS NULL) OR (name_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_message_number CHECK ((number ~~ ((((((period)::text || '-'::text) || (station_id)::text) || '-'::text) || lpad((counter)::text, 5, '0'::text)) || '-_'::text))),
    CONSTRAINT ck_message_operator_role CHECK ((operator_role = ANY (ARRAY['operator'::text, 'moderator'::text, 'editor'::text, 'supervisor'::text, 'administrator'::text, 'observer'::text]))),
    CONSTRAINT ck_message_period CHECK (((period)::text ~ '^[0-9]{2}(0[1-9]|1[0-2])$'::text)),
    CONSTRAINT ck_message_phone CHECK ((((phone IS NULL) = (phone_absence IS NOT NULL)) AND ((phone_absence IS NULL) OR (phone_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_message_publicity CHECK ((publicity = ANY (ARRAY['public'::text, 'non_public'::text, 'not_stated'::text]))),
    CONSTRAINT ck_message_rev CHECK ((rev > 0)),
    CONSTRAINT ck_message_state CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'under_review'::text, 'registered'::text, 'published'::text, 'refused'::text, 'removed_as_duplicate'::text, 'at_organ'::text, 'answered'::text, 'answer_returned'::text, 'answer_sent'::text, 'planned'::text, 'rated'::text, 'rework'::text, 'closed'::text, 'passed_on'::text])))
)
PARTITION BY RANGE (period);

CREATE FUNCTION public.find_messages(asked jsonb, most integer) RETURNS SETOF public.message
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM search_allowed(asked, most);
    RETURN QUERY EXECUTE 'SELECT * FROM public.message WHERE state <> ''draft'''
        || CASE WHEN asked ? 'call' THEN format(' AND call_id = %L::uuid', asked ->> 'call')
           ELSE search_conditions(asked, 'created_at', 'text') END
        || ' ORDER BY created_at DESC, id DESC' || format(' LIMIT %s', most);
END $$;

CREATE FUNCTION public.forget_changes(before timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.keep_acts() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'an erasure is not undone' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.keep_answer_files_erased() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM public.erasure WHERE entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND entity_id = NEW.message_id)
    THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.keep_erased() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.erasure WHERE station_id = NEW.station_id
        AND period = NEW.period AND entity = TG_ARGV[0] AND entity_id = NEW.id) THEN
        RETURN NEW;
    END IF;
    NEW.phone_absence := coalesce(NEW.phone_absence, 'erased');
    NEW.email_absence := coalesce(NEW.email_absence, 'erased');
    NEW.name_absence := coalesce(NEW.name_absence, 'erased');
    NEW.phone := NULL;
    NEW.email := NULL;
    NEW.surname := NULL;
    NEW.given_name := NULL;
    NEW.patronymic := NULL;
    IF TG_ARGV[0] = 'call' THEN
        NEW.caller_number_raw := '';
        NEW.caller_name := '';
        NEW.concerned := CASE WHEN NEW.concerned IS NOT NULL THEN '' END;
        NEW.transferred_by := CASE WHEN NEW.transferred_by IS NOT NULL THEN '' END;
        NEW.diverted_from := CASE WHEN NEW.diverted_from IS NOT NULL THEN '' END;
        NEW.content := '';
    ELSE
        NEW.text := '';
        NEW.place := '';
        NEW.answer_text := CASE WHEN NEW.answer_text IS NOT NULL THEN '' END;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.keep_install() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF OLD.install_id IS NOT NULL AND NEW.install_id IS DISTINCT FROM OLD.install_id
       AND public.current_station() IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'another store is enrolled here';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.keep_revision() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'a revision goes only forward';
END $$;

CREATE FUNCTION public.make_month(wanted text) RETURNS TABLE(made text, moved bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET lock_timeout TO '10s'
    AS $_$
DECLARE
    whole text;
    month text;
    others text;
    is_in_others boolean;
    untie text[];
    tie text[];
    step text;
    named record;
BEGIN
    IF wanted !~ '^[0-9]{2}(0[1-9]|1[0-2])$' THEN
        RAISE EXCEPTION 'not a month: %', wanted USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(5505550);
    FOREACH whole IN ARRAY ARRAY['call_record', 'message', 'message_event'] LOOP
        month := whole || '_' || wanted;
        others := whole || '_default';
        CONTINUE WHEN to_regclass(month) IS NOT NULL;
        -- The lock keeps rows of this month out of the default partition. The parent is locked
        -- before its partitions, because a sender that waits for a partition holds the parent.
        EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', whole);
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE period = $1)', others)
            INTO is_in_others USING wanted;
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL EXCLUDING INDEXES)', month, whole);
        made := month;
        moved := 0;
        IF is_in_others THEN
            EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', whole);
            -- A detached partition may hold no row that a foreign key references.
            SELECT array_agg(format('ALTER TABLE %s DROP CONSTRAINT %I',
                                    conrelid::regclass, conname)),
                   array_agg(format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                                    conrelid::regclass, conname, pg_get_constraintdef(oid)))
                INTO untie, tie
                FROM pg_constraint
                WHERE contype = 'f' AND confrelid = whole::regclass AND conparentid = 0;
            FOREACH step IN ARRAY coalesce(untie, '{}') LOOP
                EXECUTE step;
            END LOOP;
            -- Rows move between detached tables, so that no trigger logs them in the feed.
            EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', whole, others);
            EXECUTE format('INSERT INTO %I SELECT * FROM %I WHERE period = $1', month, others)
                USING wanted;
            GET DIAGNOSTICS moved = ROW_COUNT;
            EXECUTE format('DELETE FROM %I WHERE period = $1', others) USING wanted;
        END IF;
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       whole, month, wanted, lpad((wanted::int + 1)::text, 4, '0'));
        -- Senders recognise a rejected row by the name of its constraint, so generated names
        -- are replaced.
        FOR named IN
            SELECT part.conname AS old, replace(main.conname, whole, month) AS new
                FROM pg_constraint AS part JOIN pg_constraint AS main ON main.oid = part.conparentid
                WHERE part.conrelid = month::regclass AND part.contype IN ('p', 'u')
        LOOP
            EXECUTE format('ALTER TABLE %I RENAME CONSTRAINT %I TO %I',
                           month, named.old, named.new);
        END LOOP;
        IF is_in_others THEN
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I DEFAULT', whole, others);
            FOREACH step IN ARRAY coalesce(tie, '{}') LOOP
                EXECUTE step;
            END LOOP;
        END IF;
        RETURN NEXT;
    END LOOP;
END $_$;

CREATE FUNCTION public.mark_courses() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.message_course AS c (station_id, period, message_id)
    SELECT DISTINCT station_id, period, message_id FROM fresh ORDER BY 1, 2, 3
    ON CONFLICT (station_id, period, message_id) DO UPDATE SET changed = c.changed + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION public.mark_courses_erased() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.message_course AS c
    SET changed = c.changed + 1, street_key = NULL, street_name = NULL
    FROM (SELECT DISTINCT fresh.station_id, fresh.period, fresh.message_id
          FROM fresh JOIN former USING (station_id, period, id)
          WHERE fresh.facts IS DISTINCT FROM former.facts) AS e
    WHERE c.station_id = e.station_id AND c.period = e.period AND c.message_id = e.message_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_call_record_delete() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', station_id || '/' || period || '/' || id, 'delete', rev
    FROM touched;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_call_record_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.note_call_record_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.note_city_edits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver, station_id)
    SELECT 'city', 'city_edit', id::text, 'put', 1, NULL FROM fresh ORDER BY position;
    IF FOUND THEN PERFORM pg_notify('edinyi_feed', 'city'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_documents() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.note_incidents() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'incidents', 'incident_event', id::text, 'put', 1 FROM fresh ORDER BY at, id;
    IF EXISTS (SELECT FROM fresh WHERE act <> 'call_linked') THEN
        PERFORM pg_notify('edinyi_feed', 'incidents');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_message_delete() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'message', station_id || '/' || period || '/' || id, 'delete', rev
    FROM touched;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_message_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'message', station_id || '/' || period || '/' || id, 'put', rev
    FROM touched WHERE phone IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_message_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'message', station_id || '/' || period || '/' || id, 'put', rev
    FROM touched;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_missed_mark() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'history', 'call', call_station || '/' || call_period || '/' || call_id, 'put', 1
    FROM fresh;
    IF EXISTS (SELECT FROM fresh) THEN
        PERFORM pg_notify('edinyi_feed', 'missed');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_planned_calls() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'planned', 'planned_call', id::text, 'put', 1 FROM touched ORDER BY made_at, id;
    IF FOUND THEN
        PERFORM pg_notify('edinyi_feed', 'planned');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_planned_steps() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver)
    SELECT 'planned', 'planned_step', id::text, 'put', 1 FROM fresh ORDER BY at, id;
    IF EXISTS (SELECT FROM fresh WHERE act <> 'reminded') THEN
        PERFORM pg_notify('edinyi_feed', 'planned');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_posts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver, station_id)
    SELECT 'handling', 'platform_post', period || '/' || message_id, 'put', 1, station_id
    FROM fresh WHERE num_nonnulls(platform_id, platform_status, answer_text) > 0;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_posts_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver, station_id)
    SELECT 'handling', 'platform_post', fresh.period || '/' || fresh.message_id, 'put', 1,
           fresh.station_id
    FROM fresh JOIN stale USING (station_id, period, message_id)
    WHERE (fresh.platform_id, fresh.platform_status, fresh.answer_text)
        IS DISTINCT FROM (stale.platform_id, stale.platform_status, stale.answer_text);
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_steps() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.feed_change (feed, entity, entity_id, op, ver, station_id)
    SELECT 'handling', 'message_event', period || '/' || id, 'put', rev, station_id
    FROM fresh ORDER BY message_id, seq;
    RETURN NULL;
END $$;

CREATE FUNCTION public.only_add_events() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    is_erased boolean;
    former public.message_event;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'events are only added' USING ERRCODE = 'restrict_violation';
    END IF;
    is_erased := EXISTS (SELECT FROM public.erasure WHERE station_id = NEW.station_id
        AND period = NEW.period AND entity = 'message' AND entity_id = NEW.message_id);
    IF is_erased THEN
        NEW.facts := public.erased_facts(NEW.facts);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        -- only a higher revision and removed texts are allowed
        former := OLD;
        former.rev := NEW.rev;
        former.received_at := NEW.received_at;
        IF is_erased THEN
            former.facts := public.erased_facts(OLD.facts);
        END IF;
        IF former IS DISTINCT FROM NEW THEN
            RAISE EXCEPTION 'events are only added' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.search_allowed(asked jsonb, most integer) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    -- an open connection outlives the disabling of its operator
    IF EXISTS (SELECT FROM public.operator WHERE login = session_user AND disabled_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'disabled' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF pg_has_role(session_user, 'edinyi_supervisor', 'MEMBER') THEN
        RETURN;
    END IF;
    IF most > 51 OR NOT asked ?| ARRAY['number', 'phone', 'name', 'words', 'call'] THEN
        RAISE EXCEPTION 'only a search that names something'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION public.search_conditions(asked jsonb, moment text, said text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    part text;
    number text := asked ->> 'number';
    parts constant text[] := ARRAY['surname', 'given_name', 'patronymic'];
    place integer := 0;
    found text := '';
    wanted text;
BEGIN
    IF number IS NOT NULL THEN
        RETURN format(' AND station_id = %L AND period = %L AND counter = %L',
            split_part(number, '-', 2), split_part(number, '-', 1),
            split_part(number, '-', 3)::integer);
    END IF;
    IF asked ? 'start' THEN
        found := found || format(' AND %I >= %L AND %1$I < %3$L AND period >= %4$L',
            moment, asked ->> 'start', asked ->> 'end', asked ->> 'first_period');
    END IF;
    IF asked ? 'phone' THEN
        found := found || format(' AND phone = %L', asked ->> 'phone');
    END IF;
    FOR part IN SELECT jsonb_array_elements_text(asked -> 'name') LOOP
        place := place + 1;
        EXIT WHEN place > 3;
        found := found || format(
            ' AND lower(translate(%I, ''Ёё'', ''Ее'')) LIKE %L', parts[place],
            replace(replace(lower(translate(part, 'Ёё', 'Ее')), '\', '\\'), '%', '\%') || '%');
    END LOOP;
    IF asked ? 'words' THEN
        SELECT string_agg(quote_literal(word) || ':*', ' & ') INTO wanted
        FROM jsonb_array_elements_text(asked -> 'words') AS word;
        found := found || format(
            ' AND to_tsvector(''russian'', translate(%I, ''Ёё'', ''Ее'')) @@ %L::tsquery',
            said, to_tsquery('russian', wanted));
    END IF;
    RETURN found;
END $_$;

CREATE FUNCTION public.tell_standings(told jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF public.current_station() IS NOT NULL AND NOT public.current_station_reviews() THEN
        RAISE insufficient_privilege USING MESSAGE = 'this workplace reviews its own messages';
    END IF;
    UPDATE public.message AS m
    SET state = one.state, text = one.text, topic = one.topic, category = one.category,
        unit = one.unit, event_on = one.event_on, event_time = one.event_time, place = one.place,
        publicity = one.publicity, submitted_at = one.submitted_at,
        registered_at = one.registered_at, answer_text = one.answer_text, received_at = now()
    FROM jsonb_to_recordset(told) AS one(
        station_id text, period text, id uuid, last_step uuid, state text, text text, topic text,
        category text, unit text, event_on date, event_time time, place text, publicity text,
        submitted_at timestamptz, registered_at timestamptz, answer_text text)
    WHERE m.station_id = one.station_id AND m.period = one.period AND m.id = one.id
      AND one.last_step = (
        SELECT e.id FROM public.message_event AS e
        WHERE e.station_id = one.station_id AND e.period = one.period
          AND e.message_id = one.id ORDER BY e.seq DESC LIMIT 1);
END $$;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.answer_file (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    message_id uuid NOT NULL,
    sha256 character varying(64) NOT NULL,
    name text NOT NULL,
    format text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id uuid NOT NULL,
    added_by_name text NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT ck_answer_file_name CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT ck_answer_file_sha256 CHECK (((sha256)::text = encode(sha256(content), 'hex'::text))),
    CONSTRAINT ck_answer_file_size CHECK ((octet_length(content) <= 10485760))
);

CREATE TABLE public.audit (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    chain uuid NOT NULL,
    seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    by_id uuid,
    source text,
    subject text,
    subject_id uuid,
    detail text NOT NULL,
    count integer NOT NULL,
    hash character varying(64) NOT NULL,
    schema_version integer NOT NULL,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_audit_doer CHECK (((source IS NULL) = (by_id IS NOT NULL))),
    CONSTRAINT ck_audit_rev CHECK ((rev = 1)),
    CONSTRAINT ck_audit_seq CHECK ((seq > 0))
);

CREATE TABLE public.audit_head (
    station_id character varying(8) NOT NULL,
    chain uuid NOT NULL,
    seq integer NOT NULL,
    hash character varying(64) NOT NULL
);

CREATE TABLE public.call_claim (
    id uuid NOT NULL,
    station_id character varying(4) NOT NULL,
    phone text NOT NULL,
    by_id uuid NOT NULL,
    by_name text NOT NULL,
    stage text DEFAULT 'calling'::text NOT NULL,
    talked_at timestamp with time zone,
    until timestamp with time zone NOT NULL,
    CONSTRAINT ck_call_claim_stage CHECK ((stage = ANY (ARRAY['calling'::text, 'talking'::text, 'writing'::text])))
);

CREATE TABLE public.call_record_default (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    counter integer NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    rev integer NOT NULL,
    state text NOT NULL,
    direction text NOT NULL,
    sip_call_id text NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    first_key_at timestamp with time zone,
    hit_accepted_at timestamp with time zone,
    end_cause text,
    end_status integer,
    dialled_line text NOT NULL,
    caller_number_raw text NOT NULL,
    caller_name text NOT NULL,
    phone text,
    phone_absence text,
    email text,
    email_absence text,
    surname text,
    given_name text,
    patronymic text,
    name_absence text,
    concerned text,
    content text NOT NULL,
    result text,
    used_entries jsonb NOT NULL,
    topic text,
    category text,
    message_id uuid,
    out_of_hours boolean NOT NULL,
    operator_id uuid NOT NULL,
    operator_name text NOT NULL,
    operator_role text NOT NULL,
    closed_by_id uuid,
    closed_by_name text,
    workplace text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    saved_at timestamp with time zone,
    way text,
    part_of text,
    handled_at timestamp with time zone,
    queue text,
    transferred_by text,
    diverted_from text,
    schema_version integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_call_record_closed CHECK ((((state = 'closed'::text) = (saved_at IS NOT NULL)) AND ((state <> 'closed'::text) OR (result IS NOT NULL)) AND ((state <> 'closed'::text) OR (result <> 'message'::text) OR (message_id IS NOT NULL)))),
    CONSTRAINT ck_call_record_counter CHECK (((counter >= 1) AND (counter <= 99999))),
    CONSTRAINT ck_call_record_direction CHECK ((direction = ANY (ARRAY['incoming'::text, 'outgoing'::text]))),
    CONSTRAINT ck_call_record_email CHECK ((((email IS NULL) = (email_absence IS NOT NULL)) AND ((email_absence IS NULL) OR (email_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_call_record_name CHECK ((((surname IS NULL) = (name_absence IS NOT NULL)) AND ((name_absence IS NULL) OR (name_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_call_record_number CHECK ((number ~~ ((((((period)::text || '-'::text) || (station_id)::text) || '-'::text) || lpad((counter)::text, 5, '0'::text)) || '-_'::text))),
    CONSTRAINT ck_call_record_operator_role CHECK ((operator_role = ANY (ARRAY['operator'::text, 'moderator'::text, 'editor'::text, 'supervisor'::text, 'administrator'::text, 'observer'::text]))),
    CONSTRAINT ck_call_record_period CHECK (((period)::text ~ '^[0-9]{2}(0[1-9]|1[0-2])$'::text)),
    CONSTRAINT ck_call_record_phone CHECK ((((phone IS NULL) = (phone_absence IS NOT NULL)) AND ((phone_absence IS NULL) OR (phone_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_call_record_result CHECK ((result = ANY (ARRAY['answered'::text, 'contacts'::text, 'message'::text, 'not_answered'::text, 'dropped'::text, 'silent'::text, 'wrong_number'::text]))),
    CONSTRAINT ck_call_record_rev CHECK ((rev > 0)),
    CONSTRAINT ck_call_record_state CHECK ((state = ANY (ARRAY['draft'::text, 'closed'::text]))),
    CONSTRAINT ck_call_record_way CHECK ((way = ANY (ARRAY['walk_in'::text, 'mobile'::text, 'letter'::text, 'other'::text])))
);

CREATE TABLE public.central_audit (
    station_id character varying(8) NOT NULL,
    id uuid NOT NULL,
    chain uuid NOT NULL,
    seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    by_id uuid,
    source text NOT NULL,
    subject text,
    subject_id uuid,
    detail text NOT NULL,
    count integer NOT NULL,
    hash character varying(64) NOT NULL,
    schema_version integer NOT NULL,
    CONSTRAINT ck_central_audit_by_id CHECK ((by_id IS NULL)),
    CONSTRAINT ck_central_audit_seq CHECK ((seq > 0)),
    CONSTRAINT ck_central_audit_station_id CHECK (((station_id)::text = 'centre'::text))
);

CREATE TABLE public.city_edit (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    "position" bigint NOT NULL,
    change jsonb NOT NULL,
    reason text NOT NULL,
    document text NOT NULL,
    moved jsonb NOT NULL,
    by_id uuid NOT NULL,
    by_name text NOT NULL,
    by_role text NOT NULL,
    at timestamp with time zone NOT NULL,
    schema_version integer NOT NULL,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_city_edit_reason CHECK ((btrim(reason) <> ''::text)),
    CONSTRAINT ck_city_edit_rev CHECK ((rev = 1))
);

ALTER TABLE public.city_edit ALTER COLUMN "position" ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.city_edit_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.erasure (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    entity text NOT NULL,
    entity_id uuid NOT NULL,
    cause text NOT NULL,
    act_id uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ck_erasure_act CHECK (((cause = 'request'::text) = (act_id IS NOT NULL))),
    CONSTRAINT ck_erasure_cause CHECK ((cause = ANY (ARRAY['request'::text, 'term'::text]))),
    CONSTRAINT ck_erasure_entity CHECK ((entity = ANY (ARRAY['call'::text, 'message'::text])))
);

CREATE TABLE public.feed_change (
    seq bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    feed text NOT NULL,
    entity text NOT NULL,
    entity_id text NOT NULL,
    op text NOT NULL,
    ver integer NOT NULL,
    station_id character varying(4),
    at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.feed_change ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.feed_change_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feed_floor (
    feed text NOT NULL,
    xid xid8 NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE public.incident_event (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    incident_id uuid NOT NULL,
    act text NOT NULL,
    at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    street text NOT NULL,
    matter text NOT NULL,
    text text NOT NULL,
    call_id uuid,
    by_id uuid NOT NULL,
    by_name text NOT NULL,
    by_role text NOT NULL,
    schema_version integer NOT NULL,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_incident_event_act CHECK ((act = ANY (ARRAY['proposed'::text, 'declared'::text, 'edited'::text, 'ended'::text, 'call_linked'::text]))),
    CONSTRAINT ck_incident_event_call CHECK (((act = 'call_linked'::text) = (call_id IS NOT NULL))),
    CONSTRAINT ck_incident_event_led CHECK (((act = ANY (ARRAY['proposed'::text, 'call_linked'::text])) OR (by_role = 'supervisor'::text))),
    CONSTRAINT ck_incident_event_rev CHECK ((rev = 1))
);

CREATE TABLE public.message_course (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    message_id uuid NOT NULL,
    changed integer DEFAULT 1 NOT NULL,
    counted integer,
    made_by integer,
    state text,
    topic text,
    category text,
    organ text,
    street_key text,
    street_name text,
    is_from_platform boolean,
    submitted_s bigint,
    decided_s bigint,
    decided_by_id uuid,
    decided_by_name text,
    decided_by_role text,
    grounds text,
    told jsonb,
    answers jsonb
);

CREATE TABLE public.message_default (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    counter integer NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    rev integer NOT NULL,
    state text NOT NULL,
    call_id uuid,
    text text NOT NULL,
    topic text,
    category text,
    unit text,
    event_on date,
    event_time time without time zone,
    place text NOT NULL,
    publicity text NOT NULL,
    phone text,
    phone_absence text,
    email text,
    email_absence text,
    surname text,
    given_name text,
    patronymic text,
    name_absence text,
    operator_id uuid NOT NULL,
    operator_name text NOT NULL,
    operator_role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    registered_at timestamp with time zone,
    platform_id text,
    platform_status text,
    answer_text text,
    schema_version integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_message_counter CHECK (((counter >= 1) AND (counter <= 99999))),
    CONSTRAINT ck_message_email CHECK ((((email IS NULL) = (email_absence IS NOT NULL)) AND ((email_absence IS NULL) OR (email_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_message_name CHECK ((((surname IS NULL) = (name_absence IS NOT NULL)) AND ((name_absence IS NULL) OR (name_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_message_number CHECK ((number ~~ ((((((period)::text || '-'::text) || (station_id)::text) || '-'::text) || lpad((counter)::text, 5, '0'::text)) || '-_'::text))),
    CONSTRAINT ck_message_operator_role CHECK ((operator_role = ANY (ARRAY['operator'::text, 'moderator'::text, 'editor'::text, 'supervisor'::text, 'administrator'::text, 'observer'::text]))),
    CONSTRAINT ck_message_period CHECK (((period)::text ~ '^[0-9]{2}(0[1-9]|1[0-2])$'::text)),
    CONSTRAINT ck_message_phone CHECK ((((phone IS NULL) = (phone_absence IS NOT NULL)) AND ((phone_absence IS NULL) OR (phone_absence = ANY (ARRAY['not_asked'::text, 'not_given'::text, 'erased'::text]))))),
    CONSTRAINT ck_message_publicity CHECK ((publicity = ANY (ARRAY['public'::text, 'non_public'::text, 'not_stated'::text]))),
    CONSTRAINT ck_message_rev CHECK ((rev > 0)),
    CONSTRAINT ck_message_state CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'under_review'::text, 'registered'::text, 'published'::text, 'refused'::text, 'removed_as_duplicate'::text, 'at_organ'::text, 'answered'::text, 'answer_returned'::text, 'answer_sent'::text, 'planned'::text, 'rated'::text, 'rework'::text, 'closed'::text, 'passed_on'::text])))
);

CREATE TABLE public.message_event_default (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    seq integer NOT NULL,
    step text NOT NULL,
    at timestamp with time zone NOT NULL,
    source text,
    by_id uuid,
    by_name text,
    by_role text,
    facts jsonb NOT NULL,
    schema_version integer NOT NULL,
    after_id uuid,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_message_event_by_role CHECK ((by_role = ANY (ARRAY['operator'::text, 'moderator'::text, 'editor'::text, 'supervisor'::text, 'administrator'::text, 'observer'::text]))),
    CONSTRAINT ck_message_event_doer CHECK ((((source IS NULL) = (by_id IS NOT NULL)) AND ((source IS NULL) = (by_name IS NOT NULL)) AND ((source IS NULL) = (by_role IS NOT NULL)))),
    CONSTRAINT ck_message_event_rev CHECK ((rev > 0)),
    CONSTRAINT ck_message_event_seq CHECK ((seq > 0)),
    CONSTRAINT ck_message_event_source CHECK ((source = ANY (ARRAY['system'::text, 'platform'::text]))),
    CONSTRAINT ck_message_event_step CHECK ((step = ANY (ARRAY['submit'::text, 'split'::text, 'join'::text, 'discard'::text, 'state_publicity'::text, 'mark_confidential'::text, 'clear_confidential'::text, 'withhold'::text, 'link'::text, 'link_call'::text, 'take_up'::text, 'release'::text, 'correct'::text, 'ask_colleague'::text, 'register'::text, 'register_and_publish'::text, 'publish'::text, 'refuse'::text, 'notify'::text, 'remove_duplicate'::text, 'send_to_organ'::text, 'redirect'::text, 'answer_by_operator'::text, 'receive_answer'::text, 'return_answer'::text, 'send_answer'::text, 'send_plan'::text, 'reopen_planned'::text, 'rate'::text, 'rate_negatively'::text, 'send_to_rework'::text, 'forward_by_votes'::text, 'close'::text, 'take_back'::text])))
);

CREATE TABLE public.missed_mark (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    call_station text NOT NULL,
    call_period text NOT NULL,
    call_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    by_name text NOT NULL,
    outcome text NOT NULL,
    schema_version integer NOT NULL,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_missed_mark_rev CHECK ((rev = 1))
);

CREATE TABLE public.operator (
    id uuid NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT ck_operator_login CHECK ((login = lower(login))),
    CONSTRAINT ck_operator_role CHECK ((role = ANY (ARRAY['operator'::text, 'moderator'::text, 'editor'::text, 'supervisor'::text, 'administrator'::text, 'observer'::text])))
);

CREATE TABLE public.operator_state (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    operator_id uuid NOT NULL,
    operator_name text NOT NULL,
    at timestamp with time zone NOT NULL,
    former text NOT NULL,
    doing text NOT NULL,
    reason text NOT NULL,
    cause text NOT NULL,
    schema_version integer NOT NULL,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_operator_state_rev CHECK ((rev = 1))
);

CREATE TABLE public.own_desk (
    operator_id uuid NOT NULL,
    document jsonb NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_own_desk_size CHECK ((octet_length((document)::text) <= 65536))
);

CREATE TABLE public.person_act (
    id uuid NOT NULL,
    kind text NOT NULL,
    count integer NOT NULL,
    login text DEFAULT SESSION_USER NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ck_person_act_kind CHECK ((kind = ANY (ARRAY['erased'::text, 'exported'::text])))
);

CREATE TABLE public.planned_call (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    phone text NOT NULL,
    note text NOT NULL,
    for_id uuid,
    made_at timestamp with time zone NOT NULL,
    made_by_id uuid,
    made_by_name text NOT NULL,
    schema_version integer NOT NULL,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_planned_call_rev CHECK ((rev = 1)),
    CONSTRAINT ck_planned_call_tries CHECK ((tries >= 0))
);

CREATE TABLE public.planned_step (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    id uuid NOT NULL,
    call_id uuid NOT NULL,
    act text NOT NULL,
    at timestamp with time zone NOT NULL,
    moment timestamp with time zone,
    by_id uuid NOT NULL,
    by_name text NOT NULL,
    by_role text NOT NULL,
    schema_version integer NOT NULL,
    rev integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_planned_step_act CHECK ((act = ANY (ARRAY['talked'::text, 'not_reached'::text, 'not_needed'::text, 'reminded'::text]))),
    CONSTRAINT ck_planned_step_by_role CHECK ((by_role = ANY (ARRAY['operator'::text, 'moderator'::text, 'supervisor'::text]))),
    CONSTRAINT ck_planned_step_moment CHECK (((act = ANY (ARRAY['not_reached'::text, 'reminded'::text])) = (moment IS NOT NULL))),
    CONSTRAINT ck_planned_step_rev CHECK ((rev = 1))
);

CREATE TABLE public.platform_intake (
    one integer NOT NULL,
    since timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    CONSTRAINT ck_platform_intake_one CHECK ((one = 1))
);

CREATE TABLE public.platform_media (
    event_id uuid NOT NULL,
    "position" integer NOT NULL,
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    message_id uuid NOT NULL,
    seq integer NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    media_id text,
    tries integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone,
    last_error text,
    CONSTRAINT ck_platform_media_state CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'told'::text, 'refused'::text])))
);

CREATE TABLE public.platform_post (
    station_id character varying(4) NOT NULL,
    period character varying(4) NOT NULL,
    message_id uuid NOT NULL,
    state text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    first_begun_at timestamp with time zone,
    next_try_at timestamp with time zone,
    token text,
    platform_id text,
    posted_at timestamp with time zone,
    last_error text,
    platform_status text,
    answer_text text,
    leased_by uuid,
    leased_until timestamp with time zone,
    news_seq integer DEFAULT 0 NOT NULL,
    news_tries integer DEFAULT 0 NOT NULL,
    news_next_at timestamp with time zone,
    news_error text,
    CONSTRAINT ck_platform_post_state CHECK ((state = ANY (ARRAY['waiting'::text, 'posting'::text, 'token'::text, 'posted'::text, 'closed'::text, 'rejected'::text])))
);

CREATE TABLE public.platform_request (
    platform_id text NOT NULL,
    state text NOT NULL,
    code text,
    station_id character varying(4),
    period character varying(4),
    message_id uuid,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_platform_request_code CHECK (((state = 'left'::text) = (code IS NOT NULL))),
    CONSTRAINT ck_platform_request_state CHECK ((state = ANY (ARRAY['taken'::text, 'left'::text])))
);

CREATE VIEW public.rehearsal_calls WITH (security_invoker='true') AS
 SELECT call_record.id,
    call_record.number,
    call_record.content,
    call_record.result,
    call_record.phone,
    call_record.rev
   FROM public.call_record
  WHERE (call_record.sip_call_id ~~ '%@rehearsal.invalid'::text);

CREATE TABLE public.shared_content (
    sha256 character varying(64) NOT NULL,
    content bytea NOT NULL
);

CREATE TABLE public.shared_document (
    entity text NOT NULL,
    id text NOT NULL,
    ver integer NOT NULL,
    "position" bigint NOT NULL,
    document jsonb,
    content_sha256 character varying(64),
    digest character varying(64) NOT NULL,
    closed_on date,
    by_name text DEFAULT public.current_operator_name() NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    by_id uuid DEFAULT public.current_operator(),
    action text DEFAULT 'put'::text NOT NULL,
    CONSTRAINT ck_shared_document_action CHECK ((action = ANY (ARRAY['put'::text, 'close'::text, 'restore'::text]))),
    CONSTRAINT ck_shared_document_entity CHECK ((entity = ANY (ARRAY['entry'::text, 'attachment'::text, 'synonym'::text, 'proposal'::text, 'setting'::text, 'template'::text]))),
    CONSTRAINT ck_shared_document_gone CHECK (((document IS NOT NULL) OR (closed_on IS NOT NULL))),
    CONSTRAINT ck_shared_document_ver CHECK ((ver > 0))
);

ALTER TABLE public.shared_document ALTER COLUMN "position" ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shared_document_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.stale_letter (
    owner text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone
);

CREATE TABLE public.station (
    station_id character varying(4) NOT NULL,
    install_id uuid,
    enrolled_at timestamp with time zone DEFAULT now() NOT NULL,
    login text,
    disabled_at timestamp with time zone,
    session_id uuid,
    lease_holder text,
    leased_until timestamp with time zone,
    counter_period character varying(4),
    counter_high integer,
    reviews boolean DEFAULT false NOT NULL
);

CREATE TABLE public.succession (
    id uuid NOT NULL,
    system_identifier text NOT NULL,
    timeline integer NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.workplace_name (
    name text NOT NULL,
    station_id character varying(4) NOT NULL,
    named_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.call_record ATTACH PARTITION public.call_record_default DEFAULT;

ALTER TABLE ONLY public.message ATTACH PARTITION public.message_default DEFAULT;

ALTER TABLE ONLY public.message_event ATTACH PARTITION public.message_event_default DEFAULT;

INSERT INTO public.alembic_version VALUES ('c0001');

SELECT pg_catalog.setval('public.city_edit_position_seq', 1, false);

SELECT pg_catalog.setval('public.feed_change_seq_seq', 1, false);

SELECT pg_catalog.setval('public.shared_document_position_seq', 1, false);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.answer_file
    ADD CONSTRAINT pk_answer_file PRIMARY KEY (station_id, period, message_id, sha256);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT pk_audit_head PRIMARY KEY (station_id, chain);

ALTER TABLE ONLY public.call_claim
    ADD CONSTRAINT pk_call_claim PRIMARY KEY (id);

ALTER TABLE ONLY public.call_record
    ADD CONSTRAINT pk_call_record PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.call_record_default
    ADD CONSTRAINT pk_call_record_default PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.central_audit
    ADD CONSTRAINT pk_central_audit PRIMARY KEY (chain, seq);

ALTER TABLE ONLY public.city_edit
    ADD CONSTRAINT pk_city_edit PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT pk_erasure PRIMARY KEY (station_id, period, entity, entity_id);

ALTER TABLE ONLY public.feed_change
    ADD CONSTRAINT pk_feed_change PRIMARY KEY (seq);

ALTER TABLE ONLY public.feed_floor
    ADD CONSTRAINT pk_feed_floor PRIMARY KEY (feed);

ALTER TABLE ONLY public.incident_event
    ADD CONSTRAINT pk_incident_event PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.message
    ADD CONSTRAINT pk_message PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.message_course
    ADD CONSTRAINT pk_message_course PRIMARY KEY (station_id, period, message_id);

ALTER TABLE ONLY public.message_default
    ADD CONSTRAINT pk_message_default PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.message_event
    ADD CONSTRAINT pk_message_event PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.message_event_default
    ADD CONSTRAINT pk_message_event_default PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.missed_mark
    ADD CONSTRAINT pk_missed_mark PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.operator
    ADD CONSTRAINT pk_operator PRIMARY KEY (id);

ALTER TABLE ONLY public.operator_state
    ADD CONSTRAINT pk_operator_state PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.own_desk
    ADD CONSTRAINT pk_own_desk PRIMARY KEY (operator_id);

ALTER TABLE ONLY public.person_act
    ADD CONSTRAINT pk_person_act PRIMARY KEY (id);

ALTER TABLE ONLY public.planned_call
    ADD CONSTRAINT pk_planned_call PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.planned_step
    ADD CONSTRAINT pk_planned_step PRIMARY KEY (station_id, period, id);

ALTER TABLE ONLY public.platform_intake
    ADD CONSTRAINT pk_platform_intake PRIMARY KEY (one);

ALTER TABLE ONLY public.platform_media
    ADD CONSTRAINT pk_platform_media PRIMARY KEY (event_id, "position");

ALTER TABLE ONLY public.platform_post
    ADD CONSTRAINT pk_platform_post PRIMARY KEY (station_id, period, message_id);

ALTER TABLE ONLY public.platform_request
    ADD CONSTRAINT pk_platform_request PRIMARY KEY (platform_id);

ALTER TABLE ONLY public.shared_content
    ADD CONSTRAINT pk_shared_content PRIMARY KEY (sha256);

ALTER TABLE ONLY public.shared_document
    ADD CONSTRAINT pk_shared_document PRIMARY KEY (entity, id, ver);

ALTER TABLE ONLY public.stale_letter
    ADD CONSTRAINT pk_stale_letter PRIMARY KEY (owner);

ALTER TABLE ONLY public.station
    ADD CONSTRAINT pk_station PRIMARY KEY (station_id);

ALTER TABLE ONLY public.succession
    ADD CONSTRAINT pk_succession PRIMARY KEY (id);

ALTER TABLE ONLY public.workplace_name
    ADD CONSTRAINT pk_workplace_name PRIMARY KEY (name);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT uq_audit_station_id_chain_seq UNIQUE (station_id, chain, seq);

ALTER TABLE ONLY public.call_claim
    ADD CONSTRAINT uq_call_claim_phone UNIQUE (phone);

ALTER TABLE ONLY public.call_record
    ADD CONSTRAINT uq_call_record_station_id_period_counter UNIQUE (station_id, period, counter);

ALTER TABLE ONLY public.call_record_default
    ADD CONSTRAINT uq_call_record_default_station_id_period_counter UNIQUE (station_id, period, counter);

ALTER TABLE ONLY public.central_audit
    ADD CONSTRAINT uq_central_audit_id UNIQUE (id);

ALTER TABLE ONLY public.city_edit
    ADD CONSTRAINT uq_city_edit_position UNIQUE ("position");

ALTER TABLE ONLY public.message
    ADD CONSTRAINT uq_message_station_id_period_counter UNIQUE (station_id, period, counter);

ALTER TABLE ONLY public.message_default
    ADD CONSTRAINT uq_message_default_station_id_period_counter UNIQUE (station_id, period, counter);

ALTER TABLE ONLY public.message_event
    ADD CONSTRAINT uq_message_event_station_id_period_message_id_seq UNIQUE (station_id, period, message_id, seq);

ALTER TABLE ONLY public.message_event_default
    ADD CONSTRAINT uq_message_event_default_station_id_period_message_id_seq UNIQUE (station_id, period, message_id, seq);

ALTER TABLE ONLY public.operator
    ADD CONSTRAINT uq_operator_login UNIQUE (login);

ALTER TABLE ONLY public.station
    ADD CONSTRAINT uq_station_login UNIQUE (login);

ALTER TABLE ONLY public.workplace_name
    ADD CONSTRAINT uq_workplace_name_station_id UNIQUE (station_id);

CREATE INDEX ix_call_record_from_directory ON ONLY public.call_record USING btree (arrived_at) WHERE ((direction = 'incoming'::text) AND (answered_at IS NOT NULL) AND (part_of IS NULL) AND (used_entries @? '$[*]?(@."kind" != "script")'::jsonpath));

CREATE INDEX call_record_default_arrived_at_idx ON public.call_record_default USING btree (arrived_at) WHERE ((direction = 'incoming'::text) AND (answered_at IS NOT NULL) AND (part_of IS NULL) AND (used_entries @? '$[*]?(@."kind" != "script")'::jsonpath));

CREATE INDEX ix_call_record_formal_appeal ON ONLY public.call_record USING btree (arrived_at) WHERE (used_entries @> '[{"key": "59-fz", "kind": "script"}]'::jsonb);

CREATE INDEX call_record_default_arrived_at_idx1 ON public.call_record_default USING btree (arrived_at) WHERE (used_entries @> '[{"key": "59-fz", "kind": "script"}]'::jsonb);

CREATE INDEX ix_call_record_incident ON ONLY public.call_record USING btree (arrived_at) WHERE (used_entries @? '$[*]?(@."kind" == "script" && @."key" starts with "incident/")'::jsonpath);

CREATE INDEX call_record_default_arrived_at_idx2 ON public.call_record_default USING btree (arrived_at) WHERE (used_entries @? '$[*]?(@."kind" == "script" && @."key" starts with "incident/")'::jsonpath);

CREATE INDEX ix_call_record_report ON ONLY public.call_record USING btree (arrived_at) INCLUDE (period, direction, answered_at, ended_at, saved_at, end_cause, out_of_hours, result, operator_id, first_key_at, hit_accepted_at, way, part_of);

CREATE INDEX call_record_default_arrived_at_period_direction_answered_at_idx ON public.call_record_default USING btree (arrived_at) INCLUDE (period, direction, answered_at, ended_at, saved_at, end_cause, out_of_hours, result, operator_id, first_key_at, hit_accepted_at, way, part_of);

CREATE INDEX ix_call_record_result ON ONLY public.call_record USING btree (COALESCE(result, ''::text), arrived_at);

CREATE INDEX call_record_default_coalesce_arrived_at_idx ON public.call_record_default USING btree (COALESCE(result, ''::text), arrived_at);

CREATE INDEX ix_call_record_surname ON ONLY public.call_record USING btree (lower(translate(surname, 'Ёё'::text, 'Ее'::text)) text_pattern_ops, arrived_at);

CREATE INDEX call_record_default_lower_arrived_at_idx ON public.call_record_default USING btree (lower(translate(surname, 'Ёё'::text, 'Ее'::text)) text_pattern_ops, arrived_at);

CREATE INDEX ix_call_record_number ON ONLY public.call_record USING btree (number);

CREATE INDEX call_record_default_number_idx ON public.call_record_default USING btree (number);

CREATE INDEX ix_call_record_operator_name ON ONLY public.call_record USING btree (operator_name, arrived_at);

CREATE INDEX call_record_default_operator_name_arrived_at_idx ON public.call_record_default USING btree (operator_name, arrived_at);

CREATE INDEX ix_call_record_phone_arrived_at ON ONLY public.call_record USING btree (phone, arrived_at);

CREATE INDEX call_record_default_phone_arrived_at_idx ON public.call_record_default USING btree (phone, arrived_at);

CREATE INDEX ix_call_record_words ON ONLY public.call_record USING gin (to_tsvector('russian'::regconfig, translate(content, 'Ёё'::text, 'Ее'::text)));

CREATE INDEX call_record_default_to_tsvector_idx ON public.call_record_default USING gin (to_tsvector('russian'::regconfig, translate(content, 'Ёё'::text, 'Ее'::text)));

CREATE INDEX ix_call_record_topic ON ONLY public.call_record USING btree (topic, arrived_at);

CREATE INDEX call_record_default_topic_arrived_at_idx ON public.call_record_default USING btree (topic, arrived_at);

CREATE INDEX ix_answer_file_received_at ON public.answer_file USING btree (received_at);

CREATE INDEX ix_audit_by_id_at ON public.audit USING btree (by_id, at);

CREATE INDEX ix_audit_subject_id_at ON public.audit USING btree (subject_id, at);

CREATE INDEX ix_erasure_request ON public.erasure USING btree (station_id) WHERE (cause = 'request'::text);

CREATE INDEX ix_feed_change_at ON public.feed_change USING btree (at);

CREATE INDEX ix_feed_change_feed_xid_seq ON public.feed_change USING btree (feed, xid, seq);

CREATE INDEX ix_incident_event_at ON public.incident_event USING btree (at);

CREATE INDEX ix_message_call_id ON ONLY public.message USING btree (call_id);

CREATE INDEX ix_message_course_stale ON public.message_course USING btree (period) WHERE (counted IS DISTINCT FROM changed);

CREATE INDEX ix_message_created_at ON ONLY public.message USING btree (created_at);

CREATE INDEX ix_message_event_received_at ON ONLY public.message_event USING btree (received_at);

CREATE INDEX ix_message_phone_created_at ON ONLY public.message USING btree (phone, created_at);

CREATE INDEX ix_message_received_at ON ONLY public.message USING btree (received_at);

CREATE INDEX ix_message_registered_at ON ONLY public.message USING btree (registered_at);

CREATE INDEX ix_message_state_submitted_at ON ONLY public.message USING btree (state, submitted_at);

CREATE INDEX ix_message_surname ON ONLY public.message USING btree (lower(translate(surname, 'Ёё'::text, 'Ее'::text)) text_pattern_ops, created_at);

CREATE INDEX ix_message_words ON ONLY public.message USING gin (to_tsvector('russian'::regconfig, translate(text, 'Ёё'::text, 'Ее'::text)));

CREATE INDEX ix_missed_mark_call_id ON public.missed_mark USING btree (call_id);

CREATE INDEX ix_operator_state_operator_id_at ON public.operator_state USING btree (operator_id, at);

CREATE INDEX ix_planned_call_id ON public.planned_call USING btree (id);

CREATE INDEX ix_planned_call_phone ON public.planned_call USING btree (phone);

CREATE INDEX ix_planned_step_call_id ON public.planned_step USING btree (call_id);

CREATE INDEX ix_planned_step_id ON public.planned_step USING btree (id);

CREATE INDEX ix_platform_media_open ON public.platform_media USING btree (event_id) WHERE (state = ANY (ARRAY['waiting'::text, 'taken'::text]));

CREATE INDEX ix_platform_media_station_id_period_message_id ON public.platform_media USING btree (station_id, period, message_id);

CREATE INDEX ix_platform_post_news ON public.platform_post USING btree (news_next_at) WHERE (news_next_at IS NOT NULL);

CREATE INDEX ix_platform_post_platform_id ON public.platform_post USING btree (platform_id) WHERE (platform_id IS NOT NULL);

CREATE INDEX ix_platform_post_state_next_try_at ON public.platform_post USING btree (state, next_try_at);

CREATE INDEX ix_platform_request_left ON public.platform_request USING btree (seen_at) WHERE (state = 'left'::text);

CREATE INDEX message_default_call_id_idx ON public.message_default USING btree (call_id);

CREATE INDEX message_default_created_at_idx ON public.message_default USING btree (created_at);

CREATE INDEX message_default_lower_created_at_idx ON public.message_default USING btree (lower(translate(surname, 'Ёё'::text, 'Ее'::text)) text_pattern_ops, created_at);

CREATE INDEX message_default_phone_created_at_idx ON public.message_default USING btree (phone, created_at);

CREATE INDEX message_default_received_at_idx ON public.message_default USING btree (received_at);

CREATE INDEX message_default_registered_at_idx ON public.message_default USING btree (registered_at);

CREATE INDEX message_default_state_submitted_at_idx ON public.message_default USING btree (state, submitted_at);

CREATE INDEX message_default_to_tsvector_idx ON public.message_default USING gin (to_tsvector('russian'::regconfig, translate(text, 'Ёё'::text, 'Ее'::text)));

CREATE INDEX message_event_default_received_at_idx ON public.message_event_default USING btree (received_at);

ALTER INDEX public.ix_call_record_from_directory ATTACH PARTITION public.call_record_default_arrived_at_idx;

ALTER INDEX public.ix_call_record_formal_appeal ATTACH PARTITION public.call_record_default_arrived_at_idx1;

ALTER INDEX public.ix_call_record_incident ATTACH PARTITION public.call_record_default_arrived_at_idx2;

ALTER INDEX public.ix_call_record_report ATTACH PARTITION public.call_record_default_arrived_at_period_direction_answered_at_idx;

ALTER INDEX public.ix_call_record_result ATTACH PARTITION public.call_record_default_coalesce_arrived_at_idx;

ALTER INDEX public.ix_call_record_surname ATTACH PARTITION public.call_record_default_lower_arrived_at_idx;

ALTER INDEX public.ix_call_record_number ATTACH PARTITION public.call_record_default_number_idx;

ALTER INDEX public.ix_call_record_operator_name ATTACH PARTITION public.call_record_default_operator_name_arrived_at_idx;

ALTER INDEX public.ix_call_record_phone_arrived_at ATTACH PARTITION public.call_record_default_phone_arrived_at_idx;

ALTER INDEX public.ix_call_record_words ATTACH PARTITION public.call_record_default_to_tsvector_idx;

ALTER INDEX public.ix_call_record_topic ATTACH PARTITION public.call_record_default_topic_arrived_at_idx;

ALTER INDEX public.ix_message_call_id ATTACH PARTITION public.message_default_call_id_idx;

ALTER INDEX public.ix_message_created_at ATTACH PARTITION public.message_default_created_at_idx;

ALTER INDEX public.ix_message_surname ATTACH PARTITION public.message_default_lower_created_at_idx;

ALTER INDEX public.ix_message_phone_created_at ATTACH PARTITION public.message_default_phone_created_at_idx;

ALTER INDEX public.ix_message_received_at ATTACH PARTITION public.message_default_received_at_idx;

ALTER INDEX public.ix_message_registered_at ATTACH PARTITION public.message_default_registered_at_idx;

ALTER INDEX public.ix_message_state_submitted_at ATTACH PARTITION public.message_default_state_submitted_at_idx;

ALTER INDEX public.ix_message_words ATTACH PARTITION public.message_default_to_tsvector_idx;

ALTER INDEX public.ix_message_event_received_at ATTACH PARTITION public.message_event_default_received_at_idx;

ALTER INDEX public.pk_call_record ATTACH PARTITION public.pk_call_record_default;

ALTER INDEX public.pk_message ATTACH PARTITION public.pk_message_default;

ALTER INDEX public.pk_message_event ATTACH PARTITION public.pk_message_event_default;

ALTER INDEX public.uq_call_record_station_id_period_counter ATTACH PARTITION public.uq_call_record_default_station_id_period_counter;

ALTER INDEX public.uq_message_station_id_period_counter ATTACH PARTITION public.uq_message_default_station_id_period_counter;

ALTER INDEX public.uq_message_event_station_id_period_message_id_seq ATTACH PARTITION public.uq_message_event_default_station_id_period_message_id_seq;

CREATE TRIGGER audit_move_heads AFTER INSERT ON public.audit REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.audit_move_heads();

CREATE TRIGGER audit_move_heads AFTER INSERT ON public.central_audit REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.audit_move_heads();

CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();

CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON public.central_audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();

CREATE TRIGGER audit_only_added BEFORE DELETE OR UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();

CREATE TRIGGER audit_only_added BEFORE DELETE OR UPDATE ON public.central_audit FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();

CREATE TRIGGER check_document_edit BEFORE INSERT ON public.shared_document FOR EACH ROW WHEN ((new.by_id IS NOT NULL)) EXECUTE FUNCTION public.check_document_edit();

CREATE TRIGGER erase_answer_files AFTER INSERT ON public.erasure FOR EACH ROW EXECUTE FUNCTION public.erase_answer_files();

CREATE TRIGGER keep_acts BEFORE DELETE OR UPDATE ON public.erasure FOR EACH ROW EXECUTE FUNCTION public.keep_acts();

CREATE TRIGGER keep_acts BEFORE DELETE OR UPDATE ON public.person_act FOR EACH ROW EXECUTE FUNCTION public.keep_acts();

CREATE TRIGGER keep_answer_files_erased BEFORE INSERT ON public.answer_file FOR EACH ROW EXECUTE FUNCTION public.keep_answer_files_erased();

CREATE TRIGGER keep_erased BEFORE INSERT OR UPDATE ON public.call_record FOR EACH ROW EXECUTE FUNCTION public.keep_erased('call');

CREATE TRIGGER keep_erased BEFORE INSERT OR UPDATE ON public.message FOR EACH ROW EXECUTE FUNCTION public.keep_erased('message');

CREATE TRIGGER keep_install BEFORE UPDATE OF install_id ON public.station FOR EACH ROW EXECUTE FUNCTION public.keep_install();

CREATE TRIGGER keep_revision BEFORE UPDATE OF rev ON public.call_record FOR EACH ROW WHEN ((new.rev < old.rev)) EXECUTE FUNCTION public.keep_revision();

CREATE TRIGGER keep_revision BEFORE UPDATE OF rev ON public.message FOR EACH ROW WHEN ((new.rev < old.rev)) EXECUTE FUNCTION public.keep_revision();

CREATE TRIGGER keep_revision BEFORE UPDATE OF rev ON public.message_event FOR EACH ROW WHEN ((new.rev < old.rev)) EXECUTE FUNCTION public.keep_revision();

CREATE TRIGGER mark_courses AFTER INSERT ON public.message_event REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.mark_courses();

CREATE TRIGGER mark_courses_erased AFTER UPDATE ON public.message_event REFERENCING OLD TABLE AS former NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.mark_courses_erased();

CREATE TRIGGER note_call_record_delete AFTER DELETE ON public.call_record REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.note_call_record_delete();

CREATE TRIGGER note_call_record_insert AFTER INSERT ON public.call_record REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.note_call_record_insert();

CREATE TRIGGER note_call_record_update AFTER UPDATE ON public.call_record REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.note_call_record_update();

CREATE TRIGGER note_city_edits AFTER INSERT ON public.city_edit REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_city_edits();

CREATE TRIGGER note_documents AFTER INSERT ON public.shared_document REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_documents();

CREATE TRIGGER note_incidents AFTER INSERT ON public.incident_event REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_incidents();

CREATE TRIGGER note_message_delete AFTER DELETE ON public.message REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.note_message_delete();

CREATE TRIGGER note_message_insert AFTER INSERT ON public.message REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.note_message_insert();

CREATE TRIGGER note_message_update AFTER UPDATE ON public.message REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.note_message_update();

CREATE TRIGGER note_missed_mark AFTER INSERT ON public.missed_mark REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_missed_mark();

CREATE TRIGGER note_planned_calls_insert AFTER INSERT ON public.planned_call REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.note_planned_calls();

CREATE TRIGGER note_planned_calls_update AFTER UPDATE ON public.planned_call REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.note_planned_calls();

CREATE TRIGGER note_planned_steps AFTER INSERT ON public.planned_step REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_planned_steps();

CREATE TRIGGER note_posts AFTER INSERT ON public.platform_post REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_posts();

CREATE TRIGGER note_posts_changed AFTER UPDATE ON public.platform_post REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_posts_changed();

CREATE TRIGGER note_steps AFTER INSERT ON public.message_event REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.note_steps();

CREATE TRIGGER only_add_events BEFORE INSERT OR DELETE OR UPDATE ON public.message_event FOR EACH ROW EXECUTE FUNCTION public.only_add_events();

ALTER TABLE ONLY public.answer_file
    ADD CONSTRAINT fk_answer_file_station_id_period_message_id FOREIGN KEY (station_id, period, message_id) REFERENCES public.message(station_id, period, id);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT fk_audit_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.call_claim
    ADD CONSTRAINT fk_call_claim_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE public.call_record
    ADD CONSTRAINT fk_call_record_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.city_edit
    ADD CONSTRAINT fk_city_edit_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT fk_erasure_act_id FOREIGN KEY (act_id) REFERENCES public.person_act(id);

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT fk_erasure_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.incident_event
    ADD CONSTRAINT fk_incident_event_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.message_course
    ADD CONSTRAINT fk_message_course_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE public.message_event
    ADD CONSTRAINT fk_message_event_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE public.message_event
    ADD CONSTRAINT fk_message_event_station_id_period_after_id FOREIGN KEY (station_id, period, after_id) REFERENCES public.message_event(station_id, period, id);

ALTER TABLE public.message
    ADD CONSTRAINT fk_message_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.missed_mark
    ADD CONSTRAINT fk_missed_mark_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.operator_state
    ADD CONSTRAINT fk_operator_state_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.own_desk
    ADD CONSTRAINT fk_own_desk_operator_id FOREIGN KEY (operator_id) REFERENCES public.operator(id);

ALTER TABLE ONLY public.planned_call
    ADD CONSTRAINT fk_planned_call_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.planned_step
    ADD CONSTRAINT fk_planned_step_station_id FOREIGN KEY (station_id) REFERENCES public.station(station_id);

ALTER TABLE ONLY public.platform_media
    ADD CONSTRAINT fk_platform_media_station_id_period_message_id FOREIGN KEY (station_id, period, message_id) REFERENCES public.message(station_id, period, id);

ALTER TABLE ONLY public.platform_post
    ADD CONSTRAINT fk_platform_post_station_id_period_message_id FOREIGN KEY (station_id, period, message_id) REFERENCES public.message(station_id, period, id);

ALTER TABLE ONLY public.platform_request
    ADD CONSTRAINT fk_platform_request_station_id_period_message_id FOREIGN KEY (station_id, period, message_id) REFERENCES public.message(station_id, period, id);

ALTER TABLE ONLY public.shared_document
    ADD CONSTRAINT fk_shared_document_content_sha256 FOREIGN KEY (content_sha256) REFERENCES public.shared_content(sha256);

REVOKE ALL ON FUNCTION public.claim_telephone(own text, asked uuid, telephone text, person uuid, person_name text, comes_to text, is_forced boolean, seconds integer, talked timestamp with time zone, missed timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.current_station_reviews() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_call_claim(own text, asked uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_planned(before timestamp with time zone, most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_terms(kind text, before timestamp with time zone, most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.erase_answer_files() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.feed_history(own text, entities text[], places text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.feed_history_recent(own text, most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.find_calls(asked jsonb, most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.find_calls_statement(asked jsonb, most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.find_message_events(numbers text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.find_messages(asked jsonb, most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_changes(before timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_answer_files_erased() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.make_month(wanted text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.search_allowed(asked jsonb, most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.search_conditions(asked jsonb, moment text, said text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_standings(told jsonb) FROM PUBLIC;

