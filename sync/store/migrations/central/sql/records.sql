-- Rules of single records: revisions, append-only events, the status of reviewed messages.

-- Rejects a lower revision. The trigger condition is checked without a call, so other rows cost
-- nothing.
CREATE OR REPLACE FUNCTION public.keep_revision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'a revision goes only forward';
END $$;
CREATE OR REPLACE TRIGGER keep_revision BEFORE UPDATE OF rev ON public.call_record
    FOR EACH ROW WHEN (new.rev < old.rev) EXECUTE FUNCTION public.keep_revision();
CREATE OR REPLACE TRIGGER keep_revision BEFORE UPDATE OF rev ON public.message
    FOR EACH ROW WHEN (new.rev < old.rev) EXECUTE FUNCTION public.keep_revision();
CREATE OR REPLACE TRIGGER keep_revision BEFORE UPDATE OF rev ON public.message_event
    FOR EACH ROW WHEN (new.rev < old.rev) EXECUTE FUNCTION public.keep_revision();

-- Rejects another store under the code of a workplace, unless an administrator changes it.
CREATE OR REPLACE FUNCTION public.keep_install() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.install_id IS NOT NULL AND NEW.install_id IS DISTINCT FROM OLD.install_id
       AND public.current_station() IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'another store is enrolled here';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_install BEFORE UPDATE OF install_id ON public.station
    FOR EACH ROW EXECUTE FUNCTION public.keep_install();

-- Message events are append-only: a repeat may raise the revision, an erasure may remove texts.
CREATE OR REPLACE FUNCTION public.only_add_events() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
CREATE OR REPLACE TRIGGER only_add_events BEFORE INSERT OR DELETE OR UPDATE ON public.message_event
    FOR EACH ROW EXECUTE FUNCTION public.only_add_events();

-- Writes the status of messages after steps taken at another workplace. A row is written only if
-- its last step is the latest step in the database.
CREATE OR REPLACE FUNCTION public.tell_standings(told jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
REVOKE ALL ON FUNCTION public.tell_standings(jsonb) FROM PUBLIC;
