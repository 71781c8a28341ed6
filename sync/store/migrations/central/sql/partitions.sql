-- Monthly partitions of calls, messages and message events.

-- Creates the partitions of a month (YYMM) where they are missing and moves its rows out of the
-- default partitions. Granted to the worker, which owns no table.
CREATE OR REPLACE FUNCTION public.make_month(wanted text) RETURNS TABLE(made text, moved bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '10s' AS $$
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
END $$;
REVOKE ALL ON FUNCTION public.make_month(text) FROM PUBLIC;
