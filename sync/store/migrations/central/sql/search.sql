-- Search over the calls and messages of all workplaces (Regulation 7.3, 9.11).
--
-- The find_* functions run with the owner's rights for two reasons. Under row-level security a text
-- search cannot use its index, because its operators are not leakproof. And an operator finds a
-- record of another workplace by the details a caller gives, but has no list of all records: the
-- functions reject a search without a criterion.

-- SQL conditions that calls and messages share: number, period, phone, name, words.
CREATE OR REPLACE FUNCTION public.search_conditions(
    asked jsonb, moment text, said text
) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
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
END $$;
REVOKE ALL ON FUNCTION public.search_conditions(jsonb, text, text) FROM PUBLIC;

-- Rejects disabled operators, and for anybody below supervisor a search without a criterion.
CREATE OR REPLACE FUNCTION public.search_allowed(asked jsonb, most integer) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
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
REVOKE ALL ON FUNCTION public.search_allowed(jsonb, integer) FROM PUBLIC;

-- SQL statement for one page of calls.
CREATE OR REPLACE FUNCTION public.find_calls_statement(asked jsonb, most integer) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
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
REVOKE ALL ON FUNCTION public.find_calls_statement(jsonb, integer) FROM PUBLIC;

-- One page of calls of all workplaces.
CREATE OR REPLACE FUNCTION public.find_calls(
    asked jsonb, most integer
) RETURNS SETOF public.call_record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM search_allowed(asked, most);
    RETURN QUERY EXECUTE find_calls_statement(asked, most);
END $$;
REVOKE ALL ON FUNCTION public.find_calls(jsonb, integer) FROM PUBLIC;

-- Messages of all workplaces, without drafts.
CREATE OR REPLACE FUNCTION public.find_messages(
    asked jsonb, most integer
) RETURNS SETOF public.message
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM search_allowed(asked, most);
    RETURN QUERY EXECUTE 'SELECT * FROM public.message WHERE state <> ''draft'''
        || CASE WHEN asked ? 'call' THEN format(' AND call_id = %L::uuid', asked ->> 'call')
           ELSE search_conditions(asked, 'created_at', 'text') END
        || ' ORDER BY created_at DESC, id DESC' || format(' LIMIT %s', most);
END $$;
REVOKE ALL ON FUNCTION public.find_messages(jsonb, integer) FROM PUBLIC;

-- Events of up to 51 messages by registration number.
CREATE OR REPLACE FUNCTION public.find_message_events(
    numbers text[]
) RETURNS SETOF public.message_event
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
REVOKE ALL ON FUNCTION public.find_message_events(text[]) FROM PUBLIC;
