-- Calls of the load test, which compares them with its own files. The view has the rights of its
-- reader, because the records are personal data.
CREATE OR REPLACE VIEW public.rehearsal_calls WITH (security_invoker = true) AS
    SELECT id, number, content, result, phone, rev
    FROM public.call_record WHERE sip_call_id LIKE '%@rehearsal.invalid';
