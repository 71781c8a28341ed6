-- Hash chains of the audit: only added to, with the last link of each chain in audit_head.

-- Advances audit_head to the last link added. Senders may add links; only this function writes
-- heads.
CREATE OR REPLACE FUNCTION public.audit_move_heads() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_head AS known (station_id, chain, seq, hash)
        SELECT DISTINCT ON (station_id, chain) station_id, chain, seq, hash
        FROM added ORDER BY station_id, chain, seq DESC
    ON CONFLICT (station_id, chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
        WHERE known.seq < excluded.seq;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit_move_heads AFTER INSERT ON public.audit
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.audit_move_heads();
CREATE OR REPLACE TRIGGER audit_move_heads AFTER INSERT ON public.central_audit
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.audit_move_heads();

-- Rejects any change of the audit except an insert.
CREATE OR REPLACE FUNCTION public.audit_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER audit_not_emptied BEFORE TRUNCATE ON public.audit
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
CREATE OR REPLACE TRIGGER audit_only_added BEFORE DELETE OR UPDATE ON public.audit
    FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();
CREATE OR REPLACE TRIGGER audit_not_emptied BEFORE TRUNCATE ON public.central_audit
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
CREATE OR REPLACE TRIGGER audit_only_added BEFORE DELETE OR UPDATE ON public.central_audit
    FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();
