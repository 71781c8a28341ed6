"""The way of a call to the operator: its queue, who handed it over, from whom it was sent on.

A workplace of the version before tells nothing of it. What is erased goes here too.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0028"
down_revision = "c0027"

_KEEP = """
CREATE OR REPLACE FUNCTION public.keep_erased() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
"""


def upgrade() -> None:
    for name in ("queue", "transferred_by", "diverted_from"):
        op.add_column("call_record", sa.Column(name, sa.Text(), nullable=True))
    op.execute(_KEEP)
