-- Locks on phone numbers while an operator calls back a missed caller.

-- Acquires the callback lock of a phone number and returns the lock that is in force afterwards.
CREATE OR REPLACE FUNCTION public.claim_telephone(
    own text, asked uuid, telephone text, person uuid, person_name text, comes_to text,
    is_forced boolean, seconds integer, talked timestamptz, missed timestamptz
) RETURNS TABLE(id uuid, by_name text, stage text, talked_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
REVOKE ALL ON FUNCTION public.claim_telephone(
    text, uuid, text, uuid, text, text, boolean, integer, timestamptz, timestamptz
) FROM PUBLIC;

-- Releases a callback lock and deletes expired locks.
CREATE OR REPLACE FUNCTION public.end_call_claim(own text, asked uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
REVOKE ALL ON FUNCTION public.end_call_claim(text, uuid) FROM PUBLIC;
