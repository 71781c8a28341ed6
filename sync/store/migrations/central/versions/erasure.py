"""Personal data can be taken away for good: what was erased stays so, whoever sends it again."""

import sqlalchemy as sa
from alembic import op

revision = "c0016"
down_revision = "c0015"

_ABSENCES = (("phone", "phone"), ("email", "email"), ("name", "surname"))

_FACTS = """
CREATE FUNCTION public.erased_facts(facts jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CASE jsonb_typeof(facts)
    WHEN 'object' THEN
        RETURN coalesce((SELECT jsonb_object_agg(key, CASE
            WHEN jsonb_typeof(value) = 'string' AND key IN ('explanation', 'grounds', 'measures',
                'name', 'place', 'reason', 'remarks', 'text') THEN '""'
            ELSE public.erased_facts(value) END) FROM jsonb_each(facts)), '{}');
    WHEN 'array' THEN
        RETURN coalesce((SELECT jsonb_agg(public.erased_facts(part) ORDER BY place)
            FROM jsonb_array_elements(facts) WITH ORDINALITY AS parts (part, place)), '[]');
    ELSE
        RETURN facts;
    END CASE;
END $$;
"""

# They read as the owner: who sends records need not see what was erased.
_KEEP = """
CREATE FUNCTION public.keep_erased() RETURNS trigger LANGUAGE plpgsql
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
        NEW.content := '';
    ELSE
        NEW.text := '';
        NEW.place := '';
        NEW.answer_text := CASE WHEN NEW.answer_text IS NOT NULL THEN '' END;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.only_add_events() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
        -- it may come once more under a higher revision; its words may be taken away; that is all
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

CREATE TRIGGER keep_erased BEFORE INSERT OR UPDATE ON public.call_record
    FOR EACH ROW EXECUTE FUNCTION public.keep_erased('call');
CREATE TRIGGER keep_erased BEFORE INSERT OR UPDATE ON public.message
    FOR EACH ROW EXECUTE FUNCTION public.keep_erased('message');
CREATE TRIGGER only_add_events BEFORE INSERT OR UPDATE OR DELETE ON public.message_event
    FOR EACH ROW EXECUTE FUNCTION public.only_add_events();

CREATE FUNCTION public.keep_acts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an erasure is not undone' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_acts BEFORE UPDATE OR DELETE ON public.erasure
    FOR EACH ROW EXECUTE FUNCTION public.keep_acts();
CREATE TRIGGER keep_acts BEFORE UPDATE OR DELETE ON public.person_act
    FOR EACH ROW EXECUTE FUNCTION public.keep_acts();
"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "person_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.CheckConstraint("kind IN ('erased', 'exported')", name="ck_person_act_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_person_act"),
    )
    op.create_table(
        "erasure",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.CheckConstraint("entity IN ('call', 'message')", name="ck_erasure_entity"),
        sa.CheckConstraint("cause IN ('request', 'term')", name="ck_erasure_cause"),
        sa.CheckConstraint("(cause = 'request') = (act_id IS NOT NULL)", name="ck_erasure_act"),
        sa.ForeignKeyConstraint(["act_id"], ["person_act.id"], name="fk_erasure_act_id"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_erasure_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "entity", "entity_id", name="pk_erasure"),
    )
    op.create_index(
        "ix_erasure_request",
        "erasure",
        ["station_id"],
        postgresql_where=sa.text("cause = 'request'"),
    )
    for table in ("call_record", "message"):
        _allow_erased(table)
    op.execute(_FACTS)
    op.execute(_KEEP)


def _allow_erased(table: str) -> None:
    """Wider checks, all in one reading of the table."""
    changes: list[str] = []
    for stated, value in _ABSENCES:
        absence = f"{stated}_absence"
        changes.append(f"DROP CONSTRAINT ck_{table}_{stated}")
        changes.append(
            f"ADD CONSTRAINT ck_{table}_{stated} CHECK (({value} IS NULL) = ({absence} IS NOT NULL)"
            f" AND ({absence} IS NULL OR {absence} IN ('not_asked', 'not_given', 'erased')))"
        )
    op.execute(f"ALTER TABLE {table} {', '.join(changes)}")
