-- Erased records stay erased, and retention periods end (functions for the worker, which may
-- change no record itself).

-- Facts of an event without their free texts; structure, codes and dates remain.
CREATE OR REPLACE FUNCTION public.erased_facts(facts jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
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

-- Removes personal data from a record that was erased, whenever a sender writes it again.
CREATE OR REPLACE FUNCTION public.keep_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
CREATE OR REPLACE TRIGGER keep_erased BEFORE INSERT OR UPDATE ON public.call_record
    FOR EACH ROW EXECUTE FUNCTION public.keep_erased('call');
CREATE OR REPLACE TRIGGER keep_erased BEFORE INSERT OR UPDATE ON public.message
    FOR EACH ROW EXECUTE FUNCTION public.keep_erased('message');

-- Deletes the answer files and photos of a message when the message is erased.
CREATE OR REPLACE FUNCTION public.erase_answer_files() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.platform_media WHERE NEW.entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND message_id = NEW.entity_id;
    DELETE FROM public.answer_file WHERE NEW.entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND message_id = NEW.entity_id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.erase_answer_files() FROM PUBLIC;
CREATE OR REPLACE TRIGGER erase_answer_files AFTER INSERT ON public.erasure
    FOR EACH ROW EXECUTE FUNCTION public.erase_answer_files();

-- Drops files that arrive after their message was erased.
CREATE OR REPLACE FUNCTION public.keep_answer_files_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.erasure WHERE entity = 'message'
        AND station_id = NEW.station_id AND period = NEW.period AND entity_id = NEW.message_id)
    THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.keep_answer_files_erased() FROM PUBLIC;
CREATE OR REPLACE TRIGGER keep_answer_files_erased BEFORE INSERT ON public.answer_file
    FOR EACH ROW EXECUTE FUNCTION public.keep_answer_files_erased();

-- Rejects changes of erasure records.
CREATE OR REPLACE FUNCTION public.keep_acts() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an erasure is not undone' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER keep_acts BEFORE DELETE OR UPDATE ON public.erasure
    FOR EACH ROW EXECUTE FUNCTION public.keep_acts();
CREATE OR REPLACE TRIGGER keep_acts BEFORE DELETE OR UPDATE ON public.person_act
    FOR EACH ROW EXECUTE FUNCTION public.keep_acts();

-- Erases up to `most` calls or closed messages that are older than `before`; returns their number.
CREATE OR REPLACE FUNCTION public.end_terms(
    kind text, before timestamptz, most integer
) RETURNS integer
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
REVOKE ALL ON FUNCTION public.end_terms(text, timestamptz, integer) FROM PUBLIC;

-- Erases phone and note of up to `most` finished callbacks older than `before`; returns their
-- number.
CREATE OR REPLACE FUNCTION public.end_planned(before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
REVOKE ALL ON FUNCTION public.end_planned(timestamptz, integer) FROM PUBLIC;
