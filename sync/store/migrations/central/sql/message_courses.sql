-- Marks for recomputation of the message summaries that reports read.

-- Counts new events of a message, which makes its summary stale.
CREATE OR REPLACE FUNCTION public.mark_courses() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.message_course AS c (station_id, period, message_id)
    SELECT DISTINCT station_id, period, message_id FROM fresh ORDER BY 1, 2, 3
    ON CONFLICT (station_id, period, message_id) DO UPDATE SET changed = c.changed + 1;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER mark_courses AFTER INSERT ON public.message_event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.mark_courses();

-- Counts erasures of a message and removes its street, which makes its summary stale.
CREATE OR REPLACE FUNCTION public.mark_courses_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.message_course AS c
    SET changed = c.changed + 1, street_key = NULL, street_name = NULL
    FROM (SELECT DISTINCT fresh.station_id, fresh.period, fresh.message_id
          FROM fresh JOIN former USING (station_id, period, id)
          WHERE fresh.facts IS DISTINCT FROM former.facts) AS e
    WHERE c.station_id = e.station_id AND c.period = e.period AND c.message_id = e.message_id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER mark_courses_erased AFTER UPDATE ON public.message_event
    REFERENCING OLD TABLE AS former NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.mark_courses_erased();
