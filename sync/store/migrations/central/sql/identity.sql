-- The operator or workplace that owns the current login. Column defaults and policies call these
-- functions, so they are created before the tables.

-- Id of the enabled operator who owns this login, else NULL.
CREATE OR REPLACE FUNCTION public.current_operator() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   SELECT id FROM public.operator WHERE login = session_user AND disabled_at IS NULL
$$;

-- Name of the enabled operator who owns this login, else an empty text.
CREATE OR REPLACE FUNCTION public.current_operator_name() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
   SELECT coalesce((SELECT name FROM public.operator
   WHERE login = session_user AND disabled_at IS NULL), '')
$$;

-- Code of the enabled workplace that owns this login, else NULL.
CREATE OR REPLACE FUNCTION public.current_station() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   SELECT station_id::text FROM public.station
   WHERE login = session_user AND disabled_at IS NULL
$$;

-- Whether the workplace of this login reviews the messages of all workplaces.
CREATE OR REPLACE FUNCTION public.current_station_reviews() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   SELECT coalesce(bool_or(reviews), false) FROM public.station
   WHERE login = session_user AND disabled_at IS NULL
$$;
REVOKE ALL ON FUNCTION public.current_station_reviews() FROM PUBLIC;
