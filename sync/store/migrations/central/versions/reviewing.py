"""Workplaces that review the messages of all others, and tell the centre where those stand.

A step is taken in only behind the very step that its workplace knew as the last one.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0017"
down_revision = "c0016"

# What the steps of a message leave of it is written by whoever took the newest of them: its own
# workplace may be closed for the night. Who and what it came from is its own workplace's alone.
_TELL = """
CREATE FUNCTION public.current_station_reviews() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(bool_or(reviews), false) FROM public.station
   WHERE login = session_user AND disabled_at IS NULL $$;

CREATE FUNCTION public.tell_standings(told jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ BEGIN
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
REVOKE ALL ON FUNCTION public.current_station_reviews() FROM PUBLIC;
"""


def upgrade() -> None:
    op.add_column(
        "station",
        sa.Column("reviews", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("message_event", sa.Column("after_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_message_event_station_id_period_after_id",
        "message_event",
        "message_event",
        ["station_id", "period", "after_id"],
        ["station_id", "period", "id"],
    )
    op.execute(_TELL)
