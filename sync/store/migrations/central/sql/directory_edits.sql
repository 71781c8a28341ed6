-- Checks of edits that directory editors make under their own logins.

-- Checks version, id and rights of an edit. Topics and decisions on proposals are the supervisor's.
CREATE OR REPLACE FUNCTION public.check_document_edit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
CREATE OR REPLACE TRIGGER check_document_edit BEFORE INSERT ON public.shared_document
    FOR EACH ROW WHEN (new.by_id IS NOT NULL) EXECUTE FUNCTION public.check_document_edit();
